"""What trying a mailbox's settings is told as: step by step, the same for both directions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was tried: which (for programs, and in words), whether it worked, and what came of it."""

    name: str
    label: str
    ok: bool
    detail: str = ""
