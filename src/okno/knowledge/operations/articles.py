"""Articles: written, saved, published and withdrawn. Every save is a version, and nobody's is ever lost (W9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from okno.core import clock, events, html
from okno.core.actor import Actor
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.ordered import last_position
from okno.core.text import one_line
from okno.knowledge import access
from okno.knowledge import events as kinds
from okno.knowledge.limits import LONGEST_TEXT
from okno.knowledge.models import Article, ArticleText, Section, Version
from okno.knowledge.models.articles import TITLE_LIMIT
from okno.knowledge.operations import files
from okno.knowledge.operations.holding import locked_for, touch
from okno.knowledge.reading import title_of
from okno.knowledge.rendering import clean
from okno.knowledge.rules import Right
from okno.knowledge.search.indexing import index


@dataclass(frozen=True)
class Words:
    """What is written: title and HTML in one language. ``attachments`` are tokens of files that were sent ahead."""

    title: str
    html: str
    language: str = "en"
    attachments: Sequence[str] = ()


def create_article(
    actor: Actor, section: Section, words: Words, *, publish: bool = False, from_ticket: int | None = None
) -> Article:
    """Writes a new article into the section, the last one of it; a draft unless it is published at once."""
    access.require(actor, Right.CREATE, section)
    checked = _checked(words)
    with transaction.atomic():
        now = clock.now()
        article = Article.objects.create(
            section=section,
            position=last_position(Article.objects.filter(section=section)),
            author_id=_agent(actor),
            from_ticket=from_ticket,
            created_at=now,
            updated_at=now,
        )
        data = {"title": checked.title, "language": checked.language, "from_ticket": from_ticket}
        events.record(actor, kinds.ARTICLE_CREATED, article, data)
        _save(actor, article, checked, None)
        if publish:
            publish_article(actor, article, checked.language)
    return article


def save_article(
    actor: Actor, article: Article, words: Words, *, seen: int | None = None, publish: bool = False
) -> ArticleText:
    """Saves a text as a new version; what is the same as the latest one is no version.

    ``seen`` is the number of the version that was opened for writing: where somebody has saved another one since,
    it is a ``Conflict`` that names both, and nothing is written.
    """
    checked = _checked(words)
    with transaction.atomic():
        locked = locked_for(actor, article)
        text = ArticleText.objects.filter(article=locked, language=checked.language).first()
        latest = text.latest if text else 0
        if seen is not None and seen != latest:
            raise Conflict(
                _("%(name)s has saved this text while you were writing. Yours is kept below, with the difference.")
                % {"name": text.updated_by_name if text else ""},
                code="stale_article",
                details={"latest": latest, "seen": seen},
            )
        text = _save(actor, locked, checked, text)
        if publish:
            text = publish_article(actor, locked, checked.language)
    return text


def publish_article(actor: Actor, article: Article, language: str) -> ArticleText:
    """Shows readers the latest version of the text in this language, with its files."""
    with transaction.atomic():
        locked = locked_for(actor, article)
        text = _text(locked, language)
        if locked.archived_at is not None:
            raise Conflict(_("The article is archived. Take it out of the archive first."), code="archived")
        latest = text.versions.get(number=text.latest)
        text.title, text.html, text.plain = latest.title, latest.html, html.to_text(latest.html)
        was, text.published = text.published, latest.number
        text.save(update_fields=["title", "html", "plain", "published"])
        files.show(locked, latest.html)
        locked.is_published = True
        touch(locked, "is_published")
        index([text])
        if was != latest.number:
            data = {"title": text.title, "language": language, "version": latest.number}
            events.record(actor, kinds.ARTICLE_PUBLISHED, locked, data)
    return text


def withdraw_article(actor: Actor, article: Article) -> Article:
    """Makes a draft of it again, in all languages: readers do not see it until it is published anew."""
    with transaction.atomic():
        locked = locked_for(actor, article)
        if locked.is_published:
            texts = list(locked.texts.all())
            for text in texts:
                text.title, text.html, text.plain, text.published = "", "", "", 0
            ArticleText.objects.bulk_update(texts, ["title", "html", "plain", "published"])
            locked.files.update(is_published=False)
            locked.is_published = False
            touch(locked, "is_published")
            index(texts)
            events.record(actor, kinds.ARTICLE_WITHDRAWN, locked, {"title": title_of(locked)})
    return locked


def restore_version(actor: Actor, article: Article, language: str, number: int) -> ArticleText:
    """Makes a version of old the latest one, as a new version; readers see it once it is published."""
    with transaction.atomic():
        locked = locked_for(actor, article)
        text = _text(locked, language)
        old = text.versions.filter(number=number).first()
        if old is None:
            raise NotVisible(_("There is no such version."))
        words = Words(old.title, old.html, language)
        return _save(actor, locked, _checked(words), text, restored_from=old.number)


def _text(article: Article, language: str) -> ArticleText:
    found = ArticleText.objects.filter(article=article, language=language).first()
    if found is None:
        raise NotVisible(_("The article has no text in this language."))
    return found


def _save(
    actor: Actor, article: Article, words: Words, text: ArticleText | None, restored_from: int | None = None
) -> ArticleText:
    text = text or ArticleText.objects.create(article=article, language=words.language)
    files.take(actor, article, words.html, words.attachments)
    latest = text.versions.first()
    if latest is not None and (latest.title, latest.html) == (words.title, words.html):
        return text
    now = clock.now()
    text.latest += 1
    text.draft_title = words.title
    text.updated_at, text.updated_by_id, text.updated_by_name = now, _agent(actor), actor.name[:120]
    Version.objects.create(
        text=text,
        number=text.latest,
        title=words.title,
        html=words.html,
        author_id=_agent(actor),
        author_name=actor.name[:120],
        restored_from=restored_from,
        created_at=now,
    )
    text.save()
    touch(article)
    index([text])
    data = {"title": words.title, "language": words.language, "version": text.latest}
    events.record(actor, kinds.ARTICLE_SAVED, article, data)
    return text


def _agent(actor: Actor) -> int | None:
    return actor.id if actor.is_agent else None


def _checked(words: Words) -> Words:
    problems: dict[str, list[str]] = {}
    title = one_line(words.title)
    if not title:
        problems["title"] = [_("Write a title.")]
    elif len(title) > TITLE_LIMIT:
        problems["title"] = [_("No more than %(limit)d characters.") % {"limit": TITLE_LIMIT}]
    if words.language not in dict(settings.LANGUAGES):
        problems["language"] = [_("Choose one of the offered values.")]
    if len(words.html) > LONGEST_TEXT:
        problems["html"] = [
            _("The text has %(length)d characters; at most %(limit)d are kept. Divide it into several articles.")
            % {"length": len(words.html), "limit": LONGEST_TEXT}
        ]
        raise Invalid(problems)
    markup = clean(words.html)
    if not html.to_text(markup).strip() and "<img" not in markup:
        problems["html"] = [_("Write the text of the article.")]
    if problems:
        raise Invalid(problems)
    return Words(title, markup, words.language, words.attachments)
