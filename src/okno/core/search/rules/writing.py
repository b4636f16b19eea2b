"""A question in PostgreSQL's words: the text of a ``tsquery``, in which every word is a quoted lexeme.

Nothing that people type reaches the query language: words consist of letters, digits and the few signs inside
codes, and are quoted all the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from okno.core.search.rules.questions import Question
from okno.core.search.rules.stemming import asked_stems
from okno.core.search.rules.tokens import Token, spellings
from okno.core.search.rules.vectors import BEGINNING, OF_BEGINNINGS

OF_PEOPLE = "="
"""Stands before the words of names, companies and addresses, so that they can be asked for alone."""


def written(question: Question, within: Collection[str] = ()) -> str:
    """The question as the text of a ``tsquery``; ``within`` are lexemes of which one must be there too.

    An empty question is an empty text, which finds nothing.
    """
    needed = [_sought(token, last=token is question.words[-1]) for token in question.words]
    needed += [_phrase(each) for each in question.phrases]
    needed += [_sought(token, mark=OF_PEOPLE) for token in question.people]
    if not any(needed):
        return ""
    refused = [_phrase(each) if len(each) > 1 else _sought(each[0], beginning=False) for each in question.excluded]
    parts = [each for each in needed if each] + [f"!({each})" for each in refused if each]
    if within:
        parts.append(_any(_lexeme(each) for each in within))
    return " & ".join(dict.fromkeys(parts))


def _sought(token: Token, *, mark: str = "", last: bool = False, beginning: bool = True) -> str:
    """One word in any of its forms, as the beginning of a longer one, or a code whole or in parts."""
    if token.pairs:
        return _all(_lexeme(mark + pair, beginning=len(pair) == 1) for pair in token.pairs)
    if not token.whole:
        return _plain(token, mark, last=last, beginning=beginning) if len(token.parts) == 1 else _row(token)
    ways = [_lexeme(mark + token.whole, beginning=beginning)]
    if not token.is_address:
        ways.append(_lexeme(mark + token.joined, beginning=beginning and len(token.joined) >= BEGINNING))
        if all(part.isalpha() and len(part) >= BEGINNING for part in token.parts):
            ways.append(_all(_word(part, mark, beginning=beginning) for part in token.parts))
        elif not mark:
            ways.append(_row(token))
    return _any(ways)


def _plain(token: Token, mark: str, *, last: bool, beginning: bool) -> str:
    own = _word(token.parts[0], mark, last=last, beginning=beginning)
    return _any([own, *(_lexeme(mark + each) for each in token.alike)])


def _word(part: str, mark: str, *, last: bool = False, beginning: bool = True) -> str:
    """The word itself, its stems, and what it begins; a number begins others only where somebody still types."""
    ways: list[str] = []
    for form in spellings(part):
        begins = beginning and len(form) >= BEGINNING and (last or not form.isdigit())
        if begins and len(form) == BEGINNING and not mark:
            ways += [_lexeme(form), _lexeme(OF_BEGINNINGS + form)]
        else:
            ways.append(_lexeme(mark + form, beginning=begins))
    return _any([*ways, *(_lexeme(mark + each) for each in sorted(asked_stems(part)))])


def _row(token: Token) -> str:
    """The parts of a code one after the other."""
    return "(" + " <-> ".join(_lexeme(spellings(part)[0]) for part in token.parts) + ")"


def _phrase(phrase: Iterable[Token]) -> str:
    """Words that stand together, each exactly as it is."""
    row = [each for token in phrase for each in (token.pairs or [spellings(part)[0] for part in token.parts])]
    return "(" + " <-> ".join(map(_lexeme, row)) + ")" if row else ""


def _lexeme(word: str, *, beginning: bool = False) -> str:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*" if beginning else f"'{quoted}'"


def _any(ways: Iterable[str]) -> str:
    return _together(ways, " | ")


def _all(parts: Iterable[str]) -> str:
    return _together(parts, " & ")


def _together(parts: Iterable[str], sign: str) -> str:
    distinct = list(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else f"({sign.join(distinct)})"
