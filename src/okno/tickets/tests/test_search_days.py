"""Windows of days: as many as are asked for, none left out, in few words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from okno.tickets.search.days import MOST_BLOCKS, WIDTHS, window_of, words_of_day

DAYS = st.floats(0.01, WIDTHS[-1] * MOST_BLOCKS)


@given(days=DAYS, day=st.integers(10_000, 40_000), backward=st.booleans())
def test_a_window_holds_its_days_and_no_other(days: float, day: int, backward: bool) -> None:
    window = window_of(days, day, backward=backward)
    assert window is not None
    step = -1 if backward else 1
    words = set(window.words)
    assert len(words) == window.blocks <= MOST_BLOCKS + 1
    assert days <= window.days
    assert all(words & set(words_of_day(day + step * number)) for number in range(window.days))
    assert not words & set(words_of_day(day + step * window.days))


@given(days=DAYS, day=st.integers(10_000, 40_000), backward=st.booleans())
def test_it_holds_little_more_than_was_asked_for(days: float, day: int, backward: bool) -> None:
    window = window_of(days, day, backward=backward)
    assert window is not None
    assert window.days < days + 2 * WIDTHS[window.level]
    assert window.level == 0 or days > WIDTHS[window.level - 1] * MOST_BLOCKS


def test_for_ever_is_no_window() -> None:
    assert window_of(WIDTHS[-1] * MOST_BLOCKS + 1, 20_000, backward=True) is None
    assert window_of(float("inf"), 20_000, backward=True) is None
