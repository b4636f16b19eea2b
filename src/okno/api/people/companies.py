"""Client companies."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from okno.api.attributes import with_files
from okno.api.authentication import ApiRequest, Scope
from okno.api.keys import CursorText, Limit, page_by_id
from okno.api.routers import clients
from okno.api.schemas.base import Attributes, AttributesOut, Given, Id, IdOrNobody, Line, Lines
from okno.core.actor import Actor
from okno.fields.models import Target
from okno.people import access
from okno.people.attributes import raw_values
from okno.people.models import Company
from okno.people.operations.companies import CompanyFacts, change_company, create_company

PHONES = Field(
    description="The main one first: E.164, or as it was written where it is no number.",
    examples=[["+48585550122"]],
)
PHONES_GIVEN = Field(
    None, description="All numbers, the main one first; kept as E.164 where they can be.", max_length=20
)
READ, WRITE = Scope("people:read"), Scope("people:write")


class CompanyOut(BaseModel):
    """A company."""

    id: int
    name: str = Field(examples=["Kawa i Ciasto"])
    email: str
    phones: list[str] = PHONES
    language: str = Field(examples=["pl"])
    time_zone: str = Field(examples=["Europe/Warsaw"])
    site_url: str = Field(examples=["https://kawa.example"])
    address: str = Field(description="The postal address, in lines.")
    note: str = Field(description="For employees only.")
    category: str = Field(description="Code of the client category, or empty.", examples=["vip"])
    parent: int | None = Field(description="Id of the company that it is a part of.")
    supervised: list[int] = Field(description="Ids of the companies whose tickets its people may follow.")
    is_active: bool = Field(description="False: archived, and offered nowhere.")
    domains: list[str] = Field(description="Mail domains whose letters belong to it.", examples=[["kawa.example"]])
    responsible: int | None = Field(description="Id of the employee to whom its tickets go by default.")
    watching_agents: list[int] = Field(description="Ids of the employees who follow all its tickets.")
    watching_teams: list[int] = Field(description="Ids of the teams that follow all its tickets.")
    created_at: datetime
    attributes: AttributesOut


class CompanyPage(BaseModel):
    """A page of companies."""

    items: list[CompanyOut]
    next_cursor: str | None


class CompanyChanges(Given):
    """What to change; what is left out stays."""

    name: Line | None = None
    email: Line | None = None
    phones: list[Line] | None = PHONES_GIVEN
    language: Line | None = Field(None, description="en, ru, uk, pl, or empty.")
    time_zone: Line | None = Field(None, description="Of the IANA database, or empty.")
    site_url: Line | None = None
    address: Lines | None = None
    note: Lines | None = None
    category: Line | None = Field(None, description="Code of a client category; empty for none.")
    parent: IdOrNobody | None = Field(None, description="Id of a company; 0 for none. Never in a circle.")
    supervised: list[Id] | None = Field(None, description="Ids; replaces the present ones.", max_length=200)
    is_active: bool | None = None
    domains: list[Line] | None = Field(
        None, description="All mail domains; replaces the present ones.", max_length=200
    )
    responsible: IdOrNobody | None = Field(None, description="Id of an employee; 0 for nobody.")
    watching_agents: list[Id] | None = Field(None, description="Ids; replaces the present ones.", max_length=200)
    watching_teams: list[Id] | None = Field(None, description="Ids; replaces the present ones.", max_length=200)
    attributes: Attributes = {}


class CompanyIn(CompanyChanges):
    """A company to be."""

    name: Line = Field(examples=["Kawa i Ciasto"])


@clients.get("/companies", response=CompanyPage, auth=READ, operation_id="list_companies")
def list_companies(request: ApiRequest, q: Line = "", cursor: CursorText = "", limit: Limit = 50) -> CompanyPage:
    """The companies that you see, in the order of their registration; `q` is a part of the name."""
    rows = (
        access.companies_visible_to(request.bearer)
        .select_related("category")
        .prefetch_related("domains", "supervising")
    )
    found, following = page_by_id(rows.filter(name__icontains=q) if q else rows, cursor, limit)
    return CompanyPage(items=[company_out(request.bearer, row) for row in found], next_cursor=following)


@clients.post("/companies", response={201: CompanyOut}, auth=WRITE, operation_id="create_company")
def create(request: ApiRequest, given: CompanyIn) -> CompanyOut:
    """Registers a company."""
    return company_out(request.bearer, create_company(request.bearer, _facts(request.bearer, given)))


@clients.get("/companies/{int:company}", response=CompanyOut, auth=READ, operation_id="read_company")
def read(request: ApiRequest, company: int) -> CompanyOut:
    """One company."""
    return company_out(request.bearer, access.get_company(request.bearer, company))


@clients.patch(
    "/companies/{int:company}",
    response=CompanyOut,
    auth=Scope("people:read", "people:write"),
    operation_id="change_company",
)
def change(request: ApiRequest, company: int, given: CompanyChanges) -> CompanyOut:
    """Changes what is named and leaves the rest."""
    row = access.get_company(request.bearer, company)
    return company_out(request.bearer, change_company(request.bearer, row, _facts(request.bearer, given)))


def _facts(actor: Actor, given: CompanyChanges) -> CompanyFacts:
    facts = given.model_dump() | {"attributes": with_files(actor, Target.COMPANY, given.attributes)}
    return CompanyFacts(**facts)


def company_out(actor: Actor, row: Company) -> CompanyOut:
    """The company with its domains."""
    return CompanyOut(
        id=row.pk,
        name=row.name,
        email=row.email,
        phones=row.phones,
        language=row.language,
        time_zone=row.time_zone,
        site_url=row.site_url,
        address=row.address,
        note=row.note,
        category=row.category.code if row.category else "",
        parent=row.parent_id,
        supervised=sorted(each.supervised_id for each in row.supervising.all()),
        is_active=row.is_active,
        domains=sorted(each.domain for each in row.domains.all()),
        responsible=row.responsible_id,
        watching_agents=row.watching_agents,
        watching_teams=row.watching_teams,
        created_at=row.created_at,
        attributes=raw_values(actor, row),
    )
