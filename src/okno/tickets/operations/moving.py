"""How a ticket comes into another status: the interval, the timer, the counters and the event that belong to it.

The functions work on a ticket that its operation has locked and will save.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid
from okno.tickets import events as kinds
from okno.tickets.models import Processing, StatusInterval, Ticket
from okno.tickets.operations.assigning import release_from_deactivated
from okno.tickets.operations.secrets import erase_all
from okno.tickets.transitions import missing_facts, mover_of, why_not, words_of
from okno.tickets.working_time import schedule_of, working_seconds
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.models import Status
from okno.workflow.rules import DONE, Rules, State, due_at, is_reopening

FARTHEST = timedelta(days=5 * 366)
"""How far ahead a ticket may be postponed."""


@dataclass
class Way:
    """What goes with the move: why it happens, until when the ticket rests, whether a message was written with it.

    ``by_window`` is for the processing window, which alone enters a status that is held; ``with_answer`` says that
    a public answer of an employee goes with the move, so that the client is told of both at once.
    """

    reason: Mapping[str, Any] | None = None
    until: datetime | None = None
    is_said: bool = False
    by_window: bool = False
    with_answer: bool = False


def move_to(actor: Actor, ticket: Ticket, code: str, way: Way | None = None) -> None:
    """Takes the ticket to the status of this code, if the lifecycle leads there and lets the actor go."""
    way = way or Way()
    status, before = _statuses(ticket, code)
    if status is None or not status.is_active:
        raise Invalid({"status": [_("There is no such status.")]})
    if status.pk == ticket.status_id:
        if way.until is not None:
            rest_until(actor, ticket, way.until)
        return
    rules = lifecycle_of(ticket.type_id)
    refusal = why_not(rules, before.code, status.code, mover_of(actor), ticket, by_window=way.by_window)
    if refusal is not None:
        raise Conflict(
            words_of(refusal, before, status),
            code="no_transition",
            details={
                "reason": str(refusal),
                "before": before.code,
                "after": status.code,
                "possible": [each.after for each in rules.ways_from(before.code)],
            },
        )
    require_facts(ticket, rules, before.code, status.code, is_said=way.is_said)
    enter(actor, ticket, status, rules, way)


def move_by_rule(actor: Actor, ticket: Ticket, rules: Rules, code: str, reason: Mapping[str, Any]) -> bool:
    """Takes the ticket where a rule of the lifecycle says, whoever acts; false when it is there already."""
    status, _before = _statuses(ticket, code)
    if status is None or status.pk == ticket.status_id:
        return False
    enter(actor, ticket, status, rules, Way(reason=reason))
    return True


def enter(actor: Actor, ticket: Ticket, status: Status, rules: Rules, way: Way) -> None:
    """The change itself: one interval ends and the next begins at the same moment."""
    moment, former = clock.now(), ticket.status
    before, after = State(ticket.state), State(status.state)
    until = None
    if after is State.POSTPONED:  # to another postponed status: until when is known already
        stays = before is State.POSTPONED and way.until is None
        until = ticket.until_at if stays and ticket.until_at else _checked(way.until, moment)
    leave_interval(ticket, moment)
    interval = StatusInterval.objects.create(ticket=ticket, status=status, entered_at=moment)
    _end_processing(ticket, rules, status, by_window=way.by_window)
    ticket.status, ticket.state = status, after
    ticket.until_at = until
    set_timer(ticket, rules, interval.pk, moment)
    if is_reopening(before, after):
        ticket.reopenings += 1
    if after in DONE and before not in DONE:
        _note_solver(actor, ticket)
    ticket.resolved_at = {State.RESOLVED: moment, State.CLOSED: ticket.resolved_at}.get(after)
    ticket.closed_at = moment if after is State.CLOSED else None
    data: dict[str, Any] = {"before": former.code, "after": status.code, "reason": dict(way.reason or {})}
    if until is not None:
        data["until"] = until.isoformat()
    if way.with_answer:
        data["with_answer"] = True
    events.record(actor, kinds.STATUS_CHANGED, ticket, data)
    if before is State.CLOSED:
        release_from_deactivated(actor, ticket)
    if after is State.CLOSED:
        erase_all(actor, ticket)


def _note_solver(actor: Actor, ticket: Ticket) -> None:
    """Whose work the solution is: who has the ticket now, or the employee who solves what nobody has."""
    ticket.solver_id = ticket.assignee_id or (actor.id if actor.is_agent else None)
    ticket.solver_team_id = ticket.team_id


def rest_until(actor: Actor, ticket: Ticket, until: datetime) -> None:
    """Gives a postponed ticket another moment of return."""
    if ticket.state != State.POSTPONED:
        raise Invalid({"until": [_("Only a postponed ticket has a time of return.")]})
    moment = _checked(until, clock.now())
    if moment != ticket.until_at:
        ticket.until_at = moment
        events.record(actor, kinds.POSTPONED, ticket, {"until": moment.isoformat()})


def leave_interval(ticket: Ticket, moment: datetime) -> None:
    """Ends the present interval, and counts the working time in it."""
    present = StatusInterval.objects.filter(ticket=ticket, left_at=None).first()
    if present is not None:
        present.left_at = moment
        present.working_seconds = working_seconds(schedule_of(ticket), present.entered_at, moment)
        present.save(update_fields=["left_at", "working_seconds"])


def set_timer(ticket: Ticket, rules: Rules, interval: int, since: datetime) -> None:
    """The timer of the present status, bound to the interval in which it runs (T31)."""
    place = rules.place(ticket.status.code)
    ticket.closes_at = due_at(place, since) if place is not None else None
    ticket.timer_interval = interval if ticket.closes_at or ticket.until_at else None


def restart_timer(ticket: Ticket) -> None:
    """The client was spoken to again: the days in which he may answer begin anew."""
    if ticket.closes_at is not None and ticket.timer_interval is not None:
        set_timer(ticket, lifecycle_of(ticket.type_id), ticket.timer_interval, clock.now())


def stop_timer(ticket: Ticket) -> None:
    """The client spoke: nothing closes by itself before somebody has looked."""
    ticket.closes_at = None
    if ticket.until_at is None:
        ticket.timer_interval = None


def require_facts(ticket: Ticket, rules: Rules, before: str, after: str, *, is_said: bool) -> None:
    """Refuses a way on which something is missing, at the field where it belongs."""
    way = rules.way(before, after)
    if way is None:
        return
    problems = {}
    if way.comment == "required" and not is_said:
        problems["comment"] = [_("Write a comment: this change of status asks for one.")]
    for name in missing_facts(ticket, way.required):
        problems[name] = [_("Fill this in: this change of status asks for it.")]
    if problems:
        raise Invalid(problems)


def _statuses(ticket: Ticket, code: str) -> tuple[Status | None, Status]:
    """The wanted status, if there is one, and the present one, read at once and remembered on the ticket."""
    rows = list(Status.objects.filter(Q(code=code) | Q(pk=ticket.status_id)))
    ticket.status = next(row for row in rows if row.pk == ticket.status_id)
    return next((row for row in rows if row.code == code), None), ticket.status


def _checked(until: datetime | None, now: datetime) -> datetime:
    if until is None:
        raise Invalid({"until": [_("Say until when the ticket is postponed.")]})
    if until <= now:
        raise Invalid({"until": [_("Choose a moment that is still to come.")]})
    if until > now + FARTHEST:
        raise Invalid({"until": [_("Choose a moment within five years.")]})
    return until


def _end_processing(ticket: Ticket, rules: Rules, status: Status, *, by_window: bool) -> None:
    """Whoever takes a ticket out of a status that is held ends its window; the result is what was chosen there."""
    place = rules.place(ticket.status.code)
    if place is None or place.is_held:
        open_ones = Processing.objects.filter(ticket=ticket, ended_at=None)
        open_ones.update(ended_at=clock.now(), result=status if by_window else None)
