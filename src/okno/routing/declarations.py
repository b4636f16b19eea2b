"""Settings of routing (F66), and the conditions that it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okno.core.faults import Invalid
from okno.core.settings_store import Portable, Setting, declare
from okno.people.models import Agent, Team
from okno.people.portable import agent_named, team_named
from okno.routing.models import RoutingRule
from okno.routing.operations.rules import rewrite_condition
from okno.tickets.conditions import Keeper, Stored, load, register_keeper


class People(Mapping[str, str]):
    """The employees and teams that may be named, as choices: ``agent:3``, ``team:1``; read anew each time."""

    def __init__(self, *, with_nobody: bool) -> None:
        self._with_nobody = with_nobody

    def _all(self) -> dict[str, str]:
        nobody = {"": gettext("nobody")} if self._with_nobody else {}
        agents = Agent.objects.filter(is_active=True).order_by("name")
        teams = Team.objects.filter(is_active=True).order_by("position", "name")
        return {
            **nobody,
            **{f"team:{team.pk}": gettext("Team: %(name)s") % {"name": team.label} for team in teams},
            **{f"agent:{agent.pk}": agent.name for agent in agents},
        }

    def __getitem__(self, key: str) -> str:
        return self._all()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def _written(value: str) -> str:
    """``agent:olena@vikno.example`` instead of ``agent:3``; who is gone stays the number."""
    agent, team = named(value)
    if agent is not None:
        found = Agent.objects.filter(pk=agent).values_list("user__email", flat=True).first()
    else:
        found = Team.objects.filter(pk=team or 0).values_list("name", flat=True).first()
    return f"{value.partition(':')[0]}:{found}" if found else value


def _read(text: str) -> str:
    kind, colon, name = str(text).partition(":")
    if not text:
        return ""
    if not colon or kind not in {"agent", "team"}:
        raise Invalid({"value": [gettext("Choose one of the offered values.")]})
    row = agent_named(name, "value") if kind == "agent" else team_named(name, "value")
    return f"{kind}:{row.pk}"


def _in_list(translate: Callable[[str], str]) -> Callable[[list[str]], list[str]]:
    return lambda values: sorted(translate(value) for value in values)


DEFAULT_ASSIGNEE = declare(
    Setting(
        key="routing.default_assignee",
        kind=str,
        default="",
        label=_("Assignee by default"),
        help=_(
            "Whose a new ticket is when no rule decides and neither contact nor company has somebody responsible."
        ),
        group="routing",
        choices=People(with_nobody=True),
        portable=Portable(_written, _read),
    )
)
DEFAULT_WATCHERS = declare(
    Setting(
        key="routing.default_watchers",
        kind=list,
        default=[],
        label=_("Watchers by default"),
        help=_("They follow every new ticket, together with those of the rule, the company and the contact."),
        group="routing",
        choices=People(with_nobody=False),
        portable=Portable(_in_list(_written), _in_list(_read)),
    )
)


def named(value: str) -> tuple[int | None, int | None]:
    """The ids of the employee and of the team that a choice names."""
    kind, _colon, number = value.partition(":")
    if not number.isdigit():
        return None, None
    return (int(number), None) if kind == "agent" else (None, int(number))


def _stored() -> Iterable[Stored]:
    return [Stored(rule, rule.name, load(rule.condition)) for rule in RoutingRule.objects.all()]


register_keeper("routing", Keeper(_("Routing rules"), _stored, rewrite_condition))
