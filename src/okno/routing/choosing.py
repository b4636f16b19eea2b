"""Whose a new ticket is: the first rule that fits, else the default chain, and the union of all watchers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from okno.core.actor import Actor
from okno.core.notify import wake
from okno.core.ordered import first_match
from okno.people.holding import held_team
from okno.people.models import Agent, Team
from okno.routing.declarations import DEFAULT_ASSIGNEE, DEFAULT_WATCHERS, named
from okno.routing.memory import PEOPLE, RULES, TEAMS, Ready
from okno.routing.models import RoutingRule
from okno.routing.queues import pick, taker
from okno.routing.rules import Found, Link, Person, Source, first_responsible, union_of_watchers
from okno.tickets.conditions import Facts, matches
from okno.tickets.models import Channel, Ticket
from okno.tickets.owners import Chosen, Following

Target = RoutingRule.Target
FILED_TOGETHER = frozenset({Channel.EMAIL})
"""Several of these are registered in one transaction, which would hold the members of one team while it waits
for the next team: they are given out in transactions of their own, right after."""


@dataclass(frozen=True)
class Plan:
    """What routing says of a ticket, before anybody is asked whether he still takes it."""

    found: Found | None
    passed: tuple[int, ...]
    rule: Ready | None
    followers: tuple[Following, ...]


class Routing:
    """The chooser that ``tickets.owners`` asks."""

    def of_new(self, actor: Actor, ticket: Ticket) -> Chosen | None:
        """Somebody whom a person chose stays; a team that the channel brought stays unless a rule decides."""
        rule = first_match(RULES.all(), lambda each: fits(each, Facts(ticket)))
        followers = followers_of(ticket, rule)
        given = bool(ticket.assignee_id or ticket.team_id)
        if given and (actor.is_agent or rule is None or rule.rule.target == Target.DEFAULT):
            chosen = Chosen(ticket.assignee, ticket.team)
        else:
            chosen = _taken(ticket, rule)
        given_out = _waiting(chosen) if ticket.channel in FILED_TOGETHER else _handed_out(chosen)
        return replace(given_out, followers=followers)

    def in_team(self, _ticket: Ticket, team: Team) -> Chosen | None:
        """By the team's way of assignment."""
        picked = pick(team) if team.is_automatic else None
        return Chosen(picked.agent, team, picked.reason) if picked is not None else None


def _waiting(chosen: Chosen) -> Chosen:
    """What goes to a team that gives out its tickets by itself waits there for the drain, which is woken."""
    if chosen.agent is None and chosen.team is not None and chosen.team.is_automatic:
        wake("queues")
    return chosen


def _handed_out(chosen: Chosen) -> Chosen:
    """What goes to a team that gives out its tickets by itself goes on to one of its members, or waits there."""
    if chosen.agent is not None or chosen.team is None or not chosen.team.is_automatic:
        return chosen
    picked = pick(chosen.team)
    if picked is None:
        return chosen
    return replace(chosen, agent=picked.agent, reason=picked.reason | dict(chosen.reason))


def fits(ready: Ready, facts: Facts) -> bool:
    """Whether the rule's condition holds."""
    return ready.condition is not None and matches(ready.condition, facts)


def plan(
    ticket: Ticket,
    rule: Ready | None,
    people: dict[int, Person] | None = None,
    teams: dict[int, Team] | None = None,
) -> Plan:
    """What would become of the ticket under this rule."""
    known = TEAMS.all() if teams is None else teams
    found, passed = first_responsible(links(ticket, rule), people or PEOPLE.all(), known)
    return Plan(found, passed, rule, followers_of(ticket, rule))


def links(ticket: Ticket, rule: Ready | None) -> Iterator[Link]:
    """The rule's own assignee, then the default chain (F67): the site's manager will stand before the contact's."""
    if rule is not None and rule.rule.target == Target.NOBODY:
        return
    if rule is not None and rule.rule.target != Target.DEFAULT:
        yield Link(Source.RULE, rule.rule.agent_id, rule.rule.team_id)
    if ticket.contact is not None:
        yield Link(Source.CONTACT, ticket.contact.responsible_id)
    if ticket.company is not None:
        yield Link(Source.COMPANY, ticket.company.responsible_id)
    yield Link(Source.INSTALLATION, *named(DEFAULT_ASSIGNEE()))


def followers_of(ticket: Ticket, rule: Ready | None) -> tuple[Following, ...]:
    """Those of the settings, the company, the contact and the rule, each once (F64, F68)."""
    named_by = [pair for pair in _named_watchers(ticket, rule) if pair[1] or pair[2]]
    if not named_by:
        return ()
    people, teams = PEOPLE.all(), TEAMS.all()
    present = {pk for pk, person in people.items() if person.is_active}
    found = union_of_watchers(named_by, present, teams.keys())
    return tuple(
        Following(
            Agent(pk=each.agent, name=people[each.agent].name) if each.agent else None,
            teams[each.team] if each.team else None,
            {"because": "routing", "sources": [str(source) for source in each.sources], **_rule_fact(rule)},
        )
        for each in found
    )


def _named_watchers(
    ticket: Ticket, rule: Ready | None
) -> Iterator[tuple[Source, Collection[int], Collection[int]]]:
    if rule is not None:
        yield Source.RULE, rule.watching_agents, rule.watching_teams
    if ticket.contact is not None:
        yield Source.CONTACT, ticket.contact.watching_agents, ticket.contact.watching_teams
    if ticket.company is not None:
        yield Source.COMPANY, ticket.company.watching_agents, ticket.company.watching_teams
    pairs = [named(value) for value in DEFAULT_WATCHERS()]
    yield Source.INSTALLATION, [a for a, _t in pairs if a], [t for _a, t in pairs if t]


def _taken(ticket: Ticket, rule: Ready | None) -> Chosen:
    """The plan with whoever is found locked and asked afresh; who left a moment ago is passed over as well."""
    people, teams = PEOPLE.all(), TEAMS.all()
    while True:
        made = plan(ticket, rule, people, teams)
        reason = reason_of(made, people)
        if made.found is None:
            return Chosen(None, None, reason)
        if made.found.team is not None:
            team = held_team(made.found.team)
            if team is not None and team.is_active:
                return Chosen(None, team, reason)
            teams = {pk: each for pk, each in teams.items() if pk != made.found.team}
            continue
        agent = taker(made.found.agent or 0)
        if agent is not None:
            return Chosen(agent, None, reason)
        gone = made.found.agent or 0
        people = {**people, gone: replace(people[gone], is_present=False)}


def reason_of(made: Plan, people: dict[int, Person]) -> dict[str, Any]:
    """Why it is whose it is, as the history keeps it: the rule or the link, who was passed over."""
    reason: dict[str, Any] = {"because": "routing", **_rule_fact(made.rule)}
    if made.found is not None:
        reason["link"] = str(made.found.source)
        if made.found.instead_of is not None:
            reason["instead_of"] = people[made.found.instead_of].name
    if made.passed:
        reason["passed"] = [people[pk].name for pk in made.passed if pk in people]
    return reason


def _rule_fact(rule: Ready | None) -> dict[str, Any]:
    return {"rule": {"id": rule.rule.pk, "name": rule.rule.name}} if rule else {}
