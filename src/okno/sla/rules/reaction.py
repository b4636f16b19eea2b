"""What counts as the reaction to a ticket (C2, F55)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from okno.sla.rules.clock import Stay


class Reaction(StrEnum):
    """What fulfils the promise of a reaction."""

    ANY = "any"
    ANSWER = "answer"


def reacted_at(kind: Reaction, stays: Sequence[Stay], answered_at: datetime | None) -> datetime | None:
    """The first change of status or the first public answer, whichever came first; or the answer alone."""
    moments = [answered_at]
    if kind is Reaction.ANY and stays:
        moments.append(stays[0].left_at)
    return min((each for each in moments if each is not None), default=None)
