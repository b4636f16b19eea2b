"""Jumping: a number, a few words, or a place, from anywhere by Ctrl+K."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.context import ICONS, Shell, section_label
from okno.tickets.filters import TicketFilter, page

MOST = 8


@require_safe
@agents
def search(request: AgentRequest) -> HttpResponseBase:
    """The address for a search from outside; the list of tickets shows what is found."""
    query = urlencode({"q": request.GET.get("q", "")})
    return HttpResponse(status=302, headers={"Location": f"{reverse('desk:tickets')}?{query}"})


@require_safe
@agents
def jump(request: AgentRequest) -> HttpResponseBase:
    """The options of the jump window: places whose name fits, then tickets."""
    words = " ".join(request.GET.get("q", "").split())[:200]
    found = page(request.actor, TicketFilter(q=words), limit=MOST).rows if words else []
    recent = [] if words else page(request.actor, TicketFilter(section="mine"), limit=5).rows
    places = [place for place in _places(request) if words.lower() in place["label"].lower()]
    all_url = f"{reverse('desk:tickets')}?{urlencode({'q': words})}"
    context = {"words": words, "tickets": found or recent, "places": places[:8], "all_url": all_url}
    return respond(request, "desk/jump.jinja", context)


def _places(request: AgentRequest) -> list[dict[str, str]]:
    shell = Shell(request, request.actor)
    sections = [
        {"label": section_label(name), "url": f"{reverse('desk:tickets')}?section={name}", "icon": icon}
        for name, icon in ICONS.items()
    ]
    new = [{"label": _("New ticket"), "url": shell.urls.get("new", ""), "icon": "icon-[tabler--plus]"}]
    profile = [{"label": _("Profile"), "url": shell.urls["profile"], "icon": "icon-[tabler--user-cog]"}]
    return [*(new if "new" in shell.urls else []), *sections, *shell.links, *profile]
