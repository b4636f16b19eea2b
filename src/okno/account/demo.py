"""Signing in to the demo by a link: one for each role, printed on the screen when the demo starts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from okno.core import secrets
from okno.core.faults import NotVisible
from okno.core.http.policy import anybody
from okno.people.models import Agent

PURPOSE = "demo-sign-in"
PATH = "/demo/sign-in/"  # written out, since loading all URLs would slow the start


def token_of(agent: Agent) -> str:
    """The signed name of an agent in a sign-in link; it works for as long as the demo's key is the same."""
    return f"{agent.pk}-{secrets.sign(PURPOSE, agent.pk, length=32)}"


def sign_in_links() -> list[dict[str, str]]:
    """A link for the first agent of each role: role, name, and the path of the link."""
    links: dict[str, dict[str, str]] = {}
    for agent in Agent.objects.filter(is_active=True).select_related("role").order_by("role__position", "id"):
        path = f"{PATH}{token_of(agent)}/"
        links.setdefault(agent.role.code, {"role": agent.role.label, "name": agent.name, "path": path})
    return list(links.values())


@anybody
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Signs in the agent whom the link names and goes on to ``next``; exists in the demo only."""
    agent = _agent_of(token) if settings.DEMO else None
    if agent is None:
        raise NotVisible(_("There is nothing here."))
    login(request, agent.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    wanted = request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if own else settings.LOGIN_REDIRECT_URL)


def _agent_of(token: str) -> Agent | None:
    number, _dash, signature = token.partition("-")
    if not (number.isdecimal() and number.isascii() and len(number) < 16):
        return None
    if not secrets.signature_fits(signature, PURPOSE, number) or len(signature) < 32:
        return None
    return Agent.objects.select_related("user").filter(pk=int(number), is_active=True).first()
