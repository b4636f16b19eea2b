"""Letters to those whom a team names for it: tickets have come to the team (F85)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.channels.email.outgoing.notices import NoMailbox, send_notice
from okno.core.models import Event
from okno.people.models import Agent, Team
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.models import Ticket

MOST_LINES = 20
"""How many tickets one letter lists; of more it tells the number."""

type Arrivals = dict[int, dict[int, int | None]]
"""By team: the tickets that came to it, each with the id of the employee who gave it."""


def arrivals_of(events: Sequence[Event]) -> Arrivals:
    """What came to which team: with a new ticket, or by an assignment that changed the team."""
    found: Arrivals = defaultdict(dict)
    new = {event.object_id: event for event in events if event.kind == kinds.CREATED}
    for ticket, team in _first_teams(list(new)).items():
        found[team][ticket] = _agent(new[ticket])
    for event in events:
        if event.kind == kinds.ASSIGNED:
            before, after = (event.data[side].get("team") for side in ("before", "after"))
            if after and after["id"] != (before or {}).get("id"):
                found[after["id"]][event.object_id] = _agent(event)
    return found


def _first_teams(tickets: list[int]) -> dict[int, int]:
    """The team that each new ticket had at first: where it was assigned since, the assignment knows that one."""
    if not tickets:
        return {}
    rows = Ticket.objects.filter(pk__in=tickets)
    teams: dict[int, int | None] = dict(rows.values_list("pk", "team_id"))
    assigned = Event.objects.filter(kind=kinds.ASSIGNED, object_kind="ticket", object_id__in=tickets)
    for event in assigned.order_by("-id"):
        teams[event.object_id] = (event.data["before"].get("team") or {}).get("id")
    return {ticket: team for ticket, team in teams.items() if team is not None}


def tell_teams(arrivals: Mapping[int, Mapping[int, int | None]]) -> None:
    """One letter to each for what came at once; nobody hears of his own act, nor of what he may not see."""
    teams = Team.objects.filter(pk__in=list(arrivals)).prefetch_related("notified__user", "notified__role")
    for team in teams:
        for agent in team.notified.all():
            others = [ticket for ticket, giver in arrivals[team.pk].items() if giver != agent.pk]
            if agent.is_active and others:
                _tell(agent, team, others)


def _tell(agent: Agent, team: Team, wanted: Iterable[int]) -> None:
    visible = access.visible_to(agent.as_actor()).filter(pk__in=list(wanted), team=team)
    tickets = list(visible.select_related("priority", "company").order_by("number"))
    if not tickets:
        return
    language = agent.user.language or settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(agent.user.time_zone or None), suppress(NoMailbox):
        facts = {"num": len(tickets), "team": team.label}
        subject = ngettext("%(num)d ticket came to %(team)s", "%(num)d tickets came to %(team)s", len(tickets))
        lines = [_line(ticket) for ticket in tickets[:MOST_LINES]]
        if len(tickets) > MOST_LINES:
            left = len(tickets) - MOST_LINES
            lines.append(ngettext("… and %(num)d more", "… and %(num)d more", left) % {"num": left})
        why = _("You get this letter because an administrator named you for the team %(team)s.") % facts
        send_notice(agent.user.email, subject % facts, "\n\n".join([*lines, why]), name=agent.name)


def _line(ticket: Ticket) -> str:
    """Number, client and priority, with the address; no words of the client stand in such a letter."""
    client = f"{ticket.company.name}, " if ticket.company else ""
    address = f"{settings.BASE_URL}{reverse('desk:ticket', args=[ticket.number])}"
    return f"{ticket.number}: {client}{ticket.priority.name}\n{address}"


def _agent(event: Event) -> int | None:
    return event.actor_id if event.actor_kind == "agent" else None
