"""A question in PostgreSQL's words, as the ORM takes it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.search import SearchQuery


class Written(SearchQuery):
    """A ``tsquery`` that is complete already: the database takes its words as they stand."""

    def __init__(self, text: str) -> None:
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(self, *_given: Any, **_more: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s::tsquery", (self.text,)
