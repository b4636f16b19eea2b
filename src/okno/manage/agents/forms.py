"""The form of an employee."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from okno.people.models import Agent, Role, Team
from okno.people.operations.agents import AgentFacts
from okno.people.operations.teams import MOST


class AgentForm(forms.Form):
    """Name, address, role and teams."""

    name = forms.CharField(label=_("Full name"), max_length=120, help_text=_("As clients see it."))
    address = forms.EmailField(
        label=_("Mail address"), max_length=254, help_text=_("To sign in with."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    role = forms.ModelChoiceField(Role.objects.none(), label=_("Role"), empty_label=None)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(), label=_("Teams"), required=False, widget=forms.CheckboxSelectMultiple
    )
    most_open = forms.IntegerField(
        label=_("Open tickets at most"), required=False, min_value=1, max_value=MOST,
        help_text=_("Okno gives no more than so many; people still may. Empty: as each team says."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, agent: Agent | None = None) -> None:
        initial: dict[str, Any] = {"role": Role.objects.order_by("-position").first()}
        present: list[int] = []
        if agent is not None:
            present = [team.pk for team in agent.teams.all()]
            initial = {"name": agent.name, "address": agent.user.email, "role": agent.role_id, "teams": present}
            initial["most_open"] = agent.most_open
        super().__init__(data, initial=initial)
        self._field("role").queryset = Role.objects.all()
        teams = Team.objects.filter(is_active=True) | Team.objects.filter(pk__in=present)
        self._field("teams").queryset = teams

    def facts(self) -> AgentFacts:
        """What the form says, after it was found valid."""
        values = self.cleaned_data
        teams = list(values["teams"])
        return AgentFacts(values["name"], values["address"], values["role"], teams, values["most_open"])

    def _field(self, name: str) -> Any:
        return self.fields[name]


class NewAgentForm(AgentForm):
    """The same, and how the first sign-in comes about."""

    first = forms.ChoiceField(
        label=_("First sign-in"), widget=forms.RadioSelect, initial="password", required=False,
        choices=[
            ("password", _("show me a password to pass on")),
            ("letter", _("send a letter with a link to choose a password")),
        ],
    )  # fmt: skip
