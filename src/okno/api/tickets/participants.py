"""Who of the client's side is in the conversation."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from okno.api.authentication import ApiRequest
from okno.api.routers import around
from okno.api.schemas.base import Email, Given, Line
from okno.api.schemas.tickets import ParticipantOut, participant_out
from okno.api.tickets.changing import CHANGES
from okno.core.faults import Invalid, NotVisible
from okno.tickets import access
from okno.tickets.models import Participant, Ticket
from okno.tickets.operations.people import add_participant, confirm_participant, remove_participant


class ParticipantIn(Given):
    """Somebody to be in copy."""

    email: Email
    name: Line = Field("", examples=["Piotr Zając"])


@around.post(
    "/tickets/{int:number}/participants",
    response={201: ParticipantOut},
    auth=CHANGES,
    operation_id="add_participant",
)
def add(request: ApiRequest, number: int, given: ParticipantIn) -> ParticipantOut:
    """Puts an address in copy: from now on it gets the public answers."""
    ticket = access.get(request.bearer, number)
    try:
        return participant_out(add_participant(request.bearer, ticket, given.email, name=given.name))
    except Invalid as invalid:
        raise Invalid({"email": invalid.fields.get("address", [invalid.message])}) from invalid


@around.post(
    "/tickets/{int:number}/participants/{int:participant}/confirm",
    response=ParticipantOut,
    auth=CHANGES,
    operation_id="confirm_participant",
)
def confirm(request: ApiRequest, number: int, participant: int) -> ParticipantOut:
    """Lets somebody whom a letter put in copy have the public answers."""
    ticket = access.get(request.bearer, number)
    return participant_out(confirm_participant(request.bearer, ticket, _row(ticket, participant)))


@around.delete(
    "/tickets/{int:number}/participants/{int:participant}",
    response={204: None},
    auth=CHANGES,
    operation_id="remove_participant",
)
def remove(request: ApiRequest, number: int, participant: int) -> HttpResponse:
    """Takes an address out of the conversation; the requester stays."""
    ticket = access.get(request.bearer, number)
    remove_participant(request.bearer, ticket, _row(ticket, participant))
    return HttpResponse(status=204)


def _row(ticket: Ticket, pk: int) -> Participant:
    row = Participant.objects.filter(ticket=ticket, pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such participant of this ticket."))
    return row
