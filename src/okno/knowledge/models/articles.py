"""Articles: a text in each language, every saved state of it, and files."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from okno.core.models import StoredFile
from okno.knowledge.models.sections import Section
from okno.people.models import Agent

TITLE_LIMIT = 300


class Article(models.Model):
    """An article of a section (F130). Readers see it once a text of it is published, and not while it is archived.

    ``from_ticket`` is the number of the ticket whose answer it was made of.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles")
    position = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+")
    is_published = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    from_ticket = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["section", "position", "id"], name="article_section"),
            models.Index(fields=["-updated_at", "-id"], name="article_updated"),
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"


class ArticleText(models.Model):
    """An article in one language: what readers see of it, and which of its versions that is.

    ``published`` is 0 until the text is published for the first time; ``latest`` is what editors go on with.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=TITLE_LIMIT, blank=True, default="")
    draft_title = models.CharField(
        max_length=TITLE_LIMIT, blank=True, default="", help_text="of the latest version"
    )
    html = models.TextField(blank=True, default="")
    plain = models.TextField(blank=True, default="")
    latest = models.PositiveIntegerField(default=0)
    published = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(db_default=Now())
    updated_by = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+")
    updated_by_name = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["article", "language"], name="article_text_once")]

    def __str__(self) -> str:
        return self.title or f"text {self.pk}"

    @property
    def has_unpublished(self) -> bool:
        """Whether editors have saved something that readers do not see yet."""
        return self.latest != self.published


class Version(models.Model):
    """A saved state of a text: every save makes one, and none is ever changed."""

    text = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=TITLE_LIMIT)
    html = models.TextField(blank=True)
    author = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    author_name = models.CharField(max_length=120)
    restored_from = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="article_version_once")]

    def __str__(self) -> str:
        return f"version {self.number} of text {self.text_id}"


class ArticleFile(models.Model):
    """A file or a picture of an article; until the article is saved only whoever sent it sees it.

    ``is_published``: it belongs to what readers see. Pictures stand in the text (``is_inline``), also in versions
    of old, and are not listed beside it.
    """

    token = models.CharField(max_length=40, unique=True, help_text="the name in its URL, not guessable")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="files")
    uploaded_by = models.ForeignKey(Agent, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=127, default="application/octet-stream")
    size = models.BigIntegerField()
    is_inline = models.BooleanField(default=False)
    is_published = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_video(self) -> bool:
        """Whether browsers play it in the page."""
        return self.type in VIDEOS


VIDEOS = frozenset({"video/mp4", "video/webm", "video/ogg"})
