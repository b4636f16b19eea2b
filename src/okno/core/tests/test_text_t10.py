"""Unseen characters in names and subjects."""

from __future__ import annotations

import pytest

from okno.core.text import one_line

UNSEEN = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0, 0x1B, 0x7F, 0xFEFF, 0x200B]


@pytest.mark.parametrize("code", UNSEEN)
def test_what_is_not_seen_is_left_out_t10(code: int) -> None:
    assert one_line(f"pay{chr(code)}ment {chr(code)}{chr(code)}due") == "payment due"


@pytest.mark.parametrize(
    "line_break", ["\n", "\r\n", "\r", "\t", "\v", "\f", "\x85", "\u2028", "\u2029", "\u00a0 "]
)
def test_there_is_one_line_t10(line_break: str) -> None:
    assert one_line(f" one{line_break}two{line_break}") == "one two"


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧", "می\u200cخواهم", "שלום", "Zażółć", "Ї", "x" * 5000, ""])
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text
