"""What all small catalogues have in common in the configuration file: a code, names, an order, on or off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.utils.translation import get_language

from okno.core.actor import Actor
from okno.core.configuration import Importing, Row, Section
from okno.core.named import Named
from okno.workflow.operations import rows


class NamedRow(Row):
    """A row of a small catalogue by its code."""

    code: str
    names: dict[str, str]
    is_active: bool = True


class DefaultRow(NamedRow):
    """A row of a catalogue of which one is taken where nothing was chosen."""

    is_default: bool = False


class NamedSection[Item: NamedRow, Model: Named](Section[Item]):
    """The rows of a small catalogue in their order."""

    is_ordered: ClassVar[bool] = True
    model: type[Model]

    def held(self) -> Iterator[tuple[int, Item]]:
        for row in self.model._default_manager.all():
            common: dict[str, Any] = {
                "code": row.code,
                "names": dict(sorted(row.names.items())),
                "is_active": row.is_active,
            }
            yield row.pk, self.row(**common, **self.facts(row))

    def name_of(self, item: Item) -> str:
        """The name in the language of the reader, with the code by which the row is known."""
        name = item.names.get((get_language() or "en").split("-", maxsplit=1)[0]) or item.names.get("en")
        return f"{name} ({item.code})" if name else item.code

    def facts(self, row: Model) -> dict[str, Any]:
        """What the row says beside its names."""
        return {}

    def create(self, actor: Actor, item: Item) -> None:
        """Makes the row."""
        raise NotImplementedError

    def change(self, actor: Actor, row: Model, item: Item) -> None:
        """Replaces what the row says."""
        raise NotImplementedError

    def write(self, importing: Importing, item: Item, pk: int | None) -> None:
        if pk is None:
            self.create(importing.actor, item)
            return
        row = self.one(pk)
        if item.is_active and not row.is_active:
            row = rows.switch_row(importing.actor, row, is_active=True)
        self.change(importing.actor, row, item)

    def settle(self, importing: Importing, item: Item, pk: int) -> None:
        row = self.one(pk)
        if isinstance(item, DefaultRow) and item.is_default and not vars(row)["is_default"]:
            self.make_default(importing.actor, row)
        if not item.is_active and row.is_active:
            self.switch_off(importing, pk)

    def make_default(self, actor: Actor, row: Model) -> None:
        """Has the row taken where nothing was chosen."""
        rows.make_default_row(actor, row)

    def switch_off(self, importing: Importing, pk: int) -> None:
        rows.switch_row(importing.actor, self.one(pk), is_active=False)

    def reorder(self, actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
        rows.reorder_rows(actor, self.model, wanted, seen)

    def one(self, pk: int) -> Model:
        """The row of this id."""
        return self.model._default_manager.get(pk=pk)
