"""The strip above every page that says who waits to be called back (F170)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.tickets import access
from okno.tickets.calls import waiting_calls

SHOWN = 10
EXPECTED = "okno_calls"
"""The cookie that has the next page keep the room of the strip, so that nothing jumps when it is fetched."""


@require_safe
@agents
def calls(request: AgentRequest) -> HttpResponseBase:
    """The requests that wait, the oldest first; fetched by each page, and again when one comes or is taken."""
    found = list(waiting_calls(request.actor).select_related("contact", "company")[: SHOWN + 1])
    mine = access.open_to(request.actor, "status").filter(pk__in=[ticket.pk for ticket in found])
    open_to_me = set(mine.values_list("pk", flat=True)) if found else set()
    context = {"calls": found[:SHOWN], "open_to_me": open_to_me, "is_more": len(found) > SHOWN}
    answer = respond(request, "desk/tickets/calls.jinja", context)
    if found and EXPECTED not in request.COOKIES:
        answer.set_cookie(EXPECTED, "1", samesite="Lax", httponly=True, secure=request.is_secure())
    elif not found and EXPECTED in request.COOKIES:
        answer.delete_cookie(EXPECTED, samesite="Lax")
    return answer
