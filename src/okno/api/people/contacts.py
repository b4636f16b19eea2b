"""Clients' persons."""

from __future__ import annotations

from datetime import datetime

from ninja import Query
from pydantic import BaseModel, Field

from okno.api.attributes import with_files
from okno.api.authentication import ApiRequest, Scope
from okno.api.keys import CursorText, Limit, page_by_id
from okno.api.naming import refuse_unknown
from okno.api.people.companies import PHONES, PHONES_GIVEN, READ, WRITE
from okno.api.routers import clients
from okno.api.schemas.base import Attributes, AttributesOut, Given, Id, IdOrNobody, Line, Lines, Ref
from okno.core.actor import Actor
from okno.fields.models import Target
from okno.people import access
from okno.people.attributes import raw_values
from okno.people.models import Contact
from okno.people.operations.contacts import ContactFacts, change_contact, create_contact


class ContactOut(BaseModel):
    """A client's person."""

    id: int
    name: str = Field(examples=["Marta Nowak"])
    emails: list[str] = Field(description="The main address first.", examples=[["marta@kawa.example"]])
    phones: list[str] = PHONES
    job_title: str = Field(examples=["Office manager"])
    copy_address: str = Field(description="Gets a copy of every answer to the contact, such as the boss.")
    language: str
    time_zone: str
    note: str = Field(description="For employees only.")
    companies: list[Ref] = Field(description="The one that new tickets belong to first.")
    is_active: bool
    responsible: int | None = Field(description="Id of the employee to whom the contact's tickets go by default.")
    watching_agents: list[int] = Field(description="Ids of the employees who follow all tickets of the contact.")
    watching_teams: list[int] = Field(description="Ids of the teams that follow all tickets of the contact.")
    created_at: datetime
    attributes: AttributesOut


class ContactPage(BaseModel):
    """A page of contacts."""

    items: list[ContactOut]
    next_cursor: str | None


class ContactChanges(Given):
    """What to change; what is left out stays. Lists replace what was there."""

    name: Line | None = None
    emails: list[Line] | None = Field(None, description="Mail addresses, the main one first.", max_length=50)
    phones: list[Line] | None = PHONES_GIVEN
    job_title: Line | None = None
    copy_address: Line | None = Field(None, description="A mail address, or empty.")
    language: Line | None = Field(None, description="en, ru, uk, pl, or empty.")
    time_zone: Line | None = Field(None, description="Of the IANA database, or empty.")
    note: Lines | None = None
    companies: list[Id] | None = Field(None, description="Ids of companies, the main one first.", max_length=50)
    is_active: bool | None = None
    responsible: IdOrNobody | None = Field(None, description="Id of an employee; 0 for nobody.")
    watching_agents: list[Id] | None = Field(None, description="Ids; replaces the present ones.", max_length=200)
    watching_teams: list[Id] | None = Field(None, description="Ids; replaces the present ones.", max_length=200)
    attributes: Attributes = {}


class ContactIn(ContactChanges):
    """A contact to be."""

    name: Line = Field(examples=["Marta Nowak"])


class ContactQuery(BaseModel):
    """What narrows the list."""

    q: Line = Field("", description="A part of the name.")
    email: Line = Field("", description="A whole mail address.")
    company: Id | None = Field(None, description="Id of a company.")
    cursor: CursorText = ""
    limit: Limit = 50


@clients.get("/contacts", response=ContactPage, auth=READ, operation_id="list_contacts")
def list_contacts(request: ApiRequest, query: Query[ContactQuery]) -> ContactPage:
    """The contacts that you see, in the order of their registration."""
    refuse_unknown(request, list(ContactQuery.model_fields))
    rows = access.contacts_visible_to(request.bearer).prefetch_related("addresses", "affiliations__company")
    if query.q:
        rows = rows.filter(name__icontains=query.q)
    if query.email:
        rows = rows.filter(addresses__address=query.email.strip().lower())
    if query.company is not None:
        rows = rows.filter(affiliations__company=query.company)
    found, following = page_by_id(rows, query.cursor, query.limit)
    return ContactPage(items=[contact_out(request.bearer, row) for row in found], next_cursor=following)


@clients.post("/contacts", response={201: ContactOut}, auth=WRITE, operation_id="create_contact")
def create(request: ApiRequest, given: ContactIn) -> ContactOut:
    """Registers a contact; no two contacts share a mail address."""
    return contact_out(request.bearer, create_contact(request.bearer, _facts(request.bearer, given)))


@clients.get("/contacts/{int:contact}", response=ContactOut, auth=READ, operation_id="read_contact")
def read(request: ApiRequest, contact: int) -> ContactOut:
    """One contact."""
    return contact_out(request.bearer, access.get_contact(request.bearer, contact))


@clients.patch(
    "/contacts/{int:contact}",
    response=ContactOut,
    auth=Scope("people:read", "people:write"),
    operation_id="change_contact",
)
def change(request: ApiRequest, contact: int, given: ContactChanges) -> ContactOut:
    """Changes what is named and leaves the rest."""
    row = access.get_contact(request.bearer, contact)
    return contact_out(request.bearer, change_contact(request.bearer, row, _facts(request.bearer, given)))


def _facts(actor: Actor, given: ContactChanges) -> ContactFacts:
    facts = given.model_dump() | {"attributes": with_files(actor, Target.CONTACT, given.attributes)}
    return ContactFacts(addresses=facts.pop("emails"), **facts)


def contact_out(actor: Actor, row: Contact) -> ContactOut:
    """The contact with addresses and companies."""
    return ContactOut(
        id=row.pk,
        name=row.name,
        emails=[each.address for each in row.addresses.all()],
        phones=row.phones,
        job_title=row.job_title,
        copy_address=row.copy_address,
        language=row.language,
        time_zone=row.time_zone,
        note=row.note,
        companies=[Ref(id=each.company.pk, name=each.company.name) for each in row.affiliations.all()],
        is_active=row.is_active,
        responsible=row.responsible_id,
        watching_agents=row.watching_agents,
        watching_teams=row.watching_teams,
        created_at=row.created_at,
        attributes=raw_values(actor, row),
    )
