"""What is wrong with a lifecycle that somebody has drawn. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from okno.workflow.rules.lifecycle import Place, Rules, Way
from okno.workflow.rules.states import State

LONGEST_TIMER = 24 * 366


@dataclass(frozen=True, slots=True)
class Mistake:
    """A fault by its kind, with the codes of the statuses that it is about."""

    kind: str
    status: str = ""
    other: str = ""


def mistakes_of(rules: Rules) -> list[Mistake]:
    """Everything that is wrong; a lifecycle without a mistake leads every ticket to an end."""
    if not rules.places:
        return [Mistake("empty")]
    found = [*_of_beginning(rules), *_of_places(rules), *_of_ways(rules)]
    if not found:
        found = [*_of_roads(rules), *_of_reopening(rules)]
    return found


def _of_beginning(rules: Rules) -> Iterator[Mistake]:
    initial = [place for place in rules.places if place.is_initial]
    if not initial:
        yield Mistake("no_initial")
    if len(initial) > 1:
        yield Mistake("two_initial", initial[0].code, initial[1].code)
    for place in initial:
        if place.is_held or place.state not in {State.NEW, State.OPEN}:
            yield Mistake("bad_initial", place.code)
    if all(place.state is not State.CLOSED for place in rules.places):
        yield Mistake("no_end")


def _of_places(rules: Rules) -> Iterator[Mistake]:
    codes = Counter(place.code for place in rules.places)
    yield from (Mistake("status_twice", code) for code, count in codes.items() if count > 1)
    for place in rules.places:
        yield from _of_timer(rules, place)


def _of_timer(rules: Rules, place: Place) -> Iterator[Mistake]:
    target = rules.place(place.then) if place.then else None
    if place.is_held and place.state is not State.OPEN:
        yield Mistake("bad_held", place.code)
    if place.then and target is None:
        yield Mistake("timer_outside", place.code, place.then)
    elif target is not None and (target is place or target.is_held or target.state is State.POSTPONED):
        yield Mistake("timer_wrong", place.code, place.then)
    if place.state is State.POSTPONED and not place.then:
        yield Mistake("no_return", place.code)
    if place.is_held and not place.then:
        yield Mistake("no_return_held", place.code)
    yield from _of_hours(place)


def _of_hours(place: Place) -> Iterator[Mistake]:
    ends_otherwise = place.state is State.POSTPONED or place.is_held
    if place.state is State.CLOSED and (place.then or place.hours is not None):
        yield Mistake("timer_on_closed", place.code)
    elif place.hours is not None and ends_otherwise:
        yield Mistake("needless_hours", place.code)
    elif not ends_otherwise and (place.hours is None) != (not place.then):
        yield Mistake("half_timer", place.code)
    elif place.hours is not None and not 1 <= place.hours <= LONGEST_TIMER:
        yield Mistake("bad_hours", place.code)


def _of_ways(rules: Rules) -> Iterator[Mistake]:
    pairs = Counter((way.before, way.after) for way in rules.ways)
    yield from (Mistake("way_twice", *pair) for pair, count in pairs.items() if count > 1)
    for way in rules.ways:
        if way.before == way.after:
            yield Mistake("way_to_itself", way.before)
        elif rules.place(way.before) is None or rules.place(way.after) is None:
            yield Mistake("way_outside", way.before, way.after)
        elif not way.by_agents and not way.by_client:
            yield Mistake("way_for_nobody", way.before, way.after)
        elif way.by_client and not _may_be_clients(rules, way):
            yield Mistake("way_not_for_clients", way.before, way.after)


def _may_be_clients(rules: Rules, way: Way) -> bool:
    """A client neither postpones nor opens processing windows."""
    target = rules.place(way.after)
    return target is not None and not target.is_held and target.state is not State.POSTPONED


def _of_roads(rules: Rules) -> Iterator[Mistake]:
    """Statuses that nothing leads to, and those from which no way leads to an end."""
    roads = [(way.before, way.after) for way in rules.ways]
    roads += [(place.code, place.then) for place in rules.places if place.then]
    reached = _spread({rules.initial.code}, roads)
    ends = {place.code for place in rules.places if place.state is State.CLOSED}
    leading = _spread(ends, [(after, before) for before, after in roads])
    for place in rules.places:
        if place.code not in reached:
            yield Mistake("closed_unreachable" if place.code in ends else "unreachable", place.code)
        if place.code not in leading:
            yield Mistake("no_way_out", place.code)


def _of_reopening(rules: Rules) -> Iterator[Mistake]:
    """Days for reopening promise the client what no way keeps."""
    ends = [place for place in rules.places if place.state is State.CLOSED]
    if rules.reopen_days and not any(rules.ways_from(place.code) for place in ends):
        yield Mistake("reopening_without_way", ends[0].code)


def _spread(known: set[str], roads: list[tuple[str, str]]) -> set[str]:
    known = set(known)
    while True:
        more = {after for before, after in roads if before in known} - known
        if not more:
            return known
        known |= more
