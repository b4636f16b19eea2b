"""Attributes as fields of conditions (F63): of the ticket, of its company, of its contact.

They are read from ``fields.catalogue`` whenever it was read anew, so that a new attribute can be asked for at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, JSONField, OuterRef, Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual, LessThanOrEqual, Regex
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from okno.fields.catalogue import ATTRIBUTES
from okno.fields.models import Attribute, Target
from okno.fields.rules import Kind as Held
from okno.fields.showing import name_of
from okno.fields.targets import register_holder
from okno.people.models import Company, Contact
from okno.tickets.conditions.fields import Field, register_provider
from okno.tickets.conditions.rules.holding import limit_day, pattern
from okno.tickets.conditions.rules.kinds import Kind
from okno.tickets.conditions.rules.tree import Clause, Operator, clauses
from okno.tickets.conditions.rules.tree import Value as Named
from okno.tickets.conditions.sources import Option, Source
from okno.tickets.conditions.standard import AGENTS
from okno.tickets.conditions.uses import KEEPERS
from okno.tickets.models import Ticket

KINDS = {
    Held.LINE: Kind.TEXT,
    Held.TEXT: Kind.TEXT,
    Held.NUMBER: Kind.NUMBER,
    Held.DATE: Kind.DAY,
    Held.LIST: Kind.CHOICE,
    Held.MULTIPLE: Kind.MULTIPLE,
    Held.CHECKBOX: Kind.FLAG,
    Held.PERSON: Kind.REFERENCE,
    Held.FILE: Kind.FLAG,
}
"""What each kind of attribute is to conditions; of a file one can ask whether it is there."""

PREFIXES = {Target.TICKET: "attribute.", Target.COMPANY: "company_attribute.", Target.CONTACT: "contact_attribute."}
SECTIONS: dict[str, Promise] = {
    Target.TICKET: _("Attributes of the ticket"),
    Target.COMPANY: _("Attributes of the company"),
    Target.CONTACT: _("Attributes of the contact"),
}
ROWS: dict[str, type[Company] | type[Contact]] = {Target.COMPANY: Company, Target.CONTACT: Contact}


class Options(Source):
    """The values of a list."""

    def __init__(self, attribute: Attribute) -> None:
        self.options = attribute.definition.options

    def offered(self) -> list[Option]:
        return [Option(each.code, name_of(each)) for each in self.options if each.is_active]

    def names(self, values: Iterable[Named]) -> dict[Named, str]:
        wanted = set(values)
        return {each.code: name_of(each) for each in self.options if each.code in wanted}

    def known(self) -> frozenset[Named]:
        return frozenset(each.code for each in self.options)


def key_of(attribute: Attribute) -> str:
    """How conditions name an attribute."""
    return PREFIXES[Target(attribute.target)] + attribute.code


class _Made:
    """The fields made of the attributes as they were last read."""

    rows: list[Attribute] | None = None
    fields: dict[str, Field] = {}


def fields() -> dict[str, Field]:
    """A field for each attribute, also for those that are switched off: rules may still name them."""
    rows = ATTRIBUTES.all()
    if rows is not _Made.rows:
        _Made.fields = {key_of(row): _field(row) for row in rows}
        _Made.rows = rows
    return _Made.fields


def _field(row: Attribute) -> Field:
    held = Held(row.kind)
    source: Source | None = Options(row) if row.is_chosen else AGENTS if held is Held.PERSON else None
    key = key_of(row)
    return Field(
        key=key,
        label=_label(row),
        section=SECTIONS[row.target],
        kind=KINDS[held],
        read=partial(_read, row.target, row.code, held),
        ask=partial(_ask, row.target, row.code, held),
        fact=key,
        source=source,
        optional=KINDS[held] is not Kind.FLAG,
    )


_label: Callable[[Attribute], Any] = lazy(lambda row: row.name, str)


def _read(target: str, code: str, held: Held, ticket: Ticket) -> object:
    row: Any = ticket if target == Target.TICKET else getattr(ticket, target)
    value = row.attributes.get(code) if row is not None else None
    match held:
        case Held.FILE | Held.CHECKBOX:
            return bool(value)
        case Held.MULTIPLE:
            return frozenset(value or ())
        case Held.DATE:
            return date.fromisoformat(value) if value else None
    return value


def _ask(target: str, code: str, held: Held, clause: Clause, now: datetime) -> Q:
    """True or false of each ticket: a value that is not there, or a client that is not there, fits nothing."""
    asked = _of_row(code, held, clause, now)
    if target == Target.TICKET:
        return asked
    rows = ROWS[target].objects.filter(asked, pk=OuterRef(f"{target}_id"))
    return Q(Exists(rows))


def _of_row(code: str, held: Held, clause: Clause, now: datetime) -> Q:
    filled = Q(attributes__has_key=code)
    if clause.operator is Operator.FILLED or held is Held.FILE:
        return filled
    if held in {Held.LINE, Held.TEXT}:
        return _words(code, clause)
    if held is Held.DATE:
        return filled & _day(code, clause, now)
    if clause.operator in {Operator.AT_LEAST, Operator.AT_MOST}:
        limit = Value(clause.values[0], output_field=JSONField())
        compare = GreaterThanOrEqual if clause.operator is Operator.AT_LEAST else LessThanOrEqual
        return filled & Q(compare(KeyTransform(code, "attributes"), limit))
    return _any(code, _contained(held, clause))


def _contained(held: Held, clause: Clause) -> list[object]:
    """The values of which the row holds one, as its column would."""
    if held is Held.CHECKBOX:
        return [True]
    if held is Held.MULTIPLE and clause.operator is Operator.ALL_OF:
        return [list(clause.values)]
    return [[each] if held is Held.MULTIPLE else each for each in clause.values]


def _any(code: str, values: Iterable[object]) -> Q:
    """One of the values; asked so that the index of the column serves."""
    found = Q(pk__in=[])
    for value in values:
        found |= Q(attributes__contains={code: value})
    return found


def _text(code: str) -> Coalesce:
    """The value as text, an empty one where there is none, so that no comparison is unknown."""
    return Coalesce(KeyTextTransform(code, "attributes"), Value(""), output_field=TextField())


def _words(code: str, clause: Clause) -> Q:
    text = _text(code)
    every = clause.operator is Operator.ALL_OF
    found = Q(pk__isnull=False) if every else Q(pk__in=[])
    for word in clause.values:
        asked = Q(Regex(text, pattern(str(word))))
        found = found & asked if every else found | asked
    return found


def _day(code: str, clause: Clause, now: datetime) -> Q:
    text = _text(code)
    if clause.operator in {Operator.WITHIN_DAYS, Operator.BEFORE_DAYS}:
        today = now.astimezone(ZoneInfo(settings.DISPLAY_TIME_ZONE)).date()
        limit = str(today - timedelta(days=int(clause.values[0])))
        within = clause.operator is Operator.WITHIN_DAYS
        return Q(GreaterThan(text, Value(limit))) if within else Q(LessThanOrEqual(text, Value(limit)))
    day = Value(str(limit_day(clause)))
    return (
        Q(GreaterThanOrEqual(text, day)) if clause.operator is Operator.AT_LEAST else Q(LessThanOrEqual(text, day))
    )


def _conditions_on(attribute: Attribute, option: str) -> list[str]:
    """The rules that ask for the attribute, or for this value of it."""
    key = key_of(attribute)
    return [
        f"{keeper.label}: {stored.name}"
        for keeper in KEEPERS.values()
        for stored in keeper.read()
        if any(
            clause.field == key and (not option or option in clause.values)
            for _place, clause in clauses(stored.condition)
        )
    ]


register_provider(fields)
register_holder(_("Rules"), _conditions_on)
