"""Forms for foreign pages, and what was sent by them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from okno.people.models import Team
from okno.tickets.models import Ticket
from okno.workflow.models import TicketType


class WebForm(models.Model):
    """A form that stands on a foreign page: how it looks, what it asks, and what becomes of it (F121).

    ``key`` names it in addresses. ``texts`` and the labels in ``fields`` are by language; an empty one means the
    words that Okno brings. ``fields`` are the shown ones in their order (see ``rules.fields``). ``origins`` are the
    sites that may use it, none for any. ``secret`` signs who is meant, for programs that know their users (F219);
    it is stored encrypted.
    """

    class Side(models.TextChoices):
        RIGHT = "right", _("at the bottom right")
        LEFT = "left", _("at the bottom left")

    class Theme(models.TextChoices):
        AUTO = "auto", _("as the visitor's device")
        LIGHT = "light", _("always light")
        DARK = "dark", _("always dark")

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True, default="", help_text="empty: that of the page")
    texts = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    colour = models.CharField(max_length=7, default="#2f6f9f")
    side = models.CharField(max_length=5, choices=Side.choices, default=Side.RIGHT)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    has_launcher = models.BooleanField(default=True)
    asks_consent = models.BooleanField(default=False)
    origins = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    type = models.ForeignKey(TicketType, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    secret = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class WebFormPost(models.Model):
    """Something that was sent by a form, kept for two days to bound what comes from one place or address (T5).

    ``place`` is the hashed network, ``address`` the hashed mail address without its tag: both only count. ``proof``
    is the work or the signature that was spent, so that none counts twice.
    """

    id = models.BigAutoField(primary_key=True)
    form = models.ForeignKey(WebForm, on_delete=models.CASCADE, related_name="posts")
    at = models.DateTimeField()
    place = models.CharField(max_length=40)
    address = models.CharField(max_length=40, default="")
    proof = models.CharField(max_length=64, unique=True)
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["place", "at"], name="web_form_place"),
            models.Index(fields=["address", "at"], name="web_form_address"),
            models.Index(fields=["form", "at"], name="web_form_form"),
            models.Index(fields=["at"], name="web_form_at"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk} by form {self.form_id}"
