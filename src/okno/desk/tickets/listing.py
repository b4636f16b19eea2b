"""The list of tickets: a section or a search, sorted, paged by key."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, Request, agents, signed_in
from okno.core.http.respond import is_fragment, respond
from okno.core.jinja import url
from okno.desk.context import counts_of, section_label
from okno.desk.tickets.choosing_columns import columns_of
from okno.desk.tickets.columns import BUILT_IN, layout_of, names_for, needs_more
from okno.desk.tickets.rows import rows
from okno.people.access import companies_visible_to, contacts_visible_to
from okno.people.models import Company, Contact
from okno.tickets.filters import (
    SECTIONS,
    TicketFilter,
    capped_counts,
    counted,
    matching_tickets,
    page,
    page_of_lines,
    parse,
    search_count,
    section_count,
)
from okno.tickets.rating.showing import Sight, sight_of_ratings

PAGE = 50
OF_CLIENT = ("company", "contact")
"""Lists of one client hold its closed tickets too."""


@require_safe
@agents
def tickets(request: AgentRequest) -> HttpResponseBase:
    """The list page; htmx asks for its rows alone when something changed."""
    given = request.GET.dict()
    if not any(given.get(name) for name in ("section", "q", *OF_CLIENT)):
        given["section"] = "active"
    problem, layout = "", layout_of(request.actor, columns_of(request))
    long = needs_more(layout)
    try:
        chosen = parse(given)
        found = page_of_lines(request.actor, chosen, after=given.get("after") or None, limit=PAGE, long=long)
    except Invalid as invalid:
        problem = invalid.message
        chosen = TicketFilter(section="active")
        found = page_of_lines(request.actor, chosen, limit=PAGE, long=long)
    context = {
        "found": found,
        "rows": rows(
            request.actor,
            found.rows,
            layout,
            with_ratings=sight_of_ratings(request.actor) is not Sight.NONE,
        ),
        "asked": chosen,
        "title": _title(request, chosen),
        "search_label": _search_label(chosen.section),
        "scopes": _scopes(given, chosen) if chosen.q else [],
        "summary": _summary(request, chosen, found.count),
        "columns": _columns(request, given, chosen.sort, layout),
        "problem": problem,
        "next_url": _url(given, after=found.next_cursor) if found.next_cursor else "",
        "previous_url": _url(given, after=found.previous_cursor) if found.previous_cursor else "",
        "refresh_url": _url(given),
    }
    return respond(request, "desk/tickets/list.jinja", context, fragment="desk/tickets/rows.jinja")


def _title(request: AgentRequest, chosen: TicketFilter) -> str:
    client = _client(request, chosen)
    if client is not None:
        return _("Tickets: %(client)s") % {"client": client.name}
    if chosen.q:
        return _("Search: %(words)s") % {"words": chosen.q}
    return section_label(chosen.section) if chosen.section in SECTIONS else _("Tickets")


def _client(request: AgentRequest, chosen: TicketFilter) -> Company | Contact | None:
    """Whose tickets are listed, if those of one client are."""
    if chosen.contact is not None:
        return contacts_visible_to(request.actor).filter(pk=chosen.contact).first()
    if chosen.company is not None:
        return companies_visible_to(request.actor).filter(pk=chosen.company).first()
    return None


def _search_label(section: str) -> str:
    if section not in SECTIONS:
        return _("Search in all tickets")
    return _("Search in “%(section)s”") % {"section": section_label(section)}


def _scopes(given: dict[str, str], chosen: TicketFilter) -> list[dict[str, object]]:
    """Where these words are looked for, and where else they could be."""
    section = chosen.section if chosen.section in SECTIONS else ""
    inside = {"label": section_label(section or "active"), "current": bool(section)}
    return [
        inside | {"url": _url(given, section=section or "active", after=None)},
        {"label": _("All tickets"), "current": not section, "url": _url(given, section=None, after=None)},
    ]


def _summary(request: AgentRequest, chosen: TicketFilter, found: int | None) -> dict[str, str]:
    if chosen.q:
        count = search_count(request.actor, chosen) if found is None else found
        return {"total": counted(count) or "0", "news": ""}
    total, news = _counts(request, chosen)
    return {"total": counted(total) or "0", "news": counted(news) if chosen.section != "closed" else ""}


def _counts(request: AgentRequest, chosen: TicketFilter) -> tuple[int, int]:
    """How many tickets the list holds and how many have news; a whole page shows that of each section anyway."""
    whole = TicketFilter(section=chosen.section, sort=chosen.sort)
    if chosen == whole and chosen.section in SECTIONS and not chosen.by_deadline:
        if is_fragment(request):
            section = section_count(request.actor, chosen.section)
        else:
            section = counts_of(request, request.actor)[chosen.section]
        return section.total, section.unread
    found = matching_tickets(request.actor, chosen)
    total, news = capped_counts([found, found.filter(is_news=True)])
    return total, news


def _columns(
    request: AgentRequest, given: dict[str, str], sort: str, layout: tuple[str, ...]
) -> list[dict[str, object]]:
    names = names_for(request.actor) if needs_more(layout) else BUILT_IN
    looks: dict[str, dict[str, object]] = {
        "due": _sorting(given, sort, "due"),
        "channel": {"hidden": True},
        "assignee": {"hidden": True},
        "news": {"class": "num", **_sorting(given, sort, "activity")},
        "created": _sorting(given, sort, "created"),
    }
    return [
        {"label": _("Choose"), "hidden": True, "class": "w-4"},
        {"label": _("Priority"), "hidden": True, "class": "w-4"},
        {"label": _("No."), "class": "w-16", **_sorting(given, sort, "number")},
        {"label": _("Subject and client")},
        *({"label": names[code], **looks.get(code, {})} for code in layout),
    ]


def _sorting(given: dict[str, str], sort: str, name: str) -> dict[str, object]:
    descending = sort == f"-{name}"
    other = name if descending or (name == "due" and sort != name) else f"-{name}"
    facts: dict[str, object] = {"url": _url(given, sort=other, after=None)}
    if sort.lstrip("-") == name:
        facts["sorted"] = "descending" if descending else "ascending"
    return facts


def _url(given: dict[str, str], **changes: str | None) -> str:
    wanted = {**given, **changes}
    return f"{url('desk:tickets')}?{urlencode({key: value for key, value in wanted.items() if value})}"


@require_safe
@agents
def sections(request: AgentRequest) -> HttpResponseBase:
    """The sections with their counts, fetched again when tickets change."""
    return respond(request, "desk/sections.jinja", {})


@require_safe
@signed_in
def home(request: Request) -> HttpResponseBase:
    """The desk begins with one's own tickets, or with all open ones while one has none; clients have the portal."""
    if request.actor is None or not request.actor.is_agent:
        return HttpResponse(status=302, headers={"Location": "/portal/"})
    mine = page(request.actor, TicketFilter(section="mine"), limit=1).rows
    section = "mine" if mine else "active"
    return HttpResponse(status=302, headers={"Location": f"{url('desk:tickets')}?section={section}"})
