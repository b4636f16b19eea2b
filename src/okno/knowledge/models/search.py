"""What search reads of articles."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from okno.knowledge.models.articles import ArticleText


class TextSearch(models.Model):
    """The words of a text: of its title and of all of it as readers see it, and as its latest version has it.

    ``draft`` is read for those alone who may edit the article (T21). ``versions`` says of what they were made.
    """

    text = models.OneToOneField(ArticleText, primary_key=True, on_delete=models.CASCADE, related_name="search")
    title = SearchVectorField()
    vector = SearchVectorField()
    draft = SearchVectorField()
    latest = models.PositiveIntegerField(default=0)
    published = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="article_search"),
            GinIndex(fields=["draft"], name="article_search_draft"),
        ]

    def __str__(self) -> str:
        return f"search row of text {self.text_id}"


class TextWord(models.Model):
    """A word of some article, with which misspelt ones are compared; never shown to anybody."""

    word = models.TextField(primary_key=True, db_collation="C")

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="article_word")]

    def __str__(self) -> str:
        return self.word
