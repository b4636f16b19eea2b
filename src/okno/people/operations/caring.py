"""Who of ours is responsible for a client, and who follows its tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _

from okno.people.models import Agent, Team
from okno.people.operations.facts import Problems


class Care(Protocol):
    """The part of a client's facts that says who cares for it; ``None`` leaves a fact as it is."""

    @property
    def responsible(self) -> int | None:
        """The id of an employee, 0 for nobody."""

    @property
    def watching_agents(self) -> Sequence[int] | None:
        """The ids of the employees who follow its tickets."""

    @property
    def watching_teams(self) -> Sequence[int] | None:
        """The ids of the teams that follow its tickets."""


def check_care(care: Care, problems: Problems) -> dict[str, Any]:
    """The columns of a client that are to change; deactivated employees and hidden teams are refused."""
    columns: dict[str, Any] = {}
    wanted = set(care.watching_agents or []) | ({care.responsible} if care.responsible else set())
    active = {agent.pk: agent for agent in Agent.objects.filter(pk__in=wanted, is_active=True)} if wanted else {}
    if care.responsible is not None:
        columns["responsible"] = active.get(care.responsible)
        if care.responsible and care.responsible not in active:
            problems.add("responsible", _("There is no such employee, or he is deactivated."))
    if care.watching_agents is not None:
        columns["watching_agents"] = list(dict.fromkeys(care.watching_agents))
        if set(care.watching_agents) - active.keys():
            problems.add("watching_agents", _("There is no such employee, or he is deactivated."))
    if care.watching_teams is not None:
        columns["watching_teams"] = list(dict.fromkeys(care.watching_teams))
        shown = Team.objects.filter(pk__in=care.watching_teams, is_active=True).values_list("pk", flat=True)
        if set(care.watching_teams) - set(shown):
            problems.add("watching_teams", _("There is no such team, or it is hidden."))
    return columns
