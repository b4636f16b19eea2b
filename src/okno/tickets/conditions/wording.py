"""Conditions in words of the reader's language: for lists of rules, testers and the editor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal

from babel.dates import format_date
from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from okno.core import display
from okno.core.jinja import current_locale
from okno.tickets.conditions.fields import FIELDS, Field, zone_of
from okno.tickets.conditions.rules.holding import is_filled, limit_day
from okno.tickets.conditions.rules.kinds import ZONED, Kind
from okno.tickets.conditions.rules.tree import Clause, Condition, Group, Mode, Operator, Part, Value, clauses

Names = Mapping[str, Mapping[Value, str]]
"""What the values of each field are called, by the key of the field."""


def names_of(conditions: Iterable[Condition]) -> Names:
    """The names of all values of many conditions, with one query for each kind of row."""
    wanted: dict[str, set[Value]] = {}
    for condition in conditions:
        for _place, clause in clauses(condition):
            wanted.setdefault(clause.field, set()).update(clause.values)
    sources = {key: FIELDS[key].source for key in wanted if key in FIELDS}
    return {key: source.names(wanted[key]) for key, source in sources.items() if source is not None}


def describe(condition: Condition, names: Names | None = None) -> str:
    """The condition as one sentence: "type is Incident and priority is at least High"."""
    if not condition.parts:
        return _("every ticket")
    return _part(condition, names_of([condition]) if names is None else names)


def _part(part: Part, names: Names) -> str:
    if isinstance(part, Clause):
        return clause_in_words(part, names)
    inner = [_part(each, names) for each in part.parts]
    several = [
        f"({words})" if isinstance(each, Group) and each.mode is not Mode.NONE and len(each.parts) > 1 else words
        for each, words in zip(part.parts, inner, strict=True)
    ]
    if part.mode is Mode.NONE:
        return _("not: (%(parts)s)") % {"parts": listed(inner, "or")}
    return listed(several, "standard" if part.mode is Mode.ALL else "or")


def listed(words: Iterable[str], style: Literal["standard", "or"]) -> str:
    """Several words as people join them: with "and" (``standard``) or with "or"."""
    return format_list(list(words), style, current_locale())


def mode_in_words(group: Group) -> str:
    """What a group asks of its parts."""
    if not group.parts:
        return _("every ticket")
    return {
        Mode.ALL: _("all of this holds"),
        Mode.ANY: _("any of this holds"),
        Mode.NONE: _("none of this holds"),
    }[group.mode]


def clause_in_words(clause: Clause, names: Names | None = None) -> str:
    """One comparison, such as "priority is at least High"."""
    field = FIELDS.get(clause.field)
    if field is None:
        return _("something that is not known any more (%(key)s)") % {"key": clause.field}
    if names is None:
        names = names_of([Group(Mode.ALL, (clause,))])
    words = _sentence(field, clause) % {
        "field": in_sentence(str(field.label)),
        "values": _values(field, clause, names.get(field.key, {})),
    }
    return _("%(clause)s, %(zone)s") % {"clause": words, "zone": clause.zone} if clause.zone else words


def in_sentence(label: str) -> str:
    """A label inside a sentence: with a small letter, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _sentence(field: Field, clause: Clause) -> str:
    if clause.operator in {Operator.WITHIN_DAYS, Operator.BEFORE_DAYS}:
        return _of_days(clause)
    own = {
        (Kind.DATE, Operator.AT_LEAST): _("%(field)s is %(values)s or later"),
        (Kind.DATE, Operator.AT_MOST): _("%(field)s is %(values)s or earlier"),
        (Kind.MULTIPLE, Operator.ANY_OF): _("%(field)s: %(values)s is among them"),
        (Kind.MULTIPLE, Operator.ALL_OF): _("%(field)s: %(values)s are among them"),
        (Kind.MULTIPLE, Operator.NONE_OF): _("%(field)s: %(values)s is not among them"),
    }
    general = {
        Operator.IS: _("%(field)s is %(values)s"),
        Operator.IS_NOT: _("%(field)s is not %(values)s"),
        Operator.ANY_OF: _("%(field)s contains %(values)s"),
        Operator.ALL_OF: _("%(field)s contains %(values)s"),
        Operator.NONE_OF: _("%(field)s does not contain %(values)s"),
        Operator.AT_LEAST: _("%(field)s is at least %(values)s"),
        Operator.AT_MOST: _("%(field)s is at most %(values)s"),
        Operator.FILLED: _("%(field)s is filled in"),
        Operator.EMPTY: _("%(field)s is empty"),
        Operator.YES: _("%(field)s: yes"),
        Operator.NO: _("%(field)s: no"),
    }
    kind = Kind.DATE if field.kind is Kind.DAY else field.kind
    return own.get((kind, clause.operator)) or general[clause.operator]


def _of_days(clause: Clause) -> str:
    days = int(clause.values[0]) if clause.values else 0
    if clause.operator is Operator.WITHIN_DAYS:
        words = ngettext("%(field)s is within the last day", "%(field)s is within the last %(num)d days", days)
    else:
        words = ngettext("%(field)s is more than a day ago", "%(field)s is more than %(num)d days ago", days)
    return words.replace("%(num)d", str(days))


def _values(field: Field, clause: Clause, names: Mapping[Value, str]) -> str:
    style: Literal["standard", "or"] = "standard" if clause.operator is Operator.ALL_OF else "or"
    return listed([_value(field, clause, value, names) for value in clause.values], style)


def _value(field: Field, clause: Clause, value: Value, names: Mapping[Value, str]) -> str:
    if field.source is not None:
        return names.get(value) or _("something deleted (%(value)s)") % {"value": value}
    match field.kind:
        case Kind.TEXT:
            return _("“%(word)s”") % {"word": value}
        case Kind.DATE | Kind.DAY:
            return format_date(limit_day(clause), "medium", current_locale())
        case Kind.HOURS:
            return str(value).replace("-", "–")
    return str(value)


def value_in_words(field: Field, clause: Clause, value: object) -> str:
    """What a ticket has in a field, as the tester of rules shows it beside what is asked."""
    if not is_filled(value):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.kind in ZONED and isinstance(value, datetime):
        return display.full(value, current_locale(), zone_of(clause))
    if isinstance(value, date):
        return format_date(value, "medium", current_locale())
    held = [each for each in (value if isinstance(value, frozenset) else (value,)) if isinstance(each, Value)]
    if field.source is None:
        return ", ".join(str(each) for each in held)
    names = field.source.names(held)
    return listed([names.get(each, str(each)) for each in held], "standard")
