"""Deadlines in words: how much working time is left, or by how much a promise is late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple, Protocol

from django.utils.translation import gettext as _

from okno.calendars.rules import Schedule, working_time_between
from okno.core.jinja import datetime_full, datetime_local
from okno.core.models import Event
from okno.sla import events as kinds
from okno.sla.loading import remembered_rules
from okno.sla.rules import ALWAYS
from okno.sla.wording import span_words
from okno.tickets.models import Ticket
from okno.workflow.rules import DONE


class Chip(NamedTuple):
    """A deadline in the list: words, how pressing it is (late, soon, calm, paused), and the moment in full."""

    words: str
    state: str
    title: str


class Promising(Protocol):
    """What a deadline is told from: the columns of a ticket."""

    @property
    def state(self) -> str: ...
    @property
    def sla_rule(self) -> int | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def react_by(self) -> datetime | None: ...
    @property
    def reacted_at(self) -> datetime | None: ...
    @property
    def react_warn_at(self) -> datetime | None: ...
    @property
    def resolve_warn_at(self) -> datetime | None: ...
    @property
    def resolve_left(self) -> int | None: ...


def chip(ticket: Promising, zone: str, now: datetime) -> Chip | None:
    """The next deadline that is still to be kept; nothing where none runs."""
    if ticket.state in DONE:
        return None
    if ticket.due_at is None:
        if ticket.resolve_left is None:
            return None
        words = _("%(span)s left") % {"span": span_words(timedelta(seconds=ticket.resolve_left))}
        return Chip(words, "paused", _("The clock stands in this status."))
    is_reaction = ticket.reacted_at is None and ticket.due_at == ticket.react_by
    warn_at = ticket.react_warn_at if is_reaction else ticket.resolve_warn_at
    title = _("React by %(moment)s") if is_reaction else _("Resolve by %(moment)s")
    words, state = distance(ticket.due_at, warn_at, _schedule(ticket.sla_rule, zone), now)
    return Chip(words, state, title % {"moment": datetime_full(ticket.due_at)})


def distance(deadline: datetime, warn_at: datetime | None, schedule: Schedule, now: datetime) -> tuple[str, str]:
    """The working time to a deadline or since it, and how pressing that is."""
    if deadline <= now:
        return _late(deadline, now, schedule), "late"
    left = span_words(working_time_between(now, deadline, schedule))
    return _("%(span)s left") % {"span": left}, "soon" if warn_at is not None and warn_at <= now else "calm"


def promises_of(ticket: Ticket, now: datetime) -> list[dict[str, Any]]:
    """Both promises for the side panel: what it is, when, how it stands."""
    schedule = _schedule(ticket.sla_rule, ticket.company.time_zone if ticket.company else "")

    def line(label: str, deadline: datetime, warn_at: datetime | None, end: datetime | None) -> dict[str, Any]:
        words, state = _standing(deadline, warn_at, end, schedule, now)
        return {"label": label, "at": deadline, "words": words, "state": state}

    done_at = (ticket.resolved_at or ticket.closed_at) if ticket.state in DONE else None
    rows = []
    if ticket.react_by is not None:
        rows.append(line(_("React by"), ticket.react_by, ticket.react_warn_at, ticket.reacted_at))
    if ticket.resolve_by is not None:
        rows.append(line(_("Resolve by"), ticket.resolve_by, ticket.resolve_warn_at, done_at))
        rows[-1]["is_manual"] = ticket.resolve_by_is_manual
    elif ticket.resolve_left is not None:
        words = _("%(span)s left") % {"span": span_words(timedelta(seconds=ticket.resolve_left))}
        rows.append({"label": _("Resolve by"), "at": None, "words": words, "state": "paused"})
    return rows


def _standing(
    deadline: datetime, warn_at: datetime | None, fulfilled_at: datetime | None, schedule: Schedule, now: datetime
) -> tuple[str, str]:
    """How a promise stands that is still to be kept, or how it was kept."""
    if fulfilled_at is None:
        return distance(deadline, warn_at, schedule, now)
    if fulfilled_at < deadline:
        return _("kept"), "kept"
    return _late(deadline, fulfilled_at, schedule), "late"


def _late(deadline: datetime, end: datetime, schedule: Schedule) -> str:
    """By how much working time; by the clock on the wall where none lay between, such as a night."""
    span = working_time_between(deadline, end, schedule) or end - deadline
    return _("late by %(span)s") % {"span": span_words(span)}


def _schedule(rule: int | None, zone: str) -> Schedule:
    found = remembered_rules().by_id.get(rule or 0)
    promise = found.promise(1, zone) if found else None
    return promise.schedule if promise else ALWAYS


def promise_sentence(event: Event) -> tuple[str, str] | None:
    """The words for what happened to a promise, and their icon."""
    data = event.data
    if event.kind == kinds.DEADLINE_SET:
        facts = {"who": event.actor_name}
        if not data["after"]:
            return _("%(who)s left the deadline to the rules again") % facts, "icon-[tabler--clock-edit]"
        facts["moment"] = datetime_local(datetime.fromisoformat(data["after"]))
        return _("%(who)s set the deadline of the solution: %(moment)s") % facts, "icon-[tabler--clock-edit]"
    words = {
        (kinds.DEADLINE_NEAR, "reaction"): _("The deadline of the reaction is near: %(moment)s"),
        (kinds.DEADLINE_NEAR, "resolution"): _("The deadline of the solution is near: %(moment)s"),
        (kinds.DEADLINE_PASSED, "reaction"): _("The deadline of the reaction has passed: %(moment)s"),
        (kinds.DEADLINE_PASSED, "resolution"): _("The deadline of the solution has passed: %(moment)s"),
    }.get((event.kind, data.get("of", "")))
    if words is None:
        return None
    icon = "icon-[tabler--clock-exclamation]" if event.kind == kinds.DEADLINE_NEAR else "icon-[tabler--alarm]"
    return words % {"moment": datetime_local(datetime.fromisoformat(data["deadline"]))}, icon
