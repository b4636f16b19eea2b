"""What laying a file over the installation changes, section by section and field by field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from okno.core.configuration.sections import Section, plain

KNOWN_BY = (("before", "after"), ("status",), ("date",), ("code",), ("key",))
"""By what the rows of a list within a row are told apart, the first that all of them have."""


@dataclass(frozen=True)
class Line:
    """One field: its name, the part of it that differs where it has parts, and both values in words."""

    field: str
    part: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that is added or changed, with what differs."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Problem:
    """Why a row of the file cannot be taken; ``field`` where it is one that is wrong."""

    name: str
    field: str
    message: str


@dataclass
class SectionPlan:
    """What happens to the rows of one kind. ``absent`` are those of here that the file does not have."""

    key: str
    label: str | Promise
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    absent: list[str] = field(default_factory=list)
    is_reordered: bool = False
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is changed by it."""
        return not (self.added or self.changed or self.is_reordered)


@dataclass
class Plan:
    """The whole of it. ``digest`` stands for what is changed: who applies a plan applies this one and no other."""

    sections: list[SectionPlan]
    digest: str

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything that cannot be; with one of them nothing is done."""
        return [problem for section in self.sections for problem in section.problems]

    @property
    def is_empty(self) -> bool:
        """Whether the installation is already as the file says."""
        return all(section.is_empty for section in self.sections)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are added, changed and left alone."""
        return {
            "added": sum(len(section.added) for section in self.sections),
            "changed": sum(len(section.changed) for section in self.sections),
            "same": sum(section.same for section in self.sections),
        }


def lines_between(section: Section[Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Line, ...]:
    """The fields in which two rows differ; ``before`` is empty for one that is new."""
    return tuple(_lines(section, before, after))


def _lines(section: Section[Any], before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    for name, value in after.items():
        old = before.get(name)
        if old == value or (not before and (name in section.identity or value in (None, "", [], {}))):
            continue
        words = section.words(name, value)
        if words is not None:
            yield Line(name, "", section.words(name, old) or plain(old) if before else "", words)
        elif not before:
            yield Line(name, "", "", plain(value))
        else:
            yield from (Line(name, part, plain(first), plain(second)) for part, first, second in _parts(old, value))


def _parts(old: Any, new: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The parts in which two values differ: of objects by name, of lists whose rows have names by these."""
    first, second = _named(old), _named(new)
    if first is None or second is None:
        yield path, old, new
        return
    for name in [*first, *(each for each in second if each not in first)]:
        before, after = first.get(name), second.get(name)
        if before != after:
            yield from _parts(before, after, f"{path} {name}".strip())


def _named(value: Any) -> dict[str, Any] | None:
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        return None
    for names in KNOWN_BY:
        if all(set(names) <= set(each) for each in value):
            return {" → ".join(str(each[name]) for name in names): each for each in value}
    return None


def digest_of(values: Sequence[Any]) -> str:
    """The same for the same values, another for any other."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
