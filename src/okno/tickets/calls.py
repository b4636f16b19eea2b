"""Requests that wait for somebody to open their processing window, such as call-backs (F166, F170)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from okno.core.actor import Actor
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.workflow.catalogue import STATUSES, TYPES
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.rules import State


def waiting_calls(actor: Actor) -> QuerySet[Ticket]:
    """New requests that this person sees and that are processed in a window, the longest wait first."""
    places = [Q(type=kind, status__in=found) for kind in _kinds() if (found := _beginnings(kind))]
    if not places:
        return Ticket.objects.none()
    seen = access.visible_to(actor).filter(reduce(or_, places), state=State.NEW)
    return seen.order_by("created_at", "id")


def has_window(kind: int) -> bool:
    """Whether tickets of this type are processed in a window."""
    return any(place.is_held for place in remembered_lifecycle_of(kind).places)


def live_facts(ticket: Ticket, former: int | None = None) -> Mapping[str, Any]:
    """What a notification says of such a request, so that the headers of all pages look again.

    ``former`` is the type that the ticket had before the change.
    """
    kinds = {ticket.type_id, former or ticket.type_id}
    return {"calls": True} if any(has_window(kind) for kind in kinds) else {}


def _kinds() -> list[int]:
    return [kind.pk for kind in TYPES.all() if has_window(kind.pk)]


def _beginnings(kind: int) -> list[int]:
    """The new statuses of a type from which a way leads into the window."""
    rules = remembered_lifecycle_of(kind)
    held = {place.code for place in rules.places if place.is_held}
    codes = {way.before for way in rules.ways if way.after in held}
    return [each.pk for each in STATUSES.all() if each.code in codes and each.state == State.NEW]
