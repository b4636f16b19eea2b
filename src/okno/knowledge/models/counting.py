"""What readers think of articles, and what offering them has saved."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from okno.knowledge.models.articles import Article


class Vote(models.Model):
    """Whether an article helped one person or one browser; changing one's mind changes the vote."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="votes", db_index=False)
    voter = models.CharField(max_length=80, help_text="contact:7, agent:3, or browser: and a digest")
    language = models.CharField(max_length=5, default="")
    is_helpful = models.BooleanField()
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["article", "voter"], name="vote_once")]

    def __str__(self) -> str:
        return f"vote on article {self.article_id}"


class OfferCount(models.Model):
    """How often on a day an article was offered to somebody who wrote a request, opened, and made it needless."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="offers", db_index=False)
    day = models.DateField()
    shown = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    helped = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="offer_count_once")]

    def __str__(self) -> str:
        return f"offers of article {self.article_id} on {self.day}"
