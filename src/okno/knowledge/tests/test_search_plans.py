"""Search among twenty thousand articles reads the index and never all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okno.core.actor import Actor
from okno.knowledge.models import Article, Section
from okno.knowledge.search import find, suggest
from okno.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 20_000


@pytest.fixture
def many(cast: Cast) -> Cast:
    """Articles of which each has words of its own, words that a hundred have, and words that all have."""
    Article.objects.all().delete()
    section = Section.objects.get(code="faq")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO knowledge_article (section_id, position, is_published, created_at, updated_at)
                SELECT %s, n, true, now(), now() - n * interval '1 minute' FROM generate_series(1, %s) AS n
            """,
            [section.pk, MANY],
        )
        cursor.execute(
            """
            INSERT INTO knowledge_articletext (article_id, language, title, draft_title, html, plain, latest, published,
                updated_at, updated_by_name)
            SELECT id, 'en', 'Guide ' || id || ' device' || id %% 200, 'Guide', '<p>a</p>',
                'Common steps for everybody, number' || id || ' and family' || id %% 200, 1, 1, updated_at, 'Okno'
            FROM knowledge_article WHERE section_id = %s AND author_id IS NULL AND position > 0
            """,
            [section.pk],
        )
        cursor.execute(
            """
            INSERT INTO knowledge_textsearch (text_id, title, vector, draft, latest, published)
            SELECT id, to_tsvector('simple', title), to_tsvector('simple', title || ' ' || plain),
                to_tsvector('simple', title || ' ' || plain), 1, 1
            FROM knowledge_articletext WHERE plain LIKE 'Common%%'
            """
        )
        cursor.execute("VACUUM (ANALYZE) knowledge_textsearch" if connection.get_autocommit() else "ANALYZE")
    return cast


def actors(cast: Cast) -> Iterator[Actor | None]:
    yield cast.actor("marek")
    yield cast.actor("olena")
    yield cast.actor("jan")


@pytest.mark.parametrize("typed", ["number777", "family77", "common guide", "device12 steps", "numbr777"])
def test_the_index_is_read_and_answers_soon_enough(many: Cast, typed: str) -> None:
    assert Article.objects.count() == MANY
    for actor in actors(many):
        find(actor, typed, "en")
        started = time.process_time()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = find(actor, typed, "en")
            suggest(actor, f"Please help, the {typed} is broken", "en")
        assert time.process_time() - started < 2, "some tenths of a second; the plan below is the proof"
        assert found.hits or typed == "numbr777"
        asked = [each["sql"] for each in queries if "@@" in each["sql"]]
        assert asked
        for sql in asked:
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}")
                plan = "\n".join(row[0] for row in cursor.fetchall())
            if typed not in {"common guide", "device12 steps"}:  # of words that all have, the table is the way
                assert "article_search" in plan, plan
                assert "Seq Scan on knowledge_textsearch" not in plan, plan
