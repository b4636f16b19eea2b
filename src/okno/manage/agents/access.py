"""Whether an employee gets in: deactivated, let in again, a new password, all sessions ended."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Conflict
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.agents.editing import load, shown_once
from okno.manage.pages import done, refused
from okno.people.operations.agents import deactivate_agent, reactivate_agent, reset_password, sign_out_everywhere


@require_POST
@agents_with("agents.manage")
def deactivate(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Out, unless open tickets or the last administrator's place hold the employee (F154)."""
    agent = load(pk)
    try:
        deactivate_agent(request.actor, agent)
    except Conflict as conflict:
        return refused(request, conflict.message, "manage:agent", pk)
    return done(request, _("%(name)s cannot sign in any more.") % {"name": agent.name}, "manage:agents")


@require_POST
@agents_with("agents.manage")
def reactivate(request: AgentRequest, pk: int) -> HttpResponseBase:
    """In again."""
    agent = reactivate_agent(request.actor, load(pk))
    return done(request, _("%(name)s may sign in again.") % {"name": agent.name}, "manage:agents")


@require_POST
@agents_with("agents.manage")
def password(request: AgentRequest, pk: int) -> HttpResponseBase:
    """A new password, shown once."""
    agent = load(pk)
    return shown_once(request, agent, reset_password(request.actor, agent))


@require_POST
@agents_with("agents.manage")
def sign_out(request: AgentRequest, pk: int) -> HttpResponseBase:
    """All sessions end."""
    agent = load(pk)
    sign_out_everywhere(request.actor, agent)
    return done(request, _("%(name)s is signed out everywhere.") % {"name": agent.name}, "manage:agent", pk)
