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

from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.uses import uses_of
from okno.manage.pages import done
from okno.people.models import Agent, Team
from okno.people.operations.teams import MOST, QueueFacts, change_team, create_team, delete_team, move_team


class TeamForm(forms.Form):
    """What a team is called, who belongs to it, and how it gets its work."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("What the team is for."),
    )  # fmt: skip
    members = forms.ModelMultipleChoiceField(
        Agent.objects.none(), label=gettext_lazy("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )
    notified = forms.ModelMultipleChoiceField(
        Agent.objects.none(), label=gettext_lazy("Who is notified"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("By letter, when a ticket comes to the team."),
    )  # fmt: skip
    assignment = forms.ChoiceField(
        label=gettext_lazy("How its tickets are given out"), choices=Team.Assignment.choices, required=False,
        initial=Team.Assignment.BY_HAND, widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "By itself only to members who are present and have room. Otherwise a ticket waits in the team and is "
            "given out as soon as somebody gets free: the most urgent first, then the oldest."
        ),
    )  # fmt: skip
    most_per_agent = forms.IntegerField(
        label=gettext_lazy("Open tickets of a member at most"), required=False, min_value=1, max_value=MOST,
        help_text=gettext_lazy("Empty: without limit. Statuses that do not count in the workload are left out."),
    )  # fmt: skip
    first_answer = forms.ChoiceField(
        label=gettext_lazy("Who answers first takes the ticket"), choices=Team.FirstAnswer.choices, required=False
    )
    hides_owned = forms.BooleanField(
        label=gettext_lazy("Taken tickets are hidden from the other members"), required=False,
        help_text=gettext_lazy("Leads and those who see all tickets still see them."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, team: Team | None = None) -> None:
        members = list(team.members.values_list("agent_id", flat=True)) if team else []
        notified = list(team.notified.values_list("pk", flat=True)) if team else []
        names = ("description", "assignment", "most_per_agent", "first_answer", "hides_owned")
        initial = {name: getattr(team, name) for name in names} if team else {}
        initial |= {"name": team.label if team else "", "members": members, "notified": notified}
        super().__init__(data, initial=initial)
        fields: dict[str, Any] = self.fields
        fields["members"].queryset = Agent.objects.filter(Q(is_active=True) | Q(pk__in=members))
        fields["notified"].queryset = Agent.objects.filter(Q(is_active=True) | Q(pk__in=notified))

    def queue(self) -> QueueFacts:
        """How the team gets its work, after the form was found valid."""
        values = self.cleaned_data
        return QueueFacts(
            description=values["description"],
            assignment=values["assignment"] or Team.Assignment.BY_HAND,
            most_per_agent=values["most_per_agent"],
            hides_owned=values["hides_owned"],
            first_answer=values["first_answer"],
            notified=list(values["notified"]),
        )


class DeletingForm(forms.Form):
    """The team to which all passes that names the deleted one."""

    replacement = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("In its place"), required=False,
        empty_label=gettext_lazy("choose a team"),
    )  # fmt: skip

    def __init__(self, team: Team, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["replacement"]
        field.queryset = Team.objects.filter(is_active=True).exclude(pk=team.pk)


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
            values = form.cleaned_data
            team = create_team(request.actor, values["name"], list(values["members"]), form.queue())
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
            members = list(values["members"])
            change_team(request.actor, team, name=values["name"], members=members, queue=form.queue())
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


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("agents.manage")
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """What names the team, and one step that moves all of it to another and deletes (F161)."""
    team = _load(pk)
    form = DeletingForm(team, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            delete_team(request.actor, team, form.cleaned_data["replacement"])
        except Conflict as conflict:
            form.add_error("replacement" if conflict.code == "in_use" else None, conflict.message)
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("The team %(name)s is deleted.") % {"name": team.label}, "manage:teams")
    members = team.agents.filter(is_active=True).count()
    context = {"team": team, "form": form, "uses": uses_of(team), "members": members}
    return render(request, "manage/teams/delete.jinja", context, status=422 if form.errors else 200)


def _load(pk: int) -> Team:
    team = Team.objects.filter(pk=pk).first()
    if team is None:
        raise NotVisible(_("There is no such team."))
    return team


def _form(request: AgentRequest, form: TeamForm, team: Team | None) -> HttpResponseBase:
    context = {"form": form, "team": team}
    return render(request, "manage/teams/edit.jinja", context, status=422 if form.errors else 200)
