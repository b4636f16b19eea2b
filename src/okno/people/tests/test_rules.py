"""How far a right reaches: what is written is read back, and the words mean what the table says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.core.actor import Actor
from okno.people.rules import Grant, Level, Reach, reach_of, read_grant, right_of, written

RIGHT = "tickets.status"
levels = st.sampled_from(Level)
codes = st.sampled_from(["incident", "question", "task"])


@pytest.mark.parametrize(
    ("rights", "general", "of_incident"),
    [
        ([], Level.NONE, Level.NONE),
        (["tickets.status"], Level.ALL, Level.ALL),
        (["tickets.status:team"], Level.TEAM, Level.TEAM),
        (["tickets.status:own", "tickets.status:team"], Level.TEAM, Level.TEAM),
        (["tickets.status", "tickets.status:none@incident"], Level.ALL, Level.NONE),
        (["tickets.status:own@incident"], Level.NONE, Level.OWN),
        (["tickets.statuses", "tickets.edit"], Level.NONE, Level.NONE),
        (["tickets.status:everything", "tickets.status@incident", "tickets.status:own@"], Level.NONE, Level.NONE),
    ],
)
def test_what_rights_say(rights: list[str], general: Level, of_incident: Level) -> None:
    reach = reach_of(rights, RIGHT)
    assert (reach.general, reach.in_type("incident")) == (general, of_incident)


@given(general=levels, by_type=st.dictionaries(codes, levels), usual=levels)
def test_what_is_written_is_read_back(general: Level, by_type: dict[str, Level], usual: Level) -> None:
    reach = Reach(general, by_type)
    words = written(RIGHT, reach, usual=usual)
    again = reach_of(words, RIGHT, usual=usual)
    assert all(again.in_type(code) is reach.in_type(code) for code in ("incident", "question", "task", "other"))
    assert again.is_everywhere is reach.is_everywhere
    assert {right_of(word) for word in words} <= {RIGHT}
    assert max(map(len, words), default=0) <= 100


@given(st.text(max_size=40))
def test_anything_else_grants_nothing_or_itself(text: str) -> None:
    grant = read_grant(text)
    assert grant is None or read_grant(str(grant)) == grant


@given(level=levels, code=codes | st.just(""))
def test_an_actor_has_a_right_that_reaches_anywhere(level: Level, code: str) -> None:
    rights = frozenset({str(Grant(RIGHT, level, code))})
    actor = Actor("agent", 1, "Somebody", rights=rights)
    assert actor.has(RIGHT) is (level is not Level.NONE)
    narrowed = Actor("agent", 1, "Somebody", rights=rights, limits=frozenset({"tickets.edit"}))
    assert not narrowed.has(RIGHT)
