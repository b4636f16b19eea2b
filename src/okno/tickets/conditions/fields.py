"""The registry of what conditions can ask of a ticket. Packages above register fields of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise

from okno.tickets.conditions.rules.contradictions import Shape
from okno.tickets.conditions.rules.kinds import OPERATORS, OPTIONAL, ORDERED, Kind
from okno.tickets.conditions.rules.tree import Clause, Condition, Operator, Value, clauses
from okno.tickets.conditions.sources import Source
from okno.tickets.models import Ticket

Ask = Callable[[Clause, datetime], Q]
"""The query of a positive clause at a moment; it is true or false for each ticket and never unknown."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """Something that a condition can ask of a ticket.

    ``read`` takes the value from a ticket, stored or only imagined: a code or an id of a choice or a reference
    (nothing = ``None``), a frozen set of several, a text, a number, a moment, yes or no. ``column`` is the lookup
    of the same for the database; a field whose query is another has ``ask``. ``fact`` is the name under which an
    imagined ticket may be given the value instead; several fields can ask of one fact.
    """

    key: str
    label: str | Promise
    section: str | Promise
    kind: Kind
    read: Callable[[Ticket], object]
    column: str = ""
    ask: Ask | None = None
    fact: str = ""
    source: Source | None = None
    optional: bool = False
    ordered: bool = False

    @property
    def operators(self) -> tuple[Operator, ...]:
        """What a clause on this field may say, in the order in which it is offered."""
        offered = OPERATORS[self.kind]
        if self.ordered:
            offered += tuple(each for each in ORDERED if each not in offered)
        return offered + OPTIONAL if self.optional else offered

    def shape(self, values: Iterable[Value] = ()) -> Shape:
        """What contradictions are found by; ``values`` are those that a condition names."""
        if self.source is None:
            return Shape(self.kind, optional=self.optional)
        known, wanted = self.source.known(), frozenset(values)
        gone = frozenset() if known is not None else wanted - self.source.names(wanted).keys()
        return Shape(self.kind, known, gone, self.optional, self.source.ranks())


Provide = Callable[[], Mapping[str, Field]]


class Registry(MutableMapping[str, Field]):
    """Everything that can be asked: what packages register, then what the installation itself defines."""

    def __init__(self) -> None:
        self.registered: dict[str, Field] = {}
        self.providers: list[Provide] = []

    def __getitem__(self, key: str) -> Field:
        found = self.registered.get(key)
        if found is None:
            found = next((made[key] for provide in self.providers if key in (made := provide())), None)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: str, field: Field) -> None:
        self.registered[key] = field

    def __delitem__(self, key: str) -> None:
        del self.registered[key]

    def __iter__(self) -> Iterator[str]:
        yield from self.registered
        for provide in self.providers:
            yield from provide()

    def __len__(self) -> int:
        return len(self.registered) + sum(len(provide()) for provide in self.providers)


FIELDS = Registry()


def register(field: Field) -> Field:
    """Offers a field in every condition; its key is unique and never changes, for stored rules name it."""
    if field.key in FIELDS.registered:
        raise ValueError(f"the field {field.key} is registered twice")
    FIELDS[field.key] = field if field.fact else replace(field, fact=field.key)
    return FIELDS[field.key]


def register_provider(provide: Provide) -> None:
    """Offers fields that come and go while Okno runs; it is asked each time, so it remembers what it made."""
    FIELDS.providers.append(provide)


def zone_of(clause: Clause) -> ZoneInfo:
    """The zone in which a clause reads the clock."""
    return ZoneInfo(clause.zone or settings.DISPLAY_TIME_ZONE)


def shapes_of(condition: Condition) -> Callable[[str], Shape | None]:
    """The shape of each field that a condition names; each is looked up once."""
    named: dict[str, set[Value]] = {}
    for _place, clause in clauses(condition):
        named.setdefault(clause.field, set()).update(clause.values)
    shapes = {key: FIELDS[key].shape(values) for key, values in named.items() if key in FIELDS}
    return shapes.get
