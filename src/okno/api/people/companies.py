"""Client companies."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.keys import CursorText, Limit, page_by_id
from okno.api.routers import clients
from okno.api.schemas.base import Given, Id, IdOrNobody, Line
from okno.people import access
from okno.people.models import Company
from okno.people.operations.companies import CompanyFacts, change_company, create_company

READ, WRITE = Scope("people:read"), Scope("people:write")


class CompanyOut(BaseModel):
    """A company."""

    id: int
    name: str = Field(examples=["Kawa i Ciasto"])
    email: str
    phone: str
    language: str = Field(examples=["pl"])
    time_zone: str = Field(examples=["Europe/Warsaw"])
    domains: list[str] = Field(description="Mail domains whose letters belong to it.", examples=[["kawa.example"]])
    responsible: int | None = Field(description="Id of the employee to whom its tickets go by default.")
    watching_agents: list[int] = Field(description="Ids of the employees who follow all its tickets.")
    watching_teams: list[int] = Field(description="Ids of the teams that follow all its tickets.")
    created_at: datetime


class CompanyPage(BaseModel):
    """A page of companies."""

    items: list[CompanyOut]
    next_cursor: str | None


class CompanyChanges(Given):
    """What to change; what is left out stays."""

    name: Line | None = None
    email: Line | None = None
    phone: Line | None = None
    language: Line | None = Field(None, description="en, ru, uk, pl, or empty.")
    time_zone: Line | None = Field(None, description="Of the IANA database, or empty.")
    domains: list[Line] | None = Field(
        None, description="All mail domains; replaces the present ones.", max_length=200
    )
    responsible: IdOrNobody | None = Field(None, description="Id of an employee; 0 for nobody.")
    watching_agents: list[Id] | None = Field(None, description="Ids; replaces the present ones.", max_length=200)
    watching_teams: list[Id] | None = Field(None, description="Ids; replaces the present ones.", max_length=200)


class CompanyIn(CompanyChanges):
    """A company to be."""

    name: Line = Field(examples=["Kawa i Ciasto"])


@clients.get("/companies", response=CompanyPage, auth=READ, operation_id="list_companies")
def list_companies(request: ApiRequest, q: Line = "", cursor: CursorText = "", limit: Limit = 50) -> CompanyPage:
    """The companies that you see, in the order of their registration; `q` is a part of the name."""
    rows = access.companies_visible_to(request.bearer).prefetch_related("domains")
    found, following = page_by_id(rows.filter(name__icontains=q) if q else rows, cursor, limit)
    return CompanyPage(items=[company_out(row) for row in found], next_cursor=following)


@clients.post("/companies", response={201: CompanyOut}, auth=WRITE, operation_id="create_company")
def create(request: ApiRequest, given: CompanyIn) -> CompanyOut:
    """Registers a company."""
    return company_out(create_company(request.bearer, _facts(given)))


@clients.get("/companies/{int:company}", response=CompanyOut, auth=READ, operation_id="read_company")
def read(request: ApiRequest, company: int) -> CompanyOut:
    """One company."""
    return company_out(access.get_company(request.bearer, company))


@clients.patch(
    "/companies/{int:company}",
    response=CompanyOut,
    auth=Scope("people:read", "people:write"),
    operation_id="change_company",
)
def change(request: ApiRequest, company: int, given: CompanyChanges) -> CompanyOut:
    """Changes what is named and leaves the rest."""
    row = access.get_company(request.bearer, company)
    return company_out(change_company(request.bearer, row, _facts(given)))


def _facts(given: CompanyChanges) -> CompanyFacts:
    return CompanyFacts(**given.model_dump())


def company_out(row: Company) -> CompanyOut:
    """The company with its domains."""
    return CompanyOut(
        id=row.pk,
        name=row.name,
        email=row.email,
        phone=row.phone,
        language=row.language,
        time_zone=row.time_zone,
        domains=sorted(each.domain for each in row.domains.all()),
        responsible=row.responsible_id,
        watching_agents=row.watching_agents,
        watching_teams=row.watching_teams,
        created_at=row.created_at,
    )
