"""Messages, files and history, as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from pydantic import BaseModel, Field

from okno.core.models import Event
from okno.tickets.models import Attachment, Message


class AttachmentOut(BaseModel):
    """A file of a message, or one that was uploaded to be attached."""

    id: str = Field(
        description="Send it in `attachments` of a new message.", examples=["k3yXw0pTtQmZ9uJ1bVfA2sD8eGc"]
    )
    name: str
    type: str
    size: int = Field(description="Bytes.")
    is_inline: bool
    content_id: str = Field(description="How the HTML of the message refers to it.")
    url: str = Field(description="Where to download it, with the same token.")


class AuthorOut(BaseModel):
    """Who wrote a message."""

    kind: str = Field(description="agent, contact, outsider (an unproven sender) or system.", examples=["contact"])
    id: int | None = Field(description="Of the agent or the contact.")
    name: str
    email: str


class MessageOut(BaseModel):
    """An entry of the conversation."""

    id: int
    is_public: bool = Field(description="False: a private note, for agents only.")
    author: AuthorOut
    channel: str
    text: str = Field(description="What was newly written, as text.")
    html: str = Field(description="The same as sanitised HTML; empty when it was written as text.")
    quoted_text: str = Field(description="What was cut off as a quotation.")
    is_verified: bool
    reason: dict[str, Any] = Field(description="Why it stands in this ticket.")
    attachments: list[AttachmentOut]
    created_at: datetime
    sent_at: datetime | None


class MessagePage(BaseModel):
    """A page of messages, the oldest first."""

    items: list[MessageOut]
    next_cursor: str | None


class ActorOut(BaseModel):
    """Who did it."""

    kind: str = Field(examples=["agent"])
    id: int | None
    name: str


class EventOut(BaseModel):
    """A line of the history."""

    id: int
    kind: str = Field(examples=["ticket.status_changed"])
    at: datetime
    actor: ActorOut
    data: dict[str, Any]


class EventPage(BaseModel):
    """A page of history, the oldest first."""

    items: list[EventOut]
    next_cursor: str | None


class TicketStand(BaseModel):
    """How the ticket stands after the message."""

    number: int
    status: str
    state: str
    version: int


class PostedOut(MessageOut):
    """A new message, and how the ticket stands after it."""

    ticket: TicketStand


def attachment_out(row: Attachment) -> AttachmentOut:
    """The file's facts."""
    return AttachmentOut(
        id=row.token,
        name=row.name,
        type=row.type,
        size=row.size,
        is_inline=row.is_inline,
        content_id=row.content_id,
        url=f"{settings.BASE_URL}/api/v1/attachments/{row.token}",
    )


def message_facts(row: Message) -> dict[str, Any]:
    """The message with its files, which are loaded already."""
    return {
        "id": row.pk,
        "is_public": row.is_public,
        "author": AuthorOut(
            kind=row.author_kind,
            id=row.agent_id or row.contact_id,
            name=row.author_name,
            email=row.author_address,
        ),
        "channel": row.channel,
        "text": row.text,
        "html": row.html,
        "quoted_text": row.quoted_text,
        "is_verified": row.is_verified,
        "reason": row.reason,
        "attachments": [attachment_out(each) for each in row.attachments.all()],
        "created_at": row.created_at,
        "sent_at": row.sent_at,
    }


def message_out(row: Message) -> MessageOut:
    """The message."""
    return MessageOut(**message_facts(row))


def event_out(row: Event) -> EventOut:
    """The line of the history."""
    actor = ActorOut(kind=row.actor_kind, id=row.actor_id, name=row.actor_name)
    return EventOut(id=row.pk, kind=row.kind, at=row.at, actor=actor, data=row.data)
