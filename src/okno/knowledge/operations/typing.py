"""What is typed into the editor of an article is kept on the server until it is saved or thrown away (W9)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.core.text import one_line
from okno.knowledge import access
from okno.knowledge.limits import LONGEST_TEXT
from okno.knowledge.models import Article, Unsaved
from okno.knowledge.models.articles import TITLE_LIMIT
from okno.knowledge.rendering import clean
from okno.knowledge.rules import Right


def unsaved_of(actor: Actor, article: Article | None, language: str) -> Unsaved | None:
    """The actor's own words that were typed into this text and not saved."""
    if not actor.is_agent:
        return None
    rows = Unsaved.objects.filter(agent_id=actor.id or 0, article=article)
    return rows.filter(language=language).first() if article else rows.order_by("-updated_at").first()


def keep_unsaved(
    actor: Actor, article: Article | None, language: str, *, title: str, html: str, section: int | None, seen: int
) -> None:
    """Keeps what was typed; whoever may not write here keeps nothing."""
    if article is not None:
        access.require_edit(actor, article)
    elif not actor.is_agent or not access.sight_of(actor).where(Right.CREATE):
        raise Forbidden(_("Your role writes no articles."))
    if len(html) > LONGEST_TEXT:
        raise Invalid({"html": [_("No more than %(limit)d characters.") % {"limit": LONGEST_TEXT}]})
    words: dict[str, Any] = {
        "title": one_line(title)[:TITLE_LIMIT],
        "html": clean(html),
        "section": section,
        "seen": seen,
    }
    if article is None:
        Unsaved.objects.filter(agent_id=actor.id or 0, article=None).exclude(language=language).delete()
    Unsaved.objects.update_or_create(
        agent_id=actor.id or 0, article=article, language=language, defaults=words | {"updated_at": clock.now()}
    )


def forget_unsaved(actor: Actor, article: Article | None, language: str) -> None:
    """The words were saved, or are thrown away."""
    rows = (
        Unsaved.objects.filter(agent_id=actor.id or 0, article=article)
        if actor.is_agent
        else Unsaved.objects.none()
    )
    (rows.filter(language=language) if article else rows).delete()
