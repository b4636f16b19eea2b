"""Signing in to the demo by a link: one for each role and one for a client, printed when the demo starts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from okno.account.landing import landed, may_come_in
from okno.core import secrets
from okno.core.faults import NotVisible
from okno.core.http.policy import anybody
from okno.people.models import Agent, Contact, User

PURPOSE = "demo-sign-in"
PATH = "/demo/sign-in/"  # written out, since loading all URLs would slow the start


def token_of(user: User) -> str:
    """The signed name of an account in a sign-in link; it works for as long as the demo's key is the same."""
    return f"{user.pk}-{secrets.sign(PURPOSE, user.pk, length=32)}"


def sign_in_links() -> list[dict[str, str]]:
    """A link for the first agent of each role and the first client with access: role, name, path of the link."""
    links: dict[str, dict[str, str]] = {}
    agents = Agent.objects.filter(is_active=True).select_related("role", "user").order_by("role__position", "id")
    for agent in agents:
        links.setdefault(agent.role.code, _link(agent.role.label, agent.name, agent.user))
    contact = (
        Contact.objects.filter(user__is_active=True, is_active=True).select_related("user").order_by("id").first()
    )
    if contact is not None and contact.user is not None:
        links["client"] = _link(_("Client"), contact.name, contact.user)
    return list(links.values())


def _link(role: str, name: str, user: User) -> dict[str, str]:
    return {"role": role, "name": name, "path": f"{PATH}{token_of(user)}/"}


@anybody
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in the person whom the link names and goes on to ``next``; exists in the demo only."""
    user = _user_of(token) if settings.DEMO else None
    if user is None:
        raise NotVisible(_("There is nothing here."))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return landed(user, HttpResponseRedirect(wanted if own else settings.LOGIN_REDIRECT_URL))


def _user_of(token: str) -> User | None:
    number, _dash, signature = token.partition("-")
    if not (number.isdecimal() and number.isascii() and len(number) < 16):
        return None
    if not secrets.signature_fits(signature, PURPOSE, number) or len(signature) < 32:
        return None
    user = User.objects.filter(pk=int(number), is_active=True).first()
    return user if user is not None and may_come_in(user) else None
