"""Files of articles: sent ahead, taken by the article that is saved, removed."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock, events, files
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.core.media import clean_name, real_type
from okno.core.models import StoredFile
from okno.knowledge import access
from okno.knowledge import events as kinds
from okno.knowledge.limits import LARGEST_FILE, MOST_FILES
from okno.knowledge.models import Article, ArticleFile
from okno.knowledge.reading import title_of
from okno.knowledge.rules import Right

KEPT = timedelta(hours=24)
"""For how long a file waits for its article."""


def upload(actor: Actor, *, name: str, content: bytes) -> ArticleFile:
    """Stores a file that only its sender sees until an article is saved with it."""
    sight = access.sight_of(actor)
    if not actor.is_agent or not (sight.editable or sight.where(Right.CREATE)):
        raise Forbidden(_("Your role writes no articles."))
    if not content:
        raise Invalid({"file": [_("Choose a file that is not empty.")]})
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024**2
        raise Invalid({"file": [_("A file has at most %(limit)d MB.") % {"limit": limit}]})
    return ArticleFile.objects.create(
        token=secrets.token_urlsafe(20),
        uploaded_by_id=actor.id,
        file=files.store(content),
        name=clean_name(name),
        type=real_type(content, name),
        size=len(content),
        created_at=clock.now(),
    )


def copy_file(actor: Actor, stored: StoredFile, *, name: str, kind: str) -> ArticleFile:
    """A file that is stored already, waiting for the actor's article as if he had sent it."""
    return ArticleFile.objects.create(
        token=secrets.token_urlsafe(20),
        uploaded_by_id=actor.id if actor.is_agent else None,
        file=stored,
        name=name,
        type=kind,
        size=stored.size,
        created_at=clock.now(),
    )


def take(actor: Actor, article: Article, markup: str, tokens: Sequence[str]) -> None:
    """Gives the article the actor's waiting files: those that are named and those that stand in the text.

    Call it in the transaction of the save. A file that is gone meanwhile is passed over.
    """
    waiting = ArticleFile.objects.select_for_update().filter(article__isnull=True, uploaded_by=actor.id or 0)
    mine = [each for each in waiting if each.token in tokens or each.token in markup]
    if mine and article.files.count() + len(mine) > MOST_FILES:
        raise Invalid({"html": [_("An article has at most %(most)d files.") % {"most": MOST_FILES}]})
    for each in mine:
        each.article = article
        each.is_inline = f"/{each.token}/picture/" in markup
    ArticleFile.objects.bulk_update(mine, ["article", "is_inline"])


def show(article: Article, markup: str) -> None:
    """Lets readers have the files beside the text and those that stand in the text that is published now."""
    hidden = article.files.filter(is_published=False)
    shown = [each.pk for each in hidden if not each.is_inline or each.token in markup]
    ArticleFile.objects.filter(pk__in=shown).update(is_published=True)


def remove(actor: Actor, token: str) -> None:
    """Takes a file away from its article, or throws away one that was sent and not used."""
    with transaction.atomic():
        found = (
            ArticleFile.objects.select_for_update(of=("self",))
            .select_related("article")
            .filter(token=token)
            .first()
        )
        if found is None:
            raise NotVisible(_("There is no such file, or it is not for you to see."))
        if found.article is None:
            if found.uploaded_by_id != (actor.id if actor.is_agent else None):
                raise NotVisible(_("There is no such file, or it is not for you to see."))
        else:
            access.require_edit(actor, found.article)
            data = {"title": title_of(found.article), "file": found.name}
            events.record(actor, kinds.ARTICLE_FILE_REMOVED, found.article, data)
        found.delete()


def forget_waiting() -> int:
    """Removes files that no article took within a day; returns how many."""
    waiting = ArticleFile.objects.filter(article__isnull=True, created_at__lt=clock.now() - KEPT)
    removed, _kinds = waiting.delete()
    return removed
