"""What is known of an attribute when one of its values is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

type Value = str | int | float | bool | list[str] | None
"""A value as it is stored: nothing at all where it is empty."""


class Kind(StrEnum):
    """What an attribute holds."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"
    MULTIPLE = "multiple"
    CHECKBOX = "checkbox"
    PERSON = "person"
    FILE = "file"


CHOSEN = frozenset({Kind.LIST, Kind.MULTIPLE})
"""Kinds whose values are chosen among options."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen: its code for programs, which never changes, and its names by language."""

    code: str
    names: Mapping[str, str]
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Limits:
    """Between what a value must lie; nothing where there is no limit.

    ``shortest`` and ``longest`` count characters; ``least`` and ``most`` bound a number, ``decimals`` are digits
    behind the point; ``earliest`` and ``latest`` are days; ``mask`` is a pattern of one character each (``masks``).
    """

    shortest: int | None = None
    longest: int | None = None
    mask: str = ""
    least: float | None = None
    most: float | None = None
    decimals: int = 0
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """An attribute, as far as its values depend on it."""

    code: str
    kind: Kind
    limits: Limits = field(default_factory=Limits)
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value cannot be taken: a word for programs, and what its sentence says."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
