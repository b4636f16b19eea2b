"""Where a ticket may go from its status, and why not."""

from __future__ import annotations

from pydantic import BaseModel, Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.routers import tickets
from okno.api.schemas.tickets import StatusRef
from okno.tickets import access
from okno.tickets.transitions import allowed_transitions


class TransitionOut(BaseModel):
    """A way out of the present status."""

    status: StatusRef
    name: str = Field(description="What its button says.", examples=["Take into work"])
    is_allowed: bool
    refusal: str = Field(description="Why you may not go it; empty where you may.")
    needs_until: bool = Field(description="Send `until`: when the ticket returns by itself.")
    needs_comment: bool = Field(description="Send `comment`.")
    comment_is_public: bool = Field(description="Whether the client gets the comment; else only employees see it.")
    missing: list[str] = Field(description="Facts of the ticket that must be filled in first.")


@tickets.get(
    "/tickets/{int:number}/transitions",
    response=list[TransitionOut],
    auth=Scope("tickets:read"),
    operation_id="list_transitions",
)
def transitions(request: ApiRequest, number: int) -> list[TransitionOut]:
    """Every way out of the ticket's status, also those that are not for you."""
    ticket = access.get(request.bearer, number)
    return [
        TransitionOut(
            status=StatusRef(code=choice.status.code, name=choice.status.name, state=choice.status.state),
            name=choice.name,
            is_allowed=choice.allowed and not choice.is_window,
            refusal=choice.refusal,
            needs_until=choice.needs_until,
            needs_comment=choice.needs_comment,
            comment_is_public=choice.way.comment_is_public,
            missing=list(choice.missing),
        )
        for choice in allowed_transitions(request.bearer, ticket)
    ]
