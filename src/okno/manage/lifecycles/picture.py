"""The picture of a lifecycle, made of values.

Statuses stand below each other, each with a line for every way out of it. What leads on leaves at the right,
what leads back at the left; all ways to one status share a lane in its colour, so that arrows do not run across
names. The height grows with the ways and the width with the lanes: a phone shows it whole, or scrolls.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

CARD, HEAD, LINE, FOOT, GAP = 212, 30, 22, 6, 18
LANE, MARGIN, ARROW = 11, 12, 6


@dataclass(frozen=True)
class Exit:
    """A way out of a status: its words, where it leads, and what is marked at it."""

    words: str
    target: str
    by_client: bool = False
    is_timer: bool = False


@dataclass(frozen=True)
class Spot:
    """A status to be drawn."""

    code: str
    name: str
    tone: str
    is_initial: bool = False
    exits: Sequence[Exit] = ()


@dataclass(frozen=True)
class Line:
    """A way out in the picture: the middle of its line, and the path to the lane of its target."""

    exit: Exit
    y: int
    tone: str
    leads_on: bool
    path: str
    knot: tuple[int, int]


@dataclass(frozen=True)
class Lane:
    """What all ways to one status share, with the arrow at its end."""

    tone: str
    path: str
    arrow: str
    is_timer: bool


@dataclass(frozen=True)
class Card:
    """A status in the picture."""

    spot: Spot
    y: int
    height: int


@dataclass
class Picture:
    """Everything with its place; ``x`` is the left edge of the statuses."""

    x: int = 0
    width: int = 0
    height: int = 0
    card: int = CARD
    head: int = HEAD
    cards: list[Card] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)


def picture(spots: Sequence[Spot]) -> Picture:
    """The picture of these statuses in their order; ways to a status that is not among them are left out."""
    order = {spot.code: place for place, spot in enumerate(spots)}
    cards: list[Card] = []
    y = 1
    for spot in spots:
        kept = Spot(
            spot.code, spot.name, spot.tone, spot.is_initial,
            [each for each in spot.exits if each.target in order and each.target != spot.code],
        )  # fmt: skip
        height = HEAD + LINE * len(kept.exits) + (FOOT if kept.exits else 0)
        cards.append(Card(kept, y, height))
        y += height + GAP
    rows = [
        (each, card.y + HEAD + LINE * number + LINE // 2, order[each.target] > order[card.spot.code])
        for card in cards
        for number, each in enumerate(card.spot.exits)
    ]
    sides = {leads_on: _lanes(cards, rows, order, leads_on=leads_on) for leads_on in (True, False)}
    counts = {side: max(lanes.values(), default=-1) + 1 for side, lanes in sides.items()}
    result = Picture(x=_breadth(counts[False]), height=max(y - GAP, 0) + 1, cards=cards)
    result.width = result.x + CARD + _breadth(counts[True])
    for leads_on, lanes in sides.items():
        _draw(result, cards, order, [row for row in rows if row[2] is leads_on], lanes, leads_on=leads_on)
    return result


def _breadth(lanes: int) -> int:
    return MARGIN + LANE * lanes if lanes else 2


def _lanes(
    cards: Sequence[Card], rows: Iterable[tuple[Exit, int, bool]], order: dict[str, int], *, leads_on: bool
) -> dict[str, int]:
    """The number of the lane of each target, the nearest to the statuses first; lanes never overlap."""
    spans: dict[str, tuple[int, int]] = {}
    for each, y, side in rows:
        if side is leads_on:
            end = cards[order[each.target]].y + HEAD // 2
            low, high = spans.get(each.target, (end, end))
            spans[each.target] = (min(low, y), max(high, y))
    taken: list[list[tuple[int, int]]] = []
    found = {}
    for code in sorted(spans, key=lambda code: order[code], reverse=not leads_on):
        low, high = spans[code]
        free = (
            number
            for number, lane in enumerate(taken)
            if all(high < other_low or low > other_high for other_low, other_high in lane)
        )
        number = next(free, len(taken))
        if number == len(taken):
            taken.append([])
        taken[number].append((low, high))
        found[code] = number
    return found


def _draw(
    result: Picture,
    cards: Sequence[Card],
    order: dict[str, int],
    rows: Sequence[tuple[Exit, int, bool]],
    lanes: dict[str, int],
    *,
    leads_on: bool,
) -> None:
    edge = result.x + CARD if leads_on else result.x
    outward = 1 if leads_on else -1
    for code, number in lanes.items():
        card = cards[order[code]]
        x, end = edge + outward * (MARGIN + LANE * number), card.y + HEAD // 2
        mine = [(each, y) for each, y, _side in rows if each.target == code]
        far = min((y for _each, y in mine), key=lambda y: y if leads_on else -y)
        tip = edge + outward
        result.lanes.append(
            Lane(
                card.spot.tone,
                f"M{x} {far}V{end}H{tip + outward * ARROW}",
                f"M{tip} {end}l{outward * ARROW} {-ARROW // 2}v{ARROW}z",
                all(each.is_timer for each, _y in mine),
            )
        )
        for each, y in mine:
            result.lines.append(Line(each, y, card.spot.tone, leads_on, f"M{edge} {y}H{x}", (x, y)))
