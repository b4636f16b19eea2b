"""What people mean by what they type into a search box.

Every word must be there. ``"several words"`` stand together; ``-word`` must not be there; ``#1042`` or a bare
number names a ticket; ``client:Marta`` is looked for among the people only. Whatever else is typed is words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from okno.core.search.rules.tokens import Token, tokens

LONGEST = 1000
MOST_WORDS = 16
PEOPLE = frozenset(
    {"client", "company", "contact", "from"}
    | {"клиент", "компания", "контакт", "от"}
    | {"клієнт", "компанія", "від"}
    | {"klient", "firma", "kontakt", "od"}
)
"""What is written before a colon to look among the people only."""

CHUNK = re.compile(r'(?P<no>-?)(?:(?P<key>[^\W\d_]{2,10}):)?(?:"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))')
NUMBER = re.compile(r"#?\d{1,18}")
MARKED_NUMBER = re.compile(r"(?:^|\s)#(\d{1,18})(?=\s|$)")


@dataclass(frozen=True)
class Question:
    """A search, read. ``number`` is of the ticket that is named, if any; its digits are among the words."""

    words: tuple[Token, ...] = ()
    phrases: tuple[tuple[Token, ...], ...] = ()
    people: tuple[Token, ...] = ()
    excluded: tuple[tuple[Token, ...], ...] = ()
    number: int | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.people)


@dataclass
class _Reading:
    words: list[Token] = field(default_factory=list)
    phrases: list[tuple[Token, ...]] = field(default_factory=list)
    people: list[Token] = field(default_factory=list)
    excluded: list[tuple[Token, ...]] = field(default_factory=list)

    def take(self, found: re.Match[str]) -> None:
        key = (found["key"] or "").casefold()
        quoted = found["phrase"] is not None
        text = found["phrase"] if quoted else found["words"]
        if key and key not in PEOPLE:
            text, key = f"{found['key']}:{text}", ""
        read = tuple(tokens(text))
        if not read:
            return
        if key:
            self.people.extend(read)
        elif found["no"]:
            self.excluded.append(read)
        elif quoted and len(read) > 1:
            self.phrases.append(read)
        else:
            self.words.extend(read)


def read_question(typed: str) -> Question:
    """Reads whatever is typed; what has no word in it is an empty question."""
    text = typed[:LONGEST]
    reading = _Reading()
    for found in CHUNK.finditer(text):
        reading.take(found)
    if not (reading.words or reading.phrases or reading.people):
        # Nothing but exclusions would be almost every ticket: it is taken for the words themselves.
        reading.words = [token for each in reading.excluded for token in each]
        reading.excluded = []
    return Question(
        tuple(reading.words[:MOST_WORDS]),
        tuple(each[:MOST_WORDS] for each in reading.phrases[:MOST_WORDS]),
        tuple(reading.people[:MOST_WORDS]),
        tuple(each[:MOST_WORDS] for each in reading.excluded[:MOST_WORDS]),
        _number(text),
    )


def _number(text: str) -> int | None:
    bare = text.strip()
    if bare.isascii() and NUMBER.fullmatch(bare):
        return int(bare.removeprefix("#"))
    marked = MARKED_NUMBER.search(text)
    return int(marked.group(1)) if marked and marked.group(1).isascii() else None
