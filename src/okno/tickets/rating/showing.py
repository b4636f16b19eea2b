"""What employees see of ratings: leads all of it, others what the settings allow."""

from __future__ import annotations

from enum import StrEnum

from okno.core.actor import Actor
from okno.tickets.rating.declarations import SHOWN

RIGHT = "ratings.view"


class Sight(StrEnum):
    """All, all but who gave it, or nothing."""

    NAMES = "names"
    PLAIN = "plain"
    NONE = "none"


def sight_of_ratings(actor: Actor) -> Sight:
    """What this employee sees of the ratings of tickets that he sees."""
    return Sight.NAMES if actor.has(RIGHT) else Sight(SHOWN())
