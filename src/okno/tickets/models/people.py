"""The people around a ticket: of the client's side, watchers, and who has it open."""

from __future__ import annotations

from django.db import models

from okno.people.models import Agent, Contact, Team
from okno.tickets.models.ticket import Ticket


class Participant(models.Model):
    """Somebody of the client's side in the conversation: the requester, or in copy.

    A participant without a contact is an address only. ``is_confirmed``: letters are sent to the address;
    those whom a letter put in copy get nothing until an agent confirms them. ``is_proven``: somebody
    vouched that the person is who the address says (aligned authentication of the letter, a sign-in, an
    agent); without it the ticket is never shown in the portal to the claimed sender (T3).
    """

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="participants")
    address = models.CharField(max_length=320)
    name = models.TextField(default="")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="participations")
    is_requester = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False)
    is_proven = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_requester", "id"]
        constraints = [models.UniqueConstraint(fields=["ticket", "address"], name="participant_once")]

    def __str__(self) -> str:
        return self.address


class Watcher(models.Model):
    """An agent or a team that follows a ticket (F86)."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="watchers")
    agent = models.ForeignKey(Agent, null=True, on_delete=models.CASCADE, related_name="watched")
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="watched")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "agent", "team"], name="watcher_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=models.Q(agent__isnull=True) ^ models.Q(team__isnull=True), name="watcher_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"watcher of {self.ticket_id}"


class Reading(models.Model):
    """How far a client's person has read a ticket: the last public message and the last event that were shown.

    The row without a ticket is the person's beginning: whatever is older counts as read (F21).
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="readings", db_index=False)
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.CASCADE, related_name="readings")
    message = models.BigIntegerField(default=0)
    event = models.BigIntegerField(default=0)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "ticket"], name="reading_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.ticket_id}"


class Presence(models.Model):
    """Who has a ticket open now, and whether they are typing (P1); rows older than a minute mean nothing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="presences")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="+")
    is_typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "agent"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.agent_id} at {self.ticket_id}"
