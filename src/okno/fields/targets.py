"""The tables whose rows have attributes, and what else mentions one. Packages above register theirs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, JSONField, Model, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from django.utils.functional import Promise

from okno.fields.models import Attribute, ValueFile

NAMED = 10
BATCH = 1000


@dataclass(frozen=True)
class Table:
    """Rows that have attributes: their plural for people, and how one is called."""

    model: type[Model]
    label: str | Promise
    name_of: Callable[[Any], str]


@dataclass(frozen=True)
class Use:
    """What uses an attribute or an option of it: the plural, how many, names of some. ``is_value``: as a value."""

    label: str
    count: int
    names: list[str]
    is_value: bool = False


Find = Callable[[Attribute, str], list[str]]
_tables: dict[str, Table] = {}
_holders: list[tuple[str | Promise, Find]] = []


def register_table(target: str, table: Table) -> None:
    """Says which rows have the attributes of this target."""
    _tables[target] = table


def register_holder(label: str | Promise, find: Find) -> None:
    """Has something asked that mentions attributes: ``find`` names what mentions one, or one of its options."""
    _holders.append((label, find))


def rows_with(attribute: Attribute, option: str = "") -> QuerySet[Any]:
    """The rows that have a value of the attribute, or this option as one."""
    rows = _tables[attribute.target].model._default_manager.exclude(attributes={})
    if not option:
        return rows.filter(attributes__has_key=attribute.code)
    value: Any = [option] if attribute.kind == Attribute.Kind.MULTIPLE else option
    return rows.filter(attributes__contains={attribute.code: value})


def uses_of(attribute: Attribute, option: str = "") -> list[Use]:
    """Everything that uses it: the rows with values, then what names it and keeps it from being deleted."""
    table, found = _tables[attribute.target], rows_with(attribute, option)
    count = found.count()
    names = [table.name_of(row) for row in found.order_by("-pk")[:NAMED]] if count else []
    values = [Use(str(table.label), count, names, is_value=True)] if count else []
    return values + others_of(attribute, option)


def others_of(attribute: Attribute, option: str = "") -> list[Use]:
    """What names it: rules, forms and their like."""
    asked = ((str(label), find(attribute, option)) for label, find in _holders)
    return [Use(label, len(names), names) for label, names in asked if names]


def values_of(attribute: Attribute) -> Iterator[tuple[Any, Any]]:
    """Every row that has a value, with the value, in order of ids."""
    rows = rows_with(attribute).order_by("pk").values_list("pk", KeyTransform(attribute.code, "attributes"))
    return rows.iterator(chunk_size=BATCH)


def write_values(attribute: Attribute, values: dict[int, Any]) -> None:
    """Gives rows another value of the attribute, in one statement; the caller holds their locks."""
    model = _tables[attribute.target].model
    rows = model._default_manager.filter(pk__in=list(values)).only("pk", "attributes")
    changed = []
    for row in rows:
        held: dict[str, Any] = row.__dict__["attributes"]
        row.__dict__["attributes"] = {**held, attribute.code: values[row.pk]}
        changed.append(row)
    model._default_manager.bulk_update(changed, ["attributes"])


def lock_rows(attribute: Attribute) -> None:
    """Keeps rows with values from being changed until the transaction ends, in one order for everybody."""
    list(rows_with(attribute).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def erase(attribute: Attribute) -> None:
    """Takes all values of the attribute away; the caller holds the locks of the rows."""
    code = Cast(Value(attribute.code), TextField())
    less = Func(F("attributes"), code, template="%(expressions)s", arg_joiner=" - ", output_field=JSONField())
    rows_with(attribute).update(attributes=less)
    ValueFile.objects.filter(attribute=attribute).delete()
