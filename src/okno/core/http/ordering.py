"""The order of a list of rules as its page sends it: dragged or moved by buttons (see ``components/ordered``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from okno.core.faults import Conflict, Invalid
from okno.core.http.after import done, refused
from okno.core.ordered import moved

Change = Callable[[list[int], list[int]], object]
"""The operation that puts the rows in order: of the wanted order and of the one that was seen."""

LIMIT = 10_000


def answer_order(request: HttpRequest, change: Change, name: str, *args: object) -> HttpResponse:
    """Has the operation put the rows in order; a conflict leads back to the named page, which says so."""
    try:
        wanted, seen = read_order(request.POST)
        change(wanted, seen)
    except (Conflict, Invalid) as fault:
        return refused(request, fault.message, name, *args)
    if request.headers.get("HX-Request"):
        trigger = {"ordered:saved": {"seen": wanted}}
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(trigger)})
    return done(request, _("The order is changed."), name, *args)


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
