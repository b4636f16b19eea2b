"""Sections, articles with their texts and versions, files, votes, counters, and what search reads."""

from __future__ import annotations

from okno.knowledge.models.articles import Article, ArticleFile, ArticleText, Version
from okno.knowledge.models.counting import OfferCount, Vote
from okno.knowledge.models.search import TextSearch, TextWord
from okno.knowledge.models.sections import Section
from okno.knowledge.models.writing import Unsaved

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleText",
    "OfferCount",
    "Section",
    "TextSearch",
    "TextWord",
    "Unsaved",
    "Version",
    "Vote",
]
