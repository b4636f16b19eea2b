"""Photos of employees, as every page needs them: read once and remembered for a moment."""

from __future__ import annotations

import time

from django.db import models

from okno.core.models import StoredFile
from okno.core.pictures import pictures_of

MAX_AGE = 2.0
"""Seconds for which a process may still show a photo that another has changed."""


class Photographed(models.Model):
    """A photo in two sizes, squares written by ourselves. Its name cannot be guessed; each has its own."""

    photo_name = models.CharField(max_length=32, blank=True, default="", db_default="")
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    photo_small = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class _Memory:
    """The names of the photos by employee, and when they were read."""

    read_at = float("-inf")
    names: dict[int, str] = {}


def photo_of(agent: int | None) -> str:
    """The name of an employee's photo; empty where there is none."""
    if time.monotonic() - _Memory.read_at > MAX_AGE:
        from okno.people.models import Agent

        _Memory.names = dict(Agent.objects.exclude(photo_name="").values_list("pk", "photo_name"))
        _Memory.read_at = time.monotonic()
    return _Memory.names.get(agent or 0, "")


def forget() -> None:
    """The next reading is fresh."""
    _Memory.read_at = float("-inf")


pictures_of("agent", photo_of)
