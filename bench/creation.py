"""Tickets registered through the API by four clients."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bench.load import measure

if TYPE_CHECKING:
    from bench.ground import Ground

PATH = "/api/v1/tickets"
CLIENTS = 4


def creation(ground: Ground, seconds: float) -> dict[str, Any]:
    """A ticket with a message for a contact, each time another; writes are durable as in real life."""
    from okno.api.operations.tokens import create_token
    from okno.people.models import Agent, Contact
    from okno.tickets.models import Ticket

    agent = Agent.objects.get(user__email="olena@vikno.example")
    _token, text = create_token(agent.as_actor(), agent, name="bench", scopes=["tickets:read", "tickets:write"])
    contacts = list(Contact.objects.order_by("-id").values_list("id", flat=True)[:200])
    requests = [
        ("POST", PATH, json.dumps({"subject": f"Till {contact}", "text": "It is silent.", "contact": contact}))
        for contact in contacts
    ]
    before = Ticket.objects.count()
    result = measure(
        {
            "port": ground.port,
            "headers": {"Authorization": f"Bearer {text}", "Accept": "application/json"},
            "requests": requests,
            "clients": CLIENTS,
            "seconds": seconds,
            "warm": 10,
        }
    )
    made = Ticket.objects.count() - before
    if made != result["requests"] + 10 or set(result["statuses"]) != {"201"}:
        raise ValueError(f"{result['requests']} calls made {made} tickets: {result['statuses']}")
    return result
