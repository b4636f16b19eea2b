"""The items of a request form: how they stand in its row, and what they ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from okno.core.named import said_in
from okno.fields.catalogue import attribute_of
from okno.fields.models import Attribute, Target
from okno.fields.rules import Kind, Limits, Option, read_limits
from okno.fields.rules.limits import stored_limits
from okno.workflow.rules import Asked, Check, ItemKind, When

KINDS = (Kind.LINE, Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.LIST, Kind.MULTIPLE, Kind.CHECKBOX)
"""What a question may hold; files are attached to the request itself."""


@dataclass(frozen=True)
class Item:
    """A question, an attribute of the installation, a heading with an explanation, or a secret.

    ``labels`` and ``helps`` by language. ``attribute`` is the code of the attribute that is asked; ``holds`` what a
    question holds. The code names the item within its form and stays as long as the item does.
    """

    code: str
    kind: ItemKind
    labels: Mapping[str, str] = field(default_factory=dict)
    helps: Mapping[str, str] = field(default_factory=dict)
    is_required: bool = False
    holds: Kind = Kind.LINE
    options: Sequence[Option] = ()
    limits: Limits = field(default_factory=Limits)
    attribute: str = ""
    when: When | None = None

    @property
    def label(self) -> str:
        """What it is called in the language of the reader."""
        found = self.of_installation
        return found.name if found else said_in(self.labels)

    @property
    def help(self) -> str:
        """What to write here, or the explanation under a heading."""
        return said_in(self.helps)

    @property
    def of_installation(self) -> Attribute | None:
        """The attribute that it asks for, while there is one."""
        if self.kind is not ItemKind.ATTRIBUTE:
            return None
        found = attribute_of(Target.TICKET, self.attribute)
        return found if found is not None and found.is_active else None

    @property
    def value_kind(self) -> Kind | None:
        """What its value is; a heading has none."""
        found = self.of_installation
        if found is not None:
            return Kind(found.kind)
        return {ItemKind.QUESTION: self.holds, ItemKind.CREDENTIALS: Kind.TEXT}.get(self.kind)

    def field(self) -> Attribute:
        """The item as something that a form can draw and a value can be read by; it is in no table."""
        found = self.of_installation
        if found is not None:
            return found
        return Attribute(
            code=self.code,
            target=Target.TICKET,
            kind=Kind.TEXT if self.kind is ItemKind.CREDENTIALS else self.holds,
            names=dict(self.labels),
            helps=dict(self.helps),
            is_required=self.is_required,
            options=[stored_option(each) for each in self.options],
            limits=stored_limits(self.holds, self.limits),
        )

    def as_asked(self) -> Asked:
        """What the rules need to know of it."""
        return Asked(self.code, self.kind, self.field().definition, self.is_required, self.when)


def items_of(stored: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    """The items of a stored form; what a later version may have added is passed over."""
    return tuple(_item(each) for each in stored if each.get("kind") in set(ItemKind))


def _item(data: Mapping[str, Any]) -> Item:
    when = data.get("when") or {}
    return Item(
        code=data["code"],
        kind=ItemKind(data["kind"]),
        labels=data.get("labels", {}),
        helps=data.get("helps", {}),
        is_required=bool(data.get("is_required")),
        holds=Kind(data.get("holds", Kind.LINE)),
        options=tuple(options_of(data.get("options", []))),
        limits=read_limits(data.get("limits", {})),
        attribute=data.get("attribute", ""),
        when=(
            When(when["item"], Check(when["check"]), tuple(when.get("values", [])), bool(when.get("is_not")))
            if when
            else None
        ),
    )


def options_of(stored: Iterable[Mapping[str, Any]]) -> list[Option]:
    """Options as rows hold them."""
    return [Option(each["code"], each.get("names", {}), bool(each.get("is_active", True))) for each in stored]


def stored_option(option: Option) -> dict[str, Any]:
    """An option as it stands in a row."""
    return {"code": option.code, "names": dict(option.names)}


def stored_item(item: Item) -> dict[str, Any]:
    """The item as it stands in the row of its form: only what it says."""
    said: dict[str, Any] = {"code": item.code, "kind": item.kind.value}
    said |= {"attribute": item.attribute} if item.kind is ItemKind.ATTRIBUTE else {"labels": dict(item.labels)}
    if item.helps:
        said["helps"] = dict(item.helps)
    if item.is_required:
        said["is_required"] = True
    if item.kind is ItemKind.QUESTION:
        said["holds"] = item.holds.value
        said |= {"options": [stored_option(each) for each in item.options]} if item.options else {}
        limits = stored_limits(item.holds, item.limits)
        said |= {"limits": limits} if limits else {}
    when = item.when
    if when is not None:
        said["when"] = {"item": when.item, "check": when.check.value}
        said["when"] |= {"values": list(when.values)} if when.values else {}
        said["when"] |= {"is_not": True} if when.is_not else {}
    return said
