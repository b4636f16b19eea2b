"""What tickets hold of employees and teams, and how others take their place (F154, F161)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from okno.core import events
from okno.core.actor import SYSTEM, Actor
from okno.core.uses import FIRST, Holder, register_holder, register_lock, told
from okno.people.models import Agent, Team
from okno.tickets import events as kinds
from okno.tickets.conditions.uses import replace_in_conditions
from okno.tickets.conditions.uses import uses_of as conditions_on
from okno.tickets.models import Rating, Ticket, Watcher
from okno.tickets.operations.assigning import give
from okno.tickets.operations.change import changing, lock_in_order
from okno.workflow.rules import State


def _open(**facts: Any) -> QuerySet[Ticket]:
    return Ticket.objects.filter(**facts).exclude(state=State.CLOSED).order_by("pk")


def _open_tickets(field: str) -> Callable[[Model], tuple[int, list[str]]]:
    return lambda row: (_open(**{field: row}).count(), [])


def _lock_of_agent(agent: Agent) -> None:
    """All tickets that will be written, in one order: a batch that locks some of them waits for its turn (T30)."""
    followed = _followed(agent=agent).values_list("ticket_id", flat=True)
    lock_in_order({*_open(assignee=agent).values_list("pk", flat=True), *followed})


def _lock_of_team(team: Team) -> None:
    """The same for a team, whose closed tickets, solutions and ratings are written too."""
    named = Ticket.objects.filter(Q(team=team) | Q(solver_team=team)).values_list("pk", flat=True)
    rated = Rating.objects.filter(team=team).values_list("ticket_id", flat=True)
    lock_in_order({*named, *rated, *_followed(team=team).values_list("ticket_id", flat=True)})


def _pass_tickets(actor: Actor, agent: Agent, heir: Agent) -> None:
    """Each open ticket has the heir as its assignee; its team stays. The history names who did it, and why.

    Whoever may deactivate the employee may do this, also to tickets that he does not see himself.
    """
    for ticket in _open(assignee=agent):
        with changing(SYSTEM, "assign", ticket) as locked:
            if locked.assignee_id == agent.pk:
                give(actor, locked, heir, locked.team, reason={"because": "handed over", "who": agent.name})


def _move_tickets(actor: Actor, team: Team, other: Team) -> None:
    """Each open ticket is the other team's; who works on it stays. Whoever may delete the team may do this."""
    for ticket in _open(team=team):
        with changing(SYSTEM, "assign", ticket) as locked:
            if locked.team_id == team.pk:
                reason = {"because": "team deleted", "who": team.as_fact()}
                give(actor, locked, locked.assignee, other, reason=reason)


def _past_of(team: Team) -> tuple[int, list[str]]:
    return Ticket.objects.filter(team=team, state=State.CLOSED).count(), []


def _move_past(actor: Actor, team: Team, other: Team) -> None:
    """Closed tickets belong to the other team, whose members see them from then on."""
    Ticket.objects.filter(team=team, state=State.CLOSED).update(team=other, version=F("version") + 1)


def _solved_by(team: Team) -> tuple[int, list[str]]:
    return Ticket.objects.filter(solver_team=team).count() + Rating.objects.filter(team=team).count(), []


def _move_solved(actor: Actor, team: Team, other: Team) -> None:
    """Solutions and their ratings count for the other team."""
    Ticket.objects.filter(solver_team=team).update(solver_team=other)
    Rating.objects.filter(team=team).update(team=other)


def _followed(**who: Any) -> QuerySet[Watcher]:
    return Watcher.objects.filter(**who).exclude(ticket__state=State.CLOSED)


def _watched(field: str) -> Holder:
    def find(row: Model) -> tuple[int, list[str]]:
        return _followed(**{field: row}).count(), []

    def replace(actor: Actor, row: Any, other: Any) -> None:
        """The other follows what is not closed, once; the history of each ticket says so."""
        for watcher in _followed(**{field: row}).select_related("ticket").order_by("ticket"):
            _there, made = Watcher.objects.get_or_create(ticket=watcher.ticket, **{field: other})
            if made:
                data = {field: other.pk, **_fact_of(other), "reason": {"because": "handed over"}}
                events.record(actor, kinds.WATCHER_ADDED, watcher.ticket, data)
            watcher.delete()

    return Holder(_("Tickets that are followed"), find, replace, key="watched", holds=False, place=FIRST + 1)


def _conditions(*, replaceable: bool) -> Callable[[Model], tuple[int, list[str]]]:
    def find(row: Model) -> tuple[int, list[str]]:
        uses = [use for use in conditions_on(row) if use.is_replaceable == replaceable]
        return told(f"{use.label}: {use.name}" for use in uses)

    return find


def _fact_of(row: Any) -> dict[str, Any]:
    return row.as_fact() if isinstance(row, Team) else {"name": row.name}


_OPEN = _("Tickets that are not closed")
register_lock(Agent, _lock_of_agent)
register_lock(Team, _lock_of_team)
register_holder(Agent, Holder(_OPEN, _open_tickets("assignee"), _pass_tickets, "tickets", place=FIRST))
register_holder(Agent, _watched("agent"))
register_holder(Team, Holder(_OPEN, _open_tickets("team"), _move_tickets, "tickets", place=FIRST))
register_holder(Team, Holder(_("Closed tickets"), _past_of, _move_past, "closed", place=FIRST))
register_holder(Team, Holder(_("Solutions and their ratings"), _solved_by, _move_solved, "solved", place=FIRST))
register_holder(Team, _watched("team"))
for _model in (Agent, Team):
    _holds = _model is Team
    _written = Holder(_("Conditions"), _conditions(replaceable=True), replace_in_conditions, "rules", holds=_holds)
    register_holder(_model, _written)
    register_holder(_model, Holder(_("Conditions"), _conditions(replaceable=False), None, "rules", holds=_holds))
