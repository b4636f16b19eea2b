"""A finding, and the examination that gathers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "notice", "problem"]


@dataclass(frozen=True)
class Finding:
    """What one check found: its name for programs, how things stand, and what a person can do.

    A ``notice`` is worth knowing; only a ``problem`` makes the command end with an error.
    """

    id: str
    state: State
    what: str
    mend: str = ""


Check = Callable[[], Iterable[Finding]]


def examine(checks: Iterable[Check]) -> Iterator[Finding]:
    """Makes the checks one after another; one that itself fails is a problem too, and does not end the rest."""
    for check in checks:
        try:
            yield from check()
        except Exception as error:
            first = (str(error).strip().splitlines() or [type(error).__name__])[0]
            yield Finding(
                check.__name__.replace("_", "-"),
                "problem",
                f"This could not be examined: {first}",
                "Mend what is reported above first, then run `okno doctor` again.",
            )


def ok(name: str, what: str) -> Finding:
    """All is well here."""
    return Finding(name, "ok", what)


def notice(name: str, what: str, mend: str) -> Finding:
    """Worth knowing."""
    return Finding(name, "notice", what, mend)


def problem(name: str, what: str, mend: str) -> Finding:
    """Something does not work, or will soon not."""
    return Finding(name, "problem", what, mend)
