"""What a misspelt question may have meant: words of the desk's own tickets that differ in a letter or two."""

from __future__ import annotations

from django.db import connection

from okno.core.search.rules import Question
from okno.core.search.rules.similar import with_similar

LOOKED_AT = 200


def similar_to(question: Question) -> Question | None:
    """The question with similar words beside its own; nothing when no word resembles any.

    The words come from all tickets, so they are only searched for and never shown: what is found is what the
    person may see anyway (T21).
    """
    return with_similar(question, _known)


def _known(word: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT word FROM tickets_searchword WHERE word %% %s AND length(word) BETWEEN %s AND %s
            ORDER BY similarity(word, %s) DESC, word LIMIT %s
            """,
            [word, len(word) - 2, len(word) + 2, word, LOOKED_AT],
        )
        return [each for (each,) in cursor.fetchall()]
