"""The list of requests: those that are open, and the journal of closed ones (F17)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from okno.core.faults import Invalid
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.respond import respond
from okno.portal.requests.choosing import choices_of
from okno.portal.words import Standing, standing_of
from okno.tickets.filters.paging import read_cursor
from okno.tickets.filters.requests import RequestFilter, page_of_requests, read_request_filter
from okno.tickets.models import Ticket
from okno.tickets.news import Glance, glances_of

PAGE = 25


class Row(NamedTuple):
    """All that a row shows. ``news`` is bold: how much the reader has not seen."""

    number: int
    subject: str
    standing: Standing
    kind: str
    who: str
    company: str
    news: int
    at: datetime


@require_safe
@contacts
def home(request: ContactRequest) -> HttpResponseBase:
    """The portal begins with the open requests."""
    return HttpResponseRedirect(reverse("portal:requests"))


@require_safe
@contacts
def requests(request: ContactRequest) -> HttpResponseBase:
    """The open requests."""
    return _list(request, closed=False)


@require_safe
@contacts
def journal(request: ContactRequest) -> HttpResponseBase:
    """The journal of closed requests (F25)."""
    return _list(request, closed=True)


def _list(request: ContactRequest, *, closed: bool) -> HttpResponseBase:
    chosen = read_request_filter(request.GET, closed=closed)
    found = page_of_requests(request.actor, chosen, _cursor(request, chosen), PAGE)
    glances = glances_of(request.actor, [each.pk for each in found.rows])
    several = len({each.company_id for each in found.rows}) > 1
    context = {
        "closed": closed,
        "chosen": chosen,
        "rows": [row_of(request, each, glances.get(each.pk, Glance()), several) for each in found.rows],
        "choices": choices_of(request.actor, chosen),
        "previous_url": _url(request, chosen, found.previous_cursor),
        "next_url": _url(request, chosen, found.next_cursor),
        "refresh_url": request.get_full_path(),
        "this_url": _url(request, chosen, ""),
        "query": urlencode(chosen.as_query()),
        "export_query": urlencode({**chosen.as_query(), **({"journal": "1"} if closed else {})}),
    }
    template = "portal/requests/list.jinja"
    return respond(request, template, context, fragment="portal/requests/rows.jinja")


def row_of(request: ContactRequest, ticket: Ticket, glance: Glance, several: bool) -> Row:
    """The row of a request; whose it is, is said where it is a colleague's."""
    is_own = ticket.contact_id == request.actor.id
    return Row(
        number=ticket.number,
        subject=ticket.subject,
        standing=standing_of(ticket),
        kind=ticket.type.name,
        who="" if is_own or ticket.contact is None else ticket.contact.name,
        company=ticket.company.name if several and ticket.company else "",
        news=glance.news,
        at=glance.said_at or ticket.created_at,
    )


def _cursor(request: HttpRequest, chosen: RequestFilter) -> Any:
    """Where the page begins; a cursor of another order begins at the beginning."""
    after = request.GET.get("after", "")
    try:
        return read_cursor(after, chosen.sort) if after else None
    except Invalid:
        return None


def _url(request: HttpRequest, chosen: RequestFilter, cursor: str | None) -> str:
    if cursor is None:
        return ""
    query = urlencode({**chosen.as_query(), **({"after": cursor} if cursor else {})})
    return f"{request.path}?{query}" if query else request.path
