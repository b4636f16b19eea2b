"""The chain of those responsible and the union of watchers, by tables and by properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.routing.rules import Follower, Link, Person, Source, first_responsible, present_for, union_of_watchers

HERE = {1: Person(1, "A"), 2: Person(2, "B"), 3: Person(3, "C")}


def away(pk: int, substitute: int | None = None) -> dict[int, Person]:
    return {pk: Person(pk, str(pk), is_present=False, substitute=substitute)}


CHAIN = [Link(Source.CONTACT, 1), Link(Source.COMPANY, 2), Link(Source.INSTALLATION, 3)]


@pytest.mark.parametrize(
    ("links", "people", "expected"),
    [
        (CHAIN, HERE, (Source.CONTACT, 1, None, ())),
        ([Link(Source.CONTACT), *CHAIN[1:]], HERE, (Source.COMPANY, 2, None, ())),
        (CHAIN, HERE | away(1), (Source.COMPANY, 2, None, (1,))),
        (CHAIN, HERE | away(1, 3), (Source.CONTACT, 3, 1, ())),
        (CHAIN, HERE | away(1, 2) | away(2, 1), (Source.INSTALLATION, 3, None, (1, 2))),
        (CHAIN, {3: HERE[3]}, (Source.INSTALLATION, 3, None, (1, 2))),
        ([Link(Source.RULE, 2), *CHAIN], HERE, (Source.RULE, 2, None, ())),
        ([Link(Source.SITE, 2), *CHAIN], HERE, (Source.SITE, 2, None, ())),
    ],
)
def test_the_first_who_is_present_answers_f67(
    links: list[Link], people: dict[int, Person], expected: tuple[Source, int, int | None, tuple[int, ...]]
) -> None:
    found, passed = first_responsible(links, people, {7})
    assert found is not None
    assert (found.source, found.agent, found.instead_of, found.passed) == expected
    assert passed == found.passed


def test_a_hidden_team_is_passed_and_nobody_may_be_left() -> None:
    links = [Link(Source.RULE, team=8), Link(Source.CONTACT, 1)]
    found, passed = first_responsible(links, HERE | away(1), {7})
    assert (found, passed) == (None, (1,))
    found, _passed = first_responsible([Link(Source.INSTALLATION, team=7)], {}, {7})
    assert found is not None
    assert found.team == 7


def test_watchers_are_the_sum_of_all_places_f68() -> None:
    named = [
        (Source.CONTACT, [1], [7]),
        (Source.COMPANY, [2, 1], []),
        (Source.INSTALLATION, [9], [7, 8]),
    ]
    assert union_of_watchers(named, {1, 2}, {7}) == [
        Follower(1, None, (Source.CONTACT, Source.COMPANY)),
        Follower(None, 7, (Source.CONTACT, Source.INSTALLATION)),
        Follower(2, None, (Source.COMPANY,)),
    ]


IDS = st.integers(1, 6)


@given(st.dictionaries(IDS, st.tuples(st.booleans(), st.none() | IDS)), IDS)
def test_whoever_takes_it_is_present_and_a_circle_ends(
    facts: dict[int, tuple[bool, int | None]], wanted: int
) -> None:
    people = {pk: Person(pk, str(pk), is_present=here, substitute=other) for pk, (here, other) in facts.items()}
    taker = present_for(wanted, people)
    if taker is not None:
        assert people[taker].is_present
    if wanted in people and people[wanted].is_present:
        assert taker == wanted
