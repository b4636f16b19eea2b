"""What is promised for a ticket, written into its columns: the rule, the deadlines, what is to be told and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from okno.sla.loading import Rule, Ruleset
from okno.sla.rules import (
    ALWAYS,
    Level,
    Mark,
    Phase,
    Promise,
    Reckoning,
    Stay,
    next_moment,
    reacted_at,
    reckon,
    reckon_manual,
    still_told,
)
from okno.sla.rules.clock import NOTHING
from okno.tickets.conditions import Facts
from okno.tickets.models import Ticket
from okno.workflow.catalogue import STATUSES
from okno.workflow.rules import DONE

NOBODY = Promise(NOTHING, ALWAYS)
"""Stands where a person set a deadline though no rule promises anything."""


@dataclass(frozen=True, slots=True)
class Course:
    """What a ticket went through: its stays in statuses, and when it was first answered in public."""

    stays: Sequence[Stay]
    answered_at: datetime | None = None


def stay(status: int, entered_at: datetime, left_at: datetime | None) -> Stay:
    """A stay in the status of this id."""
    row = STATUSES.of(status)
    if row.state in DONE:
        return Stay(entered_at, left_at, Phase.DONE, row.code)
    return Stay(entered_at, left_at, Phase.PAUSED if row.pauses_clock else Phase.RUNS, row.code)


def zone_of(ticket: Ticket) -> str:
    """The zone of the client's company (F60)."""
    return ticket.company.time_zone if ticket.company else ""


def promise_of(ticket: Ticket, rules: Ruleset, course: Course, now: datetime, *, quiet: bool = False) -> None:
    """Sets the columns of ``Promised``. ``quiet``: what is late or near already is not told any more."""
    rule = rules.match(Facts(ticket, now=now))
    ticket.sla_rule = rule.row.pk if rule else None
    ticket.reacted_at = reacted_at(rules.reaction, course.stays, course.answered_at)
    _set_reaction(ticket, rule, course)
    _set_resolution(ticket, rule, course)
    ticket.due_at = _due(ticket)
    react, resolve = marks_of(ticket)
    ticket.react_told = react.level(now) if quiet else still_told(react, now)
    ticket.resolve_told = resolve.level(now) if quiet else still_told(resolve, now)
    ticket.tell_at = next_moment(marks_of(ticket))


def _set_reaction(ticket: Ticket, rule: Rule | None, course: Course) -> None:
    """A promise that was kept or broken by a reaction stays as it was then."""
    promise = rule.promise(rule.row.reaction_minutes, zone_of(ticket)) if rule else None
    if promise is None:
        ticket.react_by = ticket.react_warn_at = None
    elif ticket.reacted_at is None or ticket.react_by is None:
        found = reckon(promise, _until(course.stays, ticket.reacted_at))
        ticket.react_by, ticket.react_warn_at = found.deadline, found.warn_at


def _set_resolution(ticket: Ticket, rule: Rule | None, course: Course) -> None:
    promise = rule.promise(rule.row.resolution_minutes, zone_of(ticket)) if rule else None
    if ticket.resolve_by_is_manual and ticket.resolve_by is not None:
        found = reckon_manual(promise or NOBODY, ticket.created_at, ticket.resolve_by)
    else:
        ticket.resolve_by_is_manual = False
        found = reckon(promise, course.stays) if promise else Reckoning()
    ticket.resolve_by, ticket.resolve_warn_at = found.deadline, found.warn_at
    is_paused = found.deadline is None and found.left is not None
    ticket.resolve_left = int(found.left.total_seconds()) if is_paused and found.left is not None else None


def _until(stays: Sequence[Stay], end: datetime | None) -> Sequence[Stay]:
    """The stays up to the reaction, as if the last of them went on."""
    if end is None:
        return stays
    before = [each for each in stays if each.entered_at < end] or [stays[0]]
    return [*before[:-1], replace(before[-1], left_at=None)]


def _due(ticket: Ticket) -> datetime | None:
    if ticket.state in DONE:
        return None
    pending = [ticket.resolve_by, ticket.react_by if ticket.reacted_at is None else None]
    return min((each for each in pending if each is not None), default=None)


def marks_of(ticket: Ticket) -> tuple[Mark, Mark]:
    """Reaction and resolution, out of the ticket's columns.

    A promise that was kept has nothing to tell; one that was broken before it was fulfilled still has.
    """
    done_at = (ticket.resolved_at or ticket.closed_at or ticket.created_at) if ticket.state in DONE else None
    return (
        _mark(ticket.react_warn_at, ticket.react_by, ticket.react_told, ticket.reacted_at or done_at),
        _mark(ticket.resolve_warn_at, ticket.resolve_by, ticket.resolve_told, done_at),
    )


def _mark(warn_at: datetime | None, deadline: datetime | None, told: int, fulfilled_at: datetime | None) -> Mark:
    if fulfilled_at is None:
        return Mark(warn_at, deadline, Level(told))
    was_broken = deadline is not None and deadline <= fulfilled_at
    return Mark(None, deadline if was_broken else None, Level(told))
