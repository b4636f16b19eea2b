"""Keeping the search rows of articles true: written with the article, and made up for by the worker."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, Q

from okno.core import html
from okno.core.drains import drain
from okno.core.search.rules import Vector, analysed
from okno.core.search.rules.similar import is_plain
from okno.knowledge.models import ArticleText, TextWord

LONGEST = 300_000
"""Characters of a text that are searched; PostgreSQL takes at most 1 MB of words."""

BATCH = 100

_WRITE = """
INSERT INTO knowledge_textsearch (text_id, title, vector, draft, latest, published)
VALUES (%s, %s::tsvector, %s::tsvector, %s::tsvector, %s, %s)
ON CONFLICT (text_id) DO UPDATE SET title = excluded.title, vector = excluded.vector, draft = excluded.draft,
    latest = excluded.latest, published = excluded.published
"""


def index(texts: Iterable[ArticleText]) -> None:
    """Writes the search rows of these texts anew."""
    words: set[str] = set()
    for text in texts:
        title, vector, draft = Vector(), Vector(), Vector()
        if text.published:
            _fill(title, text.title)
            _fill(vector, text.title, text.plain)
        latest = text.versions.first()
        if latest is not None:
            _fill(draft, latest.title, html.to_text(latest.html))
        words.update(word for word in (*vector.words, *draft.words) if is_plain(word))
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, (text.pk, str(title), str(vector), str(draft), text.latest, text.published))
    TextWord.objects.bulk_create((TextWord(word=word) for word in sorted(words)), ignore_conflicts=True)


@drain("knowledge", pause=30.0)
def catch_up() -> int:
    """Writes rows that are missing or of old: those of articles that came with the product, or with a backup."""
    old = Q(search=None) | ~Q(search__latest=F("latest")) | ~Q(search__published=F("published"))
    texts = list(ArticleText.objects.filter(old).order_by("pk")[:BATCH])
    index(texts)
    return len(texts)


def _fill(vector: Vector, *texts: str) -> None:
    for text in texts:
        vector.add(analysed(text[:LONGEST]))
