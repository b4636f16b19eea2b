"""The order of rows as a page with ``components/ordered`` sends it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from okno.core.faults import Invalid
from okno.core.ordered import moved

LIMIT = 10_000


def read_order(posted: Mapping[str, str]) -> tuple[list[int], list[int]]:
    """The wanted order and the one that was seen: ``order`` whole, or ``move`` of one row such as ``7:up``."""
    seen = _ids(posted.get("seen", ""))
    pk, _colon, direction = posted.get("move", "").partition(":")
    if direction in {"up", "down"} and pk.isascii() and pk.isdigit():
        return moved(seen, int(pk[:20]), -1 if direction == "up" else 1), seen
    return _ids(posted.get("order", "")), seen


def _ids(text: str) -> list[int]:
    words = text.split(",") if text else []
    if len(words) > LIMIT or not all(word.isascii() and word.isdigit() and len(word) < 20 for word in words):
        raise Invalid({"order": [_("The order must name each row once.")]})
    return [int(word) for word in words]
