"""The portal's one way to a request."""

from __future__ import annotations

from okno.core.http.policy import ContactRequest
from okno.tickets import access
from okno.tickets.models import Ticket


def load(request: ContactRequest, number: int) -> Ticket:
    """The request of this number as far as it exists for the signed-in person; else 404."""
    return access.get(request.actor, number)


def posted_id(request: ContactRequest, name: str) -> int:
    """A whole number of the form; zero, which no row has, where there is none."""
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0
