"""What a row says beneath the status: until when a ticket rests, who processes it or did (F171-F173)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from okno.core.jinja import current_locale, datetime_local
from okno.desk.tickets.spans import span
from okno.tickets.filters import Line
from okno.tickets.models import Processing
from okno.workflow.catalogue import STATUSES, TYPES
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.rules import State


def notes_of(lines: Sequence[Line]) -> dict[int, str]:
    """By the id of the ticket; asks something only where a request of the list was processed in a window."""
    notes = {
        line.id: _("until %(moment)s") % {"moment": datetime_local(line.until_at)}
        for line in lines
        if line.until_at is not None
    }
    return notes | _processed(lines)


def _processed(lines: Sequence[Line]) -> dict[int, str]:
    kept = _statuses_of_windows()
    ids = [line.id for line in lines if STATUSES.of(line.status_id).code in kept]
    if not ids:
        return {}
    columns = ("ticket_id", "agent__name", "began_at", "ended_at", "result")
    windows = Processing.objects.filter(ticket__in=ids).order_by("began_at", "id").values_list(*columns)
    return {ticket: note for ticket, *facts in windows if (note := _note(*facts))}


def _note(name: str, began_at: datetime, ended_at: datetime | None, result: int | None) -> str:
    if ended_at is None:
        return _("%(name)s since %(moment)s") % {"name": name, "moment": datetime_local(began_at)}
    if result is None:
        return ""
    facts = {"name": name, "moment": datetime_local(ended_at), "time": span(ended_at - began_at, current_locale())}
    return _("%(name)s, %(moment)s, took %(time)s") % facts


def _statuses_of_windows() -> frozenset[str]:
    """Statuses that are held while a window is open, and the ends to which windows lead."""
    found = set()
    for kind in TYPES.all():
        rules = remembered_lifecycle_of(kind.pk)
        for place in rules.places:
            if place.is_held:
                ends = (rules.place(way.after) for way in rules.ways_from(place.code))
                found |= {place.code, *(end.code for end in ends if end and end.state is State.CLOSED)}
    return frozenset(found)
