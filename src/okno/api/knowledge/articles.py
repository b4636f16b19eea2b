"""Articles of the knowledge base: read, found, written."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from okno.api.authentication import ApiRequest, Scope
from okno.api.keys import CursorText, Limit, page_by_id
from okno.api.knowledge.schemas import (
    ArticleIn,
    ArticleLine,
    ArticleOut,
    ArticlePage,
    FoundArticle,
    FoundArticles,
    Language,
    SectionOut,
    TextIn,
    article_out,
    line_out,
    section_out,
)
from okno.api.routers import knowledge
from okno.api.schemas.base import LARGEST_ID
from okno.core.faults import NotVisible
from okno.knowledge import access
from okno.knowledge.models import Article
from okno.knowledge.operations.articles import (
    Words,
    create_article,
    publish_article,
    save_article,
    withdraw_article,
)
from okno.knowledge.operations.shelving import archive_article, take_out_article
from okno.knowledge.reading import own_language, read, read_draft, title_of
from okno.knowledge.search import find

READ, WRITE = Scope("knowledge:read"), Scope("knowledge:read", "knowledge:write")
Asked = Annotated[str, Field(max_length=500)]


@knowledge.get("/sections", response=list[SectionOut], auth=READ, operation_id="list_sections")
def list_sections(request: ApiRequest) -> list[SectionOut]:
    """The sections that you see, each with who reads it."""
    sight = access.sight_of(request.bearer)
    rows = access.sections_visible_to(request.bearer, sight).order_by("position", "pk")
    return [section_out(row, sight.tree.source(row.pk).audience) for row in rows]


@knowledge.get("/articles", response=ArticlePage, auth=READ, operation_id="list_articles")
def list_articles(
    request: ApiRequest,
    section: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
    cursor: CursorText = "",
    limit: Limit = 50,
) -> ArticlePage:
    """The articles that you see in the order of their creation; drafts only where you may edit."""
    rows = access.articles_visible_to(request.bearer).filter(archived_at=None).prefetch_related("texts")
    found, following = page_by_id(rows.filter(section=section) if section else rows, cursor, limit)
    return ArticlePage(items=[line_out(row, title_of(row)) for row in found], next_cursor=following)


@knowledge.get("/articles/search", response=FoundArticles, auth=READ, operation_id="search_articles")
def search_articles(request: ApiRequest, q: Asked, language: Language | None = None) -> FoundArticles:
    """The articles that fit the words, in any of their forms and with small mistakes, the best first."""
    found = find(request.bearer, q, language or own_language())
    items = [
        FoundArticle(
            id=hit.article,
            section=hit.section,
            title=hit.title,
            language=hit.language,
            snippet="".join(bit.text for bit in hit.snippet),
        )
        for hit in found.hits
    ]
    return FoundArticles(items=items, is_similar=found.is_similar)


@knowledge.post("/articles", response={201: ArticleOut}, auth=WRITE, operation_id="create_article")
def create(request: ApiRequest, given: ArticleIn) -> ArticleOut:
    """Writes an article into a section; a draft unless it is published at once."""
    section = access.get_section(request.bearer, given.section)
    words = Words(given.title, given.html, given.language)
    return _told(create_article(request.bearer, section, words, publish=given.publish), given.language)


@knowledge.get("/articles/{int:article}", response=ArticleOut, auth=READ, operation_id="read_article")
def read_one(
    request: ApiRequest, article: int, language: Language | None = None, latest: bool = False
) -> ArticleOut:
    """One article as readers see it; `latest` gives those who may edit it the latest version."""
    row = access.get_article(request.bearer, article)
    wanted = language or own_language()
    if latest or not row.is_published:
        access.require_edit(request.bearer, row)
        return _told(row, wanted)
    reading = read(row, wanted)
    return _told(row, wanted) if reading is None else article_out(row, reading, reading.text.published)


@knowledge.put(
    "/articles/{int:article}/texts/{language}", response=ArticleOut, auth=WRITE, operation_id="save_article_text"
)
def save(request: ApiRequest, article: int, language: Language, given: TextIn) -> ArticleOut:
    """Saves the text of one language as a new version."""
    row = access.get_article(request.bearer, article)
    words = Words(given.title, given.html, language)
    save_article(request.bearer, row, words, seen=given.seen, publish=given.publish)
    return _told(row, language)


@knowledge.post("/articles/{int:article}/publish", response=ArticleOut, auth=WRITE, operation_id="publish_article")
def publish(request: ApiRequest, article: int, language: Language = "en") -> ArticleOut:
    """Shows readers the latest version of the text in this language."""
    row = access.get_article(request.bearer, article)
    publish_article(request.bearer, row, language)
    return _told(row, language)


@knowledge.post(
    "/articles/{int:article}/withdraw", response=ArticleLine, auth=WRITE, operation_id="withdraw_article"
)
def withdraw(request: ApiRequest, article: int) -> ArticleLine:
    """Makes a draft of it again, in all languages."""
    return _line(withdraw_article(request.bearer, access.get_article(request.bearer, article)))


@knowledge.post("/articles/{int:article}/archive", response=ArticleLine, auth=WRITE, operation_id="archive_article")
def archive(request: ApiRequest, article: int) -> ArticleLine:
    """Takes it away from readers and lists."""
    return _line(archive_article(request.bearer, access.get_article(request.bearer, article)))


@knowledge.post(
    "/articles/{int:article}/take-out", response=ArticleLine, auth=WRITE, operation_id="take_out_article"
)
def take_out(request: ApiRequest, article: int) -> ArticleLine:
    """Takes it out of the archive again."""
    return _line(take_out_article(request.bearer, access.get_article(request.bearer, article)))


def _line(row: Article) -> ArticleLine:
    fresh = Article.objects.prefetch_related("texts").get(pk=row.pk)
    return line_out(fresh, title_of(fresh))


def _told(row: Article, wanted: str) -> ArticleOut:
    fresh = Article.objects.prefetch_related("texts").get(pk=row.pk)
    reading = read_draft(fresh, wanted)
    if reading is None:
        raise NotVisible(_("The article has no text in this language."))
    return article_out(fresh, reading, reading.text.latest)
