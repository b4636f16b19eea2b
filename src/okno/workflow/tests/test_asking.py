"""Which items of a request form are asked, and what becomes of the answers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.fields.rules import Definition, Kind, Option
from okno.workflow.rules import Asked, Check, ItemKind, When, hidden_items, holds, verdict_of

FILLED, TICKED, IS, ONE_OF = Check.FILLED, Check.TICKED, Check.IS, Check.ONE_OF

HOLDING: list[tuple[When, Any, bool]] = [
    (When("a", FILLED), "x", True),
    (When("a", FILLED), " \n", False),
    (When("a", FILLED), None, False),
    (When("a", FILLED), [], False),
    (When("a", FILLED), 0, True),
    (When("a", FILLED, is_not=True), "", True),
    (When("a", FILLED, is_not=True), "x", False),
    (When("a", TICKED), True, True),
    (When("a", TICKED), False, False),
    (When("a", TICKED, is_not=True), None, True),
    (When("a", IS, ("ssh",)), "ssh", True),
    (When("a", IS, ("ssh",)), " SSH ", True),
    (When("a", IS, ("ssh",)), "ssh2", False),
    (When("a", IS, ("ssh",)), ["ftp", "ssh"], True),
    (When("a", IS, ("5",)), 5.0, True),
    (When("a", IS, ("ssh",), is_not=True), "ftp", True),
    (When("a", IS, ("ssh",), is_not=True), None, True),
    (When("a", ONE_OF, ("ssh", "ftp")), "ftp", True),
    (When("a", ONE_OF, ("ssh", "ftp")), ["web"], False),
    (When("a", ONE_OF, ("ssh", "ftp"), is_not=True), ["web"], True),
]


@pytest.mark.parametrize(("when", "value", "expected"), HOLDING)
def test_a_condition_holds(when: When, value: Any, expected: bool) -> None:
    assert holds(when, value) is expected


def question(code: str, kind: Kind = Kind.LINE, when: When | None = None, **facts: Any) -> Asked:
    options = tuple(Option(each, {"en": each}) for each in ("ssh", "ftp"))
    return Asked(code, ItemKind.QUESTION, Definition(code, kind, options=options), when=when, **facts)


CHAIN = [
    question("way", Kind.LIST),
    question("port", Kind.NUMBER, When("way", IS, ("ssh",)), is_required=True),
    question("why", Kind.TEXT, When("port", FILLED)),
]


def test_what_hangs_on_a_hidden_item_is_hidden_too() -> None:
    assert hidden_items(CHAIN, {"way": "ftp", "port": "22"}) == {"port", "why"}
    assert hidden_items(CHAIN, {"way": "ssh", "port": "22"}) == frozenset()
    assert hidden_items(CHAIN, {"way": "ssh"}) == {"why"}


def test_a_hidden_item_is_neither_required_nor_kept() -> None:
    verdict = verdict_of(CHAIN, {"way": "ftp", "port": "not a number", "why": "because"})
    assert (verdict.values, verdict.problems) == ({"way": "ftp"}, {})


def test_a_shown_required_item_is_missed_and_a_wrong_one_told() -> None:
    assert verdict_of(CHAIN, {"way": "ssh"}).problems["port"].code == "missing"
    assert verdict_of(CHAIN, {"way": "ssh", "port": "many"}).problems["port"].code == "number"
    assert verdict_of(CHAIN, {"way": "ssh", "port": "22"}).values == {"way": "ssh", "port": 22}


def test_nobody_is_asked_for_what_is_not_known() -> None:
    assert verdict_of(CHAIN, {"way": "ssh"}, {"port"}).problems == {}


def test_a_condition_on_a_later_item_sees_nothing() -> None:
    items = [question("first", when=When("second", FILLED)), question("second")]
    assert hidden_items(items, {"second": "x"}) == {"first"}


def test_a_secret_is_read_as_it_was_typed_and_has_a_limit() -> None:
    secret = Asked("login", ItemKind.CREDENTIALS, is_required=True)
    assert verdict_of([secret], {"login": "  pass word "}).values == {"login": "  pass word "}
    assert verdict_of([secret], {"login": "x" * 8001}).problems["login"].code == "too_long"
    assert verdict_of([secret], {}).problems["login"].code == "missing"


whens = st.builds(
    When,
    st.sampled_from("abcd"),
    st.sampled_from(Check),
    st.sampled_from([("ssh",), ("ssh", "ftp"), ()]),
    st.booleans(),
)
forms = st.lists(
    st.builds(
        question,
        st.sampled_from("abcd"),
        st.sampled_from([Kind.LINE, Kind.LIST, Kind.MULTIPLE, Kind.CHECKBOX]),
        st.none() | whens,
        is_required=st.booleans(),
    ),
    max_size=4,
    unique_by=lambda item: item.code,
)
answers = st.dictionaries(
    st.sampled_from("abcd"),
    st.sampled_from(["", " ", "ssh", "FTP", "other", True, False, None, [], ["ssh"], ["ssh", "ftp"], 7]),
)


@given(forms, answers)
def test_a_hidden_item_never_blocks_and_is_never_kept(form: list[Asked], said: dict[str, Any]) -> None:
    verdict = verdict_of(form, said)
    assert verdict.hidden == hidden_items(form, said)
    assert not verdict.hidden & (verdict.values.keys() | verdict.problems.keys())
    for item in form:
        if item.code not in verdict.hidden and item.is_required:
            assert item.code in verdict.values or item.code in verdict.problems


@given(forms, answers)
def test_what_stands_in_hidden_items_changes_nothing(form: list[Asked], said: dict[str, Any]) -> None:
    hidden = hidden_items(form, said)
    assert hidden_items(form, {code: each for code, each in said.items() if code not in hidden}) == hidden
