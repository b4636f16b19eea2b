"""Changing the facts and the status of a ticket."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field

from okno.api.attributes import with_files
from okno.api.authentication import ApiRequest, Scope
from okno.api.naming import Names, expected_version, refuse_stale
from okno.api.routers import tickets
from okno.api.schemas.base import Attributes, Body, Code, Given, Id
from okno.api.schemas.tickets import TicketDetail
from okno.api.tickets.reading import detail
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.fields.models import Target
from okno.people.models import Company, Contact
from okno.sla.operations.deadline import set_deadline
from okno.tickets import access
from okno.tickets.models import Channel, Ticket
from okno.tickets.operations.attributes import set_attributes
from okno.tickets.operations.classifying import classify
from okno.tickets.operations.creating import SUBJECT_LIMIT
from okno.tickets.operations.editing import change_client, change_priority, change_subject, change_type
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status
from okno.workflow.models import Impact, Priority, Service, TicketType, Urgency

CHANGES = Scope("tickets:read", "tickets:write")
LEVELS: dict[str, Any] = {"impact": Impact, "urgency": Urgency, "service": Service}


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
    impact: Code | None = Field(None, description="Code of an impact; null takes it away.")
    urgency: Code | None = Field(None, description="Code of an urgency; null takes it away.")
    service: Code | None = Field(None, description="Code of a service; null takes it away.")
    contact: Id | None = Field(None, description="Id of the client's person; null takes it away.")
    company: Id | None = Field(None, description="Id of the company; null takes it away.")
    resolve_by: AwareDatetime | None = Field(
        None, strict=False, description="By when it is to be resolved; null leaves it to the SLA rules again."
    )
    attributes: Attributes = {}


class StatusChange(Versioned):
    """The status to set."""

    status: Code = Field(description="Code of a status.", examples=["resolved"])
    until: AwareDatetime | None = Field(
        None,
        strict=False,
        description="When a postponed ticket returns by itself; such a status needs it.",
        examples=["2030-03-01T09:30:00Z"],
    )
    comment: Body = Field(
        "", description="What is said on the way; public or private as the lifecycle has it for this change."
    )
    comment_is_public: bool | None = Field(
        None,
        description="`comment_is_public` of the transition as you read it; where the lifecycle says otherwise by "
        "now, the answer is 409 `comment_visibility`, and nothing is said to anybody.",
    )


@tickets.patch("/tickets/{int:number}", response=TicketDetail, auth=CHANGES, operation_id="change_ticket")
def change(request: ApiRequest, number: int, changes: TicketChanges) -> TicketDetail:
    """Changes subject, type, priority, service or client: all that is named, or nothing at all."""
    actor = request.bearer
    ticket = access.get(actor, number)
    expected = expected_version(request, changes.version)
    _apply(actor, ticket, changes, expected)
    return detail(actor, access.get(actor, number))


@tickets.put("/tickets/{int:number}/status", response=TicketDetail, auth=CHANGES, operation_id="change_status")
def set_status(request: ApiRequest, number: int, wanted: StatusChange) -> TicketDetail:
    """Moves the ticket to another status, if the lifecycle leads there.

    Where it does not, or not for you, the answer is 409 `no_transition` with the `reason` and what is `possible`.
    """
    ticket = access.get(request.bearer, number)
    expected = expected_version(request, wanted.version)
    comment = NewMessage(text=wanted.comment, channel=Channel.API) if wanted.comment.strip() else None
    change_status(
        request.bearer,
        ticket,
        wanted.status,
        expected_version=expected,
        until=wanted.until,
        comment=comment,
        comment_is_public=wanted.comment_is_public,
    )
    return detail(request.bearer, access.get(request.bearer, number))


def _apply(actor: Actor, ticket: Ticket, changes: TicketChanges, expected: int | None) -> None:
    named = changes.model_fields_set
    _refuse_null(changes, named)
    kind, priority, contact, company, levels = _rows(actor, ticket, changes)
    if not named & {"subject", "type", "priority", "contact", "company", "resolve_by", "attributes", *LEVELS}:
        refuse_stale(ticket, expected)
    if "subject" in named and changes.subject is not None:
        subject = changes.subject.replace("\x00", " ")
        ticket, expected = change_subject(actor, ticket, subject, expected_version=expected), None
    if kind is not None:
        ticket, expected = change_type(actor, ticket, kind, expected_version=expected), None
    if priority is not None:
        ticket, expected = change_priority(actor, ticket, priority, expected_version=expected), None
    if levels:
        ticket, expected = classify(actor, ticket, **levels, expected_version=expected), None
    if named & {"contact", "company"}:
        ticket = change_client(actor, ticket, contact=contact, company=company, expected_version=expected)
        expected = None
    if "resolve_by" in named:
        ticket, expected = set_deadline(actor, ticket, changes.resolve_by, expected_version=expected), None
    if "attributes" in named:
        given = with_files(actor, Target.TICKET, changes.attributes)
        set_attributes(actor, ticket, given, expected_version=expected)


def _rows(
    actor: Actor, ticket: Ticket, changes: TicketChanges
) -> tuple[TicketType | None, Priority | None, Contact | None, Company | None, dict[str, Any]]:
    names, named = Names(actor), changes.model_fields_set
    kind, priority = names.kind("type", changes.type), names.priority("priority", changes.priority)
    contact = names.contact("contact", changes.contact, ticket.contact) if "contact" in named else ticket.contact
    company = names.company("company", changes.company, ticket.company) if "company" in named else ticket.company
    levels = {
        name: names.level(name, model, getattr(changes, name)) for name, model in LEVELS.items() if name in named
    }
    names.check()
    return kind, priority, contact, company, levels


def _refuse_null(changes: TicketChanges, named: set[str]) -> None:
    required = named & {"subject", "type", "priority"}
    empty = {
        name: [_("This field cannot be empty.")] for name in sorted(required) if getattr(changes, name) is None
    }
    if empty:
        raise Invalid(empty)
