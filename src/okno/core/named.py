"""Rows of small catalogues: called differently in each language, known to programs by one code."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import get_language


def said_in(texts: Mapping[str, str], language: str = "", fallback: str = "") -> str:
    """The text in a language (that of the reader unless one is named), else in English, else in any."""
    wanted = (language or get_language() or "en").split("-", maxsplit=1)[0]
    return texts.get(wanted) or texts.get("en") or next((text for text in texts.values() if text), fallback)


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
        return said_in(self.names, language, self.code)
