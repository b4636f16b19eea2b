"""Processing a request in its window: one employee at a time, and only while it is open (F166-F173)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden
from okno.tickets import access
from okno.tickets.models import Processing, Ticket
from okno.tickets.operations.change import changing, lock
from okno.tickets.operations.classifying import OnTheWay
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.moving import Way, move_to
from okno.tickets.operations.status import take
from okno.tickets.operations.timers import LOST, leave_window
from okno.workflow.lifecycles import lifecycle_of
from okno.workflow.rules import Mover, Rules, refusal_of


def begin_processing(actor: Actor, ticket: Ticket) -> Processing:
    """Opens the window: from now on the request is being processed by this employee (F171).

    Of several who do so at once, one becomes the processor, and the others hear who it is (T30). Who has it open
    already, in another tab perhaps, goes on with the same.
    """
    access.require(actor, "status", ticket)
    if not actor.is_agent or actor.id is None:
        raise Forbidden(_("This is done by employees."))
    with transaction.atomic():
        present = _present(lock(ticket))
        if present is not None and _is_alive(present):
            if present.agent_id != actor.id:
                raise _taken(present)
            return _seen(present)
        with changing(actor, "status", ticket) as locked:
            leave_window(locked, present, actor)
            moment = clock.now()
            code = _held_status(lifecycle_of(locked.type_id), locked.status.code, actor)
            if code == "":
                message = _("A ticket that is “%(status)s” is not processed in a window.")
                raise Conflict(message % {"status": locked.status.name}, code="no_transition")
            move_to(actor, locked, code, Way(reason={"because": "processing"}, by_window=True))
            return Processing.objects.create(ticket=locked, agent_id=actor.id, began_at=moment, seen_at=moment)


def keep_processing(actor: Actor, ticket: Ticket) -> Processing:
    """A sign of life of the open window; ``Conflict`` when it was closed meanwhile, so that the page can say so."""
    return _seen(_own(actor, ticket))


def finish_processing(
    actor: Actor,
    ticket: Ticket,
    code: str,
    *,
    until: datetime | None = None,
    comment: NewMessage | None = None,
    comment_is_public: bool | None = None,
    facts: OnTheWay | None = None,
) -> Processing:
    """Closes the window with a result: the status of this code, such as processed or, until a moment, postponed.

    Who, from when to when and with what result is kept (F172, F173). ``comment_is_public`` is what the writer of
    the comment was told, as in ``change_status``.
    """
    with changing(actor, "status", ticket) as locked:
        window = _own(actor, locked)
        take(
            actor,
            locked,
            code,
            until=until,
            comment=comment,
            comment_is_public=comment_is_public,
            facts=facts,
            by_window=True,
        )
    window.refresh_from_db()
    return window


def abandon_processing(actor: Actor, ticket: Ticket) -> Ticket:
    """Closes the window without a result: the request is new again (F169). Nothing, where it was closed already."""
    with transaction.atomic():
        window = _present(lock(ticket))
        if window is None or window.agent_id != actor.id:
            return ticket
        with changing(actor, "status", ticket) as locked:
            leave_window(locked, window, actor)
    return locked


def processing_of(ticket: Ticket) -> Processing | None:
    """Who has the window open now, if anybody."""
    window = Processing.objects.filter(ticket=ticket, ended_at=None).select_related("agent").first()
    return window if window is not None and _is_alive(window) else None


def _present(ticket: Ticket) -> Processing | None:
    return Processing.objects.filter(ticket=ticket, ended_at=None).select_related("agent").first()


def _own(actor: Actor, ticket: Ticket) -> Processing:
    access.require(actor, "status", ticket)
    window = _present(ticket)
    if window is None:
        raise Conflict(
            _("The processing window was closed, and the request is no longer yours."), code="not_processing"
        )
    if not actor.is_agent or window.agent_id != actor.id:
        raise _taken(window)
    return window


def _taken(window: Processing) -> Conflict:
    return Conflict(
        _("%(name)s is processing this request.") % {"name": window.agent.name},
        code="already_processing",
        details={"agent": window.agent_id, "since": window.began_at.isoformat()},
    )


def _seen(window: Processing) -> Processing:
    window.seen_at = clock.now()
    Processing.objects.filter(pk=window.pk, ended_at=None).update(seen_at=window.seen_at)
    return window


def _is_alive(window: Processing) -> bool:
    return window.seen_at > clock.now() - LOST


def _held_status(rules: Rules, before: str, actor: Actor) -> str:
    """The status of processing to which the lifecycle leads from here; empty where it has none."""
    for way in rules.ways_from(before):
        place = rules.place(way.after)
        if place is not None and place.is_held:
            mover = Mover(actor.kind, actor.role)
            return "" if refusal_of(rules, before, place.code, mover) else place.code
    return ""
