"""Where articles stand: moved between sections, put in order, archived, taken out again, deleted."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock, events
from okno.core.actor import Actor
from okno.core.faults import Conflict
from okno.core.ordered import last_position, reorder
from okno.knowledge import access
from okno.knowledge import events as kinds
from okno.knowledge.models import Article, Section
from okno.knowledge.operations.holding import locked_for, touch
from okno.knowledge.reading import title_of
from okno.knowledge.rules import Right


def move_article(actor: Actor, article: Article, section: Section) -> Article:
    """Puts the article at the end of another section, in which the actor may make articles."""
    access.require(actor, Right.CREATE, section)
    with transaction.atomic():
        locked = locked_for(actor, article)
        if locked.section_id != section.pk:
            before = locked.section.name
            locked.section = section
            locked.position = last_position(Article.objects.filter(section=section))
            touch(locked, "section", "position")
            data = {"title": title_of(locked), "before": before, "after": section.name}
            events.record(actor, kinds.ARTICLE_MOVED, locked, data)
    return locked


def archive_article(actor: Actor, article: Article) -> Article:
    """Takes the article away from readers and lists; it comes back as it was."""
    with transaction.atomic():
        locked = locked_for(actor, article)
        if locked.archived_at is None:
            locked.archived_at = clock.now()
            touch(locked, "archived_at")
            events.record(actor, kinds.ARTICLE_ARCHIVED, locked, {"title": title_of(locked)})
    return locked


def take_out_article(actor: Actor, article: Article) -> Article:
    """Takes the article out of the archive."""
    with transaction.atomic():
        locked = locked_for(actor, article)
        if locked.archived_at is not None:
            locked.archived_at = None
            touch(locked, "archived_at")
            events.record(actor, kinds.ARTICLE_RESTORED, locked, {"title": title_of(locked)})
    return locked


def delete_article(actor: Actor, article: Article) -> None:
    """Deletes an archived article for good, with its versions and files."""
    with transaction.atomic():
        locked = locked_for(actor, article)
        if locked.archived_at is None:
            raise Conflict(
                _("Only an archived article is deleted for good. Archive it first."), code="not_archived"
            )
        events.record(actor, kinds.ARTICLE_DELETED, locked, {"title": title_of(locked)})
        locked.delete()


def reorder_articles(actor: Actor, section: Section, wanted: Sequence[int], seen: Sequence[int]) -> None:
    """Puts the articles of a section in order; archived ones keep their places behind."""
    access.require(actor, Right.EDIT, section)
    with transaction.atomic():
        rows = Article.objects.filter(section=section, archived_at=None)
        if reorder(rows, wanted, seen):
            data = {"section": section.name, "order": list(wanted)}
            events.record(actor, kinds.ARTICLES_REORDERED, rows[0], data)
