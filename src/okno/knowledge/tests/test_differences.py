"""Two versions compared: the pieces make both texts again, whatever they are."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from okno.knowledge.rules.differences import MOST_WORDS, Line, compare, shortened

TEXTS = st.lists(st.text(alphabet="ab ё", max_size=12), max_size=8).map("\n".join)


def side(lines: list[Line], *kinds: str) -> list[str]:
    """One of the two texts, put together from the pieces."""
    made = []
    for line in lines:
        text = "".join(piece.text for piece in line.pieces if piece.kind in kinds)
        if any(piece.kind in kinds for piece in line.pieces):
            made.append(text)
    return made


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_both_texts_can_be_read_from_the_comparison(before: str, after: str) -> None:
    lines = compare(before, after)
    assert side(lines, "same", "removed") == lines_of(before)
    assert side(lines, "same", "added") == lines_of(after)


def test_words_within_a_paragraph_are_told_apart() -> None:
    [line] = compare("Open the rear door.", "Open the front door.")
    assert line.kind == "changed"
    assert [(piece.kind, piece.text) for piece in line.pieces] == [
        ("same", "Open the "), ("removed", "rear"), ("added", "front"), ("same", " door."),
    ]  # fmt: skip


def test_what_stayed_far_from_a_change_is_left_out() -> None:
    before = "\n".join(f"line {number}" for number in range(20))
    shown = shortened(compare(before, before.replace("line 10", "line ten")))
    assert sum(line is not None for line in shown) == 5
    assert shown[0] is None
    assert shown[-1] is None


def test_a_huge_paragraph_is_compared_in_no_time() -> None:
    [line] = compare("a " * MOST_WORDS, "b " * MOST_WORDS)
    assert [piece.kind for piece in line.pieces] == ["removed", "added"]
