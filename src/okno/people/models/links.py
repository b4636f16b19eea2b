"""Links in letters that let a client's person in."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from okno.people.models.agents import Agent
from okno.people.models.clients import Contact


class PersonalLink(models.Model):
    """A link in a letter, good for one use, one purpose and one person, and for a limited time (T23).

    The secret stands in the letter only; here is its hash. ``browser`` is the hash of what the asking browser
    keeps: a link to sign in works nowhere else, so that a forwarded letter lets nobody in. A link to register has
    no contact yet: ``address`` is what it proves.
    """

    class Purpose(models.TextChoices):
        INVITATION = "invitation"
        SIGN_IN = "sign_in"
        REGISTRATION = "registration"

    id = models.BigAutoField(primary_key=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="links")
    address = models.CharField(max_length=320)
    browser = models.CharField(max_length=64, blank=True, default="", db_default="")
    made_by = models.ForeignKey(Agent, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="used or revoked")
    is_used = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="personal_link_expires")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
