"""When a text asks for several things (F192, F199)."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.tickets.topics import LONGEST_SUBJECT, MOST, subject_of, topics_of

SEVERAL = [
    ("1. The printer on the second floor prints blank pages\n2. A mailbox for our new colleague Anna", 2),
    ("Hello!\n\n1) Принтер на складе не печатает накладные\n2) Нужен доступ к почте новому сотруднику", 2),
    ("1. Принтер на складі не друкує\n2. Потрібна поштова скринька для бухгалтера\n3. Коли буде рахунок?", 3),
    ("(1) Drukarka w biurze nie drukuje\n(2) Proszę o nowe konto pocztowe dla księgowej", 2),
    ("When will the new laptop arrive?\n\nCould you also raise the limit of the shared drive?", 2),
    (
        "Здравствуйте.\n\nКогда привезут новый ноутбук?\n\nИ почему не открывается сайт магазина?\n\nСпасибо, Инна",
        2,
    ),
]
ONE = [
    "",
    "The printer prints blank pages.",
    "1. Only one point about the printer",
    "The till froze.\n\n1. I switched the till off\n2. I switched the till on again\n3. The till stays frozen",
    "Steps:\n1. open the shop\n2. click on the basket of the shop\n3. the basket is empty",
    "1. yes\n2. no",
    "2. The printer prints blank pages\n3. A mailbox for Anna",
    "1. First thing of all\n3. Third thing of them",
    "Why is the printer silent?\n\nIs the printer perhaps without paper?",
    "Since 2. May the line is slow.\n3. May it was fast.",
    "Почему не печатает принтер?\n\nМожет быть, принтеру не хватает бумаги?",
    "\n".join(f"{number}. point {'abcdefghijkl'[number]}{'xyzwvutsrqpo'[number]}" * 3 for number in range(1, 12)),
]


@pytest.mark.parametrize(("text", "count"), SEVERAL)
def test_different_things_are_told_apart(text: str, count: int) -> None:
    found = topics_of(text)
    assert len(found) == count
    assert all(topic.subject and topic.text for topic in found)
    assert topics_of(text.replace("\n", "\r\n")) == found


@pytest.mark.parametrize("text", ONE)
def test_one_thing_stays_one(text: str) -> None:
    assert topics_of(text) == []


def test_an_introduction_and_thanks_are_no_topics() -> None:
    [first, second] = topics_of(SEVERAL[5][0])
    assert first.text == "Здравствуйте.\n\nКогда привезут новый ноутбук?"
    assert second.text.endswith("Спасибо, Инна")
    assert (first.subject, second.subject) == (
        "Когда привезут новый ноутбук?",
        "И почему не открывается сайт магазина?",
    )


@given(st.text(max_size=400))
def test_whatever_is_typed_nothing_is_invented_and_little_is_lost(text: str) -> None:
    found = topics_of(text)
    assert len(found) != 1
    assert len(found) <= MOST
    plain = text.replace("\r\n", "\n")
    assert all(line in plain for topic in found for line in topic.text.split("\n"))
    assert all(len(topic.subject) <= LONGEST_SUBJECT + 1 for topic in found)


@given(st.text())
def test_a_subject_is_one_line(part: str) -> None:
    assert "\n" not in subject_of(part)


def test_it_takes_no_time_t16() -> None:
    began = time.perf_counter()
    for text in ("1. " * 9_000, "\n \n" * 9_000, "? \n\n" * 5_000, "x" * 30_000, " " * 20_000, "1. a\n" * 4_000):
        topics_of(text)
    assert time.perf_counter() - began < 2
