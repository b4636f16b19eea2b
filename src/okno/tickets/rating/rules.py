"""Who may rate what, when, and what a score means whatever the scale. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum


class Scale(StrEnum):
    """What a client chooses from; the first is the worst."""

    SMILEYS_3 = "smileys_3"
    SMILEYS_5 = "smileys_5"
    STARS_5 = "stars_5"
    THUMBS = "thumbs"

    @property
    def size(self) -> int:
        """How many scores it has: they count from 1."""
        return SIZES[self]


SIZES = {Scale.SMILEYS_3: 3, Scale.SMILEYS_5: 5, Scale.STARS_5: 5, Scale.THUMBS: 2}


class Level(IntEnum):
    """What a score comes to on every scale: for marks in lists, conditions and the comment that is asked for."""

    BAD = 1
    NEUTRAL = 2
    GOOD = 3

    @property
    def code(self) -> str:
        """Its word for programs."""
        return self.name.lower()


def level_of(scale: Scale, score: int) -> Level:
    """The third of the scale in which the score stands; thumbs know no middle."""
    share = share_of(scale, score)
    if share < 50:
        return Level.BAD
    return Level.NEUTRAL if share == 50 else Level.GOOD


def share_of(scale: Scale, score: int) -> int:
    """The score out of 100, so that scales can be averaged: 0 is the worst, 100 the best."""
    if not 1 <= score <= scale.size:
        raise ValueError(f"{score} is not on the scale {scale}")
    return round(100 * (score - 1) / (scale.size - 1))


def worst_of(levels: Iterable[int]) -> int | None:
    """What a ticket is marked with that several people rated: one who is not content is not outvoted."""
    return min(levels, default=None)


class Comments(StrEnum):
    """Whether words are asked for with a score, and whether without them it is not complete."""

    NONE = "none"
    OPTIONAL = "optional"
    BAD = "bad"
    ALWAYS = "always"


def needs_comment(comments: Comments, level: Level) -> bool:
    """Whether a score of this level needs words."""
    return comments is Comments.ALWAYS or (comments is Comments.BAD and level is Level.BAD)


class Refusal(StrEnum):
    """Why somebody may not rate."""

    OFF = "off"
    TYPE = "type"
    INTERNAL = "internal"
    NOT_ASKED = "not_asked"
    NOT_DONE = "not_done"
    TOO_LATE = "too_late"
    SETTLED = "settled"


@dataclass(frozen=True)
class Case:
    """All that decides whether somebody may rate now.

    ``done_at`` is when the present solution was given, nothing while there is none; ``rated_at`` when this person
    first rated it, nothing if not yet. A rating may be given for ``open_for`` after the solution and changed for
    ``change_for`` after it was given.
    """

    is_on: bool
    is_rated_type: bool
    is_internal: bool
    is_requester: bool
    is_participant: bool
    others_may: bool
    done_at: datetime | None
    rated_at: datetime | None
    open_for: timedelta
    change_for: timedelta


def refusal_of(case: Case, now: datetime) -> Refusal | None:
    """Why this person may not rate now, or nothing: what concerns the desk first, then the person, then time."""
    is_asked = case.is_requester or (case.is_participant and case.others_may)
    found = [
        Refusal.OFF if not case.is_on else None,
        Refusal.INTERNAL if case.is_internal else None,
        Refusal.TYPE if not case.is_rated_type else None,
        Refusal.NOT_ASKED if not is_asked else None,
        _by_time(case, now),
    ]
    return next((each for each in found if each is not None), None)


def _by_time(case: Case, now: datetime) -> Refusal | None:
    if case.done_at is None:
        return Refusal.NOT_DONE
    if case.rated_at is not None:
        return Refusal.SETTLED if now > case.rated_at + case.change_for else None
    return Refusal.TOO_LATE if now > case.done_at + case.open_for else None
