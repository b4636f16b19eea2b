"""Whose a ticket becomes by itself, and who follows it. The package above says how, since it keeps the rules.

What was chosen is told in the ticket's history with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from okno.core import events
from okno.core.actor import SYSTEM, Actor
from okno.people.models import Agent, Team
from okno.tickets import events as kinds
from okno.tickets.models import Ticket, Watcher


@dataclass(frozen=True)
class Following:
    """An agent or a team who is to follow a ticket, and why."""

    agent: Agent | None
    team: Team | None
    reason: Mapping[str, Any]


@dataclass(frozen=True)
class Chosen:
    """Who answers for the ticket from now on, why, and who follows it."""

    agent: Agent | None
    team: Team | None
    reason: Mapping[str, Any] = field(default_factory=dict)
    followers: Sequence[Following] = ()


class Chooser(Protocol):
    """What decides; called within the transaction of the change."""

    def of_new(self, actor: Actor, ticket: Ticket) -> Chosen | None:
        """For a ticket that is about to be written, with what was said of it; nothing where that stays."""

    def in_team(self, ticket: Ticket, team: Team) -> Chosen | None:
        """For a ticket that waits in the team: who of its members gets it; nothing where that is done by hand."""


_choosers: list[Chooser] = []


def register_chooser(chooser: Chooser) -> None:
    """Has the chooser decide from now on; the first one that says something is heard."""
    _choosers.append(chooser)


def of_new(actor: Actor, ticket: Ticket) -> Chosen:
    """Whose the new ticket is and who follows it; the ticket itself is changed accordingly."""
    given = Chosen(ticket.assignee, ticket.team)
    for chooser in _choosers:
        chosen = chooser.of_new(actor, ticket)
        if chosen is not None:
            ticket.assignee, ticket.team = chosen.agent, chosen.team
            return chosen
    return given


def in_team(ticket: Ticket, team: Team) -> Chosen | None:
    """Who of the team gets a ticket that waits in it, if somebody is to get it by itself."""
    found = (chooser.in_team(ticket, team) for chooser in _choosers)
    return next((chosen for chosen in found if chosen is not None), None)


def watchers_of(ticket: Ticket, chosen: Chosen) -> list[Watcher]:
    """The rows of those who follow a new ticket, to be written with it."""
    return [Watcher(ticket=ticket, agent=each.agent, team=each.team) for each in chosen.followers]


def tell(ticket: Ticket, given: tuple[Agent | None, Team | None], chosen: Chosen) -> None:
    """Records what was decided for a new ticket; what a person said himself needs no telling."""
    before, after = named(*given), named(chosen.agent, chosen.team)
    if before != after:
        data = {"before": before, "after": after, "reason": dict(chosen.reason)}
        events.record(SYSTEM, kinds.ASSIGNED, ticket, data)
    for each in chosen.followers:
        events.record(SYSTEM, kinds.WATCHER_ADDED, ticket, {**_one(each), "reason": dict(each.reason)})


def named(agent: Agent | None, team: Team | None) -> dict[str, dict[str, object] | None]:
    """Agent and team as an event remembers them."""
    return {
        "agent": {"id": agent.pk, "name": agent.name} if agent else None,
        "team": {"id": team.pk, **team.as_fact()} if team else None,
    }


def _one(each: Following) -> dict[str, Any]:
    if each.agent is not None:
        return {"agent": each.agent.pk, "name": each.agent.name}
    return {"team": each.team.pk, **each.team.as_fact()} if each.team is not None else {}
