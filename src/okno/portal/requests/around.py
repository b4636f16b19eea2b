"""The people of a request as its page shows them."""

from __future__ import annotations

from typing import Any

from okno.core.http.policy import ContactRequest
from okno.people.access import colleagues_visible_to
from okno.people.portal_declarations import SHOWN
from okno.tickets import access
from okno.tickets.models import Ticket

MOST_COLLEAGUES = 200


def people_of(request: ContactRequest, ticket: Ticket) -> dict[str, Any]:
    """Who takes part of the clients, whom the reader may bring in, and of ours whom a setting shows (F148)."""
    rows = list(ticket.participants.filter(is_confirmed=True))
    own = [each for each in rows if each.contact_id == request.actor.id]
    shown = SHOWN()
    return {
        "participants": [(each.name or each.address, each.contact_id == request.actor.id) for each in rows],
        "may_leave": bool(own) and not any(each.is_requester for each in own),
        "colleagues": _colleagues(request, ticket, {each.contact_id for each in rows}),
        "responsible": ticket.assignee if "assignee" in shown else None,
        "responsible_team": ticket.team if "assignee" in shown and ticket.assignee is None else None,
        "watchers": _watchers(ticket) if "watchers" in shown else [],
    }


def _colleagues(request: ContactRequest, ticket: Ticket, present: set[int | None]) -> list[tuple[int, str]]:
    if not access.may_seen(request.actor, "share", ticket):
        return []
    known = colleagues_visible_to(request.actor, ticket.company_id).order_by("name")
    rows = known.values_list("pk", "name")[:MOST_COLLEAGUES]
    return [(pk, name) for pk, name in rows if pk not in present]


def _watchers(ticket: Ticket) -> list[str]:
    names = []
    for each in ticket.watchers.select_related("agent", "team"):
        if each.agent is not None:
            names.append(each.agent.name)
        elif each.team is not None:
            names.append(each.team.label)
    return names
