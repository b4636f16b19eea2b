"""Where the values of a field come from: a short list, a catalogue, or rows that are searched for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from okno.core.actor import Actor
from okno.core.named import Named
from okno.tickets.conditions.rules.kinds import LARGEST
from okno.tickets.conditions.rules.tree import Value
from okno.workflow.catalogue import Memory

FOUND = 12
"""How many rows a search offers at most."""


@dataclass(frozen=True)
class Option:
    """A value and what people call it."""

    value: Value
    label: str


class Source:
    """The values that a field may be compared with. ``model`` is the kind of row that they refer to."""

    model: type[Model] | None = None

    def offered(self) -> list[Option] | None:
        """Every value that can be chosen, in its order; ``None`` where they are too many and are searched for."""
        return None

    def search(self, actor: Actor, words: str) -> list[Option]:
        """The values whose names fit the words and that the actor may know of."""
        found = words.casefold()
        return [option for option in self.offered() or [] if found in option.label.casefold()][:FOUND]

    def names(self, values: Iterable[Value]) -> dict[Value, str]:
        """What each value is called; one that does not exist any more is left out."""
        raise NotImplementedError

    def known(self) -> frozenset[Value] | None:
        """Every value that exists; ``None`` where they are too many."""
        return None

    def columns(self, values: Iterable[Value]) -> list[Any]:
        """What the column of the database holds for these values."""
        return list(values)

    def ranks(self) -> Mapping[str, int]:
        """The order of the values, where they have one."""
        return {}

    def value_of(self, row: Model) -> Value:
        """How a condition names a row."""
        return int(row.pk)


class Fixed(Source):
    """Values that the product itself defines."""

    def __init__(self, pairs: Callable[[], Iterable[tuple[Value, str | Promise]]]) -> None:
        self.pairs = pairs

    def offered(self) -> list[Option]:
        return [Option(value, str(label)) for value, label in self.pairs()]

    def names(self, values: Iterable[Value]) -> dict[Value, str]:
        wanted = set(values)
        return {option.value: option.label for option in self.offered() if option.value in wanted}

    def known(self) -> frozenset[Value]:
        return frozenset(value for value, _label in self.pairs())


class Catalogue[Row: Named](Source):
    """Rows of a small catalogue, named by their codes; ``rank`` gives their order where there is one."""

    def __init__(self, memory: Memory[Row], rank: Callable[[Row], int] | None = None) -> None:
        self.memory, self.rank = memory, rank
        self.model = memory.model

    def offered(self) -> list[Option]:
        return [Option(row.code, row.name) for row in self.memory.active()]

    def names(self, values: Iterable[Value]) -> dict[Value, str]:
        wanted = set(values)
        return {row.code: row.name for row in self.memory.all() if row.code in wanted}

    def known(self) -> frozenset[Value]:
        return frozenset(row.code for row in self.memory.all())

    def columns(self, values: Iterable[Value]) -> list[Any]:
        wanted = set(values)
        return [row.pk for row in self.memory.all() if row.code in wanted]

    def ranks(self) -> Mapping[str, int]:
        return {row.code: self.rank(row) for row in self.memory.all()} if self.rank else {}

    def value_of(self, row: Model) -> Value:
        return str(vars(row)["code"])


class References[Row: Model](Source):
    """Rows named by their ids. ``visible`` says which an actor may know of; few rows are offered as a list."""

    def __init__(
        self,
        model: type[Row],
        *,
        visible: Callable[[Actor], QuerySet[Row]],
        offered: Callable[[], QuerySet[Row]] | None = None,
    ) -> None:
        self.model = model
        self.rows: type[Row] = model
        self.visible, self.few = visible, offered

    def offered(self) -> list[Option] | None:
        return None if self.few is None else [Option(row.pk, str(row)) for row in self.few()]

    def search(self, actor: Actor, words: str) -> list[Option]:
        words = " ".join(words.replace("\x00", " ").split())[:100]
        found = self.visible(actor).filter(name__icontains=words).order_by("name", "pk")[:FOUND]
        return [Option(row.pk, str(row)) for row in found]

    def names(self, values: Iterable[Value]) -> dict[Value, str]:
        ids = [value for value in values if isinstance(value, int) and value <= LARGEST]
        return {row.pk: str(row) for row in self.rows._default_manager.filter(pk__in=ids)} if ids else {}
