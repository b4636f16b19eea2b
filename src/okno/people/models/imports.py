"""Files with clients that are brought in, and what could not be read of them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.core.models import StoredFile
from okno.people.models.agents import Agent


class ClientImport(models.Model):
    """A file with companies or contacts on its way into the client base: looked at first, then written row by row.

    ``mapping`` says what each column holds (its number as text -> field). ``position`` is how many rows were gone
    through in the present state, so that a worker that dies goes on where it was. The numbers of what was made tell
    of the last look in ``checked``, of what was written in ``done``.
    """

    class Kind(models.TextChoices):
        CONTACTS = "contacts", _("contacts")
        COMPANIES = "companies", _("companies")

    class State(models.TextChoices):
        MAPPING = "mapping", _("waits for its columns to be named")
        CHECKING = "checking", _("is being looked at")
        CHECKED = "checked", _("looked at")
        RUNNING = "running", _("is being written")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAPPING)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, help_text="of the file")
    by = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    headings = models.JSONField(default=list)
    sample: models.JSONField[Any, Any] = models.JSONField(default=list, help_text="the first rows")
    mapping: models.JSONField[Any, Any] = models.JSONField(default=dict)
    updates_known = models.BooleanField(default=True)
    makes_companies = models.BooleanField(default=True)
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0, help_text="known and not to be changed, or no news")
    faulty = models.PositiveIntegerField(default=0)
    new_companies = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["id"], name="client_import_waiting", condition=models.Q(state__in=["checking", "running"])
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        """Whether the worker is at it."""
        return self.state in {self.State.CHECKING, self.State.RUNNING}


class ImportProblem(models.Model):
    """A row that could not be taken: the line of the file, the field, what stood there, and why not."""

    of = models.ForeignKey(ClientImport, on_delete=models.CASCADE, related_name="problems")
    line = models.PositiveIntegerField()
    field = models.CharField(max_length=60)
    value = models.TextField(default="")
    message = models.TextField()

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["of", "line"], name="import_problem_line")]

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"
