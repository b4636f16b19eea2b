"""Canned replies for the composer: found by a few letters, with their variables filled in (F182)."""

from __future__ import annotations

import string
from html import escape

from django.db.models import Count, Q
from django.http import HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from okno.core.http.policy import AgentRequest, agents
from okno.desk.loading import load
from okno.desk.tickets.articles import offers
from okno.tickets.models import CannedReply, Ticket

MOST = 12


@require_safe
@agents
def canned(request: AgentRequest, number: int) -> HttpResponseBase:
    """Replies whose title, group or shortcut fits ``q``, ready to be inserted into an answer; and articles."""
    ticket = load(request, number)
    words = request.GET.get("q", "").strip()[:80]
    found = CannedReply.objects.filter(is_active=True)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(shortcut__istartswith=words) | Q(group__icontains=words))
    values = variables(ticket, request.actor.name)
    rows = [
        {
            "id": reply.pk,
            "title": reply.title,
            "hint": reply.group,
            "html": filled(reply.html, values),
            "files": reply.file_count,
        }
        for reply in found.annotate(file_count=Count("attachments"))[:MOST]
    ]
    return JsonResponse({"items": rows + (offers(request, ticket, words) if words else [])})


def variables(ticket: Ticket, agent: str) -> dict[str, str]:
    """What ``$client``, ``$number`` and the other variables of a canned reply stand for."""
    name = ticket.contact.name if ticket.contact else ""
    return {
        "client": name,
        "first_name": name.split()[0] if name else "",
        "company": ticket.company.name if ticket.company else "",
        "number": str(ticket.number),
        "subject": ticket.subject,
        "agent": agent,
    }


def filled(markup: str, values: dict[str, str]) -> str:
    """The reply with its variables filled in; unknown ones stay as they are."""
    safe = {key: escape(value) for key, value in values.items()}
    return string.Template(markup).safe_substitute(safe)
