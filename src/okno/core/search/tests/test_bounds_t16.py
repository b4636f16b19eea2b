"""Any text and any question are answered, fast and within PostgreSQL's bounds (T16, W19)."""

from __future__ import annotations

import random
import time

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from okno.core.search.rules import Vector, analysed, fold, read_question, tokens, written
from okno.core.search.rules.distance import distance, nearest
from okno.core.search.rules.stemming import asked_stems, stems

NASTY = [
    "& | ! : * ( ) \\ '", "'", "''", "\\", "\\'", "\0", "a\0b", "'; DROP TABLE x; --", '"', '"""', '"a', 'a"b"c',
    "-", "--", "-a -b", "client:", 'client:"', "client:client:", "#", "##1", "#99999999999999999999", "1" * 400,
    "🙂", "🙂🙂 a", "a" * 10_000, "a " * 5_000, "a-" * 5_000, '"a ' * 3_000, "@" * 10_000, "ё́" * 500, "\u202e abc",
    "\ud800", "a\ud800b", "ﷺ" * 1000, "<-> <2> :*ABCD", "a:*", "a:b:c:d", "ﬃ", "İ", "ß" * 300, "字" * 5000, "..", "_",
    "a_b__c", "%", "%s %(x)s", "{}", "\t\n\r\v", "= =a", "@0:1 =marta",
]  # fmt: skip


def ask(typed: str) -> None:
    query = written(read_question(typed))
    if query:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'a'::tsvector @@ %s::tsquery", [query])


def store(text: str) -> int:
    vector = Vector()
    vector.add(analysed(text))
    with connection.cursor() as cursor:
        cursor.execute("SELECT length(%s::tsvector)", [str(vector)])
        (length,) = cursor.fetchone()
    return int(length)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", NASTY)
def test_whatever_is_typed_or_written_is_no_error(typed: str) -> None:
    ask(typed)
    store(typed)


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_a_question_and_a_document(text: str) -> None:
    ask(text)
    store(text)


@given(st.text(alphabet="abcÄöüßŁłąęЁёйїґ'’ʼé́İſﬁ字ガ각-. ", max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.django_db
def test_the_largest_conversation_fits() -> None:
    chance = random.Random(1)
    letters = "абвгдежзиклмнопрстуфхцчшщыэюя"
    words = " ".join("".join(chance.choices(letters, k=chance.randint(2, 90))) for _each in range(40_000))
    assert store(words) > 3000
    assert store("слово " * 60_000) >= 1
    assert store(" ".join(f"{number}-{number}" for number in range(80_000))) > 3000


GROWING = {
    "letters": "a",
    "signs": "-",
    "code": "a-",
    "dots": "1.",
    "quotes": '"',
    "quoted": '"a" ',
    "keys": "client:",
    "no": "-a ",
    "apostrophes": "п'",
    "accents": "e\u0301",
    "cjk": "字",
    "address": "a@b.",
    "number": "#1 ",
    "spaces": " ",
}


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_the_text_only(name: str) -> None:
    """Three doublings; a quadratic step would take four times as long at each, however often it is measured."""
    ratios = []
    for tries in (3, 6, 12):
        small, large = (min(_seconds(GROWING[name] * size) for _try in range(tries)) for size in (6_400, 51_200))
        assert large < 2
        ratios.append(large / max(small, 0.0005))
        if ratios[-1] < 2.6**3:
            return
    pytest.fail(f"{ratios}")


def _seconds(text: str) -> float:
    started = time.thread_time()
    for _token in tokens(text):
        pass
    analysed(text)
    written(read_question(text))
    return time.thread_time() - started


def test_stems_are_of_words_only() -> None:
    assert stems("win10") == frozenset()
    assert stems("a" * 100) == frozenset()
    assert stems("ошибок") >= {"ошибк"}
    assert asked_stems("rechnungen") >= {"rechnung"}


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [
        ("printer", "pritner", 1),
        ("printer", "printer", 0),
        ("принтер", "прнтер", 1),
        ("abc", "", 3),
        ("ab", "ba", 1),
    ],
)
def test_mistakes_are_counted(one: str, other: str, mistakes: int) -> None:
    assert distance(one, other) == distance(other, one) == mistakes


def test_the_nearest_words_come_first_and_far_ones_not_at_all() -> None:
    assert nearest("pritner", ["print", "printer", "painter", "pritner", "banana"], 3) == ["printer", "painter"]
    assert nearest("cat", ["cart", "card"], 3) == ["cart"]
