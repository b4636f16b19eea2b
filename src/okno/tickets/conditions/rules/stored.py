"""The stored form of a condition: JSON that later versions of the product will read as well.

``{"version": 1, "mode": "all", "parts": [PART, ...]}``, where a part is a group without the version or a clause
``{"field": "type", "operator": "is", "values": ["incident"]}``, with ``"zone"`` where one was chosen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from okno.tickets.conditions.rules.tree import ALWAYS, Clause, Condition, Group, Mode, Operator, Part, Place, Value

VERSION = 1
DEPTH_LIMIT = 4
"""Groups within one another, with the outermost."""
CLAUSE_LIMIT = 50
VALUE_LIMIT = 100
NAME_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, as a code, and at which part."""

    place: Place
    code: str


def to_stored(condition: Condition) -> dict[str, Any]:
    """The JSON of a condition."""
    return {"version": VERSION, **_stored(condition)}


def _stored(part: Part) -> dict[str, Any]:
    if isinstance(part, Group):
        return {"mode": part.mode.value, "parts": [_stored(each) for each in part.parts]}
    data: dict[str, Any] = {"field": part.field, "operator": part.operator.value}
    if part.values:
        data["values"] = list(part.values)
    if part.zone:
        data["zone"] = part.zone
    return data


def read_stored(data: object) -> Reading:
    """What the data say, and what is wrong with their form."""
    reading = Reading()
    if isinstance(data, Mapping) and (data.get("version") != VERSION or data["version"] is True):
        reading.wrong((), "version")
        return reading
    group = reading.group(data, ())
    if reading.count > CLAUSE_LIMIT:
        reading.wrong((), "clauses")
    reading.condition = group if group.parts else ALWAYS
    return reading


class Reading:
    """One pass over the data; what cannot be read is left out of the condition and named as a problem.

    ``clauses`` are those that could be read, at their places in the data.
    """

    def __init__(self) -> None:
        self.condition: Condition = ALWAYS
        self.problems: list[Problem] = []
        self.clauses: list[tuple[Place, Clause]] = []
        self.count = 0

    def wrong(self, place: Place, code: str) -> None:
        self.problems.append(Problem(place, code))

    def group(self, data: object, place: Place) -> Group:
        if not isinstance(data, Mapping) or data.get("mode") not in [mode.value for mode in Mode]:
            self.wrong(place, "form")
            return ALWAYS
        parts = data.get("parts")
        if not isinstance(parts, list) or data.keys() - {"mode", "parts", "version"}:
            self.wrong(place, "form")
            return ALWAYS
        if len(place) >= DEPTH_LIMIT:
            self.wrong(place, "depth")
            return ALWAYS
        if place and not parts:
            self.wrong(place, "empty")
        if len(parts) > CLAUSE_LIMIT:
            self.wrong(place, "clauses")
            return ALWAYS
        read = [self.part(each, (*place, number)) for number, each in enumerate(parts)]
        return Group(Mode(data["mode"]), tuple(part for part in read if part is not None))

    def part(self, data: object, place: Place) -> Part | None:
        if isinstance(data, Mapping) and "mode" in data:
            return self.group(data, place)
        self.count += 1
        return self.clause(data, place)

    def clause(self, data: object, place: Place) -> Clause | None:
        if not isinstance(data, Mapping) or data.keys() - {"field", "operator", "values", "zone"}:
            self.wrong(place, "form")
            return None
        field, operator, zone = data.get("field"), data.get("operator"), data.get("zone", "")
        if not isinstance(field, str) or not 0 < len(field) <= NAME_LIMIT:
            self.wrong(place, "field")
            return None
        if not isinstance(operator, str) or operator not in set(Operator):
            self.wrong(place, "operator")
            return None
        if not isinstance(zone, str) or len(zone) > NAME_LIMIT:
            self.wrong(place, "zone")
            return None
        values = self.values(data.get("values", []), place)
        if values is None:
            return None
        read = Clause(field, Operator(operator), values, zone)
        self.clauses.append((place, read))
        return read

    def values(self, data: object, place: Place) -> tuple[Value, ...] | None:
        if not isinstance(data, list):
            self.wrong(place, "form")
            return None
        if len(data) > VALUE_LIMIT:
            self.wrong(place, "values")
            return None
        if not all(_is_value(each) for each in data):
            self.wrong(place, "form")
            return None
        return tuple(dict.fromkeys(data))


def _is_value(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))
