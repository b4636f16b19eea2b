"""What was already told of a promise, and when the next thing is to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Level(IntEnum):
    """How far a promise has come: nothing to tell, its end is near, it is broken."""

    QUIET = 0
    NEAR = 1
    BROKEN = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A running promise: when it warns, when it ends, and what was told of it."""

    warn_at: datetime | None
    deadline: datetime | None
    told: Level = Level.QUIET

    def level(self, now: datetime) -> Level:
        """How far it has come at a moment."""
        if self.deadline is not None and self.deadline <= now:
            return Level.BROKEN
        return Level.NEAR if self.warn_at is not None and self.warn_at <= now else Level.QUIET

    @property
    def next_at(self) -> datetime | None:
        """When there is something to tell next; nothing while the clock stands."""
        if self.told >= Level.BROKEN or self.deadline is None:
            return None
        moments = [self.deadline] if self.told >= Level.NEAR else [self.warn_at, self.deadline]
        return min((each for each in moments if each is not None), default=None)


def still_told(mark: Mark, now: datetime) -> Level:
    """What counts as told after the deadline moved: a promise that has time again may be told of again."""
    return min(mark.told, mark.level(now))


def next_moment(marks: Iterable[Mark]) -> datetime | None:
    """The first moment at which something is to be told of any of the promises."""
    return min((each.next_at for each in marks if each.next_at is not None), default=None)
