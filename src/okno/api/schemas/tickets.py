"""Tickets, as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from pydantic import BaseModel, Field

from okno.api.schemas.base import AttributesOut, AttributeValue, Coded, Ref, coded, ref
from okno.api.schemas.conversation import EventOut, MessageOut
from okno.core.actor import Actor
from okno.core.named import Named
from okno.tickets.answers import answers_of
from okno.tickets.attributes import raw_values
from okno.tickets.models import Participant, Ticket, Watcher
from okno.tickets.rating.declarations import SHOWN
from okno.tickets.rating.rules import Level
from okno.tickets.rating.showing import Sight
from okno.workflow import catalogue


class StatusRef(Coded):
    """A status with the state it stands for."""

    state: str = Field(description="new, open, waiting, postponed, resolved or closed.", examples=["open"])


class TicketOut(BaseModel):
    """A ticket without its conversation."""

    number: int = Field(description="The number that people know it by.", examples=[1042])
    subject: str = Field(examples=["The printer on the second floor is silent"])
    url: str = Field(description="Where the API gives it.", examples=["https://okno.example/api/v1/tickets/1042"])
    status: StatusRef
    type: Coded
    priority: Coded
    priority_is_manual: bool = Field(description="Chosen by hand against what impact and urgency make.")
    impact: Coded | None
    urgency: Coded | None
    service: Coded | None = Field(description="With those above it in the tree as its name.")
    company: Ref | None
    contact: Ref | None = Field(description="The client's person whose request it is.")
    agent_contact: Ref | None = Field(description="The employee whose own request it is.")
    assignee: Ref | None
    team: Ref | None
    channel: str = Field(description="By which way it came.", examples=["api"])
    is_internal: bool = Field(description="Never shown or told to clients.")
    is_unread: bool = Field(description="New, or the last word is the client's.")
    reopenings: int
    rating: str | None = Field(
        description="What the client thinks of the latest solution that was rated: bad, neutral, good.",
        examples=["good"],
    )
    message_count: int
    version: int = Field(description="Grows with every change; send it back as `If-Match` or `version`.")
    created_at: datetime
    activity_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    until_at: datetime | None = Field(description="When a postponed ticket returns by itself.")
    closes_at: datetime | None = Field(description="When it leaves its status by itself, as a rule to be closed.")
    react_by: datetime | None = Field(description="By when it is to be reacted to, by the SLA rules.")
    reacted_at: datetime | None
    resolve_by: datetime | None = Field(
        description="By when it is to be resolved; null while the clock stands or where nothing is promised."
    )
    resolve_by_is_manual: bool = Field(description="Set by hand: neither rules nor pauses move it.")
    attributes: AttributesOut


class TicketPage(BaseModel):
    """A page of tickets."""

    items: list[TicketOut]
    next_cursor: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")
    previous_cursor: str | None


class ParticipantOut(BaseModel):
    """Somebody of the client's side in the conversation."""

    id: int
    email: str
    name: str
    contact: int | None
    is_requester: bool
    is_confirmed: bool = Field(description="Public answers go to this address.")


class WatcherOut(BaseModel):
    """An agent or a team that follows the ticket."""

    id: int
    agent: Ref | None
    team: Ref | None


class AnswerOut(BaseModel):
    """An answer to a request form, as it was asked."""

    code: str = Field(description="Code of the item of the form.", examples=["ping"])
    label: str = Field(examples=["Does it answer a ping?"])
    kind: str = Field(description="What the value is, as of attributes.", examples=["list"])
    value: AttributeValue = Field(description="In its stored form; null where nobody could say.")
    text: str = Field(description="The value in words.", examples=["No"])


class TicketDetail(TicketOut):
    """A ticket with its conversation, its people and its history."""

    answers: list[AnswerOut] = Field(description="To the request form that was asked when it was registered.")
    messages: list[MessageOut] = Field(description="The last 100 in the order of time.")
    has_earlier_messages: bool = Field(description="More than these: see `/tickets/{number}/messages`.")
    participants: list[ParticipantOut]
    watchers: list[WatcherOut]
    events: list[EventOut] = Field(description="The last 100 in the order of time.")


def url_of(number: int) -> str:
    """Where the API gives the ticket of this number."""
    return f"{settings.BASE_URL}/api/v1/tickets/{number}"


def ticket_out(actor: Actor, ticket: Ticket) -> TicketOut:
    """The ticket as the actor sees it; its related rows are loaded already."""
    return TicketOut(**ticket_facts(actor, ticket))


def ticket_facts(actor: Actor, ticket: Ticket) -> dict[str, Any]:
    """The fields of a ticket without its conversation."""
    return {
        "number": ticket.number,
        "subject": ticket.subject,
        "url": url_of(ticket.number),
        "status": StatusRef(code=ticket.status.code, name=ticket.status.name, state=ticket.state),
        "type": coded(ticket.type),
        "priority": coded(ticket.priority),
        "priority_is_manual": ticket.priority_is_manual,
        "impact": _remembered(catalogue.IMPACTS.by_id(ticket.impact_id)),
        "urgency": _remembered(catalogue.URGENCIES.by_id(ticket.urgency_id)),
        "service": _service(ticket.service_id),
        "company": ref(ticket.company),
        "contact": ref(ticket.contact),
        "agent_contact": ref(ticket.agent_contact),
        "assignee": ref(ticket.assignee),
        "team": ref(ticket.team),
        "channel": ticket.channel,
        "is_internal": ticket.is_internal,
        "is_unread": ticket.is_news,
        "reopenings": ticket.reopenings,
        "rating": _rating(ticket),
        "message_count": ticket.message_count,
        "version": ticket.version,
        "created_at": ticket.created_at,
        "activity_at": ticket.activity_at,
        "resolved_at": ticket.resolved_at,
        "closed_at": ticket.closed_at,
        "until_at": ticket.until_at,
        "closes_at": ticket.closes_at,
        "react_by": ticket.react_by,
        "reacted_at": ticket.reacted_at,
        "resolve_by": ticket.resolve_by,
        "resolve_by_is_manual": ticket.resolve_by_is_manual,
        "attributes": raw_values(actor, ticket),
    }


def _rating(ticket: Ticket) -> str | None:
    """Nothing where the settings show no ratings to employees."""
    return Level(ticket.rating).code if ticket.rating and SHOWN() != Sight.NONE else None


def _remembered(row: Named | None) -> Coded | None:
    return None if row is None else coded(row)


def _service(pk: int | None) -> Coded | None:
    row = catalogue.SERVICES.by_id(pk)
    return None if row is None else Coded(code=row.code, name=catalogue.path_of(row))


def answers_out(ticket: Ticket) -> list[AnswerOut]:
    """The answers in the order in which they were asked."""
    return [
        AnswerOut(code=row["code"], label=told.label, kind=row["kind"], value=row["value"], text=told.text)
        for row, told in zip(ticket.answers, answers_of(ticket), strict=True)
    ]


def participant_out(row: Participant) -> ParticipantOut:
    """The participant."""
    return ParticipantOut(
        id=row.pk,
        email=row.address,
        name=row.name,
        contact=row.contact_id,
        is_requester=row.is_requester,
        is_confirmed=row.is_confirmed,
    )


def watcher_out(row: Watcher) -> WatcherOut:
    """The watcher; agent and team are loaded already."""
    return WatcherOut(id=row.pk, agent=ref(row.agent), team=ref(row.team))
