"""What clients think of solutions, and the links by which they say it without signing in."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.people.models import Agent, Contact, Team
from okno.tickets.models.people import Participant
from okno.tickets.models.ticket import Ticket


class Rating(models.Model):
    """What one person of the client's side thinks of one solution.

    ``round`` counts the solutions of a ticket: one that is solved again after reopening is rated anew, and the
    earlier rating stays. ``score`` counts from 1, the worst, on ``scale``; ``share`` is the same out of 100 and
    ``level`` what it comes to. ``agent`` and ``team`` are whom it is about.
    """

    class Way(models.TextChoices):
        LETTER = "letter", _("by a link in a letter")
        PORTAL = "portal", _("in the portal")

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="ratings", db_index=False)
    round = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="+", help_text="who rated"
    )
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="ratings")
    author_name = models.CharField(max_length=320)
    scale = models.CharField(max_length=10)
    score = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    comment = models.TextField(default="", blank=True)
    follow_up_question = models.TextField(default="", blank=True)
    follow_up = models.TextField(default="", blank=True)
    way = models.CharField(max_length=10, choices=Way.choices)
    agent = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "round", "participant"], name="rating_once")]
        indexes = [models.Index(fields=["-created_at", "-id"], name="rating_latest")]

    def __str__(self) -> str:
        return f"{self.score} for {self.ticket_id}"


class ClientLink(models.Model):
    """A link in a letter that lets one person do one thing with one ticket without signing in.

    Only the hash of its 192 random bits is stored. It is for one ``round`` of the ticket, ends at ``expires_at`` or
    when it is revoked, and goes with the participant. ``reminded_at`` is when the one reminder was sent.
    """

    class Purpose(models.TextChoices):
        SOLUTION = "solution", _("accept, rate or resume")

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="client_links")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="links")
    round = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], name="link_unreminded", condition=models.Q(reminded_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"link of {self.participant_id} to {self.ticket_id}"
