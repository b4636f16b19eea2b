"""The conversation and the history of a ticket, page by page."""

from __future__ import annotations

from okno.api.authentication import ApiRequest, Scope
from okno.api.keys import CursorText, Limit, page_by_id
from okno.api.routers import conversation
from okno.api.schemas.conversation import EventPage, MessagePage, event_out, message_out
from okno.core.models import Event
from okno.tickets import access
from okno.tickets.attributes import history_for


@conversation.get(
    "/tickets/{int:number}/messages",
    response=MessagePage,
    auth=Scope("tickets:read"),
    operation_id="list_messages",
)
def list_messages(request: ApiRequest, number: int, cursor: CursorText = "", limit: Limit = 50) -> MessagePage:
    """All messages of a ticket, the oldest first, with their files."""
    ticket = access.get(request.bearer, number)
    messages = access.messages_visible_to(request.bearer).filter(ticket=ticket).prefetch_related("attachments")
    rows, following = page_by_id(messages, cursor, limit)
    return MessagePage(items=[message_out(row) for row in rows], next_cursor=following)


@conversation.get(
    "/tickets/{int:number}/events",
    response=EventPage,
    auth=Scope("tickets:read"),
    operation_id="list_events",
)
def list_events(request: ApiRequest, number: int, cursor: CursorText = "", limit: Limit = 50) -> EventPage:
    """The history of a ticket, the oldest first: who did what, when and why."""
    ticket = access.get(request.bearer, number)
    events = Event.objects.filter(object_kind="ticket", object_id=ticket.pk)
    rows, following = page_by_id(events, cursor, limit)
    return EventPage(items=[event_out(row) for row in history_for(request.bearer, rows)], next_cursor=following)
