"""Where a ticket may go from here, for whom, and in words why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.tickets import access
from okno.tickets.models import Processing, Ticket
from okno.workflow import catalogue
from okno.workflow.lifecycles import remembered_lifecycle_of
from okno.workflow.models import Status
from okno.workflow.rules import (
    Comment,
    Mover,
    Place,
    Refusal,
    Rules,
    State,
    Way,
    is_closed_for_good,
    refusal_of,
)

FACTS: dict[str, Callable[[Ticket], object]] = {
    "assignee": lambda ticket: ticket.assignee_id,
    "team": lambda ticket: ticket.team_id,
    "client": lambda ticket: ticket.contact_id or ticket.company_id or ticket.agent_contact_id,
    "service": lambda ticket: ticket.service_id,
    "impact": lambda ticket: ticket.impact_id,
    "urgency": lambda ticket: ticket.urgency_id,
}
"""What a transition may ask for; type and priority are never empty."""


@dataclass(frozen=True)
class Choice:
    """A way from the present status: the button's name, where it leads, what it asks for, and why not, if not.

    ``missing`` are facts of the ticket that are to be filled in first; ``is_window``: the way is gone by opening
    the processing window and not by a change of status.
    """

    status: Status
    way: Way
    name: str
    refusal: str = ""
    missing: tuple[str, ...] = ()
    needs_until: bool = False
    is_window: bool = False

    @property
    def allowed(self) -> bool:
        """Whether this actor may go it."""
        return not self.refusal

    @property
    def needs_comment(self) -> bool:
        """Whether something must be said on the way."""
        return self.way.comment is Comment.REQUIRED

    @property
    def is_simple(self) -> bool:
        """Whether one click is enough."""
        return self.allowed and not (self.missing or self.needs_until or self.needs_comment or self.is_window)


def allowed_transitions(actor: Actor, ticket: Ticket) -> list[Choice]:
    """Every way out of the ticket's status, also those that this actor may not go, with the reason.

    The lifecycle is as this process remembers it; the operation looks again.
    """
    rules = remembered_lifecycle_of(ticket.type_id)
    right = _right_of(actor, ticket)
    ways = rules.ways_from(ticket.status.code)
    if rules.place(ticket.status.code) is None:
        ways = [Way(ticket.status.code, place.code) for place in rules.places if not place.is_held]
    found = [_choice(actor, ticket, rules, way, right) for way in ways]
    return [choice for choice in found if choice is not None]


def why_not(
    rules: Rules, before: str, after: str, mover: Mover, ticket: Ticket, *, by_window: bool = False
) -> Refusal | None:
    """The lifecycle's refusal, and that of the processing window: it is entered by opening it, and who has it
    open leaves it, or somebody whose role the way names."""
    refusal = refusal_of(rules, before, after, mover)
    if refusal is not None or by_window or mover.kind != "agent":
        return refusal
    wanted, present, way = rules.place(after), rules.place(before), rules.way(before, after)
    if wanted is not None and wanted.is_held:
        return Refusal.BY_PROCESSING
    if present is not None and present.is_held and way is not None and not way.roles:
        return Refusal.BY_PROCESSING
    return None


def missing_facts(ticket: Ticket, required: tuple[str, ...]) -> list[str]:
    """Which of the facts that a way asks for are empty."""
    return [name for name in required if name in FACTS and not FACTS[name](ticket)]


def mover_of(actor: Actor) -> Mover:
    """The actor as the lifecycle sees him."""
    return Mover(actor.kind, actor.role)


def words_of(refusal: Refusal, before: Status, after: Status) -> str:
    """The refusal as a sentence."""
    names = {"before": before.name, "after": after.name}
    if refusal is Refusal.NOT_IN_LIFECYCLE:
        return _("Tickets of this type are never “%(after)s”.") % names
    if refusal is Refusal.ONLY_CLIENT:
        return _("Only the client takes a ticket from “%(before)s” to “%(after)s”.") % names
    if refusal is Refusal.ONLY_AGENTS:
        return _("Only employees take a ticket from “%(before)s” to “%(after)s”.") % names
    if refusal is Refusal.OTHER_ROLE:
        return _("Your role does not take tickets from “%(before)s” to “%(after)s”.") % names
    if refusal is Refusal.BY_PROCESSING:
        return _("This is done in the processing window, by whoever has it open.")
    return _("A ticket does not go from “%(before)s” to “%(after)s”.") % names


def is_over_for_client(ticket: Ticket, now: datetime | None = None) -> bool:
    """Whether the client's next word begins a new ticket that is linked to this one (C1, F185, W15)."""
    if ticket.state != State.CLOSED:
        return False
    rules = remembered_lifecycle_of(ticket.type_id)
    return is_closed_for_good(rules, State.CLOSED, ticket.closed_at or ticket.activity_at, now or clock.now())


def client_way(rules: Rules, code: str, *states: State) -> Way | None:
    """The first way that a client may go from a status to one of these states."""
    for way in rules.ways_from(code):
        place = rules.place(way.after)
        if way.by_client and place is not None and place.state in states:
            return way
    return None


def _right_of(actor: Actor, ticket: Ticket) -> str:
    if actor.is_contact:
        over = _("The ticket is closed for good. Write to us, and a new one begins.")
        return over if is_over_for_client(ticket) else ""
    verdict = access.may_seen(actor, "status", ticket)
    return "" if verdict else verdict.reason


def _choice(actor: Actor, ticket: Ticket, rules: Rules, way: Way, right: str) -> Choice | None:
    status, place = catalogue.STATUSES.by_code(way.after), rules.place(way.after)
    if status is None or place is None or not status.is_active:
        return None
    is_own = _is_own_window(actor, ticket, rules)
    refusal = why_not(rules, way.before, way.after, mover_of(actor), ticket, by_window=is_own or place.is_held)
    return Choice(
        status=status,
        way=way,
        name=way.name_in(get_language() or "en") or status.name,
        refusal=right or (words_of(refusal, ticket.status, status) if refusal else ""),
        missing=tuple(missing_facts(ticket, way.required)),
        needs_until=place.state is State.POSTPONED,
        is_window=place.is_held or is_own,
    )


def _is_own_window(actor: Actor, ticket: Ticket, rules: Rules) -> bool:
    present: Place | None = rules.place(ticket.status.code)
    if present is None or not present.is_held or not actor.is_agent:
        return False
    return Processing.objects.filter(ticket=ticket, agent=actor.id or 0, ended_at=None).exists()
