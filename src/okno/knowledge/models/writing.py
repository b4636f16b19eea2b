"""What an employee has typed into an article and not saved yet."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from okno.knowledge.models.articles import TITLE_LIMIT, Article
from okno.people.models import Agent


class Unsaved(models.Model):
    """Typed and not saved: one for each employee, article and language, untouched by what others save (W9).

    Without an article it is that of a new one, which is to stand in ``section``. ``seen`` is the version over which
    it was typed.
    """

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="unsaved")
    language = models.CharField(max_length=5)
    section = models.BigIntegerField(null=True)
    title = models.CharField(max_length=TITLE_LIMIT, blank=True, default="")
    html = models.TextField(blank=True, default="")
    seen = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "article", "language"], name="unsaved_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"unsaved words of {self.agent_id}"
