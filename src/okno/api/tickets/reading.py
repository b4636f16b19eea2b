"""One ticket with everything around it."""

from __future__ import annotations

from django.http import HttpResponse

from okno.api.authentication import ApiRequest, Scope
from okno.api.routers import tickets
from okno.api.schemas.conversation import event_out, message_out
from okno.api.schemas.tickets import TicketDetail, answers_out, participant_out, ticket_facts, watcher_out
from okno.core.actor import Actor
from okno.core.models import Event
from okno.tickets import access
from okno.tickets.attributes import history_for
from okno.tickets.models import Ticket

SHOWN = 100


@tickets.get("/tickets/{int:number}", response=TicketDetail, auth=Scope("tickets:read"), operation_id="read_ticket")
def read_ticket(request: ApiRequest, number: int, response: HttpResponse) -> TicketDetail:
    """The ticket with its conversation, files, participants, watchers and history."""
    ticket = access.get(request.bearer, number)
    response["ETag"] = f'"{ticket.version}"'
    return detail(request.bearer, ticket)


def detail(actor: Actor, ticket: Ticket) -> TicketDetail:
    """Everything that the API says of one ticket."""
    messages = access.messages_visible_to(actor).filter(ticket=ticket).prefetch_related("attachments")
    newest = list(messages.order_by("-pk")[: SHOWN + 1])
    events = Event.objects.filter(object_kind="ticket", object_id=ticket.pk).order_by("-pk")[:SHOWN]
    return TicketDetail(
        **ticket_facts(actor, ticket),
        answers=answers_out(ticket),
        messages=[message_out(row) for row in reversed(newest[:SHOWN])],
        has_earlier_messages=len(newest) > SHOWN,
        participants=[participant_out(row) for row in ticket.participants.all()],
        watchers=[watcher_out(row) for row in ticket.watchers.select_related("agent", "team").order_by("pk")],
        events=[event_out(row) for row in history_for(actor, reversed(list(events)))],
    )
