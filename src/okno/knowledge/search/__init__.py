"""Search in articles, and the articles that may answer a question that somebody is about to ask (W19, F194)."""

from __future__ import annotations

from okno.knowledge.search.finding import Found, Hit, find
from okno.knowledge.search.indexing import index
from okno.knowledge.search.suggesting import Suggestion, suggest

__all__ = ["Found", "Hit", "Suggestion", "find", "index", "suggest"]
