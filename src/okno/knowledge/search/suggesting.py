"""Articles that may answer what somebody is about to ask, while the subject is still typed (F194)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from okno.core.actor import Actor
from okno.core.search.rules import Question, fold, tokens, written
from okno.core.search.rules.similar import with_similar
from okno.core.search.rules.tokens import Token
from okno.core.search.written import Written
from okno.knowledge import access
from okno.knowledge.search.finding import seen_rows, similar_words
from okno.knowledge.search.snippets import Bit, snippet
from okno.knowledge.search.stop_words import SAYS_NOTHING

MOST_WORDS = 12
LONGEST = 2000
LOOKED_AT = 50
IN_TITLE, IN_TEXT = 3, 1
"""What a word weighs that stands in the title of an article, and one that stands below it."""

LEAST = (IN_TEXT, IN_TITLE, IN_TITLE + IN_TEXT)
"""What an article must weigh at least, by the number of words: of one, of two, of more."""


@dataclass(frozen=True)
class Suggestion:
    """An article that may answer: what it is called, and a few of its words."""

    article: int
    title: str
    language: str
    snippet: list[Bit]

    @property
    def words(self) -> str:
        """The few words as plain text."""
        return "".join(bit.text for bit in self.snippet)


def suggest(actor: Actor | None, text: str, language: str, limit: int = 3) -> list[Suggestion]:
    """The published articles that this actor sees and that fit the text best, however it is worded.

    Not every word need be there: each that is weighs, in a title thrice. What shares one word of many is not
    offered. Misspelt words count as those they resemble.
    """
    words = _words(text)
    if not words:
        return []
    sight = access.sight_of(actor)
    reader = None if actor is None else actor
    queries = [query for query in (_written(word) for word in words) if query]
    if not queries:
        return []
    rows = seen_rows(reader, sight, " | ".join(f"({query})" for query in queries)).filter(text__published__gt=0)
    own = Case(When(text__language=language, then=Value(1)), default=Value(0), output_field=IntegerField())
    least = LEAST[min(len(queries), len(LEAST)) - 1]
    best = (
        rows.annotate(score=_score(queries), own=own)
        .filter(score__gte=least, text__article__is_published=True)
        .order_by("-own", "-score", "-text__updated_at", "-pk")
        .select_related("text")[:LOOKED_AT]
    )
    ranked = sorted(best, key=lambda row: (-row.score - row.own, row.pk))
    found: dict[int, Suggestion] = {}
    for row in ranked:
        if row.text.article_id not in found and len(found) < limit:
            shown = snippet(row.text.plain, Question(words=words))
            found[row.text.article_id] = Suggestion(row.text.article_id, row.text.title, row.text.language, shown)
    return list(found.values())


def _words(text: str) -> tuple[Token, ...]:
    """The words that say something, each once."""
    known: dict[str, Token] = {}
    for token in tokens(text[:LONGEST].replace("\x00", " ")):
        word = fold("".join(token.parts) or "".join(token.pairs))
        if len(word) > 2 and word not in SAYS_NOTHING:
            known.setdefault(word, token)
    return tuple(known.values())[:MOST_WORDS]


def _written(word: Token) -> str:
    alone = Question(words=(replace(word, alike=()),))
    similar = with_similar(alone, similar_words)
    return written(similar or alone)


def _score(queries: list[str]) -> Any:
    def weight(column: str, query: str, points: int) -> Any:
        fits = When(**{column: Written(query)}, then=Value(points))
        return Case(fits, default=Value(0), output_field=IntegerField())

    parts = [weight("title", query, IN_TITLE - IN_TEXT) for query in queries]
    parts += [weight("vector", query, IN_TEXT) for query in queries]
    return reduce(add, parts)
