"""Whether an employee gets in: deactivated, let in again, a new password, all sessions ended."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.uses import uses_of
from okno.manage.agents.editing import load, shown_once
from okno.manage.pages import done, go
from okno.people.models import Agent
from okno.people.operations.agents import deactivate_agent, reactivate_agent, reset_password, sign_out_everywhere


class LeavingForm(forms.Form):
    """To whom all passes that the employee holds."""

    heir = forms.ModelChoiceField(
        Agent.objects.none(), label=gettext_lazy("Give everything to"), required=False,
        empty_label=gettext_lazy("choose an employee"),
    )  # fmt: skip

    def __init__(self, agent: Agent, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["heir"]
        field.queryset = Agent.objects.filter(is_active=True).exclude(pk=agent.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("agents.manage")
def deactivate(request: AgentRequest, pk: int) -> HttpResponseBase:
    """What the employee holds, and one step that hands all of it over and keeps him out (F153, F154)."""
    agent = load(pk)
    if not agent.is_active:
        return go(request, reverse("manage:agent", args=[pk]))
    form = LeavingForm(agent, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deactivate_agent(request.actor, agent, heir=form.cleaned_data["heir"])
        except Conflict as conflict:
            form.add_error("heir" if conflict.code == "has_duties" else None, conflict.message)
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("%(name)s cannot sign in any more.") % {"name": agent.name}, "manage:agents")
    context = {"agent": agent, "form": form, "uses": uses_of(agent)}
    return render(request, "manage/agents/leaving.jinja", context, status=422 if form.errors else 200)


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
