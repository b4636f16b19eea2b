"""Where the values of a field come from: a short list, a catalogue, or rows that are searched for by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from okno.core.actor import Actor
from okno.core.named import Named
from okno.core.remembered import Memory
from okno.tickets.conditions.rules.kinds import LARGEST
from okno.tickets.conditions.rules.tree import Value

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
    """Rows named by their ids. ``visible`` says which an actor may know of; few rows are offered as a list.

    ``known_by`` is the lookup of what no two rows share, where there is such a thing: it names a row elsewhere too.
    """

    def __init__(
        self,
        model: type[Row],
        *,
        visible: Callable[[Actor], QuerySet[Row]],
        offered: Callable[[], QuerySet[Row]] | None = None,
        known_by: str = "",
    ) -> None:
        self.model = model
        self.rows: type[Row] = model
        self.visible, self.few, self.known_by = visible, offered, known_by

    def offered(self) -> list[Option] | None:
        return None if self.few is None else [Option(row.pk, str(row)) for row in self.few()]

    def search(self, actor: Actor, words: str) -> list[Option]:
        words = " ".join(words.replace("\x00", " ").split())[:100]
        found = self.visible(actor).filter(name__icontains=words).order_by("name", "pk")[:FOUND]
        return [Option(row.pk, str(row)) for row in found]

    def names(self, values: Iterable[Value]) -> dict[Value, str]:
        ids = [value for value in values if isinstance(value, int) and value <= LARGEST]
        return {row.pk: str(row) for row in self.rows._default_manager.filter(pk__in=ids)} if ids else {}

    def called(self, value: Value) -> Value:
        """What names the row elsewhere: what is its alone, else its name, with a number among namesakes."""
        row = self.rows._default_manager.filter(pk=value).first() if isinstance(value, int) else None
        if row is None:
            return value
        if self.known_by:
            alone = self.rows._default_manager.filter(pk=row.pk).order_by(self.known_by)
            if text := alone.values_list(self.known_by, flat=True).first():
                return str(text)
        name = str(vars(row)["name"])
        namesakes = self._namesakes(name)
        return name if len(namesakes) == 1 else f"{name} [{namesakes.index(row.pk) + 1}]"

    def find(self, text: str) -> Value | None:
        """The id of the row that ``called`` has named so; nothing when there is none, or several."""
        if self.known_by:
            known = self.rows._default_manager.filter(**{self.known_by: text}).values_list("pk", flat=True).first()
            if known is not None:
                return int(known)
        namesakes = self._namesakes(text)
        if namesakes:
            return namesakes[0] if len(namesakes) == 1 else None
        name, _space, number = text.removesuffix("]").rpartition(" [")
        namesakes = self._namesakes(name) if number.isascii() and number.isdigit() and len(number) < 5 else []
        return namesakes[int(number) - 1] if namesakes and 1 <= int(number) <= len(namesakes) else None

    def _namesakes(self, name: str) -> list[int]:
        return list(self.rows._default_manager.filter(name=name).order_by("pk").values_list("pk", flat=True))
