"""How a right of a role is written where it does not hold everywhere, and how far it reaches. Pure.

``tickets.status`` alone holds for every ticket. ``tickets.status:team`` holds for one's own, one's teams' and
nobody's tickets, ``tickets.status:own`` for one's own only. With ``@incident`` behind it the word is about tickets
of that type alone, and for these it takes the place of the general one: ``tickets.status:none@incident`` takes the
right away there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Level(IntEnum):
    """Whose tickets: nobody's, one's own, one's own and one's teams', everybody's."""

    NONE = 0
    OWN = 1
    TEAM = 2
    ALL = 3

    @property
    def word(self) -> str:
        """As it stands in a right."""
        return self.name.lower()


LEVELS = {level.word: level for level in Level}


@dataclass(frozen=True)
class Reach:
    """How far a right reaches: in general, and in tickets of the types that are told apart (by code)."""

    general: Level = Level.NONE
    by_type: Mapping[str, Level] = field(default_factory=dict)

    @property
    def is_everywhere(self) -> bool:
        """Whether it holds for every ticket."""
        return self.general is Level.ALL and all(level is Level.ALL for level in self.by_type.values())

    def in_type(self, code: str) -> Level:
        """How far it reaches among tickets of this type."""
        return self.by_type.get(code, self.general)

    def no_further_than(self, most: Level) -> Reach:
        """The same, cut short."""
        return Reach(min(self.general, most), {code: min(level, most) for code, level in self.by_type.items()})


@dataclass(frozen=True)
class Grant:
    """A right as it is written in a role: what, how far, and for tickets of which type only."""

    right: str
    level: Level = Level.ALL
    type: str = ""

    def __str__(self) -> str:
        reach = "" if self.level is Level.ALL and not self.type else f":{self.level.word}"
        return f"{self.right}{reach}{f'@{self.type}' if self.type else ''}"


def read_grant(text: str) -> Grant | None:
    """What the text grants; nothing when it is not written as a right is."""
    rest, at, kind = text.partition("@")
    right, colon, word = rest.partition(":")
    if not right or (at and not kind) or (colon and word not in LEVELS) or (at and not colon):
        return None
    return Grant(right, LEVELS[word] if colon else Level.ALL, kind)


def reach_of(rights: Iterable[str], right: str, *, usual: Level = Level.NONE) -> Reach:
    """How far these rights let one go with this one; ``usual`` is what holds where nothing is said in general.

    Of several that say the same, the one that reaches furthest counts.
    """
    general: Level | None = None
    by_type: dict[str, Level] = {}
    for text in rights:
        grant = read_grant(text) if text.startswith(right) else None
        if grant is None or grant.right != right:
            continue
        if grant.type:
            by_type[grant.type] = max(grant.level, by_type.get(grant.type, Level.NONE))
        else:
            general = max(grant.level, general or Level.NONE)
    return Reach(usual if general is None else general, by_type)


def written(right: str, reach: Reach, *, usual: Level = Level.NONE) -> list[str]:
    """The reach as the words that a role keeps; what is usual and what differs from nothing is left out."""
    words = [] if reach.general is usual else [str(Grant(right, reach.general))]
    apart = {code: level for code, level in reach.by_type.items() if level is not reach.general}
    return words + [str(Grant(right, level, code)) for code, level in sorted(apart.items())]


def right_of(text: str) -> str:
    """The right itself, without how far it reaches."""
    return text.partition("@")[0].partition(":")[0]
