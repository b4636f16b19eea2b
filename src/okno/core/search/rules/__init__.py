"""Pure rules of search: what a word is, which words are the same, and what people mean by what they type.

``analysed(text)`` reads a text, ``Vector`` gathers texts into what PostgreSQL keeps, ``read_question(typed)``
reads what somebody searches for and ``written(question)`` says it in PostgreSQL's words.
"""

from __future__ import annotations

from okno.core.search.rules.folding import fold
from okno.core.search.rules.questions import Question, read_question
from okno.core.search.rules.stemming import stems
from okno.core.search.rules.tokens import Token, tokens
from okno.core.search.rules.vectors import Analysis, Vector, analysed
from okno.core.search.rules.writing import written

__all__ = [
    "Analysis",
    "Question",
    "Token",
    "Vector",
    "analysed",
    "fold",
    "read_question",
    "stems",
    "tokens",
    "written",
]
