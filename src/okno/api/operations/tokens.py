"""Making, using and revoking the tokens of the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from okno.api import events as kinds
from okno.api.models import ApiToken
from okno.api.scopes import SCOPES
from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.core.secrets import hashed, random_token
from okno.people.models import Agent

PREFIX = "okno_"
NAME_LIMIT = 80
USE_STEP = timedelta(minutes=1)
"""How exactly the last use is known; a busy token is not written at every request."""


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """One's own tokens; those of everybody for who manages agents."""
    if not actor.is_agent or actor.limits is not None:
        return ApiToken.objects.none()
    tokens = ApiToken.objects.select_related("agent")
    return tokens if actor.has("agents.manage") else tokens.filter(agent=actor.id)


def create_token(
    actor: Actor, agent: Agent, *, name: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Makes a token and returns it with its text, which is shown this once and never stored (T23).

    Everybody makes tokens for oneself; who manages agents also for others. A token can never make another.
    """
    own = actor.is_agent and actor.id == agent.pk
    if actor.limits is not None or not (own or actor.has("agents.manage")):
        raise Forbidden(_("You can make tokens for yourself only, and only signed in."))
    name = " ".join(name.split())
    problems: dict[str, list[str]] = {}
    if not name or len(name) > NAME_LIMIT:
        problems["name"] = [
            _("Write what the token is for, in up to %(limit)d characters.") % {"limit": NAME_LIMIT}
        ]
    if not scopes or not set(scopes) <= set(SCOPES):
        problems["scopes"] = [_("Choose what the token may do.")]
    if expires_at is not None and expires_at <= clock.now():
        problems["expires_at"] = [_("This moment has passed.")]
    if problems:
        raise Invalid(problems)
    text = PREFIX + random_token(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            agent=agent,
            name=name,
            hashed=hashed(text),
            hint=text[: len(PREFIX) + 5],
            scopes=[scope for scope in SCOPES if scope in scopes],
            expires_at=expires_at,
        )
        data = {"name": name, "scopes": token.scopes, "agent": agent.pk}
        events.record(actor, kinds.TOKEN_CREATED, token, data)
    return token, text


def revoke_token(actor: Actor, pk: int) -> ApiToken:
    """Ends a token at once; it stays in the list with the time of its end."""
    with transaction.atomic():
        token = tokens_visible_to(actor).select_for_update(of=("self",)).filter(pk=pk).first()
        if token is None:
            raise NotVisible(_("There is no such token, or it is not yours."))
        if token.revoked_at is None:
            token.revoked_at = clock.now()
            token.save(update_fields=["revoked_at"])
            events.record(actor, kinds.TOKEN_REVOKED, token, {"name": token.name, "agent": token.agent_id})
    return token


def used(token: ApiToken) -> None:
    """Notes that the token was used, at most once a minute."""
    moment = clock.now()
    if token.last_used_at is None or moment - token.last_used_at >= USE_STEP:
        before = Q(last_used_at=None) | Q(last_used_at__lt=moment - USE_STEP)
        ApiToken.objects.filter(before, pk=token.pk).update(last_used_at=moment)
