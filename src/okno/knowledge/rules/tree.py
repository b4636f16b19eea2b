"""The tree of sections and who may do what in it (F129). Pure.

A section either has rights and an audience of its own or takes those of the section above it. Employees are judged
by their role, clients and strangers by the audience. Nobody sees a section that stands in one that he does not see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

EVERY_ROLE = "*"
"""Stands among the roles of a right that every employee has."""


class Right(StrEnum):
    """What a role may do in a section (F129)."""

    VIEW = "view"
    CREATE = "create"
    EDIT = "edit"
    MANAGE = "manage"


class Audience(StrEnum):
    """Who reads a section beside employees: nobody, clients of some companies, all clients, everybody."""

    INTERNAL = "internal"
    COMPANIES = "companies"
    CLIENTS = "clients"
    PUBLIC = "public"


@dataclass(frozen=True)
class Place:
    """A section as far as it decides who sees what. ``roles`` are codes of roles by right."""

    id: int
    parent: int | None = None
    inherits: bool = False
    is_active: bool = True
    audience: Audience = Audience.INTERNAL
    companies: frozenset[int] = frozenset()
    roles: Mapping[Right, frozenset[str]] = field(default_factory=dict)

    def grants(self, right: Right, role: str) -> bool:
        """Whether its own rights give this one to the role."""
        named = self.roles.get(right, frozenset())
        return role in named or EVERY_ROLE in named


@dataclass(frozen=True)
class Reader:
    """Who looks: an employee by role, or one who may do everything; a client by companies; else a stranger."""

    role: str = ""
    may_all: bool = False
    companies: frozenset[int] | None = None

    @property
    def is_employee(self) -> bool:
        """Whether rights by role count rather than the audience."""
        return self.may_all or bool(self.role)


class Tree:
    """All sections of the knowledge base as a tree, read once and asked often."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places = {place.id: place for place in places}

    @cached_property
    def _sources(self) -> dict[int, Place]:
        """For each section the one whose rights and audience hold in it."""
        found: dict[int, Place] = {}
        for start in self.places.values():
            way, at = [start], start
            while at.inherits and at.parent in self.places and at.id not in found and len(way) <= len(self.places):
                at = self.places[at.parent]
                way.append(at)
            source = found.get(at.id, at)
            found.update((each.id, source) for each in way)
        return found

    def source(self, section: int) -> Place:
        """The section whose rights and audience hold in this one: itself, or one above it."""
        return self._sources[section]

    def path(self, section: int) -> list[int]:
        """The sections from the top down to this one."""
        way: list[int] = []
        at: int | None = section
        while at is not None and at in self.places and at not in way:
            way.append(at)
            at = self.places[at].parent
        return way[::-1]

    def below(self, section: int) -> set[int]:
        """This section and all that stand in it, however deep."""
        return {each for each in self.places if section in self.path(each)}

    def visible(self, reader: Reader) -> frozenset[int]:
        """The sections that exist for the reader."""
        own = {each for each in self.places if self._shows(each, reader)}
        return frozenset(each for each in own if own.issuperset(self.path(each)))

    def allowed(self, reader: Reader, right: Right) -> frozenset[int]:
        """The visible sections in which the reader has this right; clients and strangers have only that to see."""
        seen = self.visible(reader)
        if right is Right.VIEW or reader.may_all:
            return seen
        if not reader.is_employee:
            return frozenset()
        return frozenset(each for each in seen if self.source(each).grants(right, reader.role))

    def _shows(self, section: int, reader: Reader) -> bool:
        """Whether the section by itself, not counting those above it, is one that the reader sees."""
        place, source = self.places[section], self.source(section)
        if reader.may_all:
            return True
        if reader.role:
            right = Right.VIEW if place.is_active else Right.MANAGE
            return source.grants(Right.VIEW, reader.role) and source.grants(right, reader.role)
        return place.is_active and _is_among(source, reader.companies)


def _is_among(place: Place, companies: frozenset[int] | None) -> bool:
    """Whether a client of these companies, or a stranger who has none, belongs to the audience."""
    match place.audience:
        case Audience.PUBLIC:
            return True
        case Audience.CLIENTS:
            return companies is not None
        case Audience.COMPANIES:
            return companies is not None and not companies.isdisjoint(place.companies)
    return False
