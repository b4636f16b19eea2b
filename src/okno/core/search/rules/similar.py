"""What a misspelt question may have meant: known words that differ in a letter or two. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from okno.core.search.rules.distance import nearest
from okno.core.search.rules.folding import bare
from okno.core.search.rules.questions import Question
from okno.core.search.rules.tokens import Token

MOST = 6
"""Words that may stand for one that was typed."""

SHORTEST, LONGEST = 4, 30
"""Letters of a word that is compared with others."""

Known = Callable[[str], Iterable[str]]
"""Known words that resemble a given one."""


def is_plain(word: str) -> bool:
    """Whether a word is one that people misspell: of letters alone, neither short nor very long."""
    return word.isalpha() and SHORTEST <= len(word) <= LONGEST


def with_similar(question: Question, known: Known) -> Question | None:
    """The question with similar words beside its own; nothing when no word resembles any."""
    words = tuple(_beside(token, known) for token in question.words)
    people = tuple(_beside(token, known) for token in question.people)
    if (words, people) == (question.words, question.people):
        return None
    return replace(question, words=words, people=people)


def _beside(token: Token, known: Known) -> Token:
    if len(token.parts) != 1:
        return token
    word = bare(token.parts[0])
    return replace(token, alike=tuple(nearest(word, known(word), MOST))) if is_plain(word) else token
