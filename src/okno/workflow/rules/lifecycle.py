"""A lifecycle as a value: its statuses, the ways between them, and who may go them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property

from okno.workflow.rules.states import NEAREST, State


class Comment(StrEnum):
    """Whether something is said on the way."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Place:
    """A status in a lifecycle, by its code.

    ``hours`` after it was entered the ticket moves by itself to the status ``then`` (F26, F27, F76). A postponed
    status has no hours: it ends at the moment chosen when postponing (F73). ``is_held``: the ticket is in it only
    while somebody has its processing window open, and goes to ``then`` when that one leaves (F171).
    """

    code: str
    state: State
    is_initial: bool = False
    is_held: bool = False
    hours: int | None = None
    then: str = ""
    warning: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """A transition between two statuses. ``roles`` are codes of those who may go it; none means every role."""

    before: str
    after: str
    names: Mapping[str, str] = field(default_factory=dict)
    by_agents: bool = True
    roles: frozenset[str] = frozenset()
    by_client: bool = False
    comment: Comment = Comment.NONE
    comment_is_public: bool = False
    required: tuple[str, ...] = ()

    def name_in(self, language: str) -> str:
        """What its button says; empty where the name of the status will do."""
        return self.names.get(language.split("-", maxsplit=1)[0]) or self.names.get("en") or ""


class Refusal(StrEnum):
    """Why somebody may not take a ticket to a status."""

    NOT_IN_LIFECYCLE = "not_in_lifecycle"
    NO_WAY = "no_way"
    BY_PROCESSING = "by_processing"
    ONLY_CLIENT = "only_client"
    ONLY_AGENTS = "only_agents"
    OTHER_ROLE = "other_role"


@dataclass(frozen=True, slots=True)
class Mover:
    """Who wants to move a ticket: the kind of actor, and the code of an employee's role."""

    kind: str
    role: str = ""


@dataclass(frozen=True)
class Rules:
    """The lifecycle of a type of ticket (F2). Places and ways stand in the order in which people see them."""

    code: str
    places: tuple[Place, ...]
    ways: tuple[Way, ...]
    reopen_days: int = 7

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {place.code: place for place in self.places}

    @cached_property
    def _ways(self) -> dict[tuple[str, str], Way]:
        return {(way.before, way.after): way for way in self.ways}

    def place(self, code: str) -> Place | None:
        """The status of this code, if it belongs to the lifecycle."""
        return self._places.get(code)

    def way(self, before: str, after: str) -> Way | None:
        """The transition between two statuses, if there is one."""
        return self._ways.get((before, after))

    def ways_from(self, code: str) -> list[Way]:
        """The transitions out of a status."""
        return [way for way in self.ways if way.before == code]

    @property
    def initial(self) -> Place:
        """Where a new ticket begins."""
        return next((place for place in self.places if place.is_initial), self.places[0])


def refusal_of(rules: Rules, before: str, after: str, mover: Mover) -> Refusal | None:
    """Why the mover may not go from one status to the other, or nothing. Okno itself goes every way there is.

    A ticket whose status has left the lifecycle is led back by the way that a change of type would take.
    """
    place, way = rules.place(after), rules.way(before, after)
    if place is None:
        return Refusal.NOT_IN_LIFECYCLE
    if way is None:
        is_led_back = rules.place(before) is None and not place.is_held and mover.kind != "contact"
        return None if is_led_back else Refusal.NO_WAY
    return _personal_refusal(way, mover)


def _personal_refusal(way: Way, mover: Mover) -> Refusal | None:
    """Why this way is not for this mover."""
    if mover.kind == "contact":
        return None if way.by_client else Refusal.ONLY_AGENTS
    if mover.kind == "agent" and not way.by_agents:
        return Refusal.ONLY_CLIENT
    if mover.kind == "agent" and way.roles and mover.role not in way.roles:
        return Refusal.OTHER_ROLE
    return None


def place_for(rules: Rules, code: str, state: State) -> Place:
    """Where a ticket goes on that comes from another lifecycle: the same status, else the same state, else the
    nearest, else the beginning. Nobody is put into a processing window."""
    same = rules.place(code)
    if same is not None and not same.is_held:
        return same
    for wanted in (state, *NEAREST[state]):
        found = [place for place in rules.places if place.state == wanted and not place.is_held]
        if found:
            return found[0]
    return rules.initial


def after_client_message(rules: Rules, code: str) -> str:
    """The status after the client wrote: what waited for the client or was done is open again (F45, F184).

    The way that clients may go themselves comes first. Where no way leads to work, nothing changes.
    """
    place = rules.place(code)
    if place is None or place.state in {State.NEW, State.OPEN}:
        return code
    return _to_work(rules, code, sorted(rules.ways_from(code), key=lambda way: not way.by_client))


def after_answer(rules: Rules, code: str) -> str:
    """The status after a public answer: a new ticket is accepted into work by it (F55)."""
    place = rules.place(code)
    if place is None or place.state is not State.NEW:
        return code
    return _to_work(rules, code, [way for way in rules.ways_from(code) if way.by_agents], {State.OPEN})


def _to_work(rules: Rules, code: str, ways: list[Way], wanted: set[State] | None = None) -> str:
    for state in (State.OPEN, State.NEW):
        if wanted is not None and state not in wanted:
            continue
        for way in ways:
            place = rules.place(way.after)
            if place is not None and place.state is state and not place.is_held:
                return place.code
    return code


def due_at(place: Place, since: datetime) -> datetime | None:
    """When the timer of a status ends that was entered, or last spoken of, at this moment; by the wall clock."""
    if place.hours is None or not place.then:
        return None
    return since + timedelta(hours=place.hours)


def is_closed_for_good(rules: Rules, state: State, closed_at: datetime, now: datetime) -> bool:
    """Whether the days are over in which the client may take up a closed ticket again (C1, F185, W15).

    Employees always may. No days at all: closed is final.
    """
    return state is State.CLOSED and closed_at + timedelta(days=rules.reopen_days) <= now
