"""The query and the predicate say the same of every ticket, whatever is asked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from okno.testing.cast import Cast
from okno.tickets.conditions import (
    ALWAYS,
    Clause,
    Condition,
    Facts,
    Group,
    Mode,
    Operator,
    always_matches,
    load,
    matches,
    never_matches,
    normalised,
    to_query,
    to_stored,
    why,
)
from okno.tickets.conditions.fields import FIELDS
from okno.tickets.conditions.rules.kinds import Kind
from okno.tickets.conditions.tests import chance
from okno.tickets.conditions.tests.crowd import COUNT, NOW, make_crowd
from okno.tickets.models import Ticket

MANY = settings(
    max_examples=400,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink what asks a database takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass
class World:
    """The tickets, what conditions know of each, and the rows that conditions may name."""

    facts: list[Facts]
    references: chance.References

    def by_query(self, condition: Condition) -> set[int]:
        found = Ticket.objects.filter(to_query(condition, NOW))
        return set(found.values_list("number", flat=True))

    def by_predicate(self, condition: Condition) -> set[int]:
        return {each.ticket.number for each in self.facts if matches(condition, each)}


@pytest.fixture
def world(cast: Cast) -> World:
    tickets = make_crowd(cast)
    assert len(tickets) == COUNT
    agents = [cast.olena.pk, cast.taras.pk, cast.marek.pk]
    references: chance.References = {
        "company": [cast.kawa.pk, cast.nordwind.pk],
        "contact": [cast.marta.pk, cast.jan.pk, cast.anna.pk],
        "team": [cast.first_line.pk, cast.second_line.pk],
        "assignee": agents,
        "created_by": agents,
        "watcher": agents,
        "attribute.engineer": agents,
        "attribute.parts": ["red", "green", "old"],
    }
    named = {key for key, field in FIELDS.items() if field.kind in {Kind.REFERENCE, Kind.MULTIPLE}}
    assert named == references.keys(), "a new field needs its rows here"
    return World([Facts(ticket, now=NOW) for ticket in tickets], references)


def test_any_condition(world: World) -> None:
    """24,000 pairs of a ticket and a condition; what the words themselves rule out or in is so as well."""
    seen = {"some": 0, "pairs": 0}

    @MANY
    @given(chance.conditions(world.references))
    def agree(condition: Condition) -> None:
        found = world.by_predicate(condition)
        assert world.by_query(condition) == found
        short = normalised(condition)
        assert world.by_predicate(short) == found
        assert load(to_stored(short)) == short
        assert not (never_matches(condition) and found)
        assert not (always_matches(condition) and len(found) < COUNT)
        assert why(condition, world.facts[0]).holds is matches(condition, world.facts[0])
        seen["some"] += 0 < len(found) < COUNT
        seen["pairs"] += COUNT

    agree()
    assert seen["pairs"] >= 20_000
    assert seen["some"] > 100, "most conditions must tell tickets apart, or the agreement says little"


def test_each_field_with_each_operator_and_its_opposite(world: World) -> None:
    """Nothing is left to chance: every operator of every field, alone, refused, and refused twice."""

    @settings(MANY, max_examples=8)
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        for field in FIELDS.values():
            for operator in field.operators:
                drawn = data.draw(chance.clause_of(field, operator, world.references))
                one = Group(Mode.ALL, (drawn,))
                found = world.by_predicate(one)
                refused, twice = Group(Mode.NONE, (drawn,)), Group(Mode.NONE, (Group(Mode.NONE, (drawn,)),))
                assert world.by_query(one) == found
                assert world.by_query(refused) == world.by_predicate(refused)
                assert world.by_query(refused).isdisjoint(found)
                assert world.by_query(twice) == world.by_predicate(twice) == found

    agree()


def test_a_condition_without_parts_fits_every_ticket(world: World) -> None:
    for mode in Mode:
        assert len(world.by_query(Group(mode))) == len(world.by_predicate(Group(mode))) == COUNT
    assert load({"version": 1, "mode": "none", "parts": []}) == ALWAYS


@pytest.mark.parametrize("operator", [Operator.IS, Operator.IS_NOT])
def test_a_field_that_is_registered_no_more_holds_for_no_ticket(world: World, operator: Operator) -> None:
    gone = Clause("gone", operator, ("x",))
    for condition, count in ((Group(Mode.ALL, (gone,)), 0), (Group(Mode.NONE, (gone,)), COUNT)):
        assert len(world.by_query(condition)) == len(world.by_predicate(condition)) == count
