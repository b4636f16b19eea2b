"""Votes of readers, and the counters of what offering an article has saved."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import Forbidden, Invalid
from okno.knowledge import access
from okno.knowledge.declarations import HELPFULNESS
from okno.knowledge.limits import LONGEST_COMMENT
from okno.knowledge.models import Article, OfferCount, Vote
from okno.knowledge.operations.throttling import admit


def vote(
    actor: Actor | None,
    article: Article,
    *,
    is_helpful: bool,
    comment: str = "",
    language: str = "",
    browser: str = "",
    address: str = "",
) -> Vote:
    """Says whether the article helped: once for each person, or browser of somebody who is not signed in.

    A second vote takes the place of the first; one without a comment keeps that of before. ``address`` is where a
    stranger votes from: one place has so many votes an hour and no more (T5).
    """
    if not HELPFULNESS():
        raise Forbidden(_("Readers are not asked whether articles helped."))
    access.get_article(actor, article.pk)
    if len(comment) > LONGEST_COMMENT:
        raise Invalid({"comment": [_("No more than %(limit)d characters.") % {"limit": LONGEST_COMMENT}]})
    voter = voter_of(actor, browser)
    if actor is None:
        admit("vote", address)
    with transaction.atomic():
        values = {"is_helpful": is_helpful, "language": language[:5], "created_at": clock.now()}
        if comment.strip():
            values["comment"] = comment.strip()
        found, _made = Vote.objects.update_or_create(article=article, voter=voter, defaults=values)
    return found


def voter_of(actor: Actor | None, browser: str) -> str:
    """Under what name somebody votes; a browser by a digest of its cookie alone."""
    if actor is not None and actor.id is not None:
        return f"{actor.kind}:{actor.id}"
    if not browser:
        raise Invalid({"browser": [_("Your browser keeps no cookies, so the vote cannot be counted once.")]})
    return f"browser:{hashlib.sha256(browser.encode()).hexdigest()[:40]}"


def note_shown(actor: Actor | None, articles: Collection[int]) -> None:
    """These articles were offered to somebody who writes a request."""
    _count(actor, articles, "shown")


def note_opened(actor: Actor | None, article: int) -> None:
    """An offered article was opened."""
    _count(actor, [article], "opened")


def note_helped(actor: Actor | None, article: int) -> None:
    """An offered article helped, and no request was needed (deflection)."""
    _count(actor, [article], "helped")


def _count(actor: Actor | None, articles: Collection[int], what: str) -> None:
    """Counts once more today, of those articles that exist for the actor."""
    seen = access.articles_visible_to(actor).filter(pk__in=list(articles)).order_by("pk")
    rows = [OfferCount(article_id=pk, day=clock.now().date()) for pk in seen.values_list("pk", flat=True)]
    with transaction.atomic():
        OfferCount.objects.bulk_create(rows, ignore_conflicts=True)
        today = OfferCount.objects.filter(day=clock.now().date(), article__in=[row.article_id for row in rows])
        list(today.order_by("pk").select_for_update().values_list("pk"))
        today.update(**{what: F(what) + 1})
