"""Teams: the list in its order, and the form of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.core.faults import Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done
from okno.people.models import Agent, Team
from okno.people.operations.teams import change_team, create_team, move_team


class TeamForm(forms.Form):
    """The name of a team and who belongs to it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    members = forms.ModelMultipleChoiceField(
        Agent.objects.none(), label=gettext_lazy("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, team: Team | None = None) -> None:
        members = list(team.members.values_list("agent_id", flat=True)) if team else []
        super().__init__(data, initial={"name": team.label if team else "", "members": members})
        field: Any = self.fields["members"]
        field.queryset = Agent.objects.filter(Q(is_active=True) | Q(pk__in=members))


@require_safe
@agents_with("agents.manage")
def listing(request: AgentRequest) -> HttpResponseBase:
    """Every team in the order in which they are shown everywhere."""
    active = Count("members", filter=Q(members__agent__is_active=True))
    rows = Team.objects.prefetch_related("agents").annotate(people=active).order_by("position", "name")
    return render(request, "manage/teams/list.jinja", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("agents.manage")
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new team."""
    form = TeamForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            team = create_team(request.actor, form.cleaned_data["name"], list(form.cleaned_data["members"]))
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("The team %(name)s is made.") % {"name": team.name}, "manage:teams")
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("agents.manage")
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of a team."""
    team = _load(pk)
    form = TeamForm(request.POST if request.method == "POST" else None, team=team)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            change_team(request.actor, team, name=values["name"], members=list(values["members"]))
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:teams")
    return _form(request, form, team)


@require_POST
@agents_with("agents.manage")
def move(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Up or down by one place."""
    team = _load(pk)
    move_team(request.actor, team, -1 if request.POST.get("direction") == "up" else 1)
    return done(request, _("The order is changed."), "manage:teams")


@require_POST
@agents_with("agents.manage")
def switch(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Hidden, or shown again."""
    shown = request.POST.get("active") == "1"
    team = change_team(request.actor, _load(pk), is_active=shown)
    words = _("The team %(name)s is shown again.") if shown else _("The team %(name)s is hidden.")
    return done(request, words % {"name": team.label}, "manage:teams")


def _load(pk: int) -> Team:
    team = Team.objects.filter(pk=pk).first()
    if team is None:
        raise NotVisible(_("There is no such team."))
    return team


def _form(request: AgentRequest, form: TeamForm, team: Team | None) -> HttpResponseBase:
    context = {"form": form, "team": team}
    return render(request, "manage/teams/edit.jinja", context, status=422 if form.errors else 200)
