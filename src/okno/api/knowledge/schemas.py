"""What the API takes and gives of the knowledge base."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from okno.api.schemas.base import Body, Given, Id, Line
from okno.knowledge.models import Article, Section
from okno.knowledge.reading import Reading

Language = Literal["en", "ru", "uk", "pl"]


class SectionOut(BaseModel):
    """A section."""

    id: int
    name: str = Field(description="In the language of `Accept-Language`.", examples=["Instructions"])
    parent: int | None = Field(description="Id of the section in which it stands.")
    audience: str = Field(description="Who reads it beside employees: internal, companies, clients, public.")


class ArticleLine(BaseModel):
    """An article in a list."""

    id: int
    section: int
    title: str
    languages: list[str] = Field(description="Languages in which it is published.", examples=[["en", "pl"]])
    is_published: bool
    is_archived: bool
    updated_at: datetime


class ArticlePage(BaseModel):
    """A page of articles."""

    items: list[ArticleLine]
    next_cursor: str | None


class ArticleOut(ArticleLine):
    """An article in one language."""

    language: str = Field(description="Of this text; another one than was asked for, where there is none in that.")
    html: str
    version: int = Field(description="Number of the version that this is.")
    latest: int = Field(description="Number of the latest version; a greater one than `version` is not published.")
    author: str = Field(description="Who changed it last.")


class FoundArticle(BaseModel):
    """An article that fits a search."""

    id: int
    section: int
    title: str
    language: str
    snippet: str = Field(description="The words around what was found.")


class FoundArticles(BaseModel):
    """What was found, the best first."""

    items: list[FoundArticle]
    is_similar: bool = Field(description="Nothing has exactly these words; these resemble them.")


class TextIn(Given):
    """A text of an article."""

    title: Line = Field(min_length=1, examples=["Reset a forgotten password"])
    html: Body = Field(
        description="Headings, lists, links, code and pictures of the article; all else is left out."
    )
    publish: bool = Field(False, description="Shows it to readers at once.")
    seen: int | None = Field(
        None,
        ge=0,
        le=2**31 - 1,
        description="The latest version that you know of; 409 when somebody has saved another one since.",
    )


class ArticleIn(Given):
    """An article to be."""

    section: Id
    language: Language = "en"
    title: Line = Field(min_length=1, examples=["Reset a forgotten password"])
    html: Body
    publish: bool = False


def section_out(row: Section, audience: str) -> SectionOut:
    """The section with the audience that holds in it."""
    return SectionOut(id=row.pk, name=row.name, parent=row.parent_id, audience=audience)


def line_out(row: Article, title: str) -> ArticleLine:
    """The article without its text."""
    return ArticleLine(**_common(row), title=title)


def article_out(row: Article, reading: Reading, version: int) -> ArticleOut:
    """The article with its text in one language."""
    return ArticleOut(
        **_common(row),
        title=reading.title,
        language=reading.language,
        html=reading.html,
        version=version,
        latest=reading.text.latest,
        author=reading.author,
    )


def _common(row: Article) -> dict[str, Any]:
    return {
        "id": row.pk,
        "section": row.section_id,
        "languages": sorted(text.language for text in row.texts.all() if text.published),
        "is_published": row.is_published,
        "is_archived": row.archived_at is not None,
        "updated_at": row.updated_at,
    }
