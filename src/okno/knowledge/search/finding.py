"""What an actor finds among the articles that exist for him."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Length

from okno.core.actor import Actor
from okno.core.search.rules import Question, read_question, written
from okno.core.search.rules.similar import with_similar
from okno.core.search.written import Written
from okno.knowledge import access
from okno.knowledge.models import ArticleText, TextSearch, TextWord
from okno.knowledge.search.snippets import Bit, snippet

RANKED = 300
"""Texts that are weighed against each other; of a word that stands in more, those with it in the title, then the
latest."""

LOOKED_AT = 200


@dataclass(frozen=True)
class Hit:
    """An article that was found: the text in which it was, and the words around."""

    article: int
    section: int
    title: str
    language: str
    is_draft: bool
    snippet: list[Bit]


@dataclass(frozen=True)
class Found:
    """What was found; ``is_similar`` when only words that resemble the typed ones were."""

    hits: list[Hit]
    is_similar: bool = False


def find(actor: Actor | None, typed: str, language: str, *, limit: int = 20, section: int | None = None) -> Found:
    """The best articles for what somebody typed, one text of each; that in the reader's language where both fit."""
    question = read_question(typed.replace("\x00", " "))
    look = _Look(actor, access.sight_of(actor), language, limit, section)
    hits = look.hits(question)
    if hits or not question:
        return Found(hits)
    similar = with_similar(question, similar_words)
    return Found([]) if similar is None else Found(look.hits(similar), is_similar=True)


def similar_words(word: str) -> list[str]:
    """Words of articles that resemble this one; only ever searched for, never shown (T21)."""
    near = TextWord.objects.filter(word__trigram_similar=word).alias(size=Length("word"))
    alike = near.filter(size__gte=len(word) - 2, size__lte=len(word) + 2)
    return list(alike.values_list("word", flat=True)[:LOOKED_AT])


def seen_rows(actor: Actor | None, sight: access.Sight, text: str) -> QuerySet[TextSearch]:
    """The search rows that fit the text of a ``tsquery``: published words of what the actor sees, and of articles
    that he may edit also those of the latest version."""
    seen = access.articles_visible_to(actor, sight).values("pk")
    public = Q(vector=Written(text), text__article__in=seen, text__article__is_published=True)
    public &= Q(text__article__archived_at=None)
    if actor is None or actor.is_contact:
        return TextSearch.objects.filter(public)
    editable = access.articles_open_to(actor, sight).values("pk")
    drafts = Q(draft=Written(text), text__article__in=editable, text__article__archived_at=None)
    return TextSearch.objects.filter(public | drafts)


@dataclass(frozen=True)
class _Look:
    """Who looks where, for how many, and in which language first."""

    actor: Actor | None
    sight: access.Sight
    language: str
    limit: int
    section: int | None

    def hits(self, question: Question) -> list[Hit]:
        text = written(question)
        if not text:
            return []
        rows = seen_rows(self.actor, self.sight, text)
        if self.section is not None:
            rows = rows.filter(text__article__section__in=self.sight.tree.below(self.section))
        words = Written(text)
        in_title = ExpressionWrapper(Q(title=words), output_field=BooleanField())
        own = Case(When(text__language=self.language, then=Value(1)), default=Value(0))
        first = rows.annotate(named=in_title, own=own).order_by("-named", "-own", "-text__updated_at", "-pk")
        ranked = TextSearch.objects.filter(pk__in=first.values("pk")[:RANKED]).annotate(
            named=in_title, own=own, rank=SearchRank(F("vector"), words), fits=_fits(words)
        )
        best = ranked.order_by("-named", "-own", "-rank", "-text__updated_at", "-pk")
        return _one_each(best.select_related("text__article"), question, self.limit)


def _fits(words: Written) -> Any:
    return ExpressionWrapper(Q(vector=words), output_field=BooleanField())


def _one_each(rows: QuerySet[TextSearch, Any], question: Question, limit: int) -> list[Hit]:
    """One hit for each article, the best first."""
    hits: dict[int, Hit] = {}
    for row in rows:
        article = row.text.article
        if article.pk in hits:
            continue
        hits[article.pk] = _hit(row.text, question, is_draft=not row.fits)
        if len(hits) == limit:
            break
    return list(hits.values())


def _hit(text: ArticleText, question: Question, *, is_draft: bool) -> Hit:
    title, plain = text.title, text.plain
    if is_draft:
        latest = text.versions.first()
        title, plain = (latest.title, latest.html) if latest else (text.draft_title, "")
    return Hit(
        article=text.article_id,
        section=text.article.section_id,
        title=title,
        language=text.language,
        is_draft=is_draft,
        snippet=snippet(plain, question, is_html=is_draft),
    )
