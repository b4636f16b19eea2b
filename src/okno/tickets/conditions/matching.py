"""Whether a ticket meets a condition, and why: the same that ``query`` says of all tickets at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from okno.tickets.conditions.facts import Facts
from okno.tickets.conditions.fields import FIELDS, zone_of
from okno.tickets.conditions.rules.holding import Circumstances, holds
from okno.tickets.conditions.rules.kinds import ORDERED, ZONED, Kind
from okno.tickets.conditions.rules.tree import Clause, Condition, Mode, Part
from okno.tickets.conditions.wording import clause_in_words, mode_in_words, value_in_words

UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Why:
    """One part of a condition at one ticket: what it asks, what the ticket has, whether that fits."""

    holds: bool
    words: str
    actual: str = ""
    parts: tuple[Why, ...] = ()


def matches(condition: Condition, facts: Facts) -> bool:
    """Whether the ticket meets the condition; a condition without parts fits every ticket."""
    return not condition.parts or _holds(condition, facts)


def why(condition: Condition, facts: Facts) -> Why:
    """Each part with its verdict and the ticket's own value, in the language of the reader."""
    if not condition.parts:
        return Why(True, mode_in_words(condition))
    return _why(condition, facts)


def _holds(part: Part, facts: Facts) -> bool:
    if isinstance(part, Clause):
        return _fits(part, facts)
    return _verdict(part.mode, (_holds(inner, facts) for inner in part.parts))


def _verdict(mode: Mode, verdicts: Iterable[bool]) -> bool:
    match mode:
        case Mode.ALL:
            return all(verdicts)
        case Mode.ANY:
            return any(verdicts)
    return not any(verdicts)


def _fits(clause: Clause, facts: Facts) -> bool:
    field = FIELDS.get(clause.field)
    if field is None:
        return False
    ranks = field.source.ranks() if clause.operator in ORDERED and field.ordered and field.source else {}
    zone = zone_of(clause) if field.kind in ZONED or field.kind is Kind.DAY else UTC
    return holds(field.kind, clause, facts.of(field), Circumstances(facts.now, zone, ranks))


def _why(part: Part, facts: Facts) -> Why:
    if isinstance(part, Clause):
        field = FIELDS.get(part.field)
        actual = value_in_words(field, part, facts.of(field)) if field else ""
        return Why(_fits(part, facts), clause_in_words(part), actual)
    parts = tuple(_why(inner, facts) for inner in part.parts)
    return Why(_verdict(part.mode, [each.holds for each in parts]), mode_in_words(part), parts=parts)
