"""Rows of small catalogues: called differently in each language, known to programs by one code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language


class Named(models.Model):
    """A row with a name in each language, a fixed code for programs, and a place in the order."""

    code = models.SlugField(max_length=40, unique=True)
    names = models.JSONField(default=dict, help_text="language -> name")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader, else in English, else in any, else the code."""
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """The name in a given language, else in English, else in any."""
        names: dict[str, str] = self.names
        return (
            names.get(language.split("-", maxsplit=1)[0])
            or names.get("en")
            or next((name for name in names.values() if name), self.code)
        )
