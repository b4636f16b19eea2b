"""Versions of a text: all of them, two compared, one of old made the latest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.core import html
from okno.core.faults import NotVisible
from okno.core.http.after import go
from okno.core.http.policy import AgentRequest, agents
from okno.desk.knowledge.browsing import language_of
from okno.desk.knowledge.tree import frame
from okno.desk.loading import posted_number
from okno.knowledge import access
from okno.knowledge.models import ArticleText, Version
from okno.knowledge.operations.articles import restore_version
from okno.knowledge.reading import chosen, title_of
from okno.knowledge.rules.differences import compare, shortened

MOST = 200


@require_safe
@agents
def versions(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The versions of a text; ``from`` and ``to`` are compared, without them the latest with the one before."""
    article = access.get_article(request.actor, pk)
    access.require_edit(request.actor, article)
    texts = list(article.texts.all())
    text = chosen(texts, language_of(request.GET.get("language", "")))
    if text is None:
        raise NotVisible(_("The article has no text in this language."))
    rows = list(text.versions.all()[:MOST])
    older, newer = _compared(request, text, rows)
    context = frame(request.actor, article.section, article) | {
        "title": title_of(article),
        "text": text,
        "translations": texts,
        "versions": rows,
        "older": older,
        "newer": newer,
        "lines": shortened(compare(_said(older), _said(newer))),
    }
    return render(request, "desk/knowledge/versions.jinja", context)


@require_POST
@agents
def restore(request: AgentRequest, pk: int) -> HttpResponseBase:
    """A version of old becomes the latest one."""
    article = access.get_article(request.actor, pk)
    language = language_of(request.POST.get("language", ""))
    number = posted_number(request, "number") or 0
    text = restore_version(request.actor, article, language, number)
    said = _("Version %(old)d is the latest again, as version %(new)d. Readers see it once it is published.")
    address = f"{reverse('desk:article-versions', args=[pk])}?language={language}"
    messages.success(request, said % {"old": number, "new": text.latest})
    return go(request, address)


def _compared(
    request: AgentRequest, text: ArticleText, rows: list[Version]
) -> tuple[Version | None, Version | None]:
    newer = _version(text, request.GET.get("to", "")) or (rows[0] if rows else None)
    older = _version(text, request.GET.get("from", ""))
    if older is None and newer is not None:
        older = text.versions.filter(number__lt=newer.number).first()
    return older, newer


def _version(text: ArticleText, number: str) -> Version | None:
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return text.versions.filter(number=int(number)).first()


def _said(version: Version | None) -> str:
    return f"{version.title}\n{html.to_text(version.html)}" if version else ""
