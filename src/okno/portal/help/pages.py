"""Sections, articles and search for readers, signed in or not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.faults import NotVisible
from okno.core.http.embedding import allow_frames
from okno.core.http.policy import Request, anybody
from okno.core.jinja import url
from okno.knowledge import access
from okno.knowledge.declarations import HELPFULNESS
from okno.knowledge.models import Article, Section, Vote
from okno.knowledge.operations.counting import voter_of
from okno.knowledge.reading import Reading, own_language, read
from okno.knowledge.rendering import whole_page
from okno.knowledge.search import find
from okno.portal.help.frame import in_language, path_of, show
from okno.portal.help.voting import COOKIE

FIRST = 6
"""Articles of a section that the first page names."""

MOST = 500
DESCRIPTION = 160


@dataclass
class Shelf:
    """A section with the articles that are shown of it, and the sections within."""

    section: Section
    articles: list[Reading] = field(default_factory=list)
    more: int = 0
    children: list[Section] = field(default_factory=list)


@require_safe
@anybody
@in_language
def home(request: Request) -> HttpResponseBase:
    """The sections at the top, each with its first articles."""
    return show(request, "help/home.jinja", {"shelves": _shelves(request, None)})


@require_safe
@anybody
@in_language
def section(request: Request, pk: int) -> HttpResponseBase:
    """A section: the sections in it and its articles."""
    row = access.get_section(request.actor, pk)
    articles = _readings(access.articles_visible_to(request.actor).filter(section=row))
    context = {
        "section": row,
        "path": path_of(request, row)[:-1],
        "articles": articles,
        "shelves": _shelves(request, row),
        "description": row.sentence,
    }
    return show(request, "help/section.jinja", context)


@require_safe
@anybody
@in_language
def article(request: Request, pk: int) -> HttpResponseBase:
    """An article, in the language of the page or in another, which is told."""
    row = access.get_article(request.actor, pk)
    shown = read(row, own_language()) if row.archived_at is None else None
    if shown is None:
        raise NotVisible(_("There is no such article, or it is not for you to see."))
    files = [each for each in row.files.all() if each.is_published and not each.is_inline]
    page = whole_page(shown.html, files)
    context = _around(request, row, shown) | {
        "body": mark_safe(page.html),
        "headings": page.headings,
        "files": [each for each in files if not each.is_video],
    }
    return allow_frames(show(request, "help/article.jinja", context), page.origins)


def _around(request: Request, row: Article, shown: Reading) -> dict[str, Any]:
    address = settings.BASE_URL + url("help:article", row.pk)
    return {
        "shown": shown,
        "path": path_of(request, row.section),
        "description": _beginning(shown.text.plain),
        "canonical": f"{address}?language={shown.language}",
        "alternates": [(code, f"{address}?language={code}") for code in shown.languages],
        "voted": _vote_of(request, row),
        "asks": HELPFULNESS(),
        "edit_url": url("desk:article", row.pk),
    }


@require_safe
@anybody
@in_language
def search(request: Request) -> HttpResponseBase:
    """What fits the typed words."""
    typed = request.GET.get("q", "").strip()[:500]
    found = find(request.actor, typed, own_language(), limit=30) if typed else None
    sections = {row.pk: row for row in access.sections_visible_to(request.actor)}
    return show(request, "help/search.jinja", {"typed": typed, "found": found, "sections": sections})


def _shelves(request: Request, parent: Section | None) -> list[Shelf]:
    """The sections below this one with their first articles, read in a few questions however many they are."""
    sight = access.sight_of(request.actor)
    rows = list(access.sections_visible_to(request.actor, sight).order_by("position", "pk"))
    below: dict[int | None, list[Section]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    shown = below[parent.pk if parent else None]
    articles = access.articles_visible_to(request.actor, sight).filter(section__in=shown)
    known: dict[int, list[Reading]] = defaultdict(list)
    for reading in _readings(articles):
        known[reading.article.section_id].append(reading)
    return [
        Shelf(row, known[row.pk][:FIRST], max(0, len(known[row.pk]) - FIRST), below[row.pk])
        for row in shown
        if known[row.pk] or below[row.pk]
    ]


def _readings(articles: QuerySet[Article]) -> list[Reading]:
    """The published ones in the language of the page; an employee's own drafts are not for reading here."""
    rows = articles.filter(is_published=True, archived_at=None).prefetch_related("texts").order_by("position", "pk")
    return [reading for row in rows[:MOST] if (reading := read(row, own_language()))]


def _beginning(plain: str) -> str:
    words = " ".join(plain[: DESCRIPTION * 3].split())
    return words if len(words) <= DESCRIPTION else words[: words.rfind(" ", 0, DESCRIPTION)] + " …"


def _vote_of(request: Request, row: Article) -> Vote | None:
    browser = request.COOKIES.get(COOKIE, "")
    if request.actor is None and not browser:
        return None
    return Vote.objects.filter(article=row, voter=voter_of(request.actor, browser)).first()
