"""The picture of a lifecycle: nothing lies upon anything else, whatever was drawn."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from okno.manage.lifecycles.picture import CARD, HEAD, LINE, Exit, Picture, Spot, picture

CODES = [f"s{number}" for number in range(7)]


@st.composite
def drawings(draw: st.DrawFn) -> list[Spot]:
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=7))
    exits = st.lists(st.builds(Exit, st.just("go"), st.sampled_from(CODES), is_timer=st.booleans()), max_size=6)
    return [Spot(code, code.upper(), "info", exits=draw(exits)) for code in codes]


def spans(drawn: Picture) -> list[tuple[int, int, int]]:
    """Each lane as its place and its two ends."""
    found = []
    for lane in drawn.lanes:
        match = re.match(r"M(-?\d+) (\d+)V(\d+)H", lane.path)
        assert match is not None
        x, begin, end = map(int, match.groups())
        found.append((x, min(begin, end), max(begin, end)))
    return found


@given(drawings())
def test_every_way_has_a_line_and_no_two_lanes_lie_upon_each_other(spots: list[Spot]) -> None:
    drawn = picture(spots)
    codes = {spot.code for spot in spots}
    wanted = [each for spot in spots for each in spot.exits if each.target in codes - {spot.code}]
    assert len(drawn.lines) == len(wanted)
    lanes = sorted(spans(drawn))
    for (x, _begin, end), (other, begin, _end) in pairwise(lanes):
        assert x != other or end < begin
    for x, begin, end in lanes:
        assert 0 < begin <= end < drawn.height
        assert 0 < x < drawn.x or drawn.x + CARD < x < drawn.width
    heights = sorted(line.y for line in drawn.lines)
    assert all(after - before >= LINE for before, after in pairwise(heights))


def test_ways_on_leave_at_the_right_and_ways_back_at_the_left() -> None:
    spots = [
        Spot("new", "New", "info", is_initial=True, exits=[Exit("Take", "open")]),
        Spot("open", "Open", "primary", exits=[Exit("Close", "closed"), Exit("Back", "new", by_client=True)]),
        Spot("closed", "Closed", "neutral", exits=[Exit("Reopen", "open"), Exit("Nowhere", "gone")]),
    ]
    drawn = picture(spots)
    assert [
        (line.exit.words, line.leads_on, line.tone) for line in sorted(drawn.lines, key=lambda line: line.y)
    ] == [
        ("Take", True, "primary"),
        ("Close", True, "neutral"),
        ("Back", False, "info"),
        ("Reopen", False, "primary"),
    ]
    assert [card.y for card in drawn.cards] == sorted(card.y for card in drawn.cards)
    assert drawn.cards[0].height > HEAD
    assert drawn.width < 330


def test_nothing_is_a_picture_too() -> None:
    assert (picture([]).cards, picture([]).lanes) == ([], [])
