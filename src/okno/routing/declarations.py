"""Settings of routing (F66), and the conditions that it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okno.core.settings_store import Setting, declare
from okno.people.models import Agent, Team
from okno.routing.models import RoutingRule
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


register_keeper("routing", Keeper(_("Routing rules"), _stored))
