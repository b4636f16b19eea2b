"""The order of a list of rules as its page sends it: dragged or moved by buttons (see ``components/ordered``)."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from okno.core.faults import Conflict, Invalid
from okno.core.http.orders import read_order
from okno.manage.pages import done, refused

Change = Callable[[list[int], list[int]], object]
"""The operation that puts the rows in order: of the wanted order and of the one that was seen."""


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
