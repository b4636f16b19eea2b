"""Reading conditions that come from outside, with every mistake named at its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from okno.core.faults import Invalid
from okno.tickets.conditions.fields import FIELDS, shapes_of
from okno.tickets.conditions.rules.contradictions import matches_always, matches_never
from okno.tickets.conditions.rules.kinds import WORD_LIMIT, Kind, problem_of
from okno.tickets.conditions.rules.stored import (
    CLAUSE_LIMIT,
    DEPTH_LIMIT,
    VALUE_LIMIT,
    read_stored,
)
from okno.tickets.conditions.rules.tree import Clause, Condition, Place


class BadCondition(Invalid):
    """A condition that cannot be taken: ``problems`` names each mistake in words and the place of its part."""

    code = "bad_condition"

    def __init__(self, problems: Iterable[tuple[Place, str]]) -> None:
        self.problems = list(problems)
        fields: dict[str, list[str]] = {}
        for place, words in self.problems:
            fields.setdefault(".".join(["condition", *map(str, place)]), []).append(words)
        super().__init__(fields)


def parse(data: object) -> Condition:
    """The condition that somebody wrote, checked against everything that can be asked; ``BadCondition`` if wrong.

    Places count the parts as they stand in the data.
    """
    read = read_stored(data)
    problems = [(problem.place, in_words(problem.code)) for problem in read.problems]
    problems += [(place, words) for place, clause in read.clauses if (words := _problem(clause))]
    if problems:
        raise BadCondition(sorted(problems))
    return read.condition


def load(data: Any) -> Condition:
    """The condition of a stored row: of right form, though what it names may have been deleted since."""
    read = read_stored(data)
    if read.problems:
        raise BadCondition((problem.place, in_words(problem.code)) for problem in read.problems)
    return read.condition


def never_matches(condition: Condition) -> bool:
    """Whether the parts exclude each other, so that no ticket can ever meet the condition."""
    return matches_never(condition, shapes_of(condition))


def always_matches(condition: Condition) -> bool:
    """Whether every ticket meets the condition; rules below such a one are never reached."""
    return matches_always(condition, shapes_of(condition))


def warning_of(condition: Condition) -> str:
    """What a person should know of a condition that is well formed and yet hardly meant so; or nothing."""
    if never_matches(condition):
        return _("No ticket can meet this condition: its parts exclude each other.")
    return ""


def _problem(clause: Clause) -> str:
    field = FIELDS.get(clause.field)
    if field is None:
        return in_words("unknown")
    if clause.operator not in field.operators:
        return in_words("operator")
    code = problem_of(field.kind, clause)
    if code:
        return in_words(code)
    if field.source is None or field.kind in {Kind.DATE, Kind.HOURS}:
        return ""
    names = field.source.names(clause.values)
    gone = [value for value in clause.values if value not in names]
    return _("“%(value)s” does not exist any more. Remove it.") % {"value": gone[0]} if gone else ""


def in_words(code: str) -> str:
    """A mistake as it is told to a person."""
    words = {
        "version": _("This condition was written by another version of Okno."),
        "form": _("This cannot be read as a condition."),
        "depth": _("Groups within groups: no more than %(limit)d.") % {"limit": DEPTH_LIMIT},
        "empty": _("The group is empty. Add a condition to it or remove it."),
        "clauses": _("No more than %(limit)d conditions.") % {"limit": CLAUSE_LIMIT},
        "values": _("No more than %(limit)d values.") % {"limit": VALUE_LIMIT},
        "field": _("Choose what is compared."),
        "unknown": _("This cannot be asked of a ticket any more. Remove it."),
        "operator": _("Choose how it is compared."),
        "zone": _("There is no such time zone. Write one such as Europe/Warsaw."),
        "needless": _("No value can stand here."),
        "missing": _("Choose or write at least one value."),
        "single": _("Only one value can stand here."),
        "days": _("Write a whole number of days, 1 or more."),
        Kind.TEXT.value: _("No more than %(limit)d characters.") % {"limit": WORD_LIMIT},
        Kind.NUMBER.value: _("Write a number."),
        Kind.DATE.value: _("Write a date."),
        Kind.DAY.value: _("Write a date."),
        Kind.HOURS.value: _("Write two different times such as 09:00 and 18:00."),
    }
    return words.get(code) or _("Choose one of the offered values.")
