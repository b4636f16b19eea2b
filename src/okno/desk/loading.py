"""The desk's one way to a ticket, and to what a posted form says of it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest
from okno.tickets import access
from okno.tickets.models import Ticket


def load(request: AgentRequest, number: int) -> Ticket:
    """The ticket of this number as far as it exists for the signed-in agent; else 404."""
    return access.get(request.actor, number)


def posted_version(request: AgentRequest) -> int | None:
    """The version of the ticket that the agent's page showed, if the form says it."""
    return posted_number(request, "version")


def posted_numbers(request: AgentRequest, name: str) -> list[int]:
    """Whole numbers separated by commas."""
    value = request.POST.get(name, "")
    if not value:
        return []
    if not re.fullmatch(r"[0-9]{1,18}(,[0-9]{1,18}){0,999}", value):
        raise Invalid({name: [_("These must be whole numbers.")]})
    return [int(each) for each in value.split(",")]


def posted_number(request: AgentRequest, name: str) -> int | None:
    """A whole number of the form, nothing when the field is empty, a message at the field otherwise."""
    value = request.POST.get(name, "").strip()
    if not value:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise Invalid({name: [_("This must be a whole number.")]})
    return int(value)
