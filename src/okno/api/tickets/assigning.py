"""Saying whose ticket it is."""

from __future__ import annotations

from pydantic import Field

from okno.api.authentication import ApiRequest
from okno.api.naming import Names, expected_version
from okno.api.routers import tickets
from okno.api.schemas.base import Id
from okno.api.schemas.tickets import TicketDetail
from okno.api.tickets.changing import CHANGES, Versioned
from okno.api.tickets.reading import detail
from okno.tickets import access
from okno.tickets.operations.assigning import assign, claim


class AssigneeChange(Versioned):
    """Whose it shall be; what is left out stays, null takes it away."""

    agent: Id | None = Field(None, description="Id of an agent, or null for nobody.")
    team: Id | None = Field(None, description="Id of a team, or null for none.")


@tickets.put("/tickets/{int:number}/assignee", response=TicketDetail, auth=CHANGES, operation_id="assign_ticket")
def set_assignee(request: ApiRequest, number: int, wanted: AssigneeChange) -> TicketDetail:
    """Makes an agent, a team, both or nobody answer for the ticket."""
    actor = request.bearer
    ticket = access.get(actor, number)
    names, named = Names(request.bearer), wanted.model_fields_set
    agent = names.agent("agent", wanted.agent) if "agent" in named else ticket.assignee
    team = names.team("team", wanted.team) if "team" in named else ticket.team
    names.check()
    changed = assign(
        actor, ticket, agent=agent, team=team, expected_version=expected_version(request, wanted.version)
    )
    return detail(actor, changed)


@tickets.post("/tickets/{int:number}/claim", response=TicketDetail, auth=CHANGES, operation_id="claim_ticket")
def take(request: ApiRequest, number: int) -> TicketDetail:
    """Takes the ticket for the agent of the token; of several who do so at once, one gets it."""
    return detail(request.bearer, claim(request.bearer, access.get(request.bearer, number)))
