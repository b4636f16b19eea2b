"""How unlike two words are: letters to add, leave out, replace or swap with their neighbour (Damerau, 1964)."""

from __future__ import annotations

from collections.abc import Iterable


def distance(one: str, other: str) -> int:
    """The number of mistakes that make one word of the other."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        this = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            this.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, this
    return last[-1]


def nearest(word: str, known: Iterable[str], most: int) -> list[str]:
    """The known words that differ by one mistake, or by two in a word of six letters and more; nearest first."""
    allowed = 2 if len(word) >= 6 else 1
    measured = sorted((distance(word, each), each) for each in known if each != word)
    return [each for mistakes, each in measured if mistakes <= allowed][:most]
