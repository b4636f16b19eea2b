"""Why a deadline is what it is: the rule, every stay with the days that counted, pauses and holidays (W13, P53)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from okno.sla.following import course_of
from okno.sla.loading import remembered_rules
from okno.sla.models import SlaRule
from okno.sla.reckoning import zone_of
from okno.sla.rules import Part, Promise, Stay, account_of, consumed
from okno.sla.rules.clock import NOTHING
from okno.tickets.models import Ticket


@dataclass(frozen=True)
class Explained:
    """One promise of a ticket. ``fulfilled_at`` is when it was kept or at last fulfilled; ``left`` may be negative.

    A deadline that a person set has neither parts nor a norm.
    """

    of: Literal["reaction", "resolution"]
    rule: SlaRule | None
    promise: Promise | None
    deadline: datetime | None
    fulfilled_at: datetime | None
    is_manual: bool = False
    parts: tuple[Part, ...] = ()
    used: timedelta = NOTHING

    @property
    def left(self) -> timedelta:
        """What is left of the norm."""
        return (self.promise.norm if self.promise else NOTHING) - self.used

    @property
    def is_broken(self) -> bool:
        """Whether it was fulfilled too late."""
        return bool(self.deadline and self.fulfilled_at and self.deadline <= self.fulfilled_at)


def explain(ticket: Ticket, now: datetime) -> list[Explained]:
    """The promises of a ticket, those that there are."""
    rule = remembered_rules().by_id.get(ticket.sla_rule or 0)
    stays, zone = course_of(ticket).stays, zone_of(ticket)
    react = rule.promise(rule.row.reaction_minutes, zone) if rule else None
    resolve = rule.promise(rule.row.resolution_minutes, zone) if rule else None
    row = rule.row if rule else None
    found = []
    if ticket.react_by is not None or (react is not None and ticket.reacted_at is None):
        parts, used = _account(react, stays, ticket.react_by, ticket.reacted_at or now)
        found.append(Explained("reaction", row, react, ticket.react_by, ticket.reacted_at, False, parts, used))
    done_at = ticket.resolved_at or ticket.closed_at
    if ticket.resolve_by_is_manual:
        found.append(Explained("resolution", None, None, ticket.resolve_by, done_at, is_manual=True))
    elif ticket.resolve_by is not None or resolve is not None:
        parts, used = _account(resolve, stays, ticket.resolve_by, now)
        found.append(Explained("resolution", row, resolve, ticket.resolve_by, done_at, False, parts, used))
    return found


def _account(
    promise: Promise | None, stays: Sequence[Stay], deadline: datetime | None, end: datetime
) -> tuple[tuple[Part, ...], timedelta]:
    if promise is None:
        return (), NOTHING
    return account_of(promise, stays, deadline), consumed(stays, end, promise.schedule)
