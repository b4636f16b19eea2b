"""How well an account is guarded, and ending its sessions."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.http.policy import Request, signed_in
from okno.people.models import Agent, User
from okno.people.operations.accounts import end_sessions
from okno.people.operations.agents import sign_out_everywhere


def safety_of(user: User) -> dict[str, Any]:
    """Second factors in use, and where API tokens are made, if they are."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    try:
        tokens_url = reverse("account:tokens")
    except NoReverseMatch:
        tokens_url = ""
    return {
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "tokens_url": tokens_url,
    }


@require_POST
@signed_in
def sign_out_others(request: Request) -> HttpResponseBase:
    """Ends every session of the person but the present one."""
    user = request.user
    if not isinstance(user, User):
        raise TypeError("the policy lets only signed-in people through")
    agent = Agent.objects.filter(user=user, is_active=True).first()
    if agent is not None and request.actor is not None:
        sign_out_everywhere(request.actor, agent)
        user.refresh_from_db(fields=["session_round"])
    else:
        end_sessions(user)
    update_session_auth_hash(request, user)
    messages.success(request, _("All other devices are signed out."))
    return HttpResponseRedirect(reverse("account:profile"), status=303)
