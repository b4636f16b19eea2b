"""Forms of routing rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.manage.conditions.field import ConditionField
from okno.people.models import Agent, Company, Contact, Team
from okno.routing.declarations import named
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import NAME_LIMIT, RuleFacts
from okno.tickets.conditions import BadCondition, Condition, load
from okno.tickets.models import Channel
from okno.workflow.catalogue import PRIORITIES, TYPES

Target = RoutingRule.Target
Choices = list[tuple[str, Any]]


def people(agents: set[int], teams: set[int]) -> Choices:
    """Teams and employees in two groups: those who can be chosen, and those of these ids who are chosen already."""
    shown = Team.objects.filter(Q(is_active=True) | Q(pk__in=teams)).order_by("position", "name")
    active = Agent.objects.filter(Q(is_active=True) | Q(pk__in=agents)).order_by("name")
    return [
        (
            _("Teams"),
            [(f"team:{each.pk}", marked(each.label, "" if each.is_active else _("hidden"))) for each in shown],
        ),
        (
            _("Employees"),
            [
                (f"agent:{each.pk}", marked(each.name, "" if each.is_active else _("deactivated")))
                for each in active
            ],
        ),
    ]


def marked(name: str, mark: str) -> str:
    """The name with a remark behind it, if there is one."""
    return f"{name} ({mark})" if mark else name


class RuleForm(forms.Form):
    """If a new ticket fits, then it goes to somebody and some follow it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=NAME_LIMIT)
    is_enabled = forms.BooleanField(
        label=gettext_lazy("Switched on"), required=False, initial=True,
        help_text=gettext_lazy("A rule that is off is passed over."),
    )  # fmt: skip
    condition = ConditionField(
        label=gettext_lazy("If"), help_text=gettext_lazy("What a new ticket must be like for this rule to decide.")
    )
    assignee = forms.ChoiceField(
        label=gettext_lazy("Then it goes to"), initial=Target.DEFAULT.value,
        help_text=gettext_lazy(
            "Whoever is responsible: of the contact, else of the company, else by default. A person who chooses "
            "somebody himself is not overruled."
        ),
    )  # fmt: skip
    watchers = forms.MultipleChoiceField(
        label=gettext_lazy("And is followed by"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Besides those of the settings, the company and the contact."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, rule: RoutingRule | None = None) -> None:
        super().__init__(data, initial=said_by(rule) if rule else {})
        agents, teams = _present(rule)
        choices = people(agents, teams)
        fields: dict[str, Any] = self.fields
        fields["assignee"].choices = [
            (Target.DEFAULT.value, Target.DEFAULT.label),
            (Target.NOBODY.value, Target.NOBODY.label),
            *choices,
        ]
        fields["watchers"].choices = [pair for _title, pairs in choices for pair in pairs]

    def facts(self) -> RuleFacts:
        """What the form says, after it was found valid."""
        values = self.cleaned_data
        agent, team = named(values["assignee"])
        pairs = [named(each) for each in values["watchers"]]
        return RuleFacts(
            name=values["name"],
            condition=values["condition"],
            target=Target.AGENT if agent else Target.TEAM if team else values["assignee"],
            agent=Agent.objects.filter(pk=agent).first() if agent else None,
            team=Team.objects.filter(pk=team).first() if team else None,
            watching_agents=list(Agent.objects.filter(pk__in=[pk for pk, _team in pairs if pk])),
            watching_teams=list(Team.objects.filter(pk__in=[pk for _agent, pk in pairs if pk])),
            is_enabled=values["is_enabled"],
        )


def condition_of(rule: RoutingRule) -> Condition | None:
    """What the rule asks; nothing when it cannot be read any more."""
    try:
        return load(rule.condition)
    except BadCondition:
        return None


def said_by(rule: RoutingRule) -> dict[str, Any]:
    """A rule as its form shows it."""
    target = {Target.AGENT: f"agent:{rule.agent_id}", Target.TEAM: f"team:{rule.team_id}"}
    agents, teams = rule.watching_agents.all(), rule.watching_teams.all()
    return {
        "name": rule.name,
        "is_enabled": rule.is_enabled,
        "condition": condition_of(rule),
        "assignee": target.get(Target(rule.target), rule.target),
        "watchers": [*(f"team:{team.pk}" for team in teams), *(f"agent:{agent.pk}" for agent in agents)],
    }


def _present(rule: RoutingRule | None) -> tuple[set[int], set[int]]:
    if rule is None:
        return set(), set()
    agents = {rule.agent_id or 0, *(agent.pk for agent in rule.watching_agents.all())}
    return agents, {rule.team_id or 0, *(team.pk for team in rule.watching_teams.all())}


class TrialForm(forms.Form):
    """A ticket that exists, or one that is only imagined."""

    number = forms.IntegerField(
        label=gettext_lazy("Number of a ticket"), required=False, min_value=1, max_value=2**63 - 1,
        help_text=gettext_lazy("As if it came anew. Without one, imagine a ticket:"),
    )  # fmt: skip
    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    priority = forms.ChoiceField(label=gettext_lazy("Priority"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("Way of registration"), required=False)
    registered = forms.DateTimeField(
        label=gettext_lazy("Registered"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Now, when left empty."),
    )  # fmt: skip
    client = forms.CharField(
        label=gettext_lazy("Client"), required=False, max_length=320,
        help_text=gettext_lazy("The mail address of a contact, or the name of a company."),
    )  # fmt: skip
    subject = forms.CharField(label=gettext_lazy("Subject"), required=False, max_length=500)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["type"].choices = [("", _("the usual one")), *((row.code, row.name) for row in TYPES.active())]
        priorities = reversed(PRIORITIES.active())
        fields["priority"].choices = [("", _("the usual one")), *((row.code, row.name) for row in priorities)]
        fields["channel"].choices = list(Channel.choices)

    def clean(self) -> dict[str, Any]:
        """Finds the client behind the words."""
        values = super().clean() or self.cleaned_data
        words = (values.get("client") or "").strip()
        values["contact"] = Contact.objects.filter(addresses__address=words.lower()).first() if words else None
        values["company"] = Company.objects.filter(name__iexact=words).first() if words else None
        if words and values["contact"] is None and values["company"] is None:
            self.add_error("client", _("There is no such contact and no such company."))
        return values

    def columns(self) -> tuple[dict[str, Any], datetime | None]:
        """The columns of the imagined ticket, and when it comes."""
        values = self.cleaned_data
        contact, company = values["contact"], values["company"]
        if contact is not None:
            company = contact.companies.order_by("affiliations__position").first()
        columns = {
            "type": TYPES.by_code(values["type"]),
            "priority": PRIORITIES.by_code(values["priority"]),
            "contact": contact,
            "company": company,
            "subject": values["subject"],
        }
        if values["channel"]:
            columns["channel"] = values["channel"]
        return columns, values["registered"]
