"""Who may reach a URL at all: every view declares its policy, and one without is refused.

The policy answers the coarse question (anybody, a signed-in person, a contact, an agent, an agent with a right);
what a person may see or do of an object is asked of ``access``. A stranger gets 404, so that nothing is
learned of what exists; an agent without the right gets 403 and the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Fault, Forbidden, NotVisible
from okno.core.http.errors import fault_answer

Level = Literal["anybody", "signed_in", "contact", "agent", "token"]
View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request whose person has been made known by the account middleware."""

    actor: Actor | None


class AgentRequest(HttpRequest):
    """A request that has passed the policy of an agents' view: there is an actor, and it is an agent."""

    actor: Actor


class ContactRequest(HttpRequest):
    """A request that has passed the policy of a clients' view: there is an actor, and it is a contact."""

    actor: Actor


@dataclass(frozen=True)
class Policy:
    """``token``: the API checks its own bearer tokens, and answers strangers with its own error shape."""

    level: Level
    right: str = ""


FOREIGN: dict[str, Policy] = {}
"""Policies of views that a dependency brings, by URL name; declared in ``config.policies``."""


def anybody[V: View](view: V) -> V:
    """Everybody may call this view."""
    return _declared(view, Policy("anybody"))


def signed_in[V: View](view: V) -> V:
    """Every signed-in person may call this view."""
    return _declared(view, Policy("signed_in"))


def contacts[V: View](view: V) -> V:
    """Contacts who are signed in may call this view; objects are then asked of ``access``."""
    return _declared(view, Policy("contact"))


def agents[V: View](view: V) -> V:
    """Agents may call this view; objects are then asked of ``access``."""
    return _declared(view, Policy("agent"))


def agents_with[V: View](right: str) -> Callable[[V], V]:
    """Agents whose role grants the right may call this view."""
    return lambda view: _declared(view, Policy("agent", right))


def token_bearers[V: View](view: V) -> V:
    """The API's own authentication stands behind this view."""
    return _declared(view, Policy("token"))


def _declared[V: View](view: V, policy: Policy) -> V:
    cast("Any", view).policy = policy
    return view


def policy_of(view: View, url_name: str | None) -> Policy | None:
    """The declared policy of a view, its own or that of its URL name."""
    own = getattr(view, "policy", None)
    if isinstance(own, Policy):
        return own
    view_class = getattr(view, "view_class", None)
    own = getattr(view_class, "policy", None)
    if isinstance(own, Policy):
        return own
    return FOREIGN.get(url_name or "")


class PolicyMiddleware:
    """Asks the policy before any view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Request, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        policy = policy_of(view, match.view_name if match else None)
        if policy is None:
            raise ImproperlyConfigured(f"the view of {request.path} declares no policy")
        try:
            return enforce(request, policy)
        except Fault as fault:
            return fault_answer(request, fault)


def enforce(request: Request, policy: Policy) -> HttpResponseBase | None:
    """Nothing when the request may pass; a way to the sign-in page, or a fault, when not."""
    if policy.level in {"anybody", "token"}:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if policy.level == "signed_in":
        return None
    actor = request.actor
    if actor is None or not (actor.is_contact if policy.level == "contact" else actor.is_agent):
        raise NotVisible(_("There is nothing here."))
    if policy.right and not actor.has(policy.right):
        raise Forbidden(_("Your role does not include this page. An administrator can change that."))
    return None
