"""Writing: a new article, the editor with what others saved meanwhile, publishing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.core import html
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.http.after import done, go, refused
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents
from okno.desk.knowledge.browsing import language_of
from okno.desk.knowledge.forms import ArticleForm
from okno.desk.knowledge.tree import frame
from okno.desk.loading import posted_number
from okno.knowledge import access
from okno.knowledge.models import Article, ArticleText, Section, Unsaved
from okno.knowledge.operations.articles import create_article, publish_article, save_article, withdraw_article
from okno.knowledge.operations.typing import forget_unsaved, unsaved_of
from okno.knowledge.reading import Reading, read_draft
from okno.knowledge.rendering import clean
from okno.knowledge.rules import Right
from okno.knowledge.rules.differences import compare, shortened


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def new(request: AgentRequest) -> HttpResponseBase:
    """The editor of an article that does not exist yet."""
    sections = access.sections_visible_to(request.actor).filter(
        pk__in=access.sight_of(request.actor).where(Right.CREATE)
    )
    if not sections.exists():
        raise Forbidden(_("Your role writes no articles."))
    chosen = sections.filter(pk=_number(request.GET.get("section", ""))).first()
    place = chosen or sections.first()
    kept = unsaved_of(request.actor, None, "") if request.method != "POST" else None
    initial = {"section": place, "language": language_of("")} | _typed(kept, sections)
    form = ArticleForm(request.POST if request.method == "POST" else None, sections=sections, initial=initial)
    if request.method == "POST" and form.is_valid():
        publish = request.POST.get("act") == "publish"
        words = form.words(request.POST.getlist("attachments"))
        try:
            article = create_article(request.actor, form.cleaned_data["section"], words, publish=publish)
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            forget_unsaved(request.actor, None, "")
            return _saved(request, article, words.language, publish=publish)
    return _form(request, form, place, None, kept=kept)


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The editor of a text; where somebody saved another version meanwhile, both are shown and nothing is lost."""
    article = access.get_article(request.actor, pk)
    access.require_edit(request.actor, article)
    language = language_of(request.POST.get("language") or request.GET.get("language", ""))
    text = article.texts.filter(language=language).first()
    kept = unsaved_of(request.actor, article, language) if request.method != "POST" else None
    initial = _present(article, text, language) | _typed(kept)
    form = ArticleForm(request.POST if request.method == "POST" else None, initial=initial)
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        publish = request.POST.get("act") == "publish"
        words = form.words(request.POST.getlist("attachments"))
        try:
            save_article(request.actor, article, words, seen=posted_number(request, "seen") or 0, publish=publish)
        except Invalid as invalid:
            at_fields(form, invalid)
        except Conflict as fault:
            conflict = fault
        else:
            forget_unsaved(request.actor, article, language)
            return _saved(request, article, language, publish=publish)
    return _form(request, form, article.section, article, text=text, conflict=conflict, kept=kept)


@require_POST
@agents
def publish(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Shows readers what was saved last."""
    article = access.get_article(request.actor, pk)
    language = language_of(request.POST.get("language", ""))
    try:
        publish_article(request.actor, article, language)
    except Conflict as conflict:
        return refused(request, conflict.message, "desk:article", pk)
    return _saved(request, article, language, publish=True)


@require_POST
@agents
def withdraw(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Makes a draft of it again."""
    withdraw_article(request.actor, access.get_article(request.actor, pk))
    return done(request, _("Readers no longer see the article. It is a draft again."), "desk:article", pk)


def _present(article: Article, text: ArticleText | None, language: str) -> dict[str, Any]:
    if text is None:
        other = read_draft(article, language)
        return {"language": language, "title": "", "html": "", "translated_from": other}
    latest = text.versions.first()
    return {"language": language, "title": latest.title if latest else "", "html": latest.html if latest else ""}


def _saved(request: AgentRequest, article: Article, language: str, *, publish: bool) -> HttpResponse:
    said = _("Published: readers see it now.") if publish else _("Saved as a draft. Readers do not see it yet.")
    address = f"{reverse('desk:article', args=[article.pk])}?language={language}{'' if publish else '&draft=1'}"
    messages.success(request, said)
    return go(request, address)


def _form(
    request: AgentRequest,
    form: ArticleForm,
    section: Section | None,
    article: Article | None,
    *,
    text: ArticleText | None = None,
    conflict: Conflict | None = None,
    kept: Unsaved | None = None,
) -> HttpResponseBase:
    typed = str(form["html"].value() or "")
    language = str(form["language"].value() or "")
    context = frame(request.actor, section, article) | {
        "form": form,
        "body": clean(typed) if len(typed) < 2_000_000 else typed,
        "seen": _seen(request, text, kept, conflict),
        "unsaved": kept,
        "text": text,
        "language_name": dict(settings.LANGUAGES).get(language, language),
        **_translated(form.initial.get("translated_from")),
        "files": list(article.files.filter(is_inline=False)) if article else [],
        "tokens": request.POST.getlist("attachments"),
        "conflict": conflict,
        "changes": _difference(text, typed) if conflict and text else [],
    }
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "desk/knowledge/edit.jinja", context, status=status)


def _seen(request: AgentRequest, text: ArticleText | None, kept: Unsaved | None, conflict: Conflict | None) -> int:
    """The version over which is written: a form that comes back keeps its own, until the newer one was shown."""
    latest = text.latest if text else 0
    if conflict is not None or request.method != "POST":
        return kept.seen if kept else latest
    return posted_number(request, "seen") or 0


def _typed(kept: Unsaved | None, sections: Any = None) -> dict[str, Any]:
    """What was typed the last time and not saved, as the form begins with it."""
    if kept is None:
        return {}
    typed: dict[str, Any] = {"title": kept.title, "html": kept.html, "language": kept.language}
    place = sections.filter(pk=kept.section).first() if sections is not None and kept.section else None
    return typed | ({"section": place} if place else {})


def _translated(other: Reading | None) -> dict[str, Any]:
    """The text in another language, to be read while it is translated."""
    return {"other": other, "other_body": mark_safe(clean(other.html)) if other else ""}


def _difference(text: ArticleText, typed: str) -> list[Any]:
    """What stands in the text now against what was typed here."""
    latest = text.versions.first()
    theirs = html.to_text(latest.html) if latest else ""
    return shortened(compare(theirs, html.to_text(clean(typed))))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
