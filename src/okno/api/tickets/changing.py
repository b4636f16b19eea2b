"""Changing the facts and the status of a ticket."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.naming import Names, expected_version, refuse_stale
from okno.api.routers import tickets
from okno.api.schemas.base import Code, Given, Id
from okno.api.schemas.tickets import TicketDetail
from okno.api.tickets.reading import detail
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.people.models import Company, Contact
from okno.tickets import access
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import SUBJECT_LIMIT
from okno.tickets.operations.editing import change_client, change_priority, change_subject, change_type
from okno.tickets.operations.status import change_status
from okno.workflow.models import Priority, TicketType

CHANGES = Scope("tickets:read", "tickets:write")


class Versioned(Given):
    """A change that may name the version it was made from."""

    version: int | None = Field(
        None, ge=1, le=2**31 - 1, description="The version that you looked at; the header `If-Match` says the same."
    )


class TicketChanges(Versioned):
    """What to change; what is left out stays."""

    subject: str | None = Field(None, max_length=SUBJECT_LIMIT)
    type: Code | None = Field(None, description="Code of a type.")
    priority: Code | None = Field(None, description="Code of a priority.", examples=["high"])
    contact: Id | None = Field(None, description="Id of the client's person; null takes it away.")
    company: Id | None = Field(None, description="Id of the company; null takes it away.")


class StatusChange(Versioned):
    """The status to set."""

    status: Code = Field(description="Code of a status.", examples=["resolved"])


@tickets.patch("/tickets/{int:number}", response=TicketDetail, auth=CHANGES, operation_id="change_ticket")
def change(request: ApiRequest, number: int, changes: TicketChanges) -> TicketDetail:
    """Changes subject, type, priority or client: all that is named, or nothing at all."""
    actor = request.bearer
    ticket = access.get(actor, number)
    expected = expected_version(request, changes.version)
    _apply(actor, ticket, changes, expected)
    return detail(actor, access.get(actor, number))


@tickets.put("/tickets/{int:number}/status", response=TicketDetail, auth=CHANGES, operation_id="change_status")
def set_status(request: ApiRequest, number: int, wanted: StatusChange) -> TicketDetail:
    """Moves the ticket to another status, if the lifecycle leads there."""
    ticket = access.get(request.bearer, number)
    expected = expected_version(request, wanted.version)
    change_status(request.bearer, ticket, wanted.status, expected_version=expected)
    return detail(request.bearer, access.get(request.bearer, number))


def _apply(actor: Actor, ticket: Ticket, changes: TicketChanges, expected: int | None) -> None:
    named = changes.model_fields_set
    _refuse_null(changes, named)
    kind, priority, contact, company = _rows(actor, ticket, changes)
    if not named & {"subject", "type", "priority", "contact", "company"}:
        refuse_stale(ticket, expected)
    if "subject" in named and changes.subject is not None:
        subject = changes.subject.replace("\x00", " ")
        ticket, expected = change_subject(actor, ticket, subject, expected_version=expected), None
    if kind is not None:
        ticket, expected = change_type(actor, ticket, kind, expected_version=expected), None
    if priority is not None:
        ticket, expected = change_priority(actor, ticket, priority, expected_version=expected), None
    if named & {"contact", "company"}:
        change_client(actor, ticket, contact=contact, company=company, expected_version=expected)


def _rows(
    actor: Actor, ticket: Ticket, changes: TicketChanges
) -> tuple[TicketType | None, Priority | None, Contact | None, Company | None]:
    names, named = Names(actor), changes.model_fields_set
    kind, priority = names.kind("type", changes.type), names.priority("priority", changes.priority)
    contact = names.contact("contact", changes.contact, ticket.contact) if "contact" in named else ticket.contact
    company = names.company("company", changes.company, ticket.company) if "company" in named else ticket.company
    names.check()
    return kind, priority, contact, company


def _refuse_null(changes: TicketChanges, named: set[str]) -> None:
    required = named & {"subject", "type", "priority"}
    empty = {
        name: [_("This field cannot be empty.")] for name in sorted(required) if getattr(changes, name) is None
    }
    if empty:
        raise Invalid(empty)
