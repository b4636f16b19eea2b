"""Days of activity as words: each search row carries the day of its ticket's last activity, at four widths.

A question for the newest tickets then names a few of these words beside its own, and PostgreSQL's inverted index
itself leaves out what is older: the cost is that of a few days, however many years stand behind them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import ceil
from typing import NamedTuple

WIDTHS = (1, 8, 64, 512)
"""Days in a block, from narrow to wide."""

MOST_BLOCKS = 8
"""Blocks that a window has at most beside the one in which it begins: as many as make one of the next width."""

SECONDS = 86_400


def day_of(moment: datetime) -> int:
    """The number of the day, in UTC since 1970."""
    return int(moment.astimezone(UTC).timestamp() // SECONDS)


def words_of_day(day: int) -> list[str]:
    """The words of a search row for its day."""
    return [_word(level, day // width) for level, width in enumerate(WIDTHS)]


class Window(NamedTuple):
    """Blocks of one width, from the one in which a day is onward in one direction of time."""

    level: int
    day: int
    blocks: int
    backward: bool

    @property
    def days(self) -> int:
        """How many days it holds from its day on."""
        width = WIDTHS[self.level]
        into = self.day % width
        return (into + 1 if self.backward else width - into) + width * (self.blocks - 1)

    @property
    def words(self) -> list[str]:
        """The words of search rows in it."""
        block, step = self.day // WIDTHS[self.level], -1 if self.backward else 1
        return [_word(self.level, block + step * number) for number in range(self.blocks)]


def window_of(days: float, day: int, *, backward: bool) -> Window | None:
    """The window that holds so many days at least, in few blocks and little more; none where that is for ever."""
    for level, width in enumerate(WIDTHS):
        if days <= width * MOST_BLOCKS:
            return Window(level, day, 1 + ceil(days / width), backward)
    return None


def _word(level: int, block: int) -> str:
    # No word that people write begins with this sign.
    return f"@{level}:{block}"
