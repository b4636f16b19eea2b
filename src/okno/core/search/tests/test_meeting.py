"""What people type meets what stands in letters, in PostgreSQL itself (W19)."""

from __future__ import annotations

import pytest
from django.db import connection

from okno.core.search.rules import Vector, analysed, read_question, written
from okno.core.search.tests.corpus import MUST_MEET, MUST_NOT_MEET


def meets(typed: str, text: str) -> bool:
    vector = Vector()
    vector.add(analysed(text))
    query = written(read_question(typed))
    if not query:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsvector @@ %s::tsquery", [str(vector), query])
        (answer,) = cursor.fetchone()
    return bool(answer)


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(set(MUST_MEET)) >= 120
    assert len(set(MUST_NOT_MEET)) >= 60


@pytest.mark.django_db
def test_what_must_meet_meets() -> None:
    assert [(typed, text) for typed, text in MUST_MEET if not meets(typed, text)] == []


@pytest.mark.django_db
def test_what_must_not_meet_does_not() -> None:
    assert [(typed, text) for typed, text in MUST_NOT_MEET if meets(typed, text)] == []
