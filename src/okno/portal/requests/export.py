"""The list of requests as a file, with the columns that a setting allows (F149)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import NamedTuple

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.core.http.policy import ContactRequest, contacts
from okno.core.sheets import csv_lines, workbook
from okno.people.portal_declarations import EXPORT_COLUMNS
from okno.tickets.filters.requests import ordered_requests, read_request_filter
from okno.tickets.models import Ticket
from okno.tickets.news import Glance, glances_of

MOST = 10_000
"""Requests of one file, the first of the list."""

BATCH = 500
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ALWAYS = ("number", "subject")


class Line(NamedTuple):
    """A request with what is asked for beside it."""

    ticket: Ticket
    glance: Glance


COLUMNS: dict[str, Callable[[Line], object]] = {
    "number": lambda line: line.ticket.number,
    "subject": lambda line: line.ticket.subject,
    "status": lambda line: line.ticket.status.name,
    "type": lambda line: line.ticket.type.name,
    "priority": lambda line: line.ticket.priority.name,
    "company": lambda line: line.ticket.company.name if line.ticket.company else "",
    "contact": lambda line: line.ticket.contact.name if line.ticket.contact else "",
    "created": lambda line: _local(line.ticket.created_at),
    "updated": lambda line: _local(line.glance.said_at),
    "due": lambda line: _local(line.ticket.due_at),
    "resolved": lambda line: _local(line.ticket.resolved_at),
    "closed": lambda line: _local(line.ticket.closed_at),
    "messages": lambda line: line.glance.messages,
}
"""What each column holds; all of it is what the reader may see in the portal as well (T20)."""


@require_safe
@contacts
def export(request: ContactRequest, kind: str) -> HttpResponseBase:
    """What the list shows, as a file."""
    if kind not in KINDS:
        raise NotVisible(_("There is no such file."))
    chosen = read_request_filter(request.GET, closed="journal" in request.GET)
    names = columns()
    head = [str(EXPORT_COLUMNS.choices[name]) if EXPORT_COLUMNS.choices else name for name in names]
    tickets = ordered_requests(request.actor, chosen)[:MOST]
    rows = ([COLUMNS[name](line) for name in names] for line in _lines(request.actor, tickets.iterator(BATCH)))
    answer = _answer(kind, head, rows)
    file = f"{_('requests')}-{clock.now():%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = content_disposition_header(True, file) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def columns() -> list[str]:
    """The columns that the setting allows, in the order in which they are always shown."""
    allowed = {*EXPORT_COLUMNS(), *ALWAYS}
    return [name for name in COLUMNS if name in allowed]


def _answer(kind: str, head: list[str], rows: Iterable[list[object]]) -> HttpResponseBase:
    if kind == "xlsx":
        return HttpResponse(workbook(_("Requests"), head, rows), content_type=KINDS[kind])
    return StreamingHttpResponse(csv_lines(head, (_as_text(row) for row in rows)), content_type=KINDS[kind])


def _as_text(row: list[object]) -> list[object]:
    return [value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else value for value in row]


def _lines(actor: Actor, tickets: Iterator[Ticket]) -> Iterator[Line]:
    for some in batched(tickets, BATCH, strict=False):
        glances = glances_of(actor, [each.pk for each in some])
        yield from (Line(each, glances.get(each.pk, Glance())) for each in some)


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
