"""Answering the client, and writing private notes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pydantic import Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.routers import conversation
from okno.api.schemas.base import Body, Code, Given, Id, Line
from okno.api.schemas.conversation import PostedOut, TicketStand, message_facts
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.tickets import access
from okno.tickets.models import Channel, Message, Ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_note
from okno.tickets.operations.uploading import uploads_of


class NoteIn(Given):
    """What to say, as text or as HTML."""

    text: Body = Field("", examples=["Please switch it off and on again."])
    html: Body = Field("", description="In place of `text`; it is sanitised.")
    attachments: list[Line] = Field([], description="Ids of uploaded files.", max_length=50)


class AnswerIn(NoteIn):
    """A public answer."""

    last_seen_message: Id | None = Field(
        None,
        description="Id of the last message that you saw. When a public one came since, nothing is sent and the "
        "answer is 409 `stale_conversation`.",
    )
    send_anyway: bool = Field(False, description="Send although others wrote meanwhile.")
    status: Code | None = Field(
        None, description="Code of the status to set with the answer.", examples=["waiting"]
    )


@conversation.post(
    "/tickets/{int:number}/answers",
    response={201: PostedOut},
    auth=Scope("tickets:write"),
    operation_id="answer_ticket",
)
def answer(request: ApiRequest, number: int, given: AnswerIn) -> PostedOut:
    """Sends a public answer to the client. A new ticket is accepted into work by it."""
    ticket = access.get(request.bearer, number)
    last_seen = None if given.send_anyway else given.last_seen_message
    new = _message(request.bearer, given)
    message = add_answer(request.bearer, ticket, new, last_seen=last_seen, then_status=given.status or "")
    return _posted(message)


@conversation.post(
    "/tickets/{int:number}/notes",
    response={201: PostedOut},
    auth=Scope("tickets:write"),
    operation_id="add_note",
)
def note(request: ApiRequest, number: int, given: NoteIn) -> PostedOut:
    """Adds a private note, which no client ever sees."""
    ticket = access.get(request.bearer, number)
    return _posted(add_note(request.bearer, ticket, _message(request.bearer, given)))


def _message(actor: Actor, given: NoteIn) -> NewMessage:
    if given.text and given.html:
        raise Invalid({"html": [_("Send either text or HTML.")]})
    return NewMessage(
        text=given.text,
        html=given.html,
        channel=Channel.API,
        attachments=uploads_of(actor, given.attachments),
    )


def _posted(message: Message) -> PostedOut:
    ticket = Ticket.objects.select_related("status").get(pk=message.ticket_id)
    stand = TicketStand(number=ticket.number, status=ticket.status.code, state=ticket.state, version=ticket.version)
    return PostedOut(**message_facts(message), ticket=stand)
