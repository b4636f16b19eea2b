"""Changing the facts of a ticket: subject, type, priority, client."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.core.text import one_line
from okno.people.models import Company, Contact
from okno.people.requesters import requester_of
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Participant, Ticket
from okno.tickets.operations.change import changing
from okno.tickets.operations.creating import SUBJECT_LIMIT
from okno.tickets.operations.moving import move_by_rule, set_timer
from okno.tickets.own_addresses import refuse_own
from okno.workflow import catalogue
from okno.workflow.lifecycles import lifecycle_of, remembered_lifecycle_of
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State, place_for


def change_subject(actor: Actor, ticket: Ticket, subject: str, *, expected_version: int | None = None) -> Ticket:
    """Gives the ticket another subject; an empty one is refused."""
    subject = one_line(subject)
    if not subject or len(subject) > SUBJECT_LIMIT:
        raise Invalid({"subject": [_("Write in a few words what it is about.")]})
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        if locked.subject != subject:
            data = {"before": locked.subject, "after": subject}
            locked.subject = subject
            events.record(actor, kinds.SUBJECT_CHANGED, locked, data)
    return locked


def change_type(actor: Actor, ticket: Ticket, kind: TicketType, *, expected_version: int | None = None) -> Ticket:
    """Gives the ticket another type; with an internal one the client no longer sees or hears of it (F82).

    It goes on in the new type's lifecycle, in the status that ``status_after_type`` tells beforehand.
    """
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        if locked.type_id != kind.pk:
            if not kind.is_active:
                raise Invalid({"type": [_("Choose one of the offered values.")]})
            access.require_type(actor, "edit", kind)  # nobody gains by another type what is not his there
            data = {"before": locked.type.code, "after": kind.code}
            before = locked.status.code
            locked.type, locked.is_internal = kind, kind.is_internal
            events.record(actor, kinds.TYPE_CHANGED, locked, data)
            _go_on(actor, locked, before, kind)
    return locked


def status_after_type(ticket: Ticket, kind: TicketType) -> Status:
    """In which status the ticket goes on if it becomes one of this type."""
    rules = remembered_lifecycle_of(kind.pk)
    place = place_for(rules, ticket.status.code, State(ticket.state))
    return catalogue.STATUSES.by_code(place.code) or ticket.status


def _go_on(actor: Actor, ticket: Ticket, before: str, kind: TicketType) -> None:
    """The ticket's place in its new lifecycle, with the timer that holds there."""
    rules = lifecycle_of(kind.pk)
    place = place_for(rules, before, State(ticket.state))
    if place.code != before:
        move_by_rule(actor, ticket, rules, place.code, {"because": "type changed", "type": kind.code})
        return
    interval = ticket.intervals.get(left_at=None)
    set_timer(ticket, rules, interval.pk, clock.now())


def change_priority(
    actor: Actor, ticket: Ticket, priority: Priority, *, expected_version: int | None = None
) -> Ticket:
    """Gives the ticket another priority by hand; from then on impact and urgency do not change it (F211)."""
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        if locked.priority_id != priority.pk:
            if not priority.is_active:
                raise Invalid({"priority": [_("Choose one of the offered values.")]})
            data = {"before": locked.priority.code, "after": priority.code}
            locked.priority, locked.priority_is_manual = priority, True
            events.record(actor, kinds.PRIORITY_CHANGED, locked, data)
    return locked


def change_client(
    actor: Actor,
    ticket: Ticket,
    *,
    contact: Contact | None,
    company: Company | None,
    expected_version: int | None = None,
) -> Ticket:
    """Says for whom the ticket is; the new contact becomes the requester and the former one stays in copy.

    As in a new ticket, a contact without a mail address is the requester too, whom no letter reaches.
    """
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        before, after = _named(locked.contact, locked.company), _named(contact, company)
        if before != after:
            locked.contact, locked.company = contact, company
            _make_requester(actor, locked, contact)
            events.record(actor, kinds.CLIENT_CHANGED, locked, {"before": before, "after": after})
    return locked


def _make_requester(actor: Actor, ticket: Ticket, contact: Contact | None) -> None:
    ticket.participants.update(is_requester=False)
    if contact is None:
        return
    address = requester_of(contact).address
    refuse_own(actor, "contact", address)
    Participant.objects.update_or_create(
        ticket=ticket,
        address=address,
        defaults={
            "contact": contact,
            "name": contact.name,
            "is_requester": True,
            "is_confirmed": True,
            "is_proven": True,
        },
    )


def _named(contact: Contact | None, company: Company | None) -> dict[str, dict[str, object] | None]:
    return {
        "contact": {"id": contact.pk, "name": contact.name} if contact else None,
        "company": {"id": company.pk, "name": company.name} if company else None,
    }
