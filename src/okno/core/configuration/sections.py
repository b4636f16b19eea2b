"""A kind of rows in the configuration file: how they are written down, made, changed and switched off."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict

from okno.core.actor import Actor


class Row(BaseModel):
    """A row as it stands in the file: by codes, names and addresses, never by ids of the database."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


@dataclass(frozen=True)
class Options:
    """What the person chose: to switch off what the file lacks, and to leave out people who are not here."""

    switch_off_absent: bool = False
    leave_out_people: bool = False


@dataclass
class Importing:
    """One run over the file: whose it is, what was chosen, and what has to be told beside the changes."""

    actor: Actor
    options: Options
    notes: dict[str, list[str]] = field(default_factory=dict)

    def note(self, section: str, text: str) -> None:
        """Has something told about a section, once."""
        told = self.notes.setdefault(section, [])
        if text not in told:
            told.append(text)


class Section[Item: Row]:
    """The rows of one kind. They are written through the same operations as by the pages.

    ``right`` is what a role must grant to see and to change them. ``identity`` names the fields by which a row of
    the file is known to be one of here; where ``repeats``, several may be called alike and are told apart by their
    order. ``place`` is the section's place in the file: behind those that its rows refer to.
    """

    key: ClassVar[str]
    label: str | Promise
    place: ClassVar[int]
    right: ClassVar[str] = "settings.manage"
    identity: ClassVar[tuple[str, ...]] = ("code",)
    repeats: ClassVar[bool] = False
    row: type[Item]
    models: ClassVar[tuple[type[Model], ...]]
    """The models whose rows the section holds, with those that belong to them."""

    def held(self) -> Iterable[tuple[int, Item]]:
        """What is here, each row with its id, in the order of the file."""
        raise NotImplementedError

    def write(self, importing: Importing, item: Item, pk: int | None) -> None:
        """Makes the row, or changes the one of this id; faults say what is wrong."""
        raise NotImplementedError

    def settle(self, importing: Importing, item: Item, pk: int) -> None:
        """What can only be said when everything is there: which is the default, what is switched off."""

    def switch_off(self, importing: Importing, pk: int) -> None:
        """Switches a row off that the file does not have; where nothing can be, nothing happens."""

    def reorder(self, actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
        """Puts the rows in order, where their order means something."""

    is_ordered: ClassVar[bool] = False

    def keys(self, items: Iterable[Item]) -> list[tuple[str, ...]]:
        """By what each row is known again."""
        found: list[tuple[str, ...]] = []
        counted: dict[tuple[str, ...], int] = {}
        for item in items:
            key = tuple(str(getattr(item, name)).casefold() for name in self.identity)
            counted[key] = counted.get(key, 0) + 1
            found.append((*key, str(counted[key])))
        return found

    def name_of(self, item: Item) -> str:
        """What a row is called in messages."""
        return " · ".join(text for name in self.identity if (text := str(getattr(item, name))))

    def words(self, name: str, value: Any) -> str | None:
        """A field's value as people read it, where the section knows better than to show it part by part."""
        return None


SECTIONS: dict[str, Section[Any]] = {}


def register(section: Section[Any]) -> None:
    """Makes a section part of the file; its key is unique and never changes."""
    if section.key in SECTIONS:
        raise ValueError(f"the section {section.key} is registered twice")
    SECTIONS[section.key] = section


def in_order() -> list[Section[Any]]:
    """The sections as they stand in the file."""
    return sorted(SECTIONS.values(), key=lambda section: (section.place, section.key))


def plain(value: Any) -> str:
    """A value of the file in the fewest words."""
    match value:
        case None | "" | [] | {}:
            return "–"
        case bool():
            return _("yes") if value else _("no")
        case str():
            return value
        case list() if all(isinstance(each, str | int | float) for each in value):
            return ", ".join(plain(each) for each in value)
        case dict() if all(isinstance(each, str) for each in value.values()):
            return "; ".join(f"{name}: {each}" for name, each in value.items())
        case _:
            return json.dumps(value, ensure_ascii=False)
