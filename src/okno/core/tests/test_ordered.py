"""Rules in their order: the first that is switched on and fits decides; nobody's order is overwritten unseen."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from okno.core.faults import Conflict, Invalid
from okno.core.ordered import first_match, last_position, moved, reorder, try_all
from okno.people.models import Team


@dataclass
class Rule:
    name: str
    fits: bool
    is_enabled: bool = True


def fits(rule: Rule) -> bool:
    return rule.fits


def test_the_first_enabled_rule_that_fits_decides() -> None:
    asked: list[str] = []
    rules = [Rule("off", True, False), Rule("other", False), Rule("first", True), Rule("second", True)]

    def ask(rule: Rule) -> bool:
        asked.append(rule.name)
        return rule.fits

    assert first_match(rules, ask) is rules[2]
    assert asked == ["other", "first"]
    assert first_match(rules[:2], fits) is None
    told = [(tried.rule.name, tried.fits, tried.decides) for tried in try_all(rules, fits)]
    assert told == [("off", True, False), ("other", False, False), ("first", True, True), ("second", True, False)]


@given(st.lists(st.builds(Rule, st.text(max_size=3), st.booleans(), st.booleans()), max_size=8))
def test_the_tester_names_the_rule_that_wins(rules: list[Rule]) -> None:
    deciding = [tried.rule for tried in try_all(rules, fits) if tried.decides]
    winner = first_match(rules, fits)
    assert deciding == ([] if winner is None else [winner])


@given(st.lists(st.integers(), unique=True, min_size=1), st.data(), st.integers(-20, 20))
def test_moving_keeps_every_row(order: list[int], data: st.DataObject, steps: int) -> None:
    pk = data.draw(st.sampled_from(order))
    changed = moved(order, pk, steps)
    assert sorted(changed) == sorted(order)
    assert changed.index(pk) == max(0, min(len(order) - 1, order.index(pk) + steps))
    assert [each for each in changed if each != pk] == [each for each in order if each != pk]


def test_moving_what_is_not_there() -> None:
    assert moved([1, 2], 3, 1) == [1, 2]


@pytest.fixture
def teams(db: None) -> list[int]:
    return [Team.objects.create(name=name, position=place).pk for place, name in enumerate("ABCD")]


def names() -> str:
    return "".join(Team.objects.order_by("position", "pk").values_list("name", flat=True))


def test_a_new_order(teams: list[int]) -> None:
    a, b, c, d = teams
    assert reorder(Team.objects.all(), [d, a, b, c], teams)
    assert names() == "DABC"
    assert last_position(Team.objects.all()) == 4
    assert last_position(Team.objects.none()) == 0
    assert not reorder(Team.objects.all(), [d, a, b, c], [d, a, b, c])


def test_who_saw_another_order_changes_nothing(teams: list[int]) -> None:
    a, b, c, d = teams
    reorder(Team.objects.all(), [b, a, c, d], teams)
    with pytest.raises(Conflict) as caught:
        reorder(Team.objects.all(), [d, a, b, c], teams)
    assert caught.value.details == {"order": [b, a, c, d]}
    with pytest.raises(Conflict):
        reorder(Team.objects.all(), [a, b], [a, b])
    assert names() == "BACD"


@pytest.mark.parametrize("wanted", ["ABC", "AABC", "ABCDX", ""])
def test_an_order_that_loses_or_invents_rows_is_refused(teams: list[int], wanted: str) -> None:
    ids = [*teams, 987654]
    with pytest.raises(Invalid):
        reorder(Team.objects.all(), [ids["ABCDX".index(letter)] for letter in wanted], teams)
    assert names() == "ABCD"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_at_once_one_is_told_that_the_other_was_faster(teams: list[int]) -> None:
    a, b, c, d = teams
    start, told = threading.Barrier(2), []

    def change(wanted: list[int]) -> None:
        start.wait()
        try:
            reorder(Team.objects.all(), wanted, teams)
            told.append("changed")
        except Conflict:
            told.append("conflict")
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(wanted,)) for wanted in ([d, c, b, a], [b, a, d, c])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["changed", "conflict"]
    assert names() in {"DCBA", "BADC"}
