"""Requests to erase a person's data."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.people.models.clients import Contact


class Erasure(models.Model):
    """The data of a contact is erased on request (P47); the row itself holds nothing of it.

    ``texts`` says what becomes of the conversations. ``step`` is the part that is being erased, ``last_id`` how far
    it has come, ``total`` and ``done`` count things of all parts, ``counts`` how many of each part were erased.
    """

    class Texts(models.TextChoices):
        KEEP = "keep", _("Texts stay, without name, addresses and telephones")
        OWN = "own", _("What the person wrote goes, with its files and the subjects of the person's tickets")
        ALL = "all", _("The whole conversations of the person's tickets go, also our answers, notes and files")

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="erasures")
    texts = models.CharField(max_length=4, choices=Texts.choices)
    requested_by = models.CharField(max_length=200)
    requested_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=40, default="")
    last_id = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact"], name="erasure_under_way", condition=models.Q(finished_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk} of contact {self.contact_id}"
