"""Who the token speaks for, and what it may do."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.routers import reference
from okno.api.schemas.base import Ref, ref


class TokenOut(BaseModel):
    """The token of this request."""

    name: str
    scopes: list[str] = Field(examples=[["tickets:read", "tickets:write"]])
    expires_at: datetime | None


class MeOut(BaseModel):
    """The agent and the token."""

    agent: Ref
    email: str
    role: str = Field(description="Code of the role.", examples=["lead"])
    rights: list[str] = Field(description="What the role grants and the token lets through.")
    teams: list[int]
    token: TokenOut


@reference.get("/me", response=MeOut, auth=Scope(), operation_id="read_me")
def read_me(request: ApiRequest) -> MeOut:
    """Whom the token speaks for. A good first call to see that it works."""
    token, actor = request.token, request.bearer
    agent = ref(token.agent)
    return MeOut(
        agent=agent or Ref(id=0, name=""),
        email=token.agent.user.email,
        role=token.agent.role.code,
        rights=sorted(right for right in actor.rights if actor.has(right)),
        teams=list(actor.teams),
        token=TokenOut(name=token.name, scopes=token.scopes, expires_at=token.expires_at),
    )
