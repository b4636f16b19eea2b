"""Tickets registered through the API by four clients."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from bench.load import measure

if TYPE_CHECKING:
    from bench.ground import Ground

PATH = "/api/v1/tickets"
CLIENTS = 4
WARM = 10


def creation(ground: Ground, seconds: float) -> dict[str, Any]:
    """A ticket with a message for a contact, each time another; writes are durable as in real life."""
    from okno.api.operations.tokens import create_token
    from okno.people.models import Agent, Contact
    from okno.tickets.models import Ticket

    agent = Agent.objects.get(user__email="olena@vikno.example")
    scopes = ["tickets:read", "tickets:write", "people:read"]
    _token, text = create_token(agent.as_actor(), agent, name="bench", scopes=scopes)
    contacts = list(Contact.objects.order_by("-id").values_list("id", flat=True)[:200])
    requests = [
        ("POST", PATH, json.dumps({"subject": f"Till {contact}", "text": "It is silent.", "contact": contact}))
        for contact in contacts
    ]
    before = Ticket.objects.count()
    parts = {"web": ground.cpu, "worker": ground.cpu_of_worker, "database": ground.cpu_of_database}
    used = {name: cpu() for name, cpu in parts.items()}
    result = measure(
        {
            "port": ground.port,
            "headers": {"Authorization": f"Bearer {text}", "Accept": "application/json"},
            "requests": requests,
            "clients": CLIENTS,
            "seconds": seconds,
            "warm": WARM,
        }
    )
    made = Ticket.objects.count() - before
    if made != result["requests"] + WARM or set(result["statuses"]) != {"201"}:
        raise ValueError(f"{result['requests']} calls made {made} tickets: {result['statuses']}")
    cpu = {name: round((cpu() - used[name]) / made * 1000, 2) for name, cpu in parts.items()}
    return {**result, "cpu_ms": cpu, "load_average": round(os.getloadavg()[0], 1)}
