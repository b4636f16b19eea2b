"""When an employee is away and who stands in for him: one's own page, and a lead's for those of his teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from okno.core import clock
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents
from okno.people.models import Agent
from okno.people.operations.absences import AbsenceFacts, may_set_absence, set_absence


class AbsenceForm(forms.Form):
    """From, until, and the substitute."""

    begins = forms.DateTimeField(
        label=gettext_lazy("Away from"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    ends = forms.DateTimeField(
        label=gettext_lazy("Back on"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: until somebody ends the absence."),
    )  # fmt: skip
    substitute = forms.ModelChoiceField(
        Agent.objects.none(), label=gettext_lazy("Substitute"), required=False,
        empty_label=gettext_lazy("nobody"),
        help_text=gettext_lazy("Gets the tickets that would be given to the absent one, and sees his."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, agent: Agent) -> None:
        initial = {"begins": agent.absent_from, "ends": agent.absent_until, "substitute": agent.substitute_id}
        super().__init__(data, initial=initial)
        others = Agent.objects.filter(Q(is_active=True) | Q(pk=agent.substitute_id)).exclude(pk=agent.pk)
        substitute: Any = self.fields["substitute"]
        substitute.queryset = others

    def facts(self) -> AbsenceFacts:
        """What the form says, after it was found valid."""
        return AbsenceFacts(**self.cleaned_data)


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def own(request: AgentRequest) -> HttpResponseBase:
    """One's own absence."""
    return _page(request, Agent.objects.get(pk=request.actor.id or 0))


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def of(request: AgentRequest, pk: int) -> HttpResponseBase:
    """That of another employee, for his lead and for who manages employees."""
    agent = Agent.objects.filter(pk=pk).first()
    if agent is None:
        raise NotVisible(_("There is no such employee."))
    if not may_set_absence(request.actor, agent):
        raise Forbidden(_("Only the employee, a lead of the team or an administrator says who is absent."))
    return _page(request, agent)


def _page(request: AgentRequest, agent: Agent) -> HttpResponseBase:
    if request.method == "POST" and "end" in request.POST:
        set_absence(request.actor, agent, AbsenceFacts(substitute=agent.substitute))
        messages.success(request, _("%(name)s is present again.") % {"name": agent.name})
        return HttpResponseRedirect(request.path, status=303)
    form = AbsenceForm(request.POST if request.method == "POST" else None, agent=agent)
    if request.method == "POST" and form.is_valid():
        try:
            set_absence(request.actor, agent, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(request.path, status=303)
    context = {
        "form": form,
        "agent": agent,
        "is_own": agent.pk == request.actor.id,
        "is_absent": agent.is_absent_at(clock.now()),
    }
    return render(request, "account/absence.jinja", context, status=422 if form.errors else 200)
