"""Changing the status of a ticket, postponing it, taking it up again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from okno.core.actor import Actor
from okno.core.faults import Conflict
from okno.tickets.models import Ticket
from okno.tickets.operations.change import changing
from okno.tickets.operations.classifying import OnTheWay, fill_in
from okno.tickets.operations.messages import NewMessage, say
from okno.tickets.operations.moving import Way, move_to, rest_until
from okno.tickets.transitions import mover_of
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.rules import Rules, State, refusal_of


def change_status(
    actor: Actor,
    ticket: Ticket,
    code: str,
    *,
    expected_version: int | None = None,
    until: datetime | None = None,
    comment: NewMessage | None = None,
    comment_is_public: bool | None = None,
    facts: OnTheWay | None = None,
) -> Ticket:
    """Moves the ticket to the status of this code, if the lifecycle leads there.

    ``until`` is when a postponed ticket returns; ``comment`` is public or private as the way says, and
    ``comment_is_public`` what its writer was told of that: ``Conflict`` where the way says otherwise by now (T20).
    ``facts`` are filled in before the way asks for them. All of it happens, or none.
    """
    with changing(actor, "status", ticket, expected_version=expected_version) as locked:
        told = comment_is_public
        take(actor, locked, code, until=until, comment=comment, comment_is_public=told, facts=facts)
    return locked


def take(
    actor: Actor,
    locked: Ticket,
    code: str,
    *,
    until: datetime | None = None,
    comment: NewMessage | None = None,
    comment_is_public: bool | None = None,
    facts: OnTheWay | None = None,
    by_window: bool = False,
) -> None:
    """The same on a ticket that its operation has locked: facts, comment and status, in this order."""
    if facts is not None:
        fill_in(actor, locked, facts)
    before = locked.status.code
    if comment is not None:
        way = lifecycle_of(locked.type_id).way(before, code)
        is_public = way is not None and way.comment_is_public
        if way is not None and comment_is_public not in {None, is_public}:
            message = _("Who sees the comment was changed meanwhile. Look again and repeat.")
            raise Conflict(message, code="comment_visibility", details={"comment_is_public": is_public})
        comment = replace(comment, is_public=is_public)
    state, answers = State(locked.state), comment is not None and comment.is_public and actor.is_agent
    way_there = Way(until=until, is_said=comment is not None, by_window=by_window, with_answer=answers)
    move_to(actor, locked, code, way_there)
    if comment is not None:
        say(actor, locked, comment, before=state)


def postpone(
    actor: Actor, ticket: Ticket, until: datetime, *, code: str = "", expected_version: int | None = None
) -> Ticket:
    """Puts the ticket aside until a moment, at which it returns by itself (F73); one that rests may rest longer.

    ``code`` chooses among several postponed statuses.
    """
    with changing(actor, "status", ticket, expected_version=expected_version) as locked:
        if locked.state == State.POSTPONED and code in {"", locked.status.code}:
            rest_until(actor, locked, until)
        else:
            rules = lifecycle_of(locked.type_id)
            move_to(actor, locked, code or _first_way(actor, rules, locked, State.POSTPONED), Way(until=until))
    return locked


def resume(actor: Actor, ticket: Ticket, *, expected_version: int | None = None) -> Ticket:
    """Takes up work again on what was postponed, waits for the client, or is done; employees always may (W15)."""
    with changing(actor, "status", ticket, expected_version=expected_version) as locked:
        rules = lifecycle_of(locked.type_id)
        move_to(actor, locked, _first_way(actor, rules, locked, State.OPEN, State.NEW))
    return locked


def _first_way(actor: Actor, rules: Rules, ticket: Ticket, *states: State) -> str:
    """The first status of these states to which a way leads that the actor may go."""
    for state in states:
        for way in rules.ways_from(ticket.status.code):
            place = rules.place(way.after)
            if place is None or place.state is not state or place.is_held:
                continue
            if refusal_of(rules, way.before, way.after, mover_of(actor)) is None:
                return place.code
    message = _("From “%(before)s” no way leads there for you.")
    raise Conflict(message % {"before": ticket.status.name}, code="no_transition")
