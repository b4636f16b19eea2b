"""Kinds of fields: which operators each takes, and what may stand as a value."""

from __future__ import annotations

import re
import zoneinfo
from datetime import date, time
from enum import StrEnum
from functools import lru_cache

from okno.tickets.conditions.rules.tree import BARE, SINGLE, Clause, Operator, Value

WORD_LIMIT = 200
"""Characters of a text that is looked for."""
DAY_LIMIT = 36_500
LARGEST = 2**63 - 1
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class Kind(StrEnum):
    """What a field holds."""

    CHOICE = "choice"
    MULTIPLE = "multiple"
    REFERENCE = "reference"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DAY = "day"
    WEEKDAY = "weekday"
    HOURS = "hours"
    FLAG = "flag"


OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.CHOICE: (Operator.IS, Operator.IS_NOT),
    Kind.REFERENCE: (Operator.IS, Operator.IS_NOT),
    Kind.MULTIPLE: (Operator.ANY_OF, Operator.ALL_OF, Operator.NONE_OF),
    Kind.TEXT: (Operator.ANY_OF, Operator.ALL_OF, Operator.NONE_OF),
    Kind.NUMBER: (Operator.IS, Operator.IS_NOT, Operator.AT_LEAST, Operator.AT_MOST),
    Kind.DATE: (Operator.AT_LEAST, Operator.AT_MOST, Operator.WITHIN_DAYS, Operator.BEFORE_DAYS),
    Kind.DAY: (Operator.AT_LEAST, Operator.AT_MOST, Operator.WITHIN_DAYS, Operator.BEFORE_DAYS),
    Kind.WEEKDAY: (Operator.IS, Operator.IS_NOT),
    Kind.HOURS: (Operator.IS, Operator.IS_NOT),
    Kind.FLAG: (Operator.YES, Operator.NO),
}
ORDERED = (Operator.AT_LEAST, Operator.AT_MOST)
"""What a choice takes besides when its values have an order, such as priorities."""
OPTIONAL = (Operator.FILLED, Operator.EMPTY)
"""What a field takes besides when it may be empty."""
ZONED = frozenset({Kind.DATE, Kind.WEEKDAY, Kind.HOURS})
DAYS = frozenset({Kind.DATE, Kind.DAY})
"""A moment, of which the day depends on the zone, and a day that is the same everywhere."""


def problem_of(kind: Kind, clause: Clause) -> str:
    """The code of what is wrong with the values or the zone of a clause; nothing when all is well."""
    if clause.zone and (kind not in ZONED or not is_zone(clause.zone)):
        return "zone"
    if clause.operator in BARE:
        return "needless" if clause.values else ""
    if not clause.values:
        return "missing"
    if clause.operator in SINGLE and len(clause.values) > 1:
        return "single"
    return next((code for value in clause.values if (code := _problem(kind, clause.operator, value))), "")


def _problem(kind: Kind, operator: Operator, value: Value) -> str:
    if operator in {Operator.WITHIN_DAYS, Operator.BEFORE_DAYS}:
        return "" if isinstance(value, int) and 0 < value <= DAY_LIMIT else "days"
    fits = {
        Kind.CHOICE: isinstance(value, str),
        Kind.REFERENCE: isinstance(value, int) and 0 < value <= LARGEST,
        Kind.MULTIPLE: isinstance(value, str) or 0 < value <= LARGEST,
        Kind.TEXT: isinstance(value, str) and 0 < len(value.strip()) <= WORD_LIMIT and "\x00" not in value,
        Kind.NUMBER: isinstance(value, int | float) and abs(value) <= LARGEST,
        Kind.DATE: isinstance(value, str) and read_date(value) is not None,
        Kind.DAY: isinstance(value, str) and read_date(value) is not None,
        Kind.WEEKDAY: isinstance(value, int) and 1 <= value <= 7,
        Kind.HOURS: isinstance(value, str) and read_hours(value) is not None,
    }
    return "" if fits.get(kind) else kind.value


def read_date(value: str) -> date | None:
    """A day such as 2026-03-29; nothing where it is none."""
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def read_hours(value: str) -> tuple[time, time] | None:
    """Two times of day such as 09:00-18:00; the end 00:00 is midnight at the end of the day.

    The end does not belong to the interval. An end before the beginning is on the next day: 22:00-06:00.
    Nothing where the text is none, or begins and ends at one time other than midnight.
    """
    match = HOURS.fullmatch(value)
    if match is None:
        return None
    first, last, end_hour, end_minute = (int(number) for number in match.groups())
    begins, ends = time(first, last), time(end_hour, end_minute)
    return None if begins == ends != time(0) else (begins, ends)


def is_zone(name: str) -> bool:
    """Whether the IANA database knows the zone."""
    return name in zoneinfo.available_timezones()
