"""What is being written: drafts and canned replies."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.people.models import Agent
from okno.tickets.models.ticket import Ticket


class Draft(models.Model):
    """What an agent has typed and not sent: one per agent, ticket and kind, untouched by anything else (W9).

    A draft without a ticket is that of the new-ticket form; ``fields`` keeps the form's other values.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("public answer")
        NOTE = "note", _("private note")
        NEW = "new", _("new ticket")

    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    html = models.TextField(default="")
    fields = models.JSONField(default=dict)
    seen_message = models.BigIntegerField(default=0, help_text="the last message when the typing began")
    updated_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agent", "ticket", "kind"], name="draft_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.kind} draft of {self.agent_id}"


class CannedReply(models.Model):
    """A prepared answer, with its attachments, inserted by its shortcut or title (F182).

    With ``is_closing`` it is also a reason for which a ticket is closed, as that nothing can be made of it (F220).
    """

    title = models.CharField(max_length=120)
    group = models.CharField(max_length=80, blank=True, default="")
    shortcut = models.CharField(max_length=40, blank=True, default="")
    html = models.TextField()
    language = models.CharField(max_length=5, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_closing = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["group", "title"]

    def __str__(self) -> str:
        return self.title
