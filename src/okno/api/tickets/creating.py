"""Registering a ticket."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext as _
from pydantic import AwareDatetime, Field

from okno.api.attributes import with_files
from okno.api.authentication import ApiRequest, Scope
from okno.api.naming import Names
from okno.api.routers import tickets
from okno.api.schemas.base import Answers, Attributes, Body, Code, Email, Given, Id, Line
from okno.api.schemas.tickets import TicketOut, ticket_out
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.fields.models import Target
from okno.people.models import Contact
from okno.people.operations.contacts import find_or_create_contact
from okno.tickets.models import Channel
from okno.tickets.operations.creating import SUBJECT_LIMIT, NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.uploading import uploads_of
from okno.workflow.models import Impact, Service, Urgency


class NewTicketIn(Given):
    """A ticket to be. Only the subject is required."""

    subject: str = Field(max_length=SUBJECT_LIMIT, examples=["The printer on the second floor is silent"])
    text: Body = Field("", description="The first message as text.", examples=["It blinks red since this morning."])
    html: Body = Field("", description="The first message as HTML, in place of `text`; it is sanitised.")
    contact: Id | None = Field(
        None, description="Id of the client's person, one whom you see (scope `people:read`)."
    )
    contact_email: Email | None = Field(
        None, description="In place of `contact`: the person with this address, registered when there is none."
    )
    contact_name: Line = Field("", description="The name of a person registered by `contact_email`.")
    company: Id | None = Field(None, description="Id of the company; that of the contact when left out.")
    type: Code | None = Field(
        None, description="Code of the type; the default one when left out.", examples=["incident"]
    )
    priority: Code | None = Field(None, description="Code of the priority.", examples=["normal"])
    impact: Code | None = Field(None, description="Code of the impact; with the urgency it makes the priority.")
    urgency: Code | None = Field(None, description="Code of the urgency.")
    service: Code | None = Field(None, description="Code of the service that it is about.")
    assignee: Id | None = Field(None, description="Id of the agent who shall answer for it.")
    team: Id | None = Field(None, description="Id of the team.")
    resolve_by: AwareDatetime | None = Field(
        None, strict=False, description="By when it is to be resolved; by the SLA rules when left out."
    )
    author: Literal["contact", "agent"] | None = Field(
        None,
        description="Whose words the first message is: the contact's, where there is one, unless said otherwise.",
    )
    attachments: list[Line] = Field([], description="Ids of uploaded files.", max_length=50)
    attributes: Attributes = {}
    answers: Answers | None = Field(
        None,
        description="Answers to the request form of the type and service by the codes of its items, see "
        "`/request-forms`. Left out, nobody was asked, and nothing is required.",
        examples=[{"server": "203.0.113.7", "ping": "no"}],
    )


@tickets.post("/tickets", response={201: TicketOut}, auth=Scope("tickets:write"), operation_id="create_ticket")
def create(request: ApiRequest, new: NewTicketIn) -> TicketOut:
    """Registers a ticket with its first message, for a contact, a company, or nobody yet."""
    return ticket_out(request.bearer, create_ticket(request.bearer, _bound(request.bearer, new)))


def _bound(actor: Actor, new: NewTicketIn) -> NewTicket:
    names = Names(actor)
    if new.contact is not None and new.contact_email is not None:
        names.refuse("contact_email", _("Name the contact by the id or by the address, not by both."))
    if new.text and new.html:
        names.refuse("html", _("Send either text or HTML."))
    bound = NewTicket(
        subject=new.subject.replace("\x00", " "),
        message=NewMessage(),
        channel=Channel.API,
        contact=names.contact("contact", new.contact),
        company=names.company("company", new.company),
        type=names.kind("type", new.type),
        priority=names.priority("priority", new.priority),
        impact=names.level("impact", Impact, new.impact),
        urgency=names.level("urgency", Urgency, new.urgency),
        service=names.level("service", Service, new.service),
        assignee=names.agent("assignee", new.assignee),
        team=names.team("team", new.team),
        resolve_by=new.resolve_by,
        attributes=with_files(actor, Target.TICKET, new.attributes),
        answers=new.answers,
    )
    _refuse_idle(names, bound)
    names.check()
    if new.contact_email is not None:
        bound.contact = _by_address(actor, new, bound)
    bound.message = _first_message(actor, new, bound.contact)
    return bound


def _by_address(actor: Actor, new: NewTicketIn, bound: NewTicket) -> Contact:
    address = new.contact_email or ""
    bound.requester_address = address.strip().lower()
    try:
        return find_or_create_contact(actor, address, name=new.contact_name, company=bound.company)
    except Invalid as invalid:
        raise Invalid({"contact_email": invalid.fields.get("email", [invalid.message])}) from invalid


def _first_message(actor: Actor, new: NewTicketIn, contact: Contact | None) -> NewMessage:
    by_contact = contact is not None and new.author != "agent"
    return NewMessage(
        text=new.text,
        html=new.html,
        channel=Channel.API,
        contact=contact if by_contact else None,
        reason={"entered_by": actor.name} if by_contact else {},
        attachments=uploads_of(actor, new.attachments),
    )


def _refuse_idle(names: Names, bound: NewTicket) -> None:
    if bound.assignee is not None and not bound.assignee.is_active:
        names.refuse("assignee", _("There is no such row, or it cannot be chosen."))
    if bound.team is not None and not bound.team.is_active:
        names.refuse("team", _("There is no such row, or it cannot be chosen."))
