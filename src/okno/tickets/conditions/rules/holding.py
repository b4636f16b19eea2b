"""Whether a value of a ticket fits a clause. The same is said to the database in ``conditions.query``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from okno.tickets.conditions.rules.kinds import Kind, read_date, read_hours
from okno.tickets.conditions.rules.tree import Clause, Operator, Value

Ranks = Mapping[str, int]
LETTERS = {"е": "ё", "г": "ґ", "l": "ł"}
"""Letters that people write for one another."""
TWINS = {twin: letter for letter, twin in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a comparison depends on besides: the moment, the zone of the clause, the order of a choice's values."""

    now: datetime
    zone: ZoneInfo
    ranks: Ranks


def holds(kind: Kind, clause: Clause, value: object, at: Circumstances) -> bool:
    """Whether the value fits the clause."""
    return (is_filled(value) and _fits(kind, clause.positive, value, at)) is not clause.is_negative


def is_filled(value: object) -> bool:
    """Whether there is something: a ticket without a team, or without words in a text, has nothing there."""
    return value is not None and value not in {"", frozenset()}


def _fits(kind: Kind, clause: Clause, value: object, at: Circumstances) -> bool:
    if clause.operator is Operator.FILLED:
        return True
    return CHECKS[kind](clause, value, at)


def chosen(clause: Clause, ranks: Ranks) -> frozenset[Value]:
    """The values of a choice that a clause means: those that it names, or those from or up to one in the order."""
    if clause.operator not in {Operator.AT_LEAST, Operator.AT_MOST}:
        return frozenset(clause.values)
    limit = ranks.get(str(clause.values[0])) if clause.values else None
    if limit is None:
        return frozenset()
    upward = clause.operator is Operator.AT_LEAST
    return frozenset(code for code, rank in ranks.items() if (rank >= limit if upward else rank <= limit))


def _of_several(clause: Clause, value: Collection[object]) -> bool:
    if clause.operator is Operator.ALL_OF:
        return all(each in value for each in clause.values)
    return any(each in value for each in clause.values)


def _in_text(clause: Clause, text: str) -> bool:
    found = (re.search(pattern(str(word)), text) is not None for word in clause.values)
    return all(found) if clause.operator is Operator.ALL_OF else any(found)


@lru_cache(maxsize=1024)
def pattern(word: str) -> str:
    """A regular expression, the same in Python and PostgreSQL, that finds the word in capitals and small letters.

    It names the forms of each letter, so that it depends on no locale of a database.
    """
    return "".join(_forms(letter) for letter in " ".join(word.split()))


def _forms(letter: str) -> str:
    small = letter.lower()
    near = {letter, small, letter.upper()}
    for other in (LETTERS.get(small), TWINS.get(small)):
        near |= {other, other.upper()} if other else set()
    forms = sorted(each for each in near if len(each) == 1)
    if len(forms) > 1:
        return f"[{''.join(forms)}]"
    return letter if letter.isalnum() or letter == " " or ord(letter) > 127 else "\\" + letter


def _number(clause: Clause, value: object) -> bool:
    if not isinstance(value, int | float):
        return False
    limits = [each for each in clause.values if isinstance(each, int | float)]
    match clause.operator:
        case Operator.AT_LEAST:
            return all(value >= limit for limit in limits)
        case Operator.AT_MOST:
            return all(value <= limit for limit in limits)
    return value in limits


def _day(clause: Clause, moment: datetime, at: Circumstances) -> bool:
    if clause.operator in {Operator.WITHIN_DAYS, Operator.BEFORE_DAYS}:
        return (moment > days_ago(clause, at.now)) is (clause.operator is Operator.WITHIN_DAYS)
    limit, day = limit_day(clause), moment.astimezone(at.zone).date()
    return day >= limit if clause.operator is Operator.AT_LEAST else day <= limit


def _plain_day(clause: Clause, value: date, at: Circumstances) -> bool:
    """A day without a time of day; how long ago it is follows the calendar."""
    if clause.operator in {Operator.WITHIN_DAYS, Operator.BEFORE_DAYS}:
        limit = at.now.astimezone(at.zone).date() - timedelta(days=int(clause.values[0]))
        return (value > limit) is (clause.operator is Operator.WITHIN_DAYS)
    limit = limit_day(clause)
    return value >= limit if clause.operator is Operator.AT_LEAST else value <= limit


def days_ago(clause: Clause, now: datetime) -> datetime:
    """The moment that many times 24 hours before now."""
    return now - timedelta(days=int(clause.values[0]))


def limit_day(clause: Clause) -> date:
    """The first or the last day that a clause allows."""
    return read_date(str(clause.values[0])) or date.min


def _hours(clause: Clause, moment: time) -> bool:
    return any(begins <= moment and (moment < ends or ends == time(0)) for begins, ends in stretches(clause))


def stretches(clause: Clause) -> list[tuple[time, time]]:
    """The stretches of one day that a clause of hours means; an end of 00:00 is the end of the day."""
    found: list[tuple[time, time]] = []
    for value in clause.values:
        read = read_hours(str(value))
        if read is None:
            continue
        begins, ends = read
        if ends == time(0) or begins < ends:
            found.append((begins, ends))
        else:
            found += [(begins, time(0)), (time(0), ends)]
    return found


def _weekday(clause: Clause, moment: object, zone: ZoneInfo) -> bool:
    return isinstance(moment, datetime) and moment.astimezone(zone).isoweekday() in clause.values


CHECKS: dict[Kind, Callable[[Clause, object, Circumstances], bool]] = {
    Kind.CHOICE: lambda clause, value, at: value in chosen(clause, at.ranks),
    Kind.REFERENCE: lambda clause, value, _at: value in clause.values,
    Kind.MULTIPLE: lambda clause, value, _at: isinstance(value, Collection) and _of_several(clause, value),
    Kind.TEXT: lambda clause, value, _at: isinstance(value, str) and _in_text(clause, value),
    Kind.NUMBER: lambda clause, value, _at: _number(clause, value),
    Kind.DATE: lambda clause, value, at: isinstance(value, datetime) and _day(clause, value, at),
    Kind.DAY: lambda clause, value, at: isinstance(value, date) and _plain_day(clause, value, at),
    Kind.WEEKDAY: lambda clause, value, at: _weekday(clause, value, at.zone),
    Kind.HOURS: lambda clause, value, at: (
        isinstance(value, datetime) and _hours(clause, value.astimezone(at.zone).time())
    ),
    Kind.FLAG: lambda _clause, value, _at: value is True,
}
