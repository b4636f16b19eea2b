"""Request forms: what is asked of whoever registers a ticket of some type or about some service (F6, F195)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named, said_in
from okno.workflow.items import Item, items_of


class RequestForm(Named):
    """Questions for new tickets; the first form that is switched on and fits is asked.

    ``types`` and ``services`` are codes; none means all of them, and a service means those under it too.
    ``guidances`` say by language what helps, a piece of advice in each line; ``items``: see ``workflow.items``.
    """

    guidances = models.JSONField(default=dict, blank=True, help_text="language -> lines of advice")
    types = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    services = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    items = models.JSONField(default=list, blank=True)

    class Meta(Named.Meta):
        verbose_name = _("Request form")
        verbose_name_plural = _("Request forms")

    @property
    def advice(self) -> list[str]:
        """The lines of advice in the language of the reader, else in English, else in any."""
        return [line.strip() for line in said_in(self.guidances).splitlines() if line.strip()]

    @cached_property
    def asked(self) -> tuple[Item, ...]:
        """The items in their order."""
        return items_of(self.items)
