"""What may make a new request needless while its subject is typed: articles that answer it, and one's own open
requests that say the same (F193, F194)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.core.faults import NotVisible
from okno.core.http.once import Facts, once
from okno.core.http.policy import ContactRequest, contacts
from okno.core.http.respond import respond
from okno.knowledge import access as knowledge
from okno.knowledge.operations import counting
from okno.knowledge.reading import own_language, read
from okno.knowledge.rendering import whole_page
from okno.knowledge.search import suggest
from okno.portal.loading import posted_id
from okno.portal.words import Standing, standing_of
from okno.tickets.filters.alike import similar_requests
from okno.tickets.models import Ticket

MOST_ARTICLES = 3
LONGEST = 500
SHORTEST = 4
"""Characters of a subject about which anything is looked for."""


@dataclass(frozen=True)
class Own:
    """One of the person's open requests, and where it stands."""

    ticket: Ticket
    standing: Standing


@require_POST
@contacts
def suggestions(request: ContactRequest) -> HttpResponseBase:
    """What fits the subject so far; each article counts as shown once for a form."""
    typed = request.POST.get("subject", "").strip()[:LONGEST]
    articles = suggest(request.actor, typed, own_language(), MOST_ARTICLES) if len(typed) >= SHORTEST else []
    shown = {
        int(each)
        for each in request.POST.get("shown", "").split(",")[:200]
        if each.isascii() and each.isdigit() and len(each) < 19
    }
    found = {each.article for each in articles}
    counting.note_shown(request.actor, found - shown)
    context = {
        "articles": articles,
        "own": [Own(each, standing_of(each)) for each in similar_requests(request.actor, typed)],
        "shown": ",".join(str(each) for each in sorted(found | shown)),
    }
    return respond(request, "portal/requests/suggestions.jinja", context)


@require_safe
@contacts
def article(request: ContactRequest, pk: int) -> HttpResponseBase:
    """An offered article, to be read in place."""
    row = knowledge.get_article(request.actor, pk)
    shown = read(row, own_language()) if row.archived_at is None else None
    if shown is None:
        raise NotVisible(_("There is no such article, or it is not for you to see."))
    files = [each for each in row.files.all() if each.is_published and not each.is_inline]
    body: SafeString = mark_safe(whole_page(shown.html, files).html)
    return respond(request, "portal/requests/suggested_article.jinja", {"pk": pk, "body": body, "shown": shown})


@require_POST
@contacts
def opened(request: ContactRequest, pk: int) -> HttpResponseBase:
    """The article was opened beside the form."""
    counting.note_opened(request.actor, pk)
    return HttpResponse(status=204)


@require_POST
@contacts
def helped(request: ContactRequest) -> HttpResponseBase:
    """An article answered the question, and no request is needed (deflection)."""

    def count() -> Facts:
        counting.note_helped(request.actor, posted_id(request, "article"))
        return {}

    once(request, count)
    messages.success(request, _("Glad that it helped. Nothing was sent, and what you typed is discarded."))
    return HttpResponseRedirect(reverse("portal:requests"), status=303)
