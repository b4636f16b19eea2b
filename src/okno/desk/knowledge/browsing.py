"""Reading: the first page, a section, an article, search."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.faults import NotVisible
from okno.core.http.embedding import allow_frames
from okno.core.http.policy import AgentRequest, agents
from okno.core.jinja import url
from okno.desk.knowledge.figures import helpfulness_of
from okno.desk.knowledge.tree import frame, lines_of
from okno.knowledge import access
from okno.knowledge.models import Article
from okno.knowledge.reading import Reading, own_language, read, read_draft
from okno.knowledge.rendering import whole_page
from okno.knowledge.rules import Right
from okno.knowledge.search import find
from okno.tickets import access as tickets

RECENT = 12
MOST = 500


@require_safe
@agents
def home(request: AgentRequest) -> HttpResponseBase:
    """The tree, and what was changed lately."""
    sight = access.sight_of(request.actor)
    seen = access.articles_visible_to(request.actor, sight).filter(archived_at=None)
    recent = seen.select_related("section").prefetch_related("texts").order_by("-updated_at", "-pk")[:RECENT]
    drafts = access.articles_open_to(request.actor, sight).filter(is_published=False, archived_at=None)
    context = frame(request.actor) | {
        "recent": lines_of(recent, drafts=bool(sight.editable)),
        "drafts": lines_of(drafts.prefetch_related("texts").order_by("-updated_at", "-pk")[:RECENT], drafts=True),
    }
    return render(request, "desk/knowledge/home.jinja", context)


@require_safe
@agents
def section(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The articles of a section; ``?archived=1`` shows the archived ones to whoever may edit them."""
    row = access.get_section(request.actor, pk)
    sight = access.sight_of(request.actor)
    may_edit = pk in sight.editable
    is_archive = may_edit and request.GET.get("archived") == "1"
    rows = access.articles_visible_to(request.actor, sight).filter(section=row, archived_at__isnull=not is_archive)
    context = frame(request.actor, row) | {
        "lines": lines_of(rows.prefetch_related("texts").order_by("position", "pk")[:MOST], drafts=may_edit),
        "is_archive": is_archive,
        "archived": row.articles.exclude(archived_at=None).count() if may_edit else 0,
    }
    return render(request, "desk/knowledge/section.jinja", context)


@require_safe
@agents
def article(request: AgentRequest, pk: int) -> HttpResponseBase:
    """An article as readers see it; ``?draft=1`` as those who edit it have it."""
    row = access.get_article(request.actor, pk)
    wanted = language_of(request.GET.get("language", ""))
    may_edit = access.may_edit(request.actor, row)
    shown = None if may_edit and request.GET.get("draft") == "1" else read(row, wanted)
    is_draft = shown is None
    shown = shown or read_draft(row, wanted)
    if shown is None:
        raise NotVisible(_("There is no such article, or it is not for you to see."))
    files = [each for each in row.files.all() if not each.is_inline and (may_edit or each.is_published)]
    page = whole_page(shown.html, files)
    context = frame(request.actor, row.section, row) | {
        **_around(request, row, shown, may_edit=may_edit),
        "body": mark_safe(page.html),
        "headings": page.headings,
        "files": [each for each in files if not each.is_video],
        "is_draft": is_draft,
    }
    return allow_frames(render(request, "desk/knowledge/article.jinja", context), page.origins)


@require_safe
@agents
def search(request: AgentRequest) -> HttpResponseBase:
    """What fits the typed words, with the words around."""
    typed = request.GET.get("q", "").strip()[:500]
    found = find(request.actor, typed, own_language(), limit=40) if typed else None
    sections = {row.pk: row for row in access.sections_visible_to(request.actor)}
    context = frame(request.actor) | {"typed": typed, "found": found, "sections": sections}
    return render(request, "desk/knowledge/search.jinja", context)


def language_of(asked: str) -> str:
    """The language in which an article is wanted: the one that was asked for, else that of the page."""
    return asked if asked in dict(settings.LANGUAGES) else own_language()


def _around(request: AgentRequest, row: Article, shown: Reading, *, may_edit: bool) -> dict[str, Any]:
    ticket = tickets.visible_to(request.actor).filter(number=row.from_ticket or 0).first()
    moves = access.sight_of(request.actor).where(Right.CREATE) if may_edit else frozenset()
    return {
        "shown": shown,
        "may_edit": may_edit,
        "text": shown.text,
        "from_ticket": ticket,
        "help_url": settings.BASE_URL + url("help:article", row.pk),
        "targets": access.sections_visible_to(request.actor).filter(pk__in=moves - {row.section_id}),
        "helpfulness": helpfulness_of(row),
    }
