"""An article as somebody reads it: in which language, in which state, by whom and when it was last changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from okno.knowledge.models import Article, ArticleText


@dataclass(frozen=True)
class Reading:
    """What is shown of an article. ``wanted`` is the language that was asked for, ``language`` the one there is."""

    article: Article
    text: ArticleText
    title: str
    html: str
    language: str
    wanted: str
    languages: tuple[str, ...]

    @property
    def is_other_language(self) -> bool:
        """Whether there is no text in the language that was asked for, which the page has to tell."""
        return self.language != self.wanted

    @property
    def updated_at(self) -> datetime:
        """When this text was last changed (F201)."""
        return self.text.updated_at

    @property
    def author(self) -> str:
        """Who last changed it (F201)."""
        return self.text.updated_by_name


def own_language() -> str:
    """The language of the page that is drawn."""
    return (get_language() or "en").split("-", maxsplit=1)[0]


def chosen(texts: Iterable[ArticleText], wanted: str) -> ArticleText | None:
    """The text in this language, else in English, else in the language of the installation, else the first."""
    known = {text.language: text for text in texts}
    order = (wanted, "en", settings.LANGUAGE_CODE.split("-", maxsplit=1)[0], *known)
    return next((known[language] for language in order if language in known), None)


def published_texts(texts: Iterable[ArticleText]) -> list[ArticleText]:
    """Those that readers see."""
    return [text for text in texts if text.published]


def read(article: Article, wanted: str) -> Reading | None:
    """The article as readers see it; nothing when none of its texts is published."""
    texts = published_texts(article.texts.all())
    text = chosen(texts, wanted)
    if text is None:
        return None
    return Reading(article, text, text.title, text.html, text.language, wanted, _languages(texts))


def read_draft(article: Article, wanted: str) -> Reading | None:
    """The article as editors go on with it: the latest version."""
    texts = list(article.texts.all())
    text = chosen(texts, wanted)
    latest = text.versions.first() if text else None
    if text is None or latest is None:
        return None
    return Reading(article, text, latest.title, latest.html, text.language, wanted, _languages(texts))


def title_of(article: Article, wanted: str = "", *, drafts: bool = True) -> str:
    """What the article is called in this language or another; ``drafts`` counts texts that nobody reads yet."""
    texts: Sequence[ArticleText] = list(article.texts.all())
    text = chosen(published_texts(texts), wanted or own_language())
    if text is not None:
        return text.title
    text = chosen(texts, wanted or own_language()) if drafts else None
    return text.draft_title if text else ""


def _languages(texts: Sequence[ArticleText]) -> tuple[str, ...]:
    known = {text.language for text in texts}
    return tuple(code for code, _label in settings.LANGUAGES if code in known)
