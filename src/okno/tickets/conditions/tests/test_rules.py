"""The pure part: stored forms, mistakes by their places, shortest forms, contradictions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.tickets.conditions.rules.contradictions import Shape, matches_always, matches_never
from okno.tickets.conditions.rules.kinds import Kind
from okno.tickets.conditions.rules.stored import CLAUSE_LIMIT, VALUE_LIMIT, read_stored, to_stored
from okno.tickets.conditions.rules.tree import ALWAYS, Clause, Group, Mode, Operator, Part, normalised

SHAPES = {
    "type": Shape(Kind.CHOICE, frozenset({"incident", "request", "question"})),
    "priority": Shape(Kind.CHOICE, frozenset({"low", "normal", "high"}), ranks={"low": 1, "normal": 2, "high": 3}),
    "category": Shape(Kind.CHOICE, frozenset({"vip", "partner"}), optional=True),
    "company": Shape(Kind.REFERENCE, optional=True, gone=frozenset({99})),
    "watcher": Shape(Kind.MULTIPLE, optional=True),
    "subject": Shape(Kind.TEXT),
    "count": Shape(Kind.NUMBER),
    "day": Shape(Kind.WEEKDAY),
    "hours": Shape(Kind.HOURS),
    "date": Shape(Kind.DATE),
    "flag": Shape(Kind.FLAG),
}


def every(*parts: Part) -> Group:
    return Group(Mode.ALL, parts)


def some(*parts: Part) -> Group:
    return Group(Mode.ANY, parts)


def none(*parts: Part) -> Group:
    return Group(Mode.NONE, parts)


def says(field: str, operator: str, *values: Any, zone: str = "") -> Clause:
    return Clause(field, Operator(operator), values, zone)


A, B = says("type", "is", "incident"), says("type", "is", "request")
WORK, NIGHT = says("hours", "is", "09:00-18:00"), says("hours", "is", "22:00-06:00")

NEVER = [
    every(A, B),
    every(A, none(A)),
    every(A, some(B, says("type", "is", "question"))),
    every(says("type", "is_not", "incident", "request", "question")),
    every(says("type", "is", "deleted-long-ago")),
    every(says("priority", "at_least", "high"), says("priority", "at_most", "normal")),
    every(says("priority", "at_least", "gone")),
    every(says("category", "empty"), says("category", "is", "vip")),
    every(says("category", "filled"), says("category", "is_not", "vip", "partner")),
    every(says("company", "is", 1), says("company", "is_not", 1, 2)),
    every(says("company", "is", 99)),
    every(says("company", "empty"), says("company", "filled")),
    every(WORK, NIGHT),
    every(says("hours", "is_not", "06:00-00:00", "00:00-06:00")),
    every(says("day", "is", 6, 7), says("day", "is_not", 6, 7)),
    every(says("date", "at_least", "2026-05-01"), says("date", "at_most", "2026-04-30")),
    every(says("count", "at_least", 3), says("count", "is", 1, 2)),
    every(says("flag", "yes"), says("flag", "no")),
    every(says("subject", "any_of", "printer", "Print"), says("subject", "none_of", "PRIN")),
    every(says("subject", "all_of", "vpn", "принтер"), says("subject", "none_of", "Принт")),
    every(says("watcher", "all_of", 1, 2), says("watcher", "none_of", 2)),
    every(says("watcher", "any_of", 1), says("watcher", "empty")),
    none(some(A, none(A))),
    some(every(A, B), every(WORK, NIGHT)),
]
POSSIBLE = [
    ALWAYS,
    every(A, NIGHT),
    some(A, B),
    every(says("category", "is_not", "vip", "partner")),
    every(says("category", "empty"), says("category", "is_not", "vip")),
    every(says("company", "is", 1, 99)),
    every(says("company", "is_not", 99)),
    every(WORK, says("hours", "is", "22:00-06:00", zone="Australia/Sydney")),
    every(says("hours", "is", "09:00-18:00"), says("hours", "is", "17:59-19:00")),
    every(says("date", "at_least", "2026-05-01"), says("date", "at_most", "2026-05-01")),
    every(says("subject", "any_of", "printer", "vpn"), says("subject", "none_of", "print")),
    every(says("watcher", "any_of", 1, 2), says("watcher", "none_of", 2)),
    every(some(A, WORK), some(B, NIGHT)),
    every(says("unknown", "is", "x"), says("unknown", "is_not", "x")),
]


@pytest.mark.parametrize("condition", NEVER)
def test_parts_that_exclude_each_other(condition: Group) -> None:
    assert matches_never(condition, SHAPES.get)
    assert not matches_always(condition, SHAPES.get)
    assert matches_always(none(condition), SHAPES.get)


@pytest.mark.parametrize("condition", POSSIBLE)
def test_what_is_possible_is_not_called_impossible(condition: Group) -> None:
    assert not matches_never(condition, SHAPES.get)


@pytest.mark.parametrize(
    "condition", [ALWAYS, none(), some(A, none(A)), every(says("type", "is", "incident", "request", "question"))]
)
def test_what_every_ticket_meets(condition: Group) -> None:
    assert matches_always(condition, SHAPES.get)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        (every(A, A), every(A)),
        (every(every(A), every(NIGHT)), every(A, NIGHT)),
        (some(A), every(A)),
        (every(some(A, B)), some(A, B)),
        (every(some(A)), every(A)),
        (none(some(A, B), NIGHT), none(A, B, NIGHT)),
        (none(every(A, B)), none(every(A, B))),
        (every(none(A)), none(A)),
        (some(every(), none()), ALWAYS),
        (every(says("type", "is", "incident", "incident")), every(A)),
    ],
)
def test_the_shortest_form(long: Group, short: Group) -> None:
    assert normalised(long) == short
    assert normalised(short) == short


def clause(**changes: Any) -> dict[str, Any]:
    return {"field": "type", "operator": "is", "values": ["incident"]} | changes


def stored(*parts: Any, **changes: Any) -> dict[str, Any]:
    return {"version": 1, "mode": "all", "parts": list(parts)} | changes


def nested(depth: int) -> dict[str, Any]:
    part: dict[str, Any] = clause()
    for _step in range(depth):
        part = {"mode": "any", "parts": [part]}
    return part


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (None, (), "form"),
        ([], (), "form"),
        ({}, (), "version"),
        (stored(version=2), (), "version"),
        (stored(version=True), (), "version"),
        (stored(mode="some"), (), "form"),
        (stored(mode=["all"]), (), "form"),
        (stored(parts={}), (), "form"),
        (stored(extra=1), (), "form"),
        (stored("type is incident"), (0,), "form"),
        (stored(clause(), clause(field="")), (1,), "field"),
        (stored(clause(field=7)), (0,), "field"),
        (stored(clause(operator="like")), (0,), "operator"),
        (stored(clause(operator=["is"])), (0,), "operator"),
        (stored(clause(values="incident")), (0,), "form"),
        (stored(clause(values=[None])), (0,), "form"),
        (stored(clause(values=[True])), (0,), "form"),
        (stored(clause(values=[float("nan")])), (0,), "form"),
        (stored(clause(values=[{"a": 1}])), (0,), "form"),
        (stored(clause(values=list(range(VALUE_LIMIT + 1)))), (0,), "values"),
        (stored(clause(zone=3)), (0,), "zone"),
        (stored(clause(sql="1=1")), (0,), "form"),
        (stored(clause(), {"mode": "any", "parts": []}), (1,), "empty"),
        (stored(nested(4)), (0, 0, 0, 0), "depth"),
        (stored(*[clause()] * (CLAUSE_LIMIT + 1)), (), "clauses"),
        (stored(*[{"mode": "any", "parts": [clause()] * 26}] * 2), (), "clauses"),
    ],
)
def test_mistakes_are_named_at_their_place(data: object, place: tuple[int, ...], code: str) -> None:
    problems = read_stored(data).problems
    assert (place, code) in [(problem.place, problem.code) for problem in problems]


def test_every_mistake_is_named_at_once() -> None:
    wrong = stored(clause(field=""), clause(), {"mode": "any", "parts": [clause(operator="?"), clause()]})
    read = read_stored(wrong)
    assert [(problem.place, problem.code) for problem in read.problems] == [((0,), "field"), ((2, 0), "operator")]
    assert read.condition == every(A, some(A))
    assert read.clauses == [((1,), A), ((2, 1), A)]


def test_the_stored_form_stays_as_it_is() -> None:
    """Rules stored by an earlier Okno are read by every later one: this text may gain company, never change."""
    data = {
        "version": 1,
        "mode": "all",
        "parts": [
            {"field": "type", "operator": "is", "values": ["incident", "request"]},
            {
                "mode": "any",
                "parts": [
                    {"field": "category", "operator": "empty"},
                    {"field": "hours", "operator": "is", "values": ["22:00-06:00"], "zone": "Europe/Kyiv"},
                ],
            },
            {"mode": "none", "parts": [{"field": "count", "operator": "at_least", "values": [2]}]},
        ],
    }
    read = read_stored(data)
    assert read.problems == []
    assert read.condition == every(
        says("type", "is", "incident", "request"),
        some(says("category", "empty"), says("hours", "is", "22:00-06:00", zone="Europe/Kyiv")),
        none(says("count", "at_least", 2)),
    )
    assert to_stored(read.condition) == data


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(clause()),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["version", "mode", "parts", "field", "operator", "values", "zone"]),
                inner,
                max_size=5,
            )
            | st.builds(lambda parts: {"mode": "any", "parts": parts}, st.lists(inner, max_size=3))
        ),
        max_leaves=12,
    )
)
def test_nothing_that_is_sent_breaks_the_reading(data: object) -> None:
    condition = read_stored({"version": 1, "mode": "all", "parts": [data]}).condition
    assert read_stored(to_stored(condition)).condition in {condition, ALWAYS}
    read_stored(data)
