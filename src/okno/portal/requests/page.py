"""The page of one request."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from okno.core.http.once import new_key
from okno.core.http.policy import ContactRequest, contacts
from okno.people.portal_declarations import SHOWN
from okno.portal.loading import load, posted_id
from okno.portal.requests.around import people_of
from okno.portal.requests.rating import block_of
from okno.portal.requests.talk import Talk, talk_of
from okno.portal.words import standing_of, steps_of
from okno.tickets.models import Ticket
from okno.tickets.notices import closing_notice
from okno.tickets.operations.reading import mark_read
from okno.tickets.transitions import client_way, is_over_for_client
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.rules import State


@require_safe
@contacts
def page(request: ContactRequest, number: int) -> HttpResponseBase:
    """The whole page."""
    ticket = load(request, number)
    return render(request, "portal/requests/page.jinja", page_facts(request, ticket))


@require_safe
@contacts
def talk(request: ContactRequest, number: int) -> HttpResponseBase:
    """Where the request stands and what was said, fetched again when something changed."""
    ticket = load(request, number)
    facts = page_facts(request, ticket)
    rating = facts["rating"]
    facts["is_rated_anew"] = request.GET.get("rated", "") != (rating.mark if rating else "")
    return render(request, "portal/requests/again.jinja", facts)


@require_POST
@contacts
def read(request: ContactRequest, number: int) -> HttpResponseBase:
    """The page was really shown to somebody: up to here it is read. Fetching the page alone changes nothing."""
    ticket = load(request, number)
    mark_read(request.actor, ticket, message=posted_id(request, "message"), event=posted_id(request, "event"))
    return HttpResponse(status=204)


def page_facts(request: ContactRequest, ticket: Ticket, shown: Talk | None = None) -> dict[str, Any]:
    """All that the page of a request shows."""
    return {
        "ticket": ticket,
        "talk": shown or talk_of(request.actor, ticket, whole="whole" in request.GET),
        "standing": standing_of(ticket),
        "steps": steps_of(ticket.state),
        "notice": closing_notice(ticket),
        "can": possible(ticket),
        "people": people_of(request, ticket),
        "rating": block_of(request.actor, ticket),
        "photos": "photos" in SHOWN(),
        "new_key": new_key,
    }


def possible(ticket: Ticket) -> dict[str, bool]:
    """What a client may do from here by the lifecycle; the operations decide once more."""
    rules, state = remembered_lifecycle_of(ticket.type_id), State(ticket.state)
    to_closed = client_way(rules, ticket.status.code, State.CLOSED) is not None
    to_work = client_way(rules, ticket.status.code, State.OPEN, State.NEW) is not None
    is_over = is_over_for_client(ticket)
    return {
        "accept": state is State.RESOLVED and to_closed,
        "reject": state is State.RESOLVED and to_work,
        "close": state not in {State.RESOLVED, State.CLOSED} and to_closed,
        "reopen": state is State.CLOSED and to_work and not is_over,
        "answer": not is_over,
        "ask_again": is_over,
    }
