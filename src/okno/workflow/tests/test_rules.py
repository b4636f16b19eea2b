"""The default lifecycle as a table of all pairs, and as a property of every way through it."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.workflow.rules import (
    ACTIVE,
    FOLLOWERS,
    State,
    after_answer,
    after_client_message,
    is_reopening,
    may_follow,
)

COLUMNS = ["new", "open", "waiting", "postponed", "resolved", "closed"]
TABLE = {
    "new":       "-  yes yes yes yes yes",
    "open":      "-  yes yes yes yes yes",
    "waiting":   "-  yes yes yes yes yes",
    "postponed": "-  yes yes -   yes yes",
    "resolved":  "-  re  re  -   -   yes",
    "closed":    "-  re  -   -   -   -",
}  # fmt: skip
"""From the row to the column: ``-`` not, ``yes``, ``re`` yes and it takes a solution back (F69, F70, F213)."""

PAIRS = [
    (State(row), State(column), mark)
    for row, marks in TABLE.items()
    for column, mark in zip(COLUMNS, marks.split(), strict=True)
]


def test_the_table_is_whole() -> None:
    assert {(before, after) for before, after, _mark in PAIRS} == set(product(State, State))
    assert set(FOLLOWERS) == set(State)
    assert set(ACTIVE) == set(State) - {State.CLOSED}


@pytest.mark.parametrize(("before", "after", "mark"), PAIRS)
def test_each_pair(before: State, after: State, mark: str) -> None:
    assert may_follow(before, after) is (mark != "-")
    if mark != "-":
        assert is_reopening(before, after) is (mark == "re")


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
    assert after_client_message(State(state)) == client
    assert after_answer(State(state)) == answer


ACTS = st.lists(st.one_of(st.sampled_from(["client", "answer"]), st.sampled_from(list(State))), max_size=40)


@given(ACTS)
def test_no_sequence_leaves_the_lifecycle(acts: list[str]) -> None:
    """Whatever is tried in whatever order, each step is one of the table's, and nothing returns to new."""
    state, ends = State.NEW, 0
    for act in acts:
        if act == "client":
            wanted = after_client_message(state)
        elif act == "answer":
            wanted = after_answer(state)
        else:
            wanted = State(act)
            if not may_follow(state, wanted):
                continue
        if wanted != state:
            assert may_follow(state, wanted)
            assert wanted != State.NEW
            ends += is_reopening(state, wanted)
        state = wanted
    assert state in State
    assert ends <= len(acts) // 2


@given(st.sampled_from(list(State)))
def test_every_state_can_be_closed_and_every_end_taken_back(state: State) -> None:
    assert state == State.CLOSED or may_follow(state, State.CLOSED)
    assert may_follow(State.CLOSED, State.OPEN)
    assert may_follow(State.RESOLVED, State.OPEN)
