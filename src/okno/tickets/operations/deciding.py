"""What the client decides: to accept a solution, to reject it with a reason, to close a request that is not needed
any more, to take a closed one up again."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.tickets.models import Ticket
from okno.tickets.operations.change import changing
from okno.tickets.operations.messages import NewMessage, say
from okno.tickets.operations.moving import Way, move_to
from okno.tickets.transitions import client_way, is_over_for_client
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.rules import DONE, State


def accept_solution(actor: Actor, ticket: Ticket) -> Ticket:
    """The client agrees, and the ticket closes (F24, F25, F74)."""
    with _deciding(actor, ticket) as locked:
        _require_state(locked, State.RESOLVED)
        _go(actor, locked, "solution accepted", State.CLOSED)
    return locked


def reject_solution(actor: Actor, ticket: Ticket, reason: NewMessage) -> Ticket:
    """The client does not agree: the reason becomes a public message, and work goes on (F24)."""
    if not (reason.text.strip() or reason.html):
        raise Invalid({"reason": [_("Say what is still wrong, so that it can be put right.")]})
    with _deciding(actor, ticket) as locked:
        _require_state(locked, State.RESOLVED)
        _go(actor, locked, "solution rejected", State.OPEN, State.NEW)
        say(actor, locked, replace(reason, is_public=True))
    return locked


def withdraw(actor: Actor, ticket: Ticket, words: NewMessage | None = None) -> Ticket:
    """The client closes a request that is not needed any more, where the lifecycle lets clients do so."""
    with _deciding(actor, ticket) as locked:
        if locked.state in DONE:
            raise _moved_on(locked)
        _go(actor, locked, "client closed", State.CLOSED)
        if words is not None:
            say(actor, locked, replace(words, is_public=True))
            locked.is_news = False  # nothing is asked of us
    return locked


def renew(actor: Actor, ticket: Ticket, words: NewMessage | None = None) -> Ticket:
    """The client takes up again what was closed, within the days that the lifecycle gives (F74, F185)."""
    with _deciding(actor, ticket) as locked:
        _require_state(locked, State.CLOSED)
        if is_over_for_client(locked):
            message = _("The ticket is closed for good. Write to us, and a new one begins.")
            raise Conflict(message, code="closed_for_good")
        _go(actor, locked, "client renewed", State.OPEN, State.NEW)
        locked.is_news = True
        if words is not None:
            say(actor, locked, replace(words, is_public=True))
    return locked


def take_up_again(actor: Actor, ticket: Ticket, reason: NewMessage) -> Ticket:
    """The client has the work resumed, whether the solution was only proposed or is closed by now (F100, F212)."""
    if ticket.state == State.CLOSED and (reason.text.strip() or reason.html):
        return renew(actor, ticket, reason)
    return reject_solution(actor, ticket, reason)


def _deciding(actor: Actor, ticket: Ticket) -> AbstractContextManager[Ticket]:
    if not actor.is_contact:
        raise Forbidden(_("The client decides this. Employees change the status."))
    return changing(actor, "decide", ticket)


def _require_state(ticket: Ticket, state: State) -> None:
    if ticket.state != state:
        raise _moved_on(ticket)


def _moved_on(ticket: Ticket) -> Conflict:
    message = _("The ticket is “%(status)s” by now. Look again.")
    return Conflict(message % {"status": ticket.status.name}, code="no_transition")


def _go(actor: Actor, ticket: Ticket, because: str, *states: State) -> None:
    way = client_way(lifecycle_of(ticket.type_id), ticket.status.code, *states)
    if way is None:
        message = _("Only employees take a ticket on from “%(before)s”.")
        raise Conflict(message % {"before": ticket.status.name}, code="no_transition")
    move_to(actor, ticket, way.after, Way(reason={"because": because}, is_said=True))
