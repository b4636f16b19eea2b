"""Who has how much to do: open tickets of each employee against what he may have, and what waits in teams."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.people.models import Agent, Team
from okno.routing.operations.giving_out import waiting_in
from okno.routing.workload import ACTIVE, limit_of, with_load
from okno.tickets.models import Ticket

WIDTH = 1000
"""Units of the longest bar."""


@dataclass(frozen=True)
class Row:
    """An employee: what counts, what does not, and his maximum; and the same as lengths of a bar."""

    agent: Agent
    load: int
    resting: int
    limit: int | None
    is_absent: bool
    longest: int

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.load >= self.limit

    @property
    def load_width(self) -> int:
        return WIDTH * self.load // self.longest

    @property
    def resting_width(self) -> int:
        return WIDTH * self.resting // self.longest

    @property
    def limit_at(self) -> int | None:
        return None if self.limit is None else min(WIDTH * self.limit // self.longest, WIDTH - 2)

    @property
    def words(self) -> str:
        """The bar for those who do not see it."""
        text = ngettext("%(num)d open ticket", "%(num)d open tickets", self.load) % {"num": self.load}
        if self.limit is not None:
            text = _("%(tickets)s of at most %(limit)d") % {"tickets": text, "limit": self.limit}
        if self.resting:
            text = _("%(tickets)s, besides %(num)d that do not count") % {"tickets": text, "num": self.resting}
        return text


@require_safe
@agents_with("agents.manage")
def workload(request: AgentRequest) -> HttpResponseBase:
    """All employees, or those of one team."""
    teams = list(Team.objects.filter(is_active=True))
    team = _chosen(request.GET.get("team", ""), teams)
    context = {
        "rows": rows_of(team),
        "team": team,
        "teams": teams,
        "waiting": [(each, waiting_in(each).count()) for each in ([team] if team else teams)],
    }
    return render(request, "manage/workload.jinja", context)


def rows_of(team: Team | None) -> list[Row]:
    """The active employees, the busiest first; the maximum is their own, else that of the team."""
    agents: QuerySet[Agent] = Agent.objects.filter(is_active=True).prefetch_related("teams")
    if team is not None:
        agents = agents.filter(memberships__team=team)
    every = Ticket.objects.filter(state__in=ACTIVE, assignee__in=agents.values("pk")).order_by()
    totals = dict(every.values_list("assignee").annotate(number=Count("pk")))
    found = [(agent, getattr(agent, "load", 0), totals.get(agent.pk, 0)) for agent in with_load(agents)]
    limits = {agent.pk: limit_of(agent, team or _only_team(agent)) for agent, _load, _total in found}
    longest = max([1, *(total for _agent, _load, total in found), *(each for each in limits.values() if each)])
    now = clock.now()
    rows = [
        Row(agent, load, max(0, total - load), limits[agent.pk], agent.is_absent_at(now), longest)
        for agent, load, total in found
    ]
    return sorted(rows, key=lambda row: (-row.load, row.agent.name))


def _only_team(agent: Agent) -> Team | None:
    """The team whose maximum holds when no team is asked for: that which allows most of those with one."""
    limited = [team for team in agent.teams.all() if team.is_active and team.most_per_agent is not None]
    return max(limited, key=lambda team: team.most_per_agent or 0, default=None)


def _chosen(text: str, teams: list[Team]) -> Team | None:
    if not text:
        return None
    found = next((team for team in teams if str(team.pk) == text), None)
    if found is None:
        raise NotVisible(_("There is no such team."))
    return found
