"""A ticket to try the operations on, and everything that is stored about it, to compare before and after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from okno.core import events
from okno.core.models import Event
from okno.people.models import Agent, Role
from okno.testing.cast import Cast
from okno.tickets.models import Attachment, Draft, Participant, StatusInterval, Ticket, TicketLink, Watcher
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def new_ticket(cast: Cast, who: str = "olena", **facts: Any) -> Ticket:
    """Marta's ticket, registered by somebody of the desk."""
    facts = {"subject": "Printer", "contact": cast.marta, "channel": "desk"} | facts
    message = NewMessage(text="It does not print", contact=facts["contact"])
    return create_ticket(cast.actor(who), NewTicket(message=message, **facts))


def without(cast: Cast, who: str, *rights: str) -> Agent:
    """The same person in a role that lacks these rights."""
    agent: Agent = getattr(cast, who)
    kept = [right for right in agent.role.rights if right not in rights]
    agent.role, _made = Role.objects.get_or_create(
        code="narrow-" + "-".join(rights).replace(".", "_"), defaults={"name": "Narrow", "rights": kept}
    )
    agent.save()
    return agent


def everything(ticket: Ticket) -> dict[str, list[dict[str, Any]]]:
    """Every stored row about the ticket."""
    of_ticket = {"ticket": ticket}
    rows = {
        "ticket": Ticket.objects.filter(pk=ticket.pk),
        "messages": ticket.messages.all(),
        "files": Attachment.objects.all(),
        "intervals": StatusInterval.objects.filter(**of_ticket),
        "participants": Participant.objects.filter(**of_ticket),
        "watchers": Watcher.objects.filter(**of_ticket),
        "links": TicketLink.objects.filter(**of_ticket),
        "drafts": Draft.objects.all(),
        "events": Event.objects.all(),
    }
    return {name: list(query.order_by("pk").values()) for name, query in rows.items()}


def told(ticket: Ticket, kind: str) -> list[dict[str, Any]]:
    """The data of the ticket's events of this kind, oldest first."""
    found = Event.objects.filter(object_kind="ticket", object_id=ticket.pk, kind=kind).order_by("id")
    return list(found.values_list("data", flat=True))


class Broken(Exception):
    """What goes wrong in the middle."""


def break_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on every operation dies where it records its event, after it has written."""

    def record(*_args: object, **_facts: object) -> None:
        raise Broken

    monkeypatch.setattr(events, "record", record)
