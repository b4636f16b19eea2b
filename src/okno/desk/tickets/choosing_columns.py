"""The window in which an agent chooses the columns of the list and drags them into order (F77)."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.core.faults import Conflict, Invalid
from okno.core.http.ordering import read_order
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.tickets.columns import USUAL, layout_of, names_for
from okno.people.models import User
from okno.people.operations.accounts import keep_list_columns


@dataclass(frozen=True)
class Column:
    """A column as the ordered list draws it; ``pk`` is a number that follows from its code."""

    code: str
    name: str

    @property
    def pk(self) -> int:
        """A number by which the order names it."""
        return zlib.crc32(self.code.encode())


def present(request: AgentRequest) -> tuple[str, ...]:
    """The agent's columns as they are."""
    return layout_of(request.actor, columns_of(request))


def columns_of(request: AgentRequest) -> list[str]:
    """What the agent has chosen; nothing where he never did."""
    user = request.user
    return list(user.list_columns) if isinstance(user, User) else []


@require_safe
@agents
def window(request: AgentRequest) -> HttpResponseBase:
    """The columns that are shown, in their order, and those that could be."""
    return _window(request)


@require_POST
@agents
def choose(request: AgentRequest) -> HttpResponseBase:
    """One column more (``add``), or one less (``remove``), or the usual ones again (``usual``)."""
    shown = present(request)
    add, remove = request.POST.get("add", ""), request.POST.get("remove", "")
    if "usual" in request.POST:
        shown = USUAL
    elif add in names_for(request.actor) and add not in shown:
        shown = (*shown, add)
    elif remove in shown and len(shown) > 1:
        shown = tuple(each for each in shown if each != remove)
    _keep(request, shown)
    return _window(request)


@require_POST
@agents
def order(request: AgentRequest) -> HttpResponseBase:
    """The columns dragged into another order."""
    by_pk = {Column(code, "").pk: code for code in present(request)}
    wanted, seen = read_order(request.POST)
    if seen != list(by_pk):
        raise Conflict(_("Somebody has changed the list meanwhile. This is how it is now; nothing was moved."))
    if sorted(wanted) != sorted(seen):
        raise Invalid({"order": [_("The order must name each row once.")]})
    _keep(request, tuple(by_pk[each] for each in wanted))
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"ordered:saved": {"seen": wanted}})})


def _keep(request: AgentRequest, shown: tuple[str, ...]) -> None:
    user = request.user
    if isinstance(user, User):
        keep_list_columns(user, [] if shown == USUAL else shown)


def _window(request: AgentRequest) -> HttpResponseBase:
    names, shown = names_for(request.actor), present(request)
    context = {
        "columns": [Column(code, str(names[code])) for code in shown],
        "others": [Column(code, str(name)) for code, name in names.items() if code not in shown],
        "is_usual": shown == USUAL,
    }
    return respond(request, "desk/tickets/columns.jinja", context)
