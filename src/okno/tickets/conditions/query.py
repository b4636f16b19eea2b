"""A condition as a query over tickets: the same that ``matching`` says of one ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import F, FloatField, Q
from django.db.models.functions import Cast, ExtractIsoWeekDay, TruncDate, TruncTime
from django.db.models.lookups import GreaterThanOrEqual, In, LessThan, LessThanOrEqual

from okno.core import clock
from okno.tickets.conditions.fields import FIELDS, Field, zone_of
from okno.tickets.conditions.rules.holding import chosen, days_ago, limit_day, pattern, stretches
from okno.tickets.conditions.rules.kinds import Kind
from okno.tickets.conditions.rules.tree import Clause, Condition, Group, Mode, Operator, Part

EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=[])
TWO_DAYS = timedelta(days=2)
"""No zone is further from UTC than this; a bound on the moment itself lets an index help."""


def to_query(condition: Condition, now: datetime | None = None) -> Q:
    """The tickets that meet the condition at the moment, for ``Ticket.objects.filter``.

    A clause on a field that nobody registers any more holds for no ticket.
    """
    if not condition.parts:
        return EVERYTHING
    return _part(condition, False, now or clock.now())


def _part(part: Part, negated: bool, now: datetime) -> Q:
    """Opposites are carried down to the clauses, each of which is true or false and never unknown."""
    if isinstance(part, Clause):
        asked = _clause(part, now)
        return ~asked if negated is not part.is_negative else asked
    inner = negated is not (part.mode is Mode.NONE)
    return _group(part, inner, every=negated is (part.mode is Mode.ANY), now=now)


def _group(group: Group, negated: bool, *, every: bool, now: datetime) -> Q:
    found = EVERYTHING if every else NOTHING
    for part in group.parts:
        asked = _part(part, negated, now)
        found = found & asked if every else found | asked
    return found


def _clause(clause: Clause, now: datetime) -> Q:
    field = FIELDS.get(clause.field)
    if field is None:
        return EVERYTHING if clause.is_negative else NOTHING
    positive = clause.positive
    if field.ask is not None:
        return field.ask(positive, now)
    if positive.operator is Operator.FILLED:
        return _filled(field)
    asked = ASKS[field.kind](field, positive, now)
    return _filled(field) & asked if field.optional else asked


def _filled(field: Field) -> Q:
    if field.kind is Kind.TEXT:
        return Q(**{f"{field.column}__gt": ""})
    return Q(**{f"{field.column}__isnull": False})


def _choice(field: Field, clause: Clause, _now: datetime) -> Q:
    values = chosen(clause, field.source.ranks() if field.source else {})
    columns = field.source.columns(values) if field.source else list(values)
    return Q(**{f"{field.column}__in": columns})


def _text(field: Field, clause: Clause, _now: datetime) -> Q:
    every = clause.operator is Operator.ALL_OF
    found = EVERYTHING if every else NOTHING
    for word in clause.values:
        asked = Q(**{f"{field.column}__regex": pattern(str(word))})
        found = found & asked if every else found | asked
    return found


def _number(field: Field, clause: Clause, _now: datetime) -> Q:
    """Compared as numbers, since a column of whole ones would cut a half off what it is compared with."""
    column, values = Cast(F(field.column), FloatField()), [float(value) for value in clause.values]
    if clause.operator is Operator.AT_LEAST:
        return Q(GreaterThanOrEqual(column, values[0]))
    if clause.operator is Operator.AT_MOST:
        return Q(LessThanOrEqual(column, values[0]))
    return Q(In(column, values))


def _date(field: Field, clause: Clause, now: datetime) -> Q:
    if clause.operator is Operator.WITHIN_DAYS:
        return Q(**{f"{field.column}__gt": days_ago(clause, now)})
    if clause.operator is Operator.BEFORE_DAYS:
        return Q(**{f"{field.column}__lte": days_ago(clause, now)})
    limit, day = limit_day(clause), TruncDate(F(field.column), tzinfo=zone_of(clause))
    midnight = datetime.combine(limit, time(0), UTC)
    if clause.operator is Operator.AT_LEAST:
        return Q(**{f"{field.column}__gte": _shifted(midnight, -TWO_DAYS)}) & Q(GreaterThanOrEqual(day, limit))
    return Q(**{f"{field.column}__lte": _shifted(midnight, TWO_DAYS)}) & Q(LessThanOrEqual(day, limit))


def _shifted(moment: datetime, by: timedelta) -> datetime:
    """The moment moved, or itself at the end of all time."""
    try:
        return moment + by
    except OverflowError:
        return moment


def _weekday(field: Field, clause: Clause, _now: datetime) -> Q:
    return Q(In(ExtractIsoWeekDay(F(field.column), tzinfo=zone_of(clause)), list(clause.values)))


def _hours(field: Field, clause: Clause, _now: datetime) -> Q:
    clock_time = TruncTime(F(field.column), tzinfo=zone_of(clause))
    found = NOTHING
    for begins, ends in stretches(clause):
        within = Q(GreaterThanOrEqual(clock_time, begins))
        found |= within if ends == time(0) else within & Q(LessThan(clock_time, ends))
    return found


def _flag(field: Field, _clause: Clause, _now: datetime) -> Q:
    return Q(**{field.column: True})


ASKS: dict[Kind, Callable[[Any, Clause, datetime], Q]] = {
    Kind.CHOICE: _choice,
    Kind.REFERENCE: _choice,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.WEEKDAY: _weekday,
    Kind.HOURS: _hours,
    Kind.FLAG: _flag,
}
"""Several values (``Kind.MULTIPLE``) lie in rows of their own: each such field brings its query."""
