"""The tickets as those who change the configuration need them: what uses a row, and where its tickets go on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, Model
from django.utils.translation import gettext_lazy as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.notify import changed
from okno.core.uses import Holder, register_holder
from okno.people.models import ClientCategory
from okno.tickets.calls import live_facts
from okno.tickets.conditions.uses import uses_of as conditions_on
from okno.tickets.following import columns_of, let_follow
from okno.tickets.models import Processing, StatusInterval, Ticket
from okno.tickets.operations.moving import Way, enter
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.models import Impact, Priority, Service, Status, TicketType, Urgency
from okno.workflow.residents import register_residents

BATCH = 200
LEAST = timedelta(hours=24)
"""How long a present ticket has at least before a changed timer ends it."""

TIMERS = """
UPDATE tickets_ticket AS ticket
SET closes_at = CASE WHEN place.hours IS NULL OR place.then_id IS NULL THEN NULL
        ELSE greatest(
            present.entered_at + place.hours * interval '1 hour',
            %(now)s + least(place.hours * interval '1 hour', %(least)s)
        ) END,
    timer_interval = present.id
FROM tickets_statusinterval AS present, workflow_tickettype AS kind, workflow_lifecyclestatus AS place
WHERE present.ticket_id = ticket.id AND present.left_at IS NULL AND kind.id = ticket.type_id
    AND place.lifecycle_id = kind.lifecycle_id AND place.status_id = ticket.status_id
    AND ticket.type_id = ANY(%(types)s) AND ticket.status_id = ANY(%(statuses)s)
"""


class TicketsOfTypes:
    """Who answers for the tickets when types and lifecycles change."""

    def count(self, types: Collection[int]) -> dict[int, int]:
        """How many tickets of these types are in each status."""
        found = Ticket.objects.filter(type__in=types).order_by().values("status").annotate(count=Count("pk"))
        return {row["status"]: row["count"] for row in found}

    def move(self, actor: Actor, types: Collection[int], before: Status, after: Status) -> int:
        """Takes the tickets from one status to another, each with its interval, its timer and its event."""
        moved = 0
        while True:
            with transaction.atomic():
                waiting = Ticket.objects.select_for_update().filter(type__in=types, status=before)
                batch = list(waiting.order_by("pk")[:BATCH])
                for ticket in batch:
                    ticket.status = before
                    columns = columns_of(ticket)
                    enter(
                        actor,
                        ticket,
                        after,
                        lifecycle_of(ticket.type_id),
                        Way(reason={"because": "lifecycle changed"}),
                    )
                    let_follow(ticket, columns)
                    ticket.version += 1
                    ticket.save()
                    changed(f"ticket:{ticket.pk}", **live_facts(ticket))
            if not batch:
                return moved
            moved += len(batch)

    def set_timers(self, types: Collection[int], statuses: Collection[int]) -> None:
        """The timers as the lifecycle has them now; whatever was shortened leaves a day."""
        given: dict[str, Any] = {
            "now": clock.now(),
            "least": LEAST,
            "types": list(types),
            "statuses": list(statuses),
        }
        with connection.cursor() as cursor:
            cursor.execute(TIMERS, given)

    def set_internal(self, types: Collection[int], *, is_internal: bool) -> None:
        """Hides the tickets from clients, or shows them."""
        Ticket.objects.filter(type__in=types).update(is_internal=is_internal, version=F("version") + 1)


def _tickets_by(field: str) -> Holder:
    def find(row: Model) -> tuple[int, list[str]]:
        return Ticket.objects.filter(**{field: row}).count(), []

    def replace(actor: Actor, row: Model, other: Model) -> None:
        facts: dict[str, Any] = {field: other, "version": F("version") + 1}
        Ticket.objects.filter(**{field: row}).update(**facts)

    return Holder(_("Tickets"), find, replace)


def _past_of(status: Status) -> tuple[int, list[str]]:
    stays = StatusInterval.objects.filter(status=status).count()
    return stays + Processing.objects.filter(result=status).count(), []


def _rename_past(actor: Actor, status: Status, other: Status) -> None:
    """History is told in the name of the other status: no time is lost."""
    StatusInterval.objects.filter(status=status).update(status=other)
    Processing.objects.filter(result=status).update(result=other)


def _conditions_of(row: Model) -> tuple[int, list[str]]:
    found = conditions_on(row)
    return len(found), [f"{use.label}: {use.name}" for use in found]


_FIELDS: dict[type[Model], str] = {
    TicketType: "type",
    Status: "status",
    Priority: "priority",
    Impact: "impact",
    Urgency: "urgency",
    Service: "service",
}


def register() -> None:
    """Has the tickets, their history and the conditions of rules asked."""
    find_conditions: Callable[[Any], tuple[int, list[str]]] = _conditions_of
    for model, field in _FIELDS.items():
        register_holder(model, _tickets_by(field))
        register_holder(model, Holder(_("Rules"), find_conditions))
    register_holder(Status, Holder(_("History of tickets"), _past_of, _rename_past))
    register_holder(ClientCategory, Holder(_("Rules"), find_conditions))
    register_residents(TicketsOfTypes())


register()
