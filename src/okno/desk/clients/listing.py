"""The lists of clients: companies with their people under them, and all people."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Window, prefetch_related_objects
from django.db.models.functions import RowNumber
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents_with
from okno.core.http.respond import respond
from okno.core.jinja import url
from okno.people import listing
from okno.people.access import contacts_visible_to
from okno.people.models import Affiliation, Agent, ClientCategory, Company
from okno.tickets import access
from okno.workflow.rules import State

SHOWN = 3
"""So many people of a company stand under it in the list."""


@require_safe
@agents_with("people.view")
def companies(request: AgentRequest) -> HttpResponseBase:
    """Companies, each with the first of its people."""
    asked = listing.parse(request.GET.dict())
    page = listing.companies(request.actor, asked)
    ids = [row.pk for row in page.rows]
    people, counts = _people(request, page.rows)
    context = {
        **_common(request, asked, page, "desk:companies"),
        "people": people,
        "counts": counts,
        "open_tickets": open_tickets(request, company=ids),
        "summary": ngettext("%(count)s company", "%(count)s companies", page.total) % {"count": page.total},
    }
    return respond(request, "desk/clients/companies.jinja", context, fragment="desk/clients/company_rows.jinja")


@require_safe
@agents_with("people.view")
def contacts(request: AgentRequest) -> HttpResponseBase:
    """All people of clients, and private persons."""
    asked = listing.parse(request.GET.dict())
    page = listing.contacts(request.actor, asked)
    rows = _with_addresses(page.rows)
    context = {
        **_common(request, asked, page, "desk:contacts"),
        "rows": rows,
        "open_tickets": open_tickets(request, contact=[row.pk for row in rows]),
        "summary": ngettext("%(count)s contact", "%(count)s contacts", page.total) % {"count": page.total},
    }
    return respond(request, "desk/clients/contacts.jinja", context, fragment="desk/clients/contact_rows.jinja")


def _with_addresses(rows: list[Any]) -> list[Any]:
    prefetch_related_objects(rows, "addresses", "affiliations__company")
    return rows


def _people(request: AgentRequest, companies: list[Company]) -> tuple[dict[int, list[Any]], dict[int, int]]:
    """The first people of each company whom the agent sees, and how many there are."""
    visible = contacts_visible_to(request.actor).filter(is_active=True)
    places = Affiliation.objects.filter(company__in=[row.pk for row in companies], contact__in=visible)
    counted = places.order_by().values_list("company").annotate(Count("pk"))
    ranked = places.annotate(rank=Window(RowNumber(), partition_by="company", order_by=["contact__name", "pk"]))
    people: dict[int, list[Any]] = {}
    for place in ranked.filter(rank__lte=SHOWN).select_related("contact").order_by("company", "rank"):
        people.setdefault(place.company_id, []).append(place.contact)
    return people, dict(counted)


def open_tickets(request: AgentRequest, **ids: list[int]) -> Counter[int]:
    """How many tickets that are not closed each of these clients has, of those that the agent sees."""
    ((column, wanted),) = ids.items()
    visible = access.visible_to(request.actor).exclude(state=State.CLOSED)
    found = visible.filter(**{f"{column}__in": wanted}).order_by().values_list(column)
    return Counter(dict(found.annotate(Count("pk"))))


def _common(request: AgentRequest, asked: listing.ClientFilter, page: Any, name: str) -> dict[str, Any]:
    given = {key: value for key, value in request.GET.dict().items() if value and key not in ("after", "before")}

    def address(**more: object) -> str:
        query = urlencode({**given, **{key: value for key, value in more.items() if value}})
        return f"{url(name)}?{query}" if query else url(name)

    return {
        "asked": asked,
        "page": page,
        "rows": page.rows,
        "next_url": address(after=page.rows[-1].pk) if page.has_after and page.rows else "",
        "previous_url": address(before=page.rows[0].pk) if page.has_before and page.rows else "",
        "is_narrowed": bool(given),
        "categories": [(row.code, row.name) for row in ClientCategory.objects.all()],
        "managers": _managers(),
        "list_url": url(name),
        "export": [
            (label, f"{url(f'{name}-export', form)}?{urlencode(given)}")
            for label, form in (("CSV", "csv"), ("XLSX", "xlsx"))
        ],
        "may_change": request.actor.has("people.manage"),
        "tabs": [
            {"label": _("Companies"), "url": url("desk:companies"), "current": name == "desk:companies"},
            {"label": _("Contacts"), "url": url("desk:contacts"), "current": name == "desk:contacts"},
        ],
    }


def _managers() -> list[tuple[int, str]]:
    names = Agent.objects.filter(is_active=True).order_by("name").values_list("pk", "name")
    return [(0, _("Nobody")), *names]
