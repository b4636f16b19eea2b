"""Ratings over time as a picture: bars of how many, a line of the average. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from okno.tickets.rating.summaries import Point

HEIGHT, STEP, GAP = 100, 10, 2
"""Units of the drawing, which is stretched to the place there is."""


@dataclass(frozen=True)
class Bar:
    """One part of a column, from the bottom: the bad ones lie lowest."""

    level: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Chart:
    """The drawing: ``width`` units wide, ``most`` ratings high, the line in pieces where nothing was rated."""

    width: int
    most: int
    bars: list[Bar]
    lines: list[str]


def chart_of(points: Sequence[Point]) -> Chart:
    """The columns stand in the order of time."""
    most = max((point.sum.count for point in points), default=0) or 1
    bars = [bar for number, point in enumerate(points) for bar in _column(number, point, most)]
    return Chart(len(points) * STEP, most, bars, _lines(points))


def _column(number: int, point: Point, most: int) -> list[Bar]:
    found, below = [], 0.0
    for level, count in ((1, point.sum.bad), (2, point.sum.neutral), (3, point.sum.good)):
        height = HEIGHT * count / most
        below += height
        if count:
            found.append(Bar(level, number * STEP + GAP / 2, round(HEIGHT - below, 2), round(height, 2)))
    return found


def _lines(points: Sequence[Point]) -> list[str]:
    """A line ends where a step has no rating, and begins anew behind it."""
    pieces: list[list[str]] = [[]]
    for number, point in enumerate(points):
        if point.sum.average is None:
            pieces.append([])
        else:
            x, y = number * STEP + STEP / 2, HEIGHT - HEIGHT * point.sum.average / 100
            pieces[-1].append(f"{x:g},{y:.1f}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]
