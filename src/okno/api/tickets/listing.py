"""The list of tickets."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Query
from pydantic import BaseModel, Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.keys import CursorText, Limit
from okno.api.naming import refuse_unknown
from okno.api.routers import tickets
from okno.api.schemas.tickets import TicketPage, ticket_out
from okno.tickets.filters import page, parse

Who = Annotated[str, Field(pattern=r"^(me|none|\d{1,19})$", examples=["me"])]
Codes = Annotated[str, Field(max_length=400)]


class TicketQuery(BaseModel):
    """What narrows the list."""

    section: Literal["mine", "my_teams", "unassigned", "waiting", "resolved", "closed", "active"] | None = Field(
        None, description="One of the lists that every agent has."
    )
    state: Codes | None = Field(
        None, description="States, parted by commas: new, open, waiting, postponed, resolved, closed."
    )
    status: Codes | None = Field(None, description="Codes of statuses, parted by commas.")
    type: Codes | None = Field(None, description="Codes of types, parted by commas.")
    priority: Codes | None = Field(None, description="Codes of priorities, parted by commas.")
    rating: Codes | None = Field(
        None, description="What clients think of the solution, parted by commas: bad, neutral, good."
    )
    assignee: Who | None = Field(None, description="Id of an agent, `me` or `none`.")
    team: str | None = Field(None, description="Id of a team, or `none`.", pattern=r"^(none|\d{1,19})$")
    contact: int | None = Field(None, description="Id of a contact.", ge=0, le=2**63 - 1)
    company: int | None = Field(None, description="Id of a company.", ge=0, le=2**63 - 1)
    unread: bool | None = Field(None, description="Only what is new or was last written to by the client.")
    updated_since: str | None = Field(
        None, description="Only what has changed since this moment (RFC 3339).", examples=["2026-03-01T09:30:00Z"]
    )
    q: str | None = Field(
        None,
        description="Words in number, subject, client or conversation; each may be a beginning.",
        max_length=500,
    )
    sort: Literal["-activity", "activity", "-created", "created", "-number", "number", "-due", "due"] = Field(
        "-activity", description="The order; with a minus the newest first."
    )
    cursor: CursorText | None = None
    limit: Limit = 50


@tickets.get("/tickets", response=TicketPage, auth=Scope("tickets:read"), operation_id="list_tickets")
def list_tickets(request: ApiRequest, query: Query[TicketQuery]) -> TicketPage:
    """Tickets that the agent of the token sees, page by page. Unknown parameters are refused."""
    refuse_unknown(request, list(TicketQuery.model_fields))
    given = {name: ",".join(request.GET.getlist(name)) for name in request.GET}
    found = page(request.bearer, parse(given), after=query.cursor, limit=query.limit)
    return TicketPage(
        items=[ticket_out(request.bearer, ticket) for ticket in found.rows],
        next_cursor=found.next_cursor,
        previous_cursor=found.previous_cursor,
    )
