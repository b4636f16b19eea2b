"""What a misspelt question may have meant: words of the desk's own tickets that differ in a letter or two."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from okno.core.search.rules import Question, Token
from okno.core.search.rules.distance import nearest
from okno.core.search.rules.folding import bare
from okno.tickets.search.indexing import LONGEST_WORD, SHORTEST_WORD

MOST = 6
"""Words that may stand for one that was typed."""

LOOKED_AT = 200


def similar_to(question: Question) -> Question | None:
    """The question with similar words beside its own; nothing when no word resembles any.

    The words come from all tickets, so they are only searched for and never shown: what is found is what the
    person may see anyway (T21).
    """
    words = tuple(_with_similar(token) for token in question.words)
    people = tuple(_with_similar(token) for token in question.people)
    if (words, people) == (question.words, question.people):
        return None
    return replace(question, words=words, people=people)


def _with_similar(token: Token) -> Token:
    if len(token.parts) != 1:
        return token
    word = bare(token.parts[0])
    if not (word.isalpha() and SHORTEST_WORD <= len(word) <= LONGEST_WORD):
        return token
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT word FROM tickets_searchword WHERE word %% %s AND length(word) BETWEEN %s AND %s
            ORDER BY similarity(word, %s) DESC, word LIMIT %s
            """,
            [word, len(word) - 2, len(word) + 2, word, LOOKED_AT],
        )
        known = [each for (each,) in cursor.fetchall()]
    return replace(token, alike=tuple(nearest(word, known, MOST)))
