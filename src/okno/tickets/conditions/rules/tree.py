"""A condition: groups of clauses, each of which compares one field with values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

Value = str | int | float
Place = tuple[int, ...]
"""Where a part stands: the number of each part on the way to it from the outermost group, which is ``()``."""


class Operator(StrEnum):
    """How a clause compares. Which of them a field takes depends on its kind (see ``kinds``)."""

    IS = "is"
    IS_NOT = "is_not"
    ANY_OF = "any_of"
    ALL_OF = "all_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    WITHIN_DAYS = "within_days"
    BEFORE_DAYS = "before_days"
    FILLED = "filled"
    EMPTY = "empty"
    YES = "yes"
    NO = "no"


POSITIVE = {
    Operator.IS_NOT: Operator.IS,
    Operator.NONE_OF: Operator.ANY_OF,
    Operator.EMPTY: Operator.FILLED,
    Operator.NO: Operator.YES,
}
"""Operators that say no, and those of which they are the exact opposite, also where nothing is filled in."""

BARE = frozenset({Operator.FILLED, Operator.EMPTY, Operator.YES, Operator.NO})
"""Operators that take no value."""

SINGLE = frozenset({Operator.AT_LEAST, Operator.AT_MOST, Operator.WITHIN_DAYS, Operator.BEFORE_DAYS})
"""Operators that take exactly one value."""


class Mode(StrEnum):
    """How many parts of a group must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Clause:
    """One comparison. ``zone`` is that of hours, weekdays and dates; an empty one is the installation's."""

    field: str
    operator: Operator
    values: tuple[Value, ...] = ()
    zone: str = ""

    @property
    def positive(self) -> Clause:
        """The comparison without its "not"."""
        return replace(self, operator=POSITIVE[self.operator]) if self.is_negative else self

    @property
    def is_negative(self) -> bool:
        """Whether the comparison is the opposite of its positive one."""
        return self.operator in POSITIVE


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which all, any or none must hold."""

    mode: Mode
    parts: tuple[Part, ...] = ()


Part = Clause | Group
Condition = Group
"""The outermost part is always a group; one without parts fits every ticket, whatever its mode."""

ALWAYS = Group(Mode.ALL)


def clauses(condition: Part, place: Place = ()) -> Iterator[tuple[Place, Clause]]:
    """Every comparison with its place."""
    if isinstance(condition, Clause):
        yield place, condition
        return
    for number, part in enumerate(condition.parts):
        yield from clauses(part, (*place, number))


def normalised(condition: Condition) -> Condition:
    """The same condition in the fewest words: nothing twice, no group in a group where one would do."""
    parts = _parts(condition)
    if not parts:
        return ALWAYS
    if len(parts) == 1 and isinstance(parts[0], Group) and condition.mode is not Mode.NONE:
        return parts[0]
    mode = Mode.ALL if len(parts) == 1 and condition.mode is Mode.ANY else condition.mode
    return Group(mode, parts)


def _parts(group: Group) -> tuple[Part, ...]:
    inner = Mode.ANY if group.mode is Mode.NONE else group.mode
    found: dict[Part, None] = {}
    for part in group.parts:
        if isinstance(part, Clause):
            found[replace(part, values=tuple(dict.fromkeys(part.values)))] = None
            continue
        short = normalised(part)
        if not short.parts:
            continue
        is_one = len(short.parts) == 1 and short.mode is not Mode.NONE
        if short.mode is inner or is_one:
            found.update(dict.fromkeys(short.parts))
        else:
            found[short] = None
    return tuple(found)
