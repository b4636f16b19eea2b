"""The limits of an attribute: read from what is stored, and what is wrong with those that somebody wrote."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from okno.fields.rules.definition import Kind, Limits, Problem
from okno.fields.rules.masks import is_mask

LONGEST_LINE = 500
LONGEST_TEXT = 10_000
LARGEST_NUMBER = 10**11
MOST_DECIMALS = 4
"""With the largest number these are 15 digits, which JSON and every program behind the API keep exactly."""

OWN: dict[Kind, tuple[str, ...]] = {
    Kind.LINE: ("shortest", "longest", "mask"),
    Kind.TEXT: ("shortest", "longest"),
    Kind.NUMBER: ("least", "most", "decimals"),
    Kind.DATE: ("earliest", "latest"),
}
"""Which limits each kind has; the others have none."""


def room_of(kind: Kind) -> int:
    """How many characters a text of this kind has at most."""
    return LONGEST_LINE if kind is Kind.LINE else LONGEST_TEXT


def read_limits(data: Mapping[str, Any]) -> Limits:
    """The limits of a stored row; what later versions may add is passed over."""
    known = asdict(Limits())
    return Limits(**{name: value for name, value in data.items() if name in known})


def stored_limits(kind: Kind, limits: Limits) -> dict[str, Any]:
    """What is stored: the limits that the kind has and that say anything."""
    said, usual = asdict(limits), asdict(Limits())
    return {name: said[name] for name in OWN.get(kind, ()) if said[name] != usual[name]}


def limits_problems(kind: Kind, limits: Limits) -> dict[str, Problem]:
    """What is wrong, by the name of the limit."""
    found: dict[str, Problem] = {}
    names = OWN.get(kind, ())
    if "longest" in names:
        found |= _of_lengths(kind, limits)
    if "mask" in names and limits.mask and not is_mask(limits.mask):
        found["mask"] = Problem("bad_mask")
    if "least" in names:
        found |= _of_numbers(limits)
    if "earliest" in names:
        found |= _of_days(limits)
    return found


def _of_lengths(kind: Kind, limits: Limits) -> dict[str, Problem]:
    room = room_of(kind)
    found = {
        name: Problem("length", {"limit": room})
        for name, value in (("shortest", limits.shortest), ("longest", limits.longest))
        if value is not None and not 0 < value <= room
    }
    if not found and limits.shortest and limits.longest and limits.shortest > limits.longest:
        found["longest"] = Problem("crossed")
    return found


def _of_numbers(limits: Limits) -> dict[str, Problem]:
    found: dict[str, Problem] = {}
    for name, value in (("least", limits.least), ("most", limits.most)):
        if value is not None and not (math.isfinite(value) and abs(value) <= LARGEST_NUMBER):
            found[name] = Problem("number")
    if not 0 <= limits.decimals <= MOST_DECIMALS:
        found["decimals"] = Problem("decimals_limit", {"limit": MOST_DECIMALS})
    if not found and limits.least is not None and limits.most is not None and limits.least > limits.most:
        found["most"] = Problem("crossed")
    return found


def _of_days(limits: Limits) -> dict[str, Problem]:
    found = {
        name: Problem("date")
        for name, value in (("earliest", limits.earliest), ("latest", limits.latest))
        if value and day_of(value) is None
    }
    if not found and limits.earliest and limits.latest and limits.earliest > limits.latest:
        found["latest"] = Problem("crossed")
    return found


def day_of(text: str) -> date | None:
    """A day such as 2026-03-29; nothing where it is none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
