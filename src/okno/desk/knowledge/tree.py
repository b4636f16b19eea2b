"""The frame of every page of the knowledge base: the tree of sections, and what may be done here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from okno.core.actor import Actor
from okno.core.jinja import url
from okno.knowledge import access
from okno.knowledge.models import Article, ArticleText, Section
from okno.knowledge.reading import own_language, title_of
from okno.knowledge.rules import Audience, Right

MARKS = {
    Audience.INTERNAL: "icon-[tabler--lock]",
    Audience.COMPANIES: "icon-[tabler--building]",
    Audience.CLIENTS: "icon-[tabler--users]",
    Audience.PUBLIC: "icon-[tabler--world]",
}


@dataclass
class Node:
    """A section in the tree at the left."""

    section: Section
    level: int
    is_current: bool = False
    count: int = 0
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """An article in a list."""

    article: Article
    title: str
    languages: tuple[str, ...]
    is_draft: bool
    has_unpublished: bool


def frame(actor: Actor, section: Section | None = None, article: Article | None = None) -> dict[str, Any]:
    """What the frame shows: the tree with the way to the present section open, and the rights in it."""
    sight = access.sight_of(actor)
    rows = list(access.sections_visible_to(actor, sight).order_by("position", "pk"))
    seen = access.articles_visible_to(actor, sight).filter(archived_at=None)
    counts = dict(seen.values("section").annotate(number=Count("pk")).values_list("section", "number"))
    current = section.pk if section else 0
    return {
        "nodes": _nodes(rows, counts, current),
        "path": [row for pk in sight.tree.path(current) for row in rows if row.pk == pk],
        "section": section,
        "article": article,
        "marks": MARKS,
        "audience_of": lambda row: sight.tree.source(row.pk).audience,
        "can": _rights(sight, section),
        "home_url": url("desk:knowledge"),
    }


def lines_of(articles: Iterable[Article], *, drafts: bool) -> list[Line]:
    """Articles as a list shows them; ``drafts`` counts what readers do not see yet."""
    found = []
    for article in articles:
        texts: list[ArticleText] = list(article.texts.all())
        shown = texts if drafts else [text for text in texts if text.published]
        title = title_of(article, own_language(), drafts=True)
        languages = tuple(sorted(text.language for text in shown))
        changed = drafts and article.is_published and any(text.has_unpublished for text in texts)
        found.append(Line(article, title, languages, not article.is_published, changed))
    return found


def _nodes(rows: list[Section], counts: dict[int, int], current: int) -> list[Node]:
    """The tree from the top down, in one list with levels."""
    below: dict[int | None, list[Section]] = defaultdict(list)
    known = {row.pk for row in rows}
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    found: list[Node] = []

    def walk(parent: int | None, level: int) -> None:
        for row in below.get(parent, []):
            found.append(Node(row, level, row.pk == current, counts.get(row.pk, 0)))
            walk(row.pk, level + 1)

    walk(None, 0)
    return found


def _rights(sight: access.Sight, section: Section | None) -> dict[str, bool]:
    top = sight.reader is not None and sight.reader.may_all and sight.may_write
    if section is None:
        return {"create": bool(sight.where(Right.CREATE)), "edit": False, "manage": False, "top": top}
    rights = {str(right): section.pk in sight.where(right) for right in Right}
    return rights | {"top": top}
