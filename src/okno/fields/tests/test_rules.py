"""What an attribute takes, kind by kind; patterns that never run away; turning values into another kind."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okno.core.text import many_lines
from okno.fields.rules import (
    TURNS,
    Definition,
    Kind,
    Limits,
    Option,
    fits_mask,
    is_mask,
    limits_problems,
    read,
    turned,
)

OPTIONS = (Option("red", {}), Option("green", {}), Option("old", {}, is_active=False))


def of(kind: Kind, **limits: object) -> Definition:
    return Definition("a", kind, replace(Limits(), **limits), OPTIONS)


@pytest.mark.parametrize(
    ("definition", "raw", "value"),
    [
        (of(Kind.LINE), "  two\r\nlines\u202e ", "two lines"),
        (of(Kind.LINE, shortest=2, longest=4), "four", "four"),
        (of(Kind.LINE, mask="AA-99*"), "ЖZ-12x", "ЖZ-12x"),
        (of(Kind.TEXT), "a\r\n b\x00\x07\r\n\r\n", "a\n b"),
        (of(Kind.NUMBER), "1 234", 1234),
        (of(Kind.NUMBER), 12.0, 12),
        (of(Kind.NUMBER, decimals=2), "12,50", 12.5),
        (of(Kind.NUMBER, decimals=2), 0.1, 0.1),
        (of(Kind.NUMBER, least=0, most=10), 0, 0),
        (of(Kind.DATE), " 2026-02-28 ", "2026-02-28"),
        (of(Kind.DATE, earliest="2026-01-01", latest="2026-12-31"), "2026-12-31", "2026-12-31"),
        (of(Kind.LIST), "green", "green"),
        (of(Kind.MULTIPLE), ["green", "red", "green", ""], ["red", "green"]),
        (of(Kind.MULTIPLE), "red", ["red"]),
        (of(Kind.CHECKBOX), "on", True),
        (of(Kind.CHECKBOX), True, True),
        (of(Kind.CHECKBOX), "false", None),
        (of(Kind.CHECKBOX), False, None),
        (of(Kind.PERSON), "7", 7),
        (of(Kind.FILE), "token", "token"),
        *[(of(kind), empty, None) for kind in Kind for empty in (None, "", "  ", [], ())],
    ],
)
def test_what_is_taken(definition: Definition, raw: object, value: object) -> None:
    found = read(definition, raw)
    assert (found.value, found.problem) == (value, None)
    assert type(found.value) is type(value)


@pytest.mark.parametrize(
    ("definition", "raw", "code"),
    [
        (of(Kind.LINE), 5, "text"),
        (of(Kind.LINE), "x" * 501, "too_long"),
        (of(Kind.LINE, longest=4), "fives", "too_long"),
        (of(Kind.LINE, shortest=2), "x", "too_short"),
        (of(Kind.LINE, mask="AA-99"), "AA-9", "mask"),
        (of(Kind.LINE, mask="99"), "１２", "mask"),
        (of(Kind.TEXT), "x" * 10_001, "too_long"),
        (of(Kind.NUMBER), "many", "number"),
        (of(Kind.NUMBER), "1_000", "number"),
        (of(Kind.NUMBER), True, "number"),
        (of(Kind.NUMBER), float("nan"), "number"),
        (of(Kind.NUMBER), "Infinity", "number"),
        (of(Kind.NUMBER), "1e999999999", "number"),
        (of(Kind.NUMBER), "1e-999999", "whole"),
        (of(Kind.NUMBER), "1.5", "whole"),
        (of(Kind.NUMBER, decimals=1), "1.55", "decimals"),
        (of(Kind.NUMBER, least=0.5, decimals=1), "0.4", "least"),
        (of(Kind.NUMBER, most=10), 11, "most"),
        (of(Kind.DATE), "28.02.2026", "date"),
        (of(Kind.DATE), "2026-02-30", "date"),
        (of(Kind.DATE), 20260228, "date"),
        (of(Kind.DATE, earliest="2026-01-01"), "2025-12-31", "earliest"),
        (of(Kind.DATE, latest="2026-01-01"), "2026-01-02", "latest"),
        (of(Kind.LIST), "blue", "choice"),
        (of(Kind.LIST), "old", "choice"),
        (of(Kind.LIST), ["red"], "choice"),
        (of(Kind.MULTIPLE), ["red", "blue"], "choice"),
        (of(Kind.MULTIPLE), ["red", 5], "choice"),
        (of(Kind.MULTIPLE), {"red": 1}, "choice"),
        (of(Kind.CHECKBOX), "perhaps", "choice"),
        (of(Kind.PERSON), "0", "choice"),
        (of(Kind.PERSON), "٣", "choice"),
        (of(Kind.FILE), "../../etc/passwd\n", "file"),
        (of(Kind.FILE), "x" * 61, "file"),
    ],
)
def test_what_is_refused(definition: Definition, raw: object, code: str) -> None:
    problem = read(definition, raw).problem
    assert problem is not None
    assert problem.code == code


@pytest.mark.parametrize("kind", [Kind.NUMBER, Kind.PERSON])
def test_a_number_too_long_to_be_written_out_is_refused(kind: Kind) -> None:
    assert read(of(kind), 10**5000).problem is not None


def test_a_value_that_is_there_may_stay_though_it_is_switched_off() -> None:
    assert read(of(Kind.LIST), "old", ["old"]).value == "old"
    assert read(of(Kind.MULTIPLE), ["old", "red"], ["old"]).value == ["red", "old"]


RAW = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text() | st.integers())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(list(Kind)), RAW)
def test_whatever_is_sent_is_taken_or_refused_and_what_is_taken_stays_itself(kind: Kind, raw: object) -> None:
    """JSON can hold every value that is taken, and reading it once more changes nothing."""
    definition = of(kind, decimals=2)
    found = read(definition, raw)
    assert found.value is None or found.problem is None
    stored = json.loads(json.dumps(found.value))
    again = read(definition, stored)
    assert (again.value, again.problem) == (found.value, None)
    if isinstance(found.value, str):
        assert "\x00" not in found.value


@given(st.text())
def test_lines_hold_nothing_unseen_t10(text: str) -> None:
    once = many_lines(text)
    assert many_lines(once) == once
    assert not set(once) & set("\r\x00\u202e\u200f")


@pytest.mark.parametrize(
    ("mask", "text", "fits"),
    [
        ("AA-9999", "ab-0123", True),
        ("AA-9999", "a1-0123", False),
        ("(99)", "(12)", True),
        ("9A*", "1я2", True),
        ("9", "", False),
    ],
)
def test_a_pattern_asks_character_by_character(mask: str, text: str, *, fits: bool) -> None:
    assert is_mask(mask)
    assert fits_mask(mask, text) is fits


def test_a_pattern_never_takes_longer_than_its_text_t16() -> None:
    """No pattern that people can write makes reading slow: the longest with the worst texts, a hundred times."""
    definition = of(Kind.LINE, mask="*" * 60)
    began = time.monotonic()
    for length in range(1, 500, 5):
        read(definition, "a" * length + "!")
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize("mask", ["", "plain", "9" * 61, "9\n9"])
def test_what_is_no_pattern(mask: str) -> None:
    assert not is_mask(mask)


@pytest.mark.parametrize(
    ("kind", "limits", "at"),
    [
        (Kind.LINE, {"shortest": 0}, "shortest"),
        (Kind.LINE, {"longest": 501}, "longest"),
        (Kind.LINE, {"shortest": 5, "longest": 4}, "longest"),
        (Kind.LINE, {"mask": "none"}, "mask"),
        (Kind.NUMBER, {"least": 2.0, "most": 1.0}, "most"),
        (Kind.NUMBER, {"most": float("inf")}, "most"),
        (Kind.NUMBER, {"decimals": 5}, "decimals"),
        (Kind.DATE, {"earliest": "soon"}, "earliest"),
        (Kind.DATE, {"earliest": "2026-02-01", "latest": "2026-01-01"}, "latest"),
    ],
)
def test_limits_that_cannot_be(kind: Kind, limits: dict[str, object], at: str) -> None:
    assert list(limits_problems(kind, replace(Limits(), **limits))) == [at]


@pytest.mark.parametrize(
    ("value", "before", "after", "made"),
    [
        ("12", Kind.LINE, Kind.NUMBER, 12),
        ("2026-02-01", Kind.LINE, Kind.DATE, "2026-02-01"),
        (12.5, Kind.NUMBER, Kind.LINE, "12.5"),
        ("one", Kind.TEXT, Kind.LINE, "one"),
        ("red", Kind.LIST, Kind.MULTIPLE, ["red"]),
        (["old"], Kind.MULTIPLE, Kind.LIST, "old"),
    ],
)
def test_values_become_those_of_another_kind(value: object, before: Kind, after: Kind, made: object) -> None:
    assert turned(value, of(before), of(after)).value == made


@pytest.mark.parametrize(
    ("value", "before", "after", "code"),
    [
        ("a dozen", Kind.LINE, Kind.NUMBER, "number"),
        ("two\nlines", Kind.TEXT, Kind.LINE, "several_lines"),
        (["red", "green"], Kind.MULTIPLE, Kind.LIST, "several"),
        (True, Kind.CHECKBOX, Kind.LINE, "turn"),
        (7, Kind.PERSON, Kind.NUMBER, "turn"),
    ],
)
def test_what_would_be_lost_is_refused(value: object, before: Kind, after: Kind, code: str) -> None:
    problem = turned(value, of(before), of(after)).problem
    assert problem is not None
    assert problem.code == code
    assert Kind.FILE not in TURNS
