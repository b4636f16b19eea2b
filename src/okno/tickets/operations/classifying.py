"""What a ticket is about and how much it matters: service, impact, urgency, and their priority (F209, F211)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from okno.core import events
from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.core.named import Named
from okno.people.models import Agent, Team
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Ticket
from okno.tickets.operations.assigning import give, require_active
from okno.tickets.operations.change import changing
from okno.workflow.models import Impact, MatrixCell, Priority, Service, Urgency


class Unsaid:
    """Stands for what is not mentioned; none means empty."""


UNSAID = Unsaid()


@dataclass(frozen=True)
class OnTheWay:
    """Facts that are filled in together with a change of status; what is left out stays."""

    assignee: Agent | Unsaid | None = UNSAID
    team: Team | Unsaid | None = UNSAID
    service: Service | Unsaid | None = UNSAID
    impact: Impact | Unsaid | None = UNSAID
    urgency: Urgency | Unsaid | None = UNSAID


def classify(
    actor: Actor,
    ticket: Ticket,
    *,
    service: Service | Unsaid | None = UNSAID,
    impact: Impact | Unsaid | None = UNSAID,
    urgency: Urgency | Unsaid | None = UNSAID,
    expected_version: int | None = None,
) -> Ticket:
    """Says which service the ticket is about, and impact and urgency, which make its priority.

    A priority that somebody chose by hand stays.
    """
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        _classify(actor, locked, OnTheWay(service=service, impact=impact, urgency=urgency))
    return locked


def use_computed_priority(actor: Actor, ticket: Ticket, *, expected_version: int | None = None) -> Ticket:
    """Gives up the priority that was chosen by hand for the one that impact and urgency make."""
    with changing(actor, "edit", ticket, expected_version=expected_version) as locked:
        if computed_priority(locked.impact_id, locked.urgency_id) is None:
            raise Invalid({"priority": [_("Choose impact and urgency first: they make the priority.")]})
        locked.priority_is_manual = False
        _compute(actor, locked)
    return locked


def computed_priority(impact: int | None, urgency: int | None) -> Priority | None:
    """What the matrix makes of the two; nothing where one is missing or the cell is empty."""
    if impact is None or urgency is None:
        return None
    cell = MatrixCell.objects.select_related("priority").filter(impact=impact, urgency=urgency).first()
    return cell.priority if cell else None


def fill_in(actor: Actor, ticket: Ticket, facts: OnTheWay) -> None:
    """The same and the assignee on a locked ticket; each fact asks for the right that it always needs."""
    given = [facts.assignee, facts.team]
    if any(not isinstance(each, Unsaid) for each in given):
        access.require(actor, "assign", ticket)
        agent = ticket.assignee if isinstance(facts.assignee, Unsaid) else facts.assignee
        team = ticket.team if isinstance(facts.team, Unsaid) else facts.team
        require_active(agent, team)
        give(actor, ticket, agent, team)
    if any(not isinstance(each, Unsaid) for each in (facts.service, facts.impact, facts.urgency)):
        access.require(actor, "edit", ticket)
        _classify(actor, ticket, facts)


def _classify(actor: Actor, ticket: Ticket, facts: OnTheWay) -> None:
    changed = False
    for field, kind in (
        ("service", kinds.SERVICE_CHANGED),
        ("impact", kinds.IMPACT_CHANGED),
        ("urgency", kinds.URGENCY_CHANGED),
    ):
        wanted = getattr(facts, field)
        if not isinstance(wanted, Unsaid) and _set(actor, ticket, field, wanted, kind):
            changed = changed or field != "service"
    if changed and not ticket.priority_is_manual:
        _compute(actor, ticket)


def _set(actor: Actor, ticket: Ticket, field: str, wanted: Named | None, kind: str) -> bool:
    before: Any = getattr(ticket, field)
    if (before.pk if before else None) == (wanted.pk if wanted else None):
        return False
    if wanted is not None and not wanted.is_active:
        raise Invalid({field: [_("Choose one of the offered values.")]})
    setattr(ticket, field, wanted)
    data = {"before": before.code if before else "", "after": wanted.code if wanted else ""}
    events.record(actor, kind, ticket, data)
    return True


def _compute(actor: Actor, ticket: Ticket) -> None:
    made = computed_priority(ticket.impact_id, ticket.urgency_id)
    if made is None or made.pk == ticket.priority_id:
        return
    data = {"before": ticket.priority.code, "after": made.code, "reason": {"because": "matrix"}}
    ticket.priority = made
    events.record(actor, kinds.PRIORITY_CHANGED, ticket, data)
