"""The catalogue of services that tickets are about (F204, F209, F210)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named


class Service(Named):
    """Something that is done or kept running for clients; services stand in a tree."""

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")

    class Meta(Named.Meta):
        verbose_name = _("Service")
        verbose_name_plural = _("Services")
