"""The cards of companies and contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, QuerySet
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from okno.core.faults import NotVisible
from okno.core.http.after import go
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.core.jinja import url
from okno.desk.clients.attributes import shown_of
from okno.desk.clients.erasing import erasure_of
from okno.desk.clients.history import history_of
from okno.desk.clients.merging import likely_duplicates, merges_of
from okno.desk.tickets.rows import rows as ticket_rows
from okno.people.access import companies_visible_to, contacts_visible_to, get_company, get_contact
from okno.people.models import Agent, Company, Contact, Team
from okno.people.operations.erasing import may_erase
from okno.tickets.access import visible_to
from okno.tickets.filters import TicketFilter, page_of_lines
from okno.workflow.catalogue import STATUSES

RECENT = 8
MOST_PEOPLE = 50


@require_safe
@agents
def company(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The card of a company; one that was merged leads to the one that it became."""
    try:
        row = get_company(request.actor, pk)
    except NotVisible:
        former = Company.objects.filter(pk=pk, merged_into__isnull=False).first()
        if former is None or former.merged_into_id is None:
            raise
        get_company(request.actor, former.merged_into_id)
        return go(request, url("desk:company", former.merged_into_id))
    companies = companies_visible_to(request.actor).order_by("name")
    people = contacts_visible_to(request.actor).filter(affiliations__company=row).order_by("-is_active", "name")
    context = {
        "row": row,
        "people": list(people.prefetch_related("addresses")[: MOST_PEOPLE + 1]),
        "most_people": MOST_PEOPLE,
        "domains": list(row.domains.order_by("domain")),
        "parents": _above(companies, row),
        "daughters": list(companies.filter(parent=row)),
        "supervised": list(companies.filter(supervised_by__supervisor=row)),
        "supervisors": list(companies.filter(supervising__supervised=row)),
        **_common(request, row, TicketFilter(company=row.pk)),
    }
    return respond(request, "desk/clients/company.jinja", context)


@require_safe
@agents
def contact(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The card of a contact; one that was merged leads to the one that it became."""
    try:
        row = get_contact(request.actor, pk)
    except NotVisible:
        former = Contact.objects.filter(pk=pk, merged_into__isnull=False).first()
        if former is None or former.merged_into_id is None:
            raise
        get_contact(request.actor, former.merged_into_id)
        return go(request, url("desk:contact", former.merged_into_id))
    context = {
        "row": row,
        "addresses": list(row.addresses.all()),
        "erasure": erasure_of(row),
        "may_erase": may_erase(request.actor) and row.erased_at is None,
        "companies": list(companies_visible_to(request.actor).filter(affiliations__contact=row)),
        **_common(request, row, TicketFilter(contact=row.pk)),
    }
    return respond(request, "desk/clients/contact.jinja", context)


@dataclass(frozen=True)
class Tally:
    """How many tickets of the client have a status, and the list that holds them."""

    name: str
    colour: str
    count: int
    url: str


def _common(request: AgentRequest, row: Company | Contact, asked: TicketFilter) -> dict[str, Any]:
    found = page_of_lines(request.actor, asked, limit=RECENT)
    client = {row._meta.model_name or "": row.pk}
    return {
        "tallies": _tallies(request, client),
        "tickets": ticket_rows(request.actor, found.rows),
        "tickets_url": f"{url('desk:tickets')}?{urlencode(client)}",
        "new_url": f"{url('desk:ticket-new')}?{urlencode(client)}" if request.actor.has("tickets.create") else "",
        "may_change": request.actor.has("people.manage"),
        "may_list": request.actor.has("people.view"),
        "watchers": _watchers(row),
        "languages": dict(settings.LANGUAGES),
        "history": history_of(row),
        "likely": likely_duplicates(request, row),
        **shown_of(request.actor, row),
        "merges": merges_of(row) if request.actor.has("people.manage") else [],
    }


def _tallies(request: AgentRequest, client: dict[str, int]) -> list[Tally]:
    """The tickets that the agent sees, by status."""
    counted = visible_to(request.actor).filter(**client).order_by().values_list("status").annotate(Count("pk"))
    found = []
    for status in sorted((STATUSES.of(pk) for pk, _count in counted), key=lambda status: status.position):
        query = urlencode({**client, "status": status.code})
        count = dict(counted)[status.pk]
        found.append(Tally(status.name, status.colour, count, f"{url('desk:tickets')}?{query}"))
    return found


def _watchers(row: Company | Contact) -> list[str]:
    agents = Agent.objects.filter(pk__in=row.watching_agents).order_by("name")
    teams = Team.objects.filter(pk__in=row.watching_teams)
    return [*(agent.name for agent in agents), *(team.label for team in teams)]


def _above(visible: QuerySet[Company], row: Company) -> list[Company]:
    """The companies of which it is a part, the highest first, as far as the agent sees them."""
    line: list[Company] = []
    parent = row.parent_id
    while parent is not None and len(line) < 20:
        found = visible.filter(pk=parent).first()
        if found is None or found in line:
            break
        line.insert(0, found)
        parent = found.parent_id
    return line
