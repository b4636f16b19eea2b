"""The mark that every letter of ours carries, looked for in a letter that came."""

from __future__ import annotations

from okno.channels.email import loop
from okno.channels.email.intake.case import Case


def is_marked_as_ours(case: Case) -> bool:
    """Whether this installation sent the letter."""
    marks = [value for name, value in case.parsed.headers if name.lower() == loop.HEADER.lower()]
    return loop.is_ours([*marks, *case.parsed.x_loop])
