"""Contrast as WCAG reckons it, and letters that can be read on any colour."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.core.brand.rules import DARK, WHITE, contrast, is_colour, letters_on, lightness

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(("one", "other", "ratio"), [
    ("#ffffff", "#000000", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54),
    ("#ff0000", "#ffffff", 4.0), ("#0000ff", "#ffffff", 8.59),
])  # fmt: skip
def test_known_contrasts(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(colours, colours)
def test_contrast_has_no_direction_and_its_bounds(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(colours)
def test_letters_are_white_on_dark_and_dark_on_light(colour: str) -> None:
    assert 0 <= lightness(colour) <= 1.000001
    assert letters_on(colour) == (DARK if lightness(colour) > 0.62 else WHITE)
    assert contrast(colour, letters_on(colour)) > 3


@pytest.mark.parametrize(
    "text", ["", "#fff", "#12345g", "123456", "#1234567", "#ABCDEF", "red", "#12345\n", "#123456;}"]
)
def test_what_is_no_colour(text: str) -> None:
    assert not is_colour(text)
