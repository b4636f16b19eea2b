"""What the desk's list shows of a ticket: a line of plain values, read by queries that are written once."""

from __future__ import annotations

from datetime import datetime
from functools import cache, lru_cache
from typing import NamedTuple

from django.db.models import QuerySet

from okno.core.actor import Actor
from okno.core.statements import Statement, among
from okno.tickets.filters.paging import Cursor, Page, cut_to_page, rows_of_list
from okno.tickets.filters.query import teams_of
from okno.tickets.filters.ticket_filter import TicketFilter
from okno.tickets.models import Ticket


class Line(NamedTuple):
    """A ticket in the list. ``team_names`` is the JSON of its names in languages.

    The last two, of which ``attributes`` is JSON too, are read only where a column of the list shows them.
    """

    id: int
    number: int
    subject: str
    state: str
    is_news: bool
    channel: str
    created_at: datetime
    activity_at: datetime
    status_id: int
    priority_id: int
    company: str | None
    contact: str | None
    agent_contact: str | None
    assignee_id: int | None
    assignee: str | None
    team: str | None
    team_names: str | None
    time_zone: str | None
    sla_rule: int | None
    due_at: datetime | None
    react_by: datetime | None
    reacted_at: datetime | None
    react_warn_at: datetime | None
    resolve_warn_at: datetime | None
    resolve_left: int | None
    until_at: datetime | None
    rating: int | None
    type_id: int | None = None
    attributes: str | None = None


COLUMNS = (
    "id", "number", "subject", "state", "is_news", "channel", "created_at", "activity_at", "status_id",
    "priority_id", "company__name", "contact__name", "agent_contact__name", "assignee_id", "assignee__name",
    "team__name", "team__names", "company__time_zone", "sla_rule", "due_at", "react_by", "reacted_at",
    "react_warn_at", "resolve_warn_at", "resolve_left", "until_at", "rating",
)  # fmt: skip
MORE = ("type_id", "attributes")


def lines_of_list(actor: Actor, chosen: TicketFilter, cursor: Cursor | None, limit: int) -> Page[Line]:
    """A page of a list in which nothing is searched for."""
    return _lines_of_list(actor, chosen, cursor, limit, COLUMNS)


def long_lines_of_list(actor: Actor, chosen: TicketFilter, cursor: Cursor | None, limit: int) -> Page[Line]:
    """The same with the type and the attributes of each ticket."""
    return _lines_of_list(actor, chosen, cursor, limit, (*COLUMNS, *MORE))


def _lines_of_list(
    actor: Actor, chosen: TicketFilter, cursor: Cursor | None, limit: int, columns: tuple[str, ...]
) -> Page[Line]:
    asked = (_lasting if lasts(actor, chosen) else _written)(actor, chosen, cursor, limit + 1, columns)
    return cut_to_page(chosen, [Line(*row) for row in asked.rows()], cursor, limit)


def lasts(actor: Actor, chosen: TicketFilter) -> bool:
    """Whether the query follows from nothing but these: codes of the catalogues may come to mean other rows."""
    if actor.is_contact or chosen.statuses or chosen.types or chosen.priorities or chosen.ratings:
        return False
    return len(teams_of(actor, chosen) or ()) < 2


def lines_by_id(ids: list[int]) -> list[Line]:
    """The lines of these tickets, which the reader may see, in this order."""
    return _lines_by_id(ids, COLUMNS)


def long_lines_by_id(ids: list[int]) -> list[Line]:
    """The same with the type and the attributes of each ticket."""
    return _lines_by_id(ids, (*COLUMNS, *MORE))


def _lines_by_id(ids: list[int], columns: tuple[str, ...]) -> list[Line]:
    if not ids:
        return []
    found = {row[0]: Line(*row) for row in _by_id(columns).rows(ids)}
    return [found[each] for each in ids if each in found]


def _written(
    actor: Actor, chosen: TicketFilter, cursor: Cursor | None, limit: int, columns: tuple[str, ...]
) -> Statement:
    return _of(rows_of_list(actor, chosen, cursor, limit), columns)


@lru_cache(maxsize=512)
def _lasting(
    actor: Actor, chosen: TicketFilter, cursor: Cursor | None, limit: int, columns: tuple[str, ...]
) -> Statement:
    """The query follows from nothing but these: other rights or teams are another actor, and another query."""
    return _written(actor, chosen, cursor, limit, columns)


@cache
def _by_id(columns: tuple[str, ...]) -> Statement:
    return _of(Ticket.objects.filter(among("pk", 0)), columns)


def _of(tickets: QuerySet[Ticket], columns: tuple[str, ...]) -> Statement:
    return Statement.of(tickets.values_list(*columns))
