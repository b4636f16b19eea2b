"""Conditions that no ticket can meet, and those that every ticket meets, as far as the words themselves say so.

What is called impossible is so for certain; an impossible condition may be overlooked where alternatives exclude
each other crosswise only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf

from okno.tickets.conditions.rules.holding import chosen, limit_day, pattern, stretches
from okno.tickets.conditions.rules.kinds import DAYS, ZONED, Kind
from okno.tickets.conditions.rules.tree import Clause, Condition, Mode, Operator, Part, Value

DAY = range(24 * 60)
Demand = tuple[Part, bool]
"""A part and whether it must not hold."""
Leaf = tuple[Clause, bool]


@dataclass(frozen=True)
class Shape:
    """What is known of a field: its kind, the values that exist (when they are few), whether it may be empty.

    ``gone`` are values that a condition names and that do not exist any more.
    """

    kind: Kind
    known: frozenset[Value] | None = None
    gone: frozenset[Value] = frozenset()
    optional: bool = False
    ranks: Mapping[str, int] = field(default_factory=dict)


ShapeOf = Callable[[str], Shape | None]


def matches_never(condition: Condition, shape_of: ShapeOf) -> bool:
    """Whether the parts of the condition exclude each other."""
    return bool(condition.parts) and not _possible([(condition, False)], [], shape_of)


def matches_always(condition: Condition, shape_of: ShapeOf) -> bool:
    """Whether every ticket meets the condition: there is none, or its opposite is impossible."""
    return not condition.parts or not _possible([(condition, True)], [], shape_of)


def _possible(demands: list[Demand], known: list[Leaf], shape_of: ShapeOf) -> bool:
    leaves, alternatives = list(known), []
    waiting = list(demands)
    while waiting:
        part, negated = waiting.pop()
        if isinstance(part, Clause):
            leaves.append((part, negated))
            continue
        inner = [(each, negated is not (part.mode is Mode.NONE)) for each in part.parts]
        if negated is (part.mode is Mode.ANY):
            waiting += inner
        else:
            alternatives.append(inner)
    if _contradict(leaves, shape_of):
        return False
    return all(any(_possible([branch], leaves, shape_of) for branch in each) for each in alternatives)


def _contradict(leaves: list[Leaf], shape_of: ShapeOf) -> bool:
    by_field: dict[tuple[str, str], list[Leaf]] = {}
    shapes: dict[str, Shape] = {}
    for clause, negated in leaves:
        shape = shape_of(clause.field)
        if shape is None:
            continue
        shapes[clause.field] = shape
        zone = clause.zone if shape.kind in ZONED else ""
        says_no = negated is not clause.is_negative
        by_field.setdefault((clause.field, zone), []).append((clause.positive, says_no))
    return any(_clash(shapes[name], wanted) for (name, _zone), wanted in by_field.items())


def _clash(shape: Shape, wanted: list[Leaf]) -> bool:
    demands = {says_no for clause, says_no in wanted if clause.operator in {Operator.FILLED, Operator.YES}}
    is_filled = False in demands or any(not says_no for _clause, says_no in wanted)
    if demands == {True, False} or (True in demands and is_filled and shape.kind is not Kind.FLAG):
        return True
    compared = [leaf for leaf in wanted if leaf[0].operator not in {Operator.FILLED, Operator.YES}]
    match shape.kind:
        case Kind.CHOICE | Kind.REFERENCE | Kind.WEEKDAY | Kind.HOURS:
            return _discrete(shape, compared, may_be_empty=shape.optional and not is_filled)
        case Kind.DATE | Kind.DAY | Kind.NUMBER:
            return _beyond(shape.kind, compared)
        case Kind.TEXT:
            return _contain(compared, lambda whole, part: re.search(pattern(str(part)), str(whole)) is not None)
        case Kind.MULTIPLE:
            return _contain(compared, lambda whole, part: whole == part)
    return False


def _discrete(shape: Shape, wanted: list[Leaf], *, may_be_empty: bool) -> bool:
    """No value is left: all that are named were excluded, or all that exist."""
    left: frozenset[Value] | None = {Kind.WEEKDAY: frozenset(range(1, 8)), Kind.HOURS: frozenset(DAY)}.get(
        shape.kind, shape.known
    )
    if not wanted:
        return False
    for clause, says_no in wanted:
        meant = _minutes(clause) if shape.kind is Kind.HOURS else chosen(clause, shape.ranks)
        if not says_no:
            left = meant - shape.gone if left is None else left & meant
    if left is None:
        return False
    for clause, says_no in wanted:
        if says_no:
            left -= _minutes(clause) if shape.kind is Kind.HOURS else chosen(clause, shape.ranks)
    return not left and not may_be_empty


def _minutes(clause: Clause) -> frozenset[Value]:
    found: set[Value] = set()
    for begins, ends in stretches(clause):
        first, last = begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute
        found.update(range(first, last or len(DAY)))
    return frozenset(found)


def _beyond(kind: Kind, wanted: list[Leaf]) -> bool:
    """The lowest value that is allowed lies above the highest."""
    low, high = -inf, inf
    for clause, says_no in wanted:
        if says_no or clause.operator not in {Operator.AT_LEAST, Operator.AT_MOST, Operator.IS}:
            continue
        limits = [limit_day(clause).toordinal()] if kind in DAYS else [float(each) for each in clause.values]
        if clause.operator is not Operator.AT_MOST:
            low = max(low, min(limits))
        if clause.operator is not Operator.AT_LEAST:
            high = min(high, max(limits))
    return low > high


def _contain(wanted: list[Leaf], within: Callable[[Value, Value], bool]) -> bool:
    """Something is asked for that contains what is excluded."""
    excluded = [value for clause, says_no in wanted if says_no and _is_any(clause) for value in clause.values]
    for clause, says_no in wanted:
        if says_no:
            continue
        hit = [any(within(value, other) for other in excluded) for value in clause.values]
        if (all(hit) if clause.operator is Operator.ANY_OF else any(hit)) and hit:
            return True
    return False


def _is_any(clause: Clause) -> bool:
    """Its opposite excludes each of its values: also that of "all of" a single one."""
    return clause.operator is Operator.ANY_OF or len(clause.values) == 1
