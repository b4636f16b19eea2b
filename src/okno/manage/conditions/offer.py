"""What the editor of conditions offers: fields, ways of comparing, values; all of it from the registry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from okno.tickets.conditions.fields import FIELDS, Field
from okno.tickets.conditions.rules.kinds import ZONED, Kind
from okno.tickets.conditions.rules.stored import CLAUSE_LIMIT, DEPTH_LIMIT
from okno.tickets.conditions.rules.tree import SINGLE, Operator, Value


def offer() -> dict[str, Any]:
    """Everything that can be asked, as the script of the editor reads it."""
    fields = [_offered(field) for field in FIELDS.values()]
    return {"fields": fields, "clauses": CLAUSE_LIMIT, "depth": DEPTH_LIMIT}


def _offered(field: Field) -> dict[str, Any]:
    options = field.source.offered() if field.source else []
    return {
        "key": field.key,
        "label": str(field.label),
        "section": str(field.section),
        "kind": (Kind.DATE if field.kind is Kind.DAY else field.kind).value,
        "zoned": field.kind in ZONED,
        "operators": [
            {"key": operator.value, "label": way_of(field.kind, operator), "single": operator in SINGLE}
            for operator in field.operators
        ],
        "options": None if options is None else [[option.value, option.label] for option in options],
    }


def way_of(kind: Kind, operator: Operator) -> str:
    """A way of comparing as it stands between the field and the value."""
    own = {
        (Kind.DATE, Operator.AT_LEAST): _("from"),
        (Kind.DATE, Operator.AT_MOST): _("until"),
        (Kind.HOURS, Operator.IS): _("within"),
        (Kind.HOURS, Operator.IS_NOT): _("outside"),
        (Kind.MULTIPLE, Operator.ANY_OF): _("any of"),
        (Kind.MULTIPLE, Operator.ALL_OF): _("all of"),
        (Kind.MULTIPLE, Operator.NONE_OF): _("none of"),
    }
    general = {
        Operator.IS: _("is"),
        Operator.IS_NOT: _("is not"),
        Operator.ANY_OF: _("contains any of"),
        Operator.ALL_OF: _("contains all of"),
        Operator.NONE_OF: _("contains none of"),
        Operator.AT_LEAST: _("at least"),
        Operator.AT_MOST: _("at most"),
        Operator.WITHIN_DAYS: _("within the last days"),
        Operator.BEFORE_DAYS: _("longer ago than days"),
        Operator.FILLED: _("is filled in"),
        Operator.EMPTY: _("is empty"),
        Operator.YES: _("yes"),
        Operator.NO: _("no"),
    }
    return own.get((Kind.DATE if kind is Kind.DAY else kind, operator)) or general[operator]


def names_in(data: object) -> dict[str, dict[str, str]]:
    """What the values that stand in a condition are called, also in one that is wrong; by field and value."""
    wanted: dict[str, set[Value]] = {}
    for clause in _clauses(data):
        key, values = clause.get("field"), clause.get("values")
        if isinstance(key, str) and key in FIELDS and isinstance(values, list):
            wanted.setdefault(key, set()).update(value for value in values if isinstance(value, str | int))
    sources = {key: FIELDS[key].source for key in wanted}
    named = {key: source.names(wanted[key]) for key, source in sources.items() if source is not None}
    return {key: {str(value): name for value, name in names.items()} for key, names in named.items()}


def _clauses(data: object, depth: int = 0) -> Iterable[dict[str, Any]]:
    if not isinstance(data, dict) or depth > DEPTH_LIMIT:
        return
    if "field" in data:
        yield data
    parts = data.get("parts")
    for part in parts if isinstance(parts, list) else []:
        yield from _clauses(part, depth + 1)
