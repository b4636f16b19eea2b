"""The rules as values, kept in the process for as long as they do not change."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from django.conf import settings

from okno.calendars.loading import rules_of
from okno.calendars.rules import Schedule
from okno.core import logs
from okno.core.ordered import first_match
from okno.core.rehearsal import is_rehearsal
from okno.sla.declarations import REACTION
from okno.sla.models import Recomputation, SlaRule
from okno.sla.rules import ALWAYS, Promise, Reaction
from okno.tickets.conditions import ALWAYS as EVERYTHING
from okno.tickets.conditions import BadCondition, Condition, Facts, load, matches
from okno.tickets.conditions.rules.tree import clauses

log = logs.get(__name__)
MAX_AGE = 2.0
"""Seconds for which a process may still register by rules that another has changed; a job looks at these again."""


@dataclass(frozen=True)
class Rule:
    """A stored rule with its condition read; ``is_enabled`` is false for one whose condition cannot be read."""

    row: SlaRule
    condition: Condition
    is_enabled: bool

    def promise(self, minutes: int | None, zone: str) -> Promise | None:
        """The promise of so many minutes by the clocks of a client; none where nothing is promised."""
        if minutes is None:
            return None
        schedule = (
            rules_of(self.row.schedule, zone)
            if self.row.schedule
            else wall_clock(zone or settings.DISPLAY_TIME_ZONE)
        )
        left = timedelta(minutes=self.row.warn_minutes)
        return Promise(timedelta(minutes=minutes), schedule, self.row.warn_percent, left)


@dataclass(frozen=True)
class Ruleset:
    """All rules in their order, and what counts as a reaction; ``version`` grows with every change."""

    version: int
    rules: tuple[Rule, ...]
    reaction: Reaction

    def match(self, facts: Facts) -> Rule | None:
        """The rule that decides for a ticket."""
        return first_match(self.rules, lambda rule: matches(rule.condition, facts))

    @cached_property
    def by_id(self) -> dict[int, Rule]:
        return {rule.row.pk: rule for rule in self.rules}

    @cached_property
    def asked_fields(self) -> frozenset[str]:
        """What the conditions ask of tickets."""
        return frozenset(clause.field for rule in self.rules for _place, clause in clauses(rule.condition))


@lru_cache(maxsize=512)
def wall_clock(zone: str) -> Schedule:
    """Every minute counts; days are those of the zone."""
    return replace(ALWAYS, zone=zone)


class _Memory:
    """The rules as this process has last read them."""

    read_at = 0.0
    asked_at = 0.0
    rules: Ruleset | None = None


def present_rules() -> Ruleset:
    """The rules as they are now, read again only when they changed: for operations that change a ticket."""
    version = _version()
    if is_rehearsal():
        return _read(version)
    if _Memory.rules is None or _Memory.rules.version != version or _Memory.rules.reaction != REACTION():
        _Memory.rules = _read(version)
    _Memory.asked_at = time.monotonic()
    return _Memory.rules


def remembered_rules() -> Ruleset:
    """The same as this process has last seen them: for new tickets and for pages."""
    if is_rehearsal() or _Memory.rules is None or time.monotonic() - _Memory.asked_at > MAX_AGE:
        return present_rules()
    return _Memory.rules


def forget() -> None:
    """The next reading is fresh."""
    _Memory.rules = None


def _version() -> int:
    return Recomputation.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _read(version: int) -> Ruleset:
    rows = SlaRule.objects.select_related("schedule").order_by("position", "id")
    return Ruleset(version, tuple(_rule(row) for row in rows), Reaction(REACTION()))


def _rule(row: SlaRule) -> Rule:
    try:
        return Rule(row, load(row.condition), row.is_enabled)
    except BadCondition:
        log.error("the condition of an SLA rule cannot be read", rule=row.pk)
        return Rule(row, EVERYTHING, is_enabled=False)


def age_limit(moment: datetime) -> datetime:
    """Until when a ticket may have been registered by the rules of before a moment."""
    return moment + timedelta(seconds=2 * MAX_AGE + 1)
