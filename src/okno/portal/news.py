"""The menu with its news, fetched again by itself, and what is told at the bottom right meanwhile (F21, F22)."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.core.http.policy import ContactRequest, contacts
from okno.portal.words import news_words
from okno.tickets.news import Happening, happenings_after
from okno.tickets.operations.reading import mark_all_read

LONGEST_SUBJECT = 60


@require_safe
@contacts
def news(request: ContactRequest) -> HttpResponseBase:
    """The menu, and a short message of what happened since the page was told last; not of the page that is open."""
    answer = render(request, "portal/menu.jinja", {})
    after = request.GET.get("after", "")
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        return answer
    here = request.GET.get("at", "")
    found = happenings_after(request.actor, int(after))
    told = [each for each in found if reverse("portal:request", args=[each.number]) != here]
    if told:
        _tell(answer, told)
    return answer


def _tell(answer: HttpResponse, told: list[Happening]) -> None:
    """One message: of the latest request, and of how many others there is news."""
    latest, others = told[0], len({each.number for each in told}) - 1
    text = news_words(latest, others)
    link = {"url": reverse("portal:request", args=[latest.number]), "label": _("Open")}
    fact = {"toast": {"text": text, "tone": "info", "link": link}}
    answer["HX-Trigger"] = json.dumps(fact)


@require_POST
@contacts
def read_all(request: ContactRequest) -> HttpResponseBase:
    """Everything counts as read."""
    mark_all_read(request.actor)
    messages.success(request, _("Everything is marked as read."))
    return HttpResponseRedirect(reverse("portal:requests"), status=303)
