"""Pages by key: the cursor names the row at the edge of a page, so that deep pages cost what the first does."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.tickets import access
from okno.tickets.filters.query import apart_from_teams, teams_of
from okno.tickets.filters.ticket_filter import TicketFilter
from okno.tickets.models import Ticket

RELATED = ("type", "status", "priority", "company", "contact", "agent_contact", "assignee", "team")
LARGEST_PAGE = 100
MOST_WAYS = 60
"""Whoever sees the tickets of more companies sees so many that a walk through all soon meets enough of them."""


@dataclass(frozen=True)
class Page[Row]:
    """Some rows of a list, and the cursors of the pages beside it where there are any.

    ``is_similar``: nothing fits what was searched for, and these are tickets with words like it. ``count``: how
    many fit a search, at most ``CAP``, where that was learned on the way.
    """

    rows: list[Row]
    next_cursor: str | None
    previous_cursor: str | None
    is_similar: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Cursor:
    """A row's place in an order; ``back`` asks for the rows before it."""

    sort: str
    key: tuple[Any, ...]
    back: bool = False

    def __str__(self) -> str:
        facts = [self.sort, int(self.back), *(_plain(value) for value in self.key)]
        text = json.dumps(facts, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(text).decode().rstrip("=")


def page_of_list(actor: Actor, chosen: TicketFilter, cursor: Cursor | None, limit: int) -> Page[Ticket]:
    """A page of a list in which nothing is searched for."""
    rows = rows_of_list(actor, chosen, cursor, limit + 1).select_related(*RELATED)
    return cut_to_page(chosen, list(rows), cursor, limit)


def rows_of_list(actor: Actor, chosen: TicketFilter, cursor: Cursor | None, limit: int) -> QuerySet[Ticket]:
    """The first tickets of a list from the cursor on, in the order in which they are met from there."""
    back = cursor is not None and cursor.back
    order = order_of(chosen, reverse=back)
    teams = teams_of(actor, chosen)
    found = apart_from_teams(actor, chosen)
    if cursor is not None:
        found = found.filter(beyond(chosen, cursor))
    if actor.is_contact:
        return _merged(found, access.ways_of_client(actor, chosen.company), order, limit)
    if teams is not None and len(teams) > 1:
        return _merged(found, [Q(team=team) for team in teams], order, limit)
    if teams is not None:
        found = found.filter(team=teams[0]) if len(teams) == 1 else found.filter(team__in=teams)
    return found.order_by(*order)[:limit]


def cut_to_page[Row](chosen: TicketFilter, rows: list[Row], cursor: Cursor | None, limit: int) -> Page[Row]:
    """A page of rows that were read from its edge on, one more than it takes if there are more."""
    back = cursor is not None and cursor.back
    more = len(rows) > limit
    rows = rows[:limit]
    if back:
        rows.reverse()
    has_next, has_previous = (True, more) if back else (more, cursor is not None)
    return Page(
        rows=rows,
        next_cursor=_edge(chosen, rows[-1]) if rows and has_next else None,
        previous_cursor=_edge(chosen, rows[0], back=True) if rows and has_previous else None,
    )


def read_cursor(text: str, sort: str) -> Cursor:
    """The cursor that an earlier page gave out."""
    try:
        padded = text + "=" * (-len(text) % 4)
        facts = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
        given, back, *key = facts
        values = tuple(_value(kind, each) for kind, each in zip(_kinds(sort), key, strict=True))
        if given != sort or back not in {0, 1}:
            raise ValueError(given)
    except (ValueError, TypeError, RecursionError, binascii.Error) as error:
        raise Invalid({"cursor": [_("This cursor belongs to no page of this list.")]}) from error
    return Cursor(sort, values, bool(back))


def _kinds(sort: str) -> tuple[type, ...]:
    return (int,) if sort.endswith("number") else (datetime, int)


def _value(kind: type, given: Any) -> Any:
    if kind is datetime and isinstance(given, str):
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is not None:
            return moment
    if kind is int and type(given) is int and 0 <= given < 2**63:
        return given
    raise ValueError(given)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _edge(chosen: TicketFilter, row: object, *, back: bool = False) -> str:
    return str(Cursor(chosen.sort, tuple(getattr(row, name) for name in chosen.sort_columns), back))


def order_of(chosen: TicketFilter, *, reverse: bool) -> list[Any]:
    """The columns of the order, as the database is told them."""
    descending = chosen.is_descending != reverse
    return [F(name).desc() if descending else F(name).asc() for name in chosen.sort_columns]


def beyond(chosen: TicketFilter, cursor: Cursor) -> Q:
    """Rows further on than the key; the first comparison is the one that an index walks."""
    sign = "lt" if chosen.is_descending != cursor.back else "gt"
    first, *rest = chosen.sort_columns
    if not rest:
        return Q(**{f"{first}__{sign}": cursor.key[0]})
    strictly = Q(**{f"{first}__{sign}": cursor.key[0]}) | Q(**{f"{rest[0]}__{sign}": cursor.key[1]})
    return Q(**{f"{first}__{sign}e": cursor.key[0]}) & strictly


def _merged(found: QuerySet[Ticket], ways: list[Q], order: list[Any], limit: int) -> QuerySet[Ticket]:
    """The first rows of several ways into a list: those of each way come in order from an index and are merged.

    So it is with the tickets of several teams, and with those of a client's several companies.
    """
    if not 1 < len(ways) <= MOST_WAYS:
        return found.order_by(*order)[:limit]
    branches = [found.filter(way).order_by(*order)[:limit].values_list("pk") for way in ways]
    merged = branches[0].union(*branches[1:], all=True)
    chosen = Ticket.objects.filter(pk__in=[pk for (pk,) in merged])
    return chosen.order_by(*order)[:limit]
