"""What is typed into the editor of an article: kept while one types, thrown away when one says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.http.after import go
from okno.core.http.policy import AgentRequest, agents
from okno.desk.knowledge.browsing import language_of
from okno.desk.loading import posted_number
from okno.knowledge import access
from okno.knowledge.operations.typing import forget_unsaved, keep_unsaved


@require_POST
@agents
def keep(request: AgentRequest, pk: int = 0) -> HttpResponseBase:
    """The words of this moment."""
    article = access.get_article(request.actor, pk) if pk else None
    keep_unsaved(
        request.actor,
        article,
        language_of(request.POST.get("language", "")),
        title=request.POST.get("title", ""),
        html=request.POST.get("html", ""),
        section=posted_number(request, "section"),
        seen=posted_number(request, "seen") or 0,
    )
    return HttpResponse(status=204)


@require_POST
@agents
def discard(request: AgentRequest, pk: int = 0) -> HttpResponseBase:
    """Away with them; the editor opens with what is saved."""
    article = access.get_article(request.actor, pk) if pk else None
    language = language_of(request.POST.get("language", ""))
    forget_unsaved(request.actor, article, language)
    place = reverse("desk:article-edit", args=[pk]) if pk else reverse("desk:article-new")
    messages.success(request, _("What was not saved is thrown away."))
    return go(request, f"{place}?language={language}")
