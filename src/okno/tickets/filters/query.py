"""The list query as a queryset, written so that an index carries each of its usual forms."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q, QuerySet

from okno.core.actor import Actor
from okno.tickets import access
from okno.tickets.filters.ticket_filter import TicketFilter
from okno.tickets.models import Ticket
from okno.tickets.rating.rules import Level
from okno.tickets.rating.showing import Sight, sight_of_ratings
from okno.tickets.search import matching
from okno.workflow.models import Priority, Status, TicketType
from okno.workflow.rules import State

NOT_CLOSED = ~Q(state=State.CLOSED)
"""Word for word the condition of the partial indexes."""

SECTION_STATES = {"waiting": State.WAITING, "resolved": State.RESOLVED, "closed": State.CLOSED}


def matching_tickets(actor: Actor, chosen: TicketFilter) -> QuerySet[Ticket]:
    """The tickets visible to the actor that the filter asks for, in no order."""
    found = apart_from_teams(actor, chosen)
    teams = teams_of(actor, chosen)
    return found if teams is None else found.filter(team__in=teams)


def apart_from_words(actor: Actor, chosen: TicketFilter) -> QuerySet[Ticket]:
    """The same whatever their words: what is searched for is asked by ``search.newest``."""
    return matching_tickets(actor, replace(chosen, q=""))


def apart_from_teams(actor: Actor, chosen: TicketFilter) -> QuerySet[Ticket]:
    """The same without the condition on teams, so that each team can be asked for by itself."""
    found = access.visible_to(actor).filter(
        _of_section(actor, chosen) & _of_workflow(chosen) & _of_people(actor, chosen)
    )
    if chosen.ratings:
        found = found.filter(_of_ratings(actor, chosen.ratings))
    if chosen.unread:
        found = found.filter(is_news=True)
    if chosen.by_deadline:
        found = found.filter(due_at__isnull=False)
    if chosen.updated_since is not None:
        found = found.filter(activity_at__gte=chosen.updated_since)
    if not chosen.q:
        return found
    return matching(found, chosen.q) if may_search(actor) else found.none()


def may_search(actor: Actor) -> bool:
    """Search rows hold the words of private notes: who is not an employee would learn of these by asking (T20)."""
    return actor.is_agent or actor.kind in {"system", "rule"}


def teams_of(actor: Actor, chosen: TicketFilter) -> tuple[int, ...] | None:
    """The teams of which one must have the ticket; ``None`` when any or no team will do."""
    named = chosen.team if isinstance(chosen.team, int) else None
    if chosen.section != "my_teams":
        return None if named is None else (named,)
    return tuple(team for team in actor.teams if named in {None, team})


def _of_section(actor: Actor, chosen: TicketFilter) -> Q:
    if chosen.section in SECTION_STATES:
        return Q(state=SECTION_STATES[chosen.section])
    match chosen.section:
        case "mine":
            return NOT_CLOSED & _assigned_to(actor, "me")
        case "my_teams" | "active":
            return NOT_CLOSED
        case "unassigned":
            return NOT_CLOSED & Q(assignee__isnull=True, team__isnull=True)
    return Q()


def _of_workflow(chosen: TicketFilter) -> Q:
    narrowed = Q()
    if chosen.states:
        narrowed &= _any("state", chosen.states)
    if chosen.statuses:
        narrowed &= _of_statuses(chosen.statuses)
    if chosen.types:
        types = TicketType.objects.filter(code__in=chosen.types)
        narrowed &= _any("type_id", list(types.values_list("pk", flat=True)))
    if chosen.priorities:
        priorities = Priority.objects.filter(code__in=chosen.priorities)
        narrowed &= _any("priority_id", list(priorities.values_list("pk", flat=True)))
    return narrowed


def _of_statuses(codes: tuple[str, ...]) -> Q:
    """The states of these statuses without the other statuses of those states.

    Said so, the planner does not take state and status for independent facts and expects the right size.
    """
    states = set(Status.objects.filter(code__in=codes).values_list("state", flat=True))
    others = Status.objects.filter(state__in=states).exclude(code__in=codes)
    narrowed = _any("state", sorted(states))
    excluded = list(others.values_list("pk", flat=True))
    return narrowed & ~_any("status_id", excluded) if excluded else narrowed


def _of_ratings(actor: Actor, codes: tuple[str, ...]) -> Q:
    """Who is not to see ratings does not find by them either."""
    if actor.is_agent and sight_of_ratings(actor) is Sight.NONE:
        return Q(pk__in=[])
    return _any("rating", [level.value for level in Level if level.code in codes])


def _of_people(actor: Actor, chosen: TicketFilter) -> Q:
    narrowed = Q()
    if chosen.assignee is not None:
        narrowed &= _assigned_to(actor, chosen.assignee)
    if chosen.team == "none":
        narrowed &= Q(team__isnull=True)
    if chosen.contact is not None:
        narrowed &= Q(contact=chosen.contact)
    if chosen.company is not None:
        narrowed &= Q(company=chosen.company)
    return narrowed


def _assigned_to(actor: Actor, who: int | str) -> Q:
    if who == "none":
        return Q(assignee__isnull=True)
    if who == "me":
        return Q(assignee=actor.id) if actor.is_agent and actor.id else Q(pk__in=[])
    return Q(assignee=who)


def _any(column: str, values: list[int] | list[str] | tuple[str, ...]) -> Q:
    """One value is compared, since an index keeps its order behind an equality only."""
    if not values:
        return Q(pk__in=[])
    return Q(**{column: values[0]}) if len(values) == 1 else Q(**{f"{column}__in": values})
