"""What opens the client's systems: passwords and keys, which only their readers may see."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.people.models import Agent, Contact
from okno.tickets.models.ticket import Ticket


class TicketSecret(models.Model):
    """Access details of a ticket: a label that people read, and a value that is stored encrypted only (F198).

    The key lies outside the database (``core.secrets``). When the ticket closes, or somebody erases it before, the
    ciphertext goes for good; the row stays and says when and why.
    """

    class Because(models.TextChoices):
        CLOSED = "closed", _("the ticket was closed")
        ASKED = "asked", _("somebody erased it")
        PERSON = "person", _("the person's data was erased")

    id = models.BigAutoField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="secrets")
    label = models.CharField(max_length=100)
    ciphertext = models.TextField(default="", blank=True)
    agent = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    giver = models.CharField(max_length=320)
    created_at = models.DateTimeField(db_default=Now())
    erased_at = models.DateTimeField(null=True)
    erased_because = models.CharField(max_length=10, choices=Because.choices, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(ciphertext=""), name="secret_erased_is_gone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.ticket_id}"
