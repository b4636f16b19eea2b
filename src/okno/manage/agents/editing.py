"""Adding and changing an employee."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from okno.core.faults import Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.agents.forms import AgentForm, NewAgentForm
from okno.manage.agents.inviting import can_invite, invite
from okno.manage.pages import done
from okno.people.models import Agent
from okno.people.operations.agents import change_agent, create_agent


def load(pk: int) -> Agent:
    """The employee of this id; whoever may manage employees sees them all."""
    agent = Agent.objects.select_related("user", "role").filter(pk=pk).first()
    if agent is None:
        raise NotVisible(_("There is no such employee."))
    return agent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agents_with("agents.manage")
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new employee; then the first password, once, or a letter to the employee."""
    form = NewAgentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by_letter = form.cleaned_data["first"] == "letter"
        if by_letter and not can_invite():
            form.add_error("first", _("No mailbox can send a letter yet. Add one, or pass a password on."))
            return _form(request, form, None)
        try:
            agent, password = create_agent(request.actor, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            if by_letter:
                invite(agent)
                text = _("%(name)s is added; the letter is on its way.") % {"name": agent.name}
                return done(request, text, "manage:agents")
            return shown_once(request, agent, password, is_new=True)
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("agents.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of an employee."""
    agent = load(pk)
    form = AgentForm(request.POST if request.method == "POST" else None, agent=agent)
    if request.method == "POST" and form.is_valid():
        try:
            change_agent(request.actor, agent, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:agents")
    return _form(request, form, agent)


def shown_once(request: AgentRequest, agent: Agent, password: str, *, is_new: bool = False) -> HttpResponse:
    """The page that tells a password; it is kept nowhere, so a second look is not possible."""
    context = {"agent": agent, "password": password, "is_new": is_new}
    answer = render(request, "manage/agents/password.jinja", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _form(request: AgentRequest, form: AgentForm, agent: Agent | None) -> HttpResponseBase:
    context = {"form": form, "agent": agent}
    return render(request, "manage/agents/edit.jinja", context, status=422 if form.errors else 200)
