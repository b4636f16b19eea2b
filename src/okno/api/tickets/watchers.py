"""Who of us follows a ticket."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from pydantic import Field

from okno.api.authentication import ApiRequest
from okno.api.naming import Names
from okno.api.routers import around
from okno.api.schemas.base import Given, Id
from okno.api.schemas.tickets import WatcherOut, watcher_out
from okno.api.tickets.changing import CHANGES
from okno.core.faults import NotVisible
from okno.tickets import access
from okno.tickets.models import Watcher
from okno.tickets.operations.people import add_watcher, remove_watcher


class WatcherIn(Given):
    """An agent or a team, one of them."""

    agent: Id | None = Field(None, description="Id of an agent.")
    team: Id | None = Field(None, description="Id of a team.")


@around.post("/tickets/{int:number}/watchers", response={201: WatcherOut}, auth=CHANGES, operation_id="add_watcher")
def add(request: ApiRequest, number: int, given: WatcherIn) -> WatcherOut:
    """Has an agent or a team follow the ticket. Who follows already is not added twice."""
    ticket = access.get(request.bearer, number)
    names = Names(request.bearer)
    agent, team = names.agent("agent", given.agent), names.team("team", given.team)
    if (given.agent is None) == (given.team is None):
        names.refuse("agent", _("Name either an agent or a team."))
    names.check()
    return watcher_out(add_watcher(request.bearer, ticket, agent=agent, team=team))


@around.delete(
    "/tickets/{int:number}/watchers/{int:watcher}",
    response={204: None},
    auth=CHANGES,
    operation_id="remove_watcher",
)
def remove(request: ApiRequest, number: int, watcher: int) -> HttpResponse:
    """Ends the following."""
    ticket = access.get(request.bearer, number)
    row = Watcher.objects.select_related("agent", "team").filter(ticket=ticket, pk=watcher).first()
    if row is None:
        raise NotVisible(_("There is no such watcher of this ticket."))
    remove_watcher(request.bearer, ticket, row)
    return HttpResponse(status=204)
