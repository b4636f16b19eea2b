"""Lifecycles: the default ones as a table of all pairs, who may go which way, and what is wrong with a drawn one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.workflow.lifecycles import read
from okno.workflow.models import Lifecycle
from okno.workflow.rules import (
    ACTIVE,
    Comment,
    Mover,
    Place,
    Refusal,
    Rules,
    State,
    Way,
    after_answer,
    after_client_message,
    due_at,
    is_closed_for_good,
    is_reopening,
    mistakes_of,
    place_for,
    refusal_of,
)

COLUMNS = ["new", "open", "waiting", "postponed", "resolved", "closed"]
TABLE = {
    "new":       "-  yes yes yes yes yes",
    "open":      "-  -   yes yes yes yes",
    "waiting":   "-  yes -   yes yes yes",
    "postponed": "-  yes yes -   yes yes",
    "resolved":  "-  re  re  -   -   yes",
    "closed":    "-  re  -   -   -   -",
}  # fmt: skip
"""From the row to the column: ``-`` not, ``yes``, ``re`` yes and it takes a solution back (F69, F70, F213)."""

CALL_BACK = {
    "new":        "-   win -   -",
    "processing": "man -   yes yes",
    "postponed":  "man win -   -",
    "processed":  "man -   -   -",
}  # fmt: skip
"""The same for call-backs, in the same order; ``man`` for managers only, ``win`` by opening the window (F166-F173)."""

PAIRS = [
    (row, column, mark) for row, marks in TABLE.items() for column, mark in zip(COLUMNS, marks.split(), strict=True)
]
OLENA, MAREK, CLIENT, OKNO = (
    Mover("agent", "administrator"),
    Mover("agent", "specialist"),
    Mover("contact"),
    Mover("system"),
)


def default(code: str) -> Rules:
    return read(Lifecycle.objects.get(code=code))


def test_the_table_is_whole() -> None:
    assert {(before, after) for before, after, _mark in PAIRS} == {
        (State(a).value, State(b).value) for a, b in product(State, State)
    }
    assert set(ACTIVE) == set(State) - {State.CLOSED}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["incident", "request", "question", "task"])
def test_each_pair_of_the_default_lifecycles(code: str) -> None:
    rules = default(code)
    for before, after, mark in PAIRS:
        refused = refusal_of(rules, before, after, MAREK)
        assert refused is (Refusal.NO_WAY if mark == "-" else None), (before, after)
        if mark != "-":
            assert is_reopening(State(before), State(after)) is (mark == "re")


@pytest.mark.django_db
def test_call_backs() -> None:
    rules, codes = default("call-back"), list(CALL_BACK)
    for before, marks in CALL_BACK.items():
        for after, mark in zip(codes, marks.split(), strict=True):
            of_manager, of_others = (refusal_of(rules, before, after, mover) for mover in (OLENA, MAREK))
            assert of_manager is (Refusal.NO_WAY if mark == "-" else None), (before, after)
            assert of_others is (Refusal.OTHER_ROLE if mark == "man" else of_manager)
    assert [place.code for place in rules.places if place.is_held] == ["processing"]
    assert after_answer(rules, "new") == "new"
    assert after_client_message(rules, "processed") == "new"


@pytest.mark.django_db
def test_every_default_lifecycle_is_faultless_and_begins_new() -> None:
    for row in Lifecycle.objects.all():
        rules = read(row)
        assert mistakes_of(rules) == []
        assert rules.initial.code == "new"
        assert rules.reopen_days == 7


@pytest.mark.django_db
def test_clients_accept_reject_and_take_up_again_f24_f74() -> None:
    rules = default("request")
    may = {
        (way.before, way.after) for way in rules.ways if refusal_of(rules, way.before, way.after, CLIENT) is None
    }
    withdrawn = {(before, "closed") for before in ("new", "open", "waiting", "postponed")}
    assert (
        may == {("resolved", "closed"), ("resolved", "open"), ("closed", "open"), ("waiting", "open")} | withdrawn
    )
    assert refusal_of(rules, "open", "resolved", CLIENT) is Refusal.ONLY_AGENTS
    assert not any(way.by_client for way in default("task").ways)


@pytest.mark.django_db
def test_what_waits_for_the_client_ends_after_a_week_f26_f27() -> None:
    rules, noon = default("incident"), datetime(2026, 3, 2, 12, tzinfo=UTC)
    ends = {place.code: due_at(place, noon) for place in rules.places}
    week = noon + timedelta(days=7)
    assert ends == {code: week if code in {"waiting", "resolved"} else None for code in ends}
    postponed = rules.place("postponed")
    assert postponed is not None
    assert postponed.then == "open"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "client", "answer"),
    [
        ("new", "new", "open"),
        ("open", "open", "open"),
        ("waiting", "open", "waiting"),
        ("postponed", "open", "postponed"),
        ("resolved", "open", "resolved"),
        ("closed", "open", "closed"),
    ],
)
def test_what_messages_do(state: str, client: str, answer: str) -> None:
    """F45, F55, F184."""
    rules = default("request")
    assert after_client_message(rules, state) == client
    assert after_answer(rules, state) == answer


PLAIN = Rules(
    "plain",
    places=(
        Place("new", State.NEW, is_initial=True),
        Place("open", State.OPEN),
        Place("workshop", State.OPEN),
        Place("rest", State.POSTPONED, then="open"),
        Place("call", State.OPEN, is_held=True, then="new"),
        Place("done", State.RESOLVED, hours=24, then="closed"),
        Place("closed", State.CLOSED),
    ),
    ways=(
        Way("new", "open"),
        Way("new", "call"),
        Way("call", "closed"),
        Way("open", "workshop", roles=frozenset({"lead"})),
        Way("workshop", "rest"),
        Way("workshop", "done"),
        Way("done", "workshop"),
        Way("done", "open", by_agents=False, by_client=True, comment=Comment.REQUIRED),
        Way("done", "closed", by_agents=False, by_client=True),
        Way("closed", "open"),
    ),
)


@pytest.mark.parametrize(
    ("before", "after", "mover", "refused"),
    [
        ("new", "open", MAREK, None),
        ("new", "nowhere", MAREK, Refusal.NOT_IN_LIFECYCLE),
        ("new", "closed", MAREK, Refusal.NO_WAY),
        ("new", "closed", OKNO, Refusal.NO_WAY),
        ("open", "workshop", MAREK, Refusal.OTHER_ROLE),
        ("open", "workshop", Mover("agent", "lead"), None),
        ("open", "workshop", OKNO, None),
        ("done", "closed", OLENA, Refusal.ONLY_CLIENT),
        ("done", "closed", CLIENT, None),
        ("done", "workshop", CLIENT, Refusal.ONLY_AGENTS),
        ("lost", "open", MAREK, None),
        ("lost", "call", MAREK, Refusal.NO_WAY),
        ("lost", "open", CLIENT, Refusal.NO_WAY),
    ],
)
def test_who_may_go(before: str, after: str, mover: Mover, refused: Refusal | None) -> None:
    """A status that has left the lifecycle is led back by employees (the last three)."""
    assert refusal_of(PLAIN, before, after, mover) is refused


def test_the_way_of_the_client_comes_first() -> None:
    assert after_client_message(PLAIN, "done") == "open"
    assert after_client_message(PLAIN, "rest") == "rest"  # no way leads to work


@pytest.mark.parametrize(
    ("code", "state", "goes_on"),
    [
        ("open", State.OPEN, "open"),
        ("abroad", State.OPEN, "open"),
        ("call", State.OPEN, "open"),
        ("waiting", State.WAITING, "open"),
        ("put-aside", State.POSTPONED, "rest"),
        ("solved", State.RESOLVED, "done"),
        ("archived", State.CLOSED, "closed"),
        ("begun", State.NEW, "new"),
    ],
)
def test_where_a_ticket_of_another_lifecycle_goes_on(code: str, state: State, goes_on: str) -> None:
    assert place_for(PLAIN, code, state).code == goes_on


@given(st.sampled_from(list(State)), st.sets(st.sampled_from(list(State)), min_size=1))
def test_what_is_done_stays_done_wherever_it_can(state: State, known: set[State]) -> None:
    places = tuple(Place(f"s-{each}", each, is_initial=each == min(known)) for each in sorted(known))
    found = place_for(Rules("x", places, ()), "elsewhere", state)
    done = {State.RESOLVED, State.CLOSED}
    if state in done and known & done:
        assert found.state in done
    if state not in done and found.state in done:
        assert found.is_initial


@pytest.mark.parametrize(
    ("days", "passed", "over"),
    [(7, timedelta(days=7), True), (7, timedelta(days=7, seconds=-1), False), (0, timedelta(0), True)],
)
def test_the_days_of_reopening_c1(days: int, passed: timedelta, over: bool) -> None:
    closed = datetime(2026, 3, 2, 12, tzinfo=UTC)
    rules = replace(PLAIN, reopen_days=days)
    assert is_closed_for_good(rules, State.CLOSED, closed, closed + passed) is over
    assert not is_closed_for_good(rules, State.RESOLVED, closed, closed + passed)


def drawn(
    *, places: dict[str, dict[str, object]] | None = None, without: str = "", ways: object = None, **facts: object
) -> Rules:
    """The plain lifecycle with some of it changed."""
    changed = tuple(
        replace(place, **(places or {}).get(place.code, {})) for place in PLAIN.places if place.code != without
    )
    kept = tuple(way for way in PLAIN.ways if without not in {way.before, way.after})
    return replace(PLAIN, places=changed, ways=kept if ways is None else ways, **facts)


FAULTY = {
    "empty": Rules("x", (), ()),
    "no_initial": drawn(places={"new": {"is_initial": False}}),
    "two_initial": drawn(places={"open": {"is_initial": True}}),
    "bad_initial": drawn(places={"new": {"is_initial": False}, "rest": {"is_initial": True}}),
    "no_end": drawn(without="closed"),
    "status_twice": replace(PLAIN, places=(*PLAIN.places, PLAIN.places[1])),
    "timer_outside": drawn(places={"done": {"then": "gone"}}),
    "timer_wrong": drawn(places={"done": {"then": "done"}}),
    "no_return": drawn(places={"rest": {"then": ""}}),
    "no_return_held": drawn(places={"call": {"then": ""}}),
    "bad_held": drawn(places={"done": {"is_held": True, "hours": None}}),
    "timer_on_closed": drawn(places={"closed": {"hours": 5, "then": "open"}}),
    "needless_hours": drawn(places={"rest": {"hours": 5}}),
    "half_timer": drawn(places={"open": {"hours": 5}}),
    "bad_hours": drawn(places={"done": {"hours": 0}}),
    "way_twice": replace(PLAIN, ways=(*PLAIN.ways, PLAIN.ways[0])),
    "way_to_itself": replace(PLAIN, ways=(*PLAIN.ways, Way("open", "open"))),
    "way_outside": replace(PLAIN, ways=(*PLAIN.ways, Way("open", "gone"))),
    "way_for_nobody": replace(PLAIN, ways=(*PLAIN.ways, Way("new", "closed", by_agents=False))),
    "way_not_for_clients": replace(PLAIN, ways=(*PLAIN.ways, Way("open", "rest", by_client=True))),
    "unreachable": drawn(ways=tuple(way for way in PLAIN.ways if way.after != "workshop")),
    "closed_unreachable": Rules(
        "x",
        (Place("new", State.NEW, is_initial=True), Place("end", State.CLOSED), Place("bin", State.CLOSED)),
        (Way("new", "end"), Way("end", "new")),
    ),
    "no_way_out": Rules(
        "x",
        (Place("new", State.NEW, is_initial=True), Place("trap", State.OPEN), Place("end", State.CLOSED)),
        (Way("new", "end"), Way("new", "trap"), Way("end", "new")),
    ),
    "reopening_without_way": Rules(
        "x", (Place("new", State.NEW, is_initial=True), Place("end", State.CLOSED)), (Way("new", "end"),)
    ),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_each_fault_is_found(kind: str) -> None:
    assert kind in {mistake.kind for mistake in mistakes_of(FAULTY[kind])}
    assert mistakes_of(PLAIN) == []


def test_closed_may_be_final_when_nothing_is_promised() -> None:
    assert mistakes_of(replace(FAULTY["reopening_without_way"], reopen_days=0)) == []
