"""The words and rows that requests name: statuses, types, priorities, agents, teams."""

from __future__ import annotations

from pydantic import Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.routers import reference
from okno.api.schemas.base import Coded, Ref
from okno.people.models import Agent, Team
from okno.workflow import catalogue
from okno.workflow.models import Impact, Priority, Status, TicketType, Urgency

ANY = Scope()


class StatusOut(Coded):
    """A status."""

    state: str = Field(description="What it means to clocks and lists.", examples=["open"])
    is_active: bool
    is_default: bool = Field(description="The one taken when only the state is asked for.")


class TypeOut(Coded):
    """A type."""

    is_internal: bool = Field(description="Tickets of it are never shown or told to clients.")
    is_active: bool
    is_default: bool


class PriorityOut(Coded):
    """A priority; a higher rank is more urgent."""

    rank: int
    is_active: bool
    is_default: bool


class LevelOut(Coded):
    """An impact or an urgency."""

    is_active: bool


class ServiceOut(Coded):
    """A service."""

    is_active: bool
    parent: str | None = Field(description="Code of the service above it.")


class AgentOut(Ref):
    """An employee."""

    is_active: bool
    teams: list[int] = Field(description="Ids of the teams.")


class TeamOut(Ref):
    """A team."""

    is_active: bool


@reference.get("/statuses", response=list[StatusOut], auth=ANY, operation_id="list_statuses")
def statuses(request: ApiRequest) -> list[StatusOut]:
    """Every status, in the order in which people see them."""
    return [
        StatusOut(code=row.code, name=row.name, state=row.state, is_active=row.is_active, is_default=row.is_default)
        for row in Status.objects.all()
    ]


@reference.get("/types", response=list[TypeOut], auth=ANY, operation_id="list_types")
def types(request: ApiRequest) -> list[TypeOut]:
    """Every type of ticket."""
    return [
        TypeOut(
            code=row.code,
            name=row.name,
            is_internal=row.is_internal,
            is_active=row.is_active,
            is_default=row.is_default,
        )
        for row in TicketType.objects.all()
    ]


@reference.get("/priorities", response=list[PriorityOut], auth=ANY, operation_id="list_priorities")
def priorities(request: ApiRequest) -> list[PriorityOut]:
    """Every priority."""
    return [
        PriorityOut(code=row.code, name=row.name, rank=row.rank, is_active=row.is_active, is_default=row.is_default)
        for row in Priority.objects.all()
    ]


@reference.get("/impacts", response=list[LevelOut], auth=ANY, operation_id="list_impacts")
def impacts(request: ApiRequest) -> list[LevelOut]:
    """Every impact; with an urgency it makes the priority."""
    return [LevelOut(code=row.code, name=row.name, is_active=row.is_active) for row in Impact.objects.all()]


@reference.get("/urgencies", response=list[LevelOut], auth=ANY, operation_id="list_urgencies")
def urgencies(request: ApiRequest) -> list[LevelOut]:
    """Every urgency."""
    return [LevelOut(code=row.code, name=row.name, is_active=row.is_active) for row in Urgency.objects.all()]


@reference.get("/services", response=list[ServiceOut], auth=ANY, operation_id="list_services")
def services(request: ApiRequest) -> list[ServiceOut]:
    """Every service, in the order of the tree."""
    return [
        ServiceOut(
            code=row.code, name=row.name, is_active=row.is_active, parent=row.parent.code if row.parent else None
        )
        for _depth, row in catalogue.service_tree(active_only=False)
    ]


@reference.get("/agents", response=list[AgentOut], auth=ANY, operation_id="list_agents")
def agents(request: ApiRequest) -> list[AgentOut]:
    """Every employee who works or worked on tickets."""
    rows = Agent.objects.prefetch_related("memberships").order_by("name", "pk")
    return [
        AgentOut(
            id=row.pk,
            name=row.name,
            is_active=row.is_active,
            teams=sorted(place.team_id for place in row.memberships.all()),
        )
        for row in rows
    ]


@reference.get("/teams", response=list[TeamOut], auth=ANY, operation_id="list_teams")
def teams(request: ApiRequest) -> list[TeamOut]:
    """Every team."""
    return [TeamOut(id=row.pk, name=row.name, is_active=row.is_active) for row in Team.objects.all()]
