"""An article held while it is changed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from okno.core import clock
from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.knowledge import access
from okno.knowledge.models import Article


def locked_for(actor: Actor, article: Article) -> Article:
    """The article as it is now, held until the end of the transaction, if the actor may edit it."""
    rows = Article.objects.select_for_update(of=("self",)).select_related("section")
    found = rows.filter(pk=article.pk).first()
    if found is None:
        raise NotVisible(_("There is no such article, or it is not for you to see."))
    access.require_edit(actor, found)
    return found


def touch(article: Article, *fields: str) -> None:
    """Writes these fields down, and that something was changed."""
    article.updated_at = clock.now()
    article.save(update_fields=["updated_at", *fields])
