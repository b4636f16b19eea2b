"""Days of activity as words: each search row carries the day of its ticket's last activity, at four widths.

A question for the newest tickets then names a few of these words beside its own, and PostgreSQL's inverted index
itself leaves out what is older: the cost is that of a few days, however many years stand behind them.
"""

from __future__ import annotations

from datetime import UTC, datetime

WIDTHS = (1, 8, 64, 512)
"""Days in a block, from narrow to wide."""

SECONDS = 86_400


def day_of(moment: datetime) -> int:
    """The number of the day, in UTC since 1970."""
    return int(moment.astimezone(UTC).timestamp() // SECONDS)


def words_of_day(day: int) -> list[str]:
    """The words of a search row for its day."""
    return [_word(level, day // width) for level, width in enumerate(WIDTHS)]


def words_of_window(level: int, day: int, *, backward: bool) -> list[str]:
    """The words of the block in which the day is and of the next one in that direction of time."""
    block = day // WIDTHS[level]
    return [_word(level, block), _word(level, block - 1 if backward else block + 1)]


def _word(level: int, block: int) -> str:
    # No word that people write begins with this sign.
    return f"@{level}:{block}"
