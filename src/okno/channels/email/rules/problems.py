"""The list of what was wrong with a letter: each finding once, and never too many of them."""

from __future__ import annotations

MAX_PROBLEMS = 50


class Problems:
    """Collects findings in the order they are met; a repeated one is not told twice."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def add(self, text: str) -> None:
        """Note one finding."""
        if len(self._found) < MAX_PROBLEMS:
            self._found.setdefault(text)

    def all(self) -> list[str]:
        """The findings so far."""
        return list(self._found)
