"""Who answers for a ticket that nobody gave to anybody, and who follows it: pure rules over ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Source(StrEnum):
    """Where somebody responsible can be named, in the order in which it is asked (F67).

    ``SITE`` is the place of the ticket's service site, whose manager comes before all others.
    """

    RULE = "rule"
    SITE = "site"
    CONTACT = "contact"
    COMPANY = "company"
    INSTALLATION = "installation"


@dataclass(frozen=True)
class Person:
    """An employee as routing sees him: whether he works here, takes tickets now, and who stands in for him."""

    pk: int
    name: str
    is_active: bool = True
    is_present: bool = True
    substitute: int | None = None


@dataclass(frozen=True)
class Link:
    """One link of the chain: the employee or the team that is named there."""

    source: Source
    agent: int | None = None
    team: int | None = None


@dataclass(frozen=True)
class Found:
    """Who it is and by which link; ``instead_of`` is whom he stands in for, ``passed`` who could not take it."""

    source: Source
    agent: int | None = None
    team: int | None = None
    instead_of: int | None = None
    passed: tuple[int, ...] = ()


def first_responsible(
    links: Iterable[Link], people: Mapping[int, Person], teams: Collection[int]
) -> tuple[Found | None, tuple[int, ...]]:
    """The first link whose employee is present, himself or by his substitute, or whose team is not hidden.

    The second value names the employees who were passed over, also when nobody was found.
    """
    passed: list[int] = []
    for link in links:
        if link.agent is not None:
            taker = present_for(link.agent, people)
            if taker is None:
                passed.append(link.agent)
                continue
            instead = link.agent if taker != link.agent else None
            return Found(link.source, agent=taker, instead_of=instead, passed=tuple(passed)), tuple(passed)
        if link.team is not None and link.team in teams:
            return Found(link.source, team=link.team, passed=tuple(passed)), tuple(passed)
    return None, tuple(passed)


def present_for(agent: int, people: Mapping[int, Person]) -> int | None:
    """The employee, else his substitute, else that one's; nobody when the line ends or leads back."""
    seen: set[int] = set()
    wanted: int | None = agent
    while wanted is not None and wanted not in seen:
        person = people.get(wanted)
        if person is None:
            return None
        if person.is_present:
            return wanted
        seen.add(wanted)
        wanted = person.substitute
    return None


@dataclass(frozen=True)
class Follower:
    """An employee or a team to follow the ticket, and each place that names it."""

    agent: int | None
    team: int | None
    sources: tuple[Source, ...]


def union_of_watchers(
    named: Iterable[tuple[Source, Collection[int], Collection[int]]],
    people: Collection[int],
    teams: Collection[int],
) -> list[Follower]:
    """Everybody named anywhere, once (F68): the sum of all places, not the first. Who is gone follows nothing."""
    sources: dict[tuple[int | None, int | None], list[Source]] = {}
    for source, agents, groups in named:
        for agent in agents:
            if agent in people:
                sources.setdefault((agent, None), []).append(source)
        for team in groups:
            if team in teams:
                sources.setdefault((None, team), []).append(source)
    return [Follower(agent, team, tuple(places)) for (agent, team), places in sources.items()]
