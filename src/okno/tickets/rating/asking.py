"""Whether somebody of the client's side is asked for a rating now, what he said already, and what else is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from okno.core import clock
from okno.core.actor import Actor
from okno.tickets.models import Participant, Rating, Ticket
from okno.tickets.rating.declarations import CHANGE_DAYS, COMMENT, IS_ON, OPEN_DAYS, SCALE, TYPES_LEFT_OUT, WHO
from okno.tickets.rating.rules import Case, Comments, Refusal, Scale, refusal_of
from okno.workflow import catalogue
from okno.workflow.rules import DONE


@dataclass(frozen=True)
class Asked:
    """What may be rated by whom: why not, if not; the rating that was given already; the scale to choose from."""

    participant: Participant | None
    round: int
    refusal: Refusal | None
    present: Rating | None

    @property
    def scale(self) -> Scale:
        """A rating that is changed stays on its scale for as long as the settings have no other."""
        return scale()

    @property
    def may_rate(self) -> bool:
        return self.refusal is None


def scale() -> Scale:
    """The scale of the settings."""
    return Scale(SCALE())


def comments() -> Comments:
    """Whether words are asked for."""
    return Comments(COMMENT())


def round_of(ticket: Ticket) -> int:
    """Which solution of the ticket it is: the first, or the one after so many reopenings."""
    return ticket.reopenings + 1


def place_of(actor: Actor, ticket: Ticket) -> Participant | None:
    """The actor's place in the ticket: that of the link by which he came, else the contact's."""
    places = Participant.objects.filter(ticket=ticket)
    if actor.participant is not None:
        return places.filter(pk=actor.participant).first()
    return places.filter(contact=actor.id).first() if actor.is_contact and actor.id else None


def asked(actor: Actor, ticket: Ticket) -> Asked:
    """What this contact may rate in a ticket that he sees."""
    return asked_of(place_of(actor, ticket), ticket)


def asked_of(participant: Participant | None, ticket: Ticket, now: datetime | None = None) -> Asked:
    """What somebody in this place may rate."""
    round_ = round_of(ticket)
    present = None
    if participant is not None:
        present = Rating.objects.filter(ticket=ticket, round=round_, participant=participant).first()
    kind = catalogue.TYPES.of(ticket.type_id)
    case = Case(
        is_on=IS_ON(),
        is_rated_type=kind.code not in TYPES_LEFT_OUT(),
        is_internal=ticket.is_internal,
        is_requester=participant is not None and participant.is_requester,
        is_participant=participant is not None and participant.is_confirmed,
        others_may=WHO() == "participants",
        done_at=(ticket.resolved_at or ticket.closed_at) if ticket.state in DONE else None,
        rated_at=present.created_at if present else None,
        open_for=timedelta(days=OPEN_DAYS()),
        change_for=timedelta(days=CHANGE_DAYS()),
    )
    return Asked(participant, round_, refusal_of(case, now or clock.now()), present)
