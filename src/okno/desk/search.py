"""Jumping: a number, a few words, or a place, from anywhere by Ctrl+K."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.core.jinja import url
from okno.desk.context import ICONS, NavItem, Shell, section_label
from okno.desk.tickets.rows import rows
from okno.people.search import FoundClient, find_clients
from okno.tickets.filters import TicketFilter, page_of_lines

MOST = 8
RECENT = 5


@require_safe
@agents
def search(request: AgentRequest) -> HttpResponseBase:
    """The address for a search from outside; the list of tickets shows what is found."""
    query = urlencode({"q": request.GET.get("q", "")})
    return HttpResponse(status=302, headers={"Location": f"{url('desk:tickets')}?{query}"})


@require_safe
@agents
def jump(request: AgentRequest) -> HttpResponseBase:
    """The options of the jump window: places whose name fits, then tickets."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    asked = TicketFilter(q=words) if words else TicketFilter(section="mine")
    found = page_of_lines(request.actor, asked, limit=MOST if words else RECENT)
    places = [place for place in _places(request) if words.lower() in place.label.lower()]
    clients = _clients(request, words)[:MOST] if words else []
    all_url = f"{url('desk:tickets')}?{urlencode({'q': words})}"
    context: dict[str, object] = {
        "words": words,
        "tickets": rows(request.actor, found.rows),
        "places": places[:8],
        "all_url": all_url,
    }
    context["clients"] = [(_card_of(each), each) for each in clients]
    return respond(request, "desk/jump.jinja", context)


def _clients(request: AgentRequest, words: str) -> list[FoundClient]:
    """Those called so first: the people of a company do not stand before the company itself."""
    found = find_clients(request.actor, words)
    return sorted(found, key=lambda each: words.lower() not in each.name.lower())


def _card_of(found: FoundClient) -> str:
    return url("desk:contact", found.contact) if found.contact else url("desk:company", found.company)


def _places(request: AgentRequest) -> list[NavItem]:
    shell = Shell(request, request.actor)
    sections = [
        NavItem(section_label(name), f"{url('desk:tickets')}?section={name}", icon) for name, icon in ICONS.items()
    ]
    new = [NavItem(_("New ticket"), shell.urls["new"], "icon-[tabler--plus]")] if "new" in shell.urls else []
    profile = [NavItem(_("Profile"), shell.urls["profile"], "icon-[tabler--user-cog]")]
    return [*new, *sections, *shell.links, *profile]
