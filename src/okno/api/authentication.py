"""Who calls the API: the agent of the bearer token, within the token's scopes. Cookies mean nothing here."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from okno.api.models import ApiToken
from okno.api.operations.tokens import PREFIX, used
from okno.api.scopes import limits_of
from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import Fault, Forbidden
from okno.core.secrets import hashed
from okno.people.models import reserved_for

FOUND = """
SELECT token.*, agent.name AS agent_name, role.rights, role.code AS role_code, person.language,
    agent.is_active AND person.is_active AS agent_is_active,
    ARRAY (SELECT team_id FROM people_teammember WHERE agent_id = agent.id) AS teams,
    ARRAY (
        SELECT team_id FROM people_teammember AS member JOIN people_team AS team ON team.id = member.team_id
        WHERE agent_id = agent.id AND team.hides_owned
    ) AS hiding,
    ARRAY (SELECT away.id FROM people_agent AS away WHERE away.substitute_id = agent.id
        AND away.absent_from <= now() AND (away.absent_until IS NULL OR away.absent_until > now())) AS absent
FROM okno_api_apitoken AS token JOIN people_agent AS agent ON agent.id = token.agent_id
JOIN people_user AS person ON person.id = agent.user_id JOIN people_role AS role ON role.id = agent.role_id
WHERE token.hashed = %s
"""
"""A token with all that makes its agent an actor, the same as ``Agent.as_actor``, asked at every call at once."""


class Unauthenticated(Fault):
    """No token, or one that cannot be used."""

    code = "unauthenticated"
    status = 401


class ApiRequest(HttpRequest):
    """A request that has shown a valid token."""

    token: ApiToken
    bearer: Actor


def authenticate(request: HttpRequest) -> ApiToken:
    """The valid token of the request, looked up once; sets ``token`` and ``bearer``.

    The text is hashed and found by an index on the hash, so no comparison leaks its letters (T23).
    """
    api_request = cast("ApiRequest", request)
    known = getattr(api_request, "token", None)
    if isinstance(known, ApiToken):
        return known
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text.startswith(PREFIX):
        raise Unauthenticated(_("Send a token: “Authorization: Bearer okno_…”."))
    token = next(iter(ApiToken.objects.raw(FOUND, [hashed(text.strip())])), None)
    facts: Any = token
    if token is None or not facts.agent_is_active:
        raise Unauthenticated(_("This token is not known."), code="invalid_token")
    if token.revoked_at is not None:
        raise Unauthenticated(_("This token was revoked."), code="token_revoked")
    if token.expires_at is not None and token.expires_at <= clock.now():
        raise Unauthenticated(_("This token has expired."), code="token_expired")
    used(token)
    api_request.token = token
    api_request.bearer = Actor(
        kind="agent",
        id=token.agent_id,
        name=facts.agent_name,
        rights=frozenset(facts.rights),
        teams=tuple(facts.teams),
        limits=limits_of(token.scopes),
        language=facts.language,
        role=facts.role_code,
        reserved_teams=reserved_for(facts.role_code, facts.hiding),
        stands_for=tuple(facts.absent),
    )
    return token


class Scope:
    """The scopes that an operation asks of the token; none of them: any valid token."""

    openapi_security_schema = {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "okno_…",
        "description": "A token that an agent makes on the page of the account.",
    }

    def __init__(self, *needed: str) -> None:
        self.needed = needed

    def __call__(self, request: HttpRequest) -> ApiToken:
        token = authenticate(request)
        missing = [scope for scope in self.needed if scope not in token.scopes]
        if missing:
            message = _("This token has not the scope “%(scope)s”.") % {"scope": missing[0]}
            raise Forbidden(message, code="missing_scope", details={"missing": missing})
        return token
