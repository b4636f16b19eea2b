"""Definitions of attributes, and the files that are values of some."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from okno.core.models import StoredFile
from okno.core.named import Named, said_in
from okno.fields import rules


class Target(models.TextChoices):
    """What has attributes."""

    TICKET = "ticket", _("Tickets")
    COMPANY = "company", _("Companies")
    CONTACT = "contact", _("Contacts")


class Attribute(Named):
    """Something that an installation wants to know of its tickets, companies or contacts beside what Okno asks.

    ``types`` are codes of the types of tickets that have it; none means all of them. ``seen_by`` and ``changed_by``
    are codes of roles; none means every role (of those that see it). ``default`` is the value of a new row, in the
    stored form. ``options`` are ``{"code", "names", "is_active"}`` in their order.
    """

    class Kind(models.TextChoices):
        LINE = "line", _("Text in one line")
        TEXT = "text", _("Text in several lines")
        NUMBER = "number", _("Number")
        DATE = "date", _("Date")
        LIST = "list", _("Value from a list")
        MULTIPLE = "multiple", _("Several values from a list")
        CHECKBOX = "checkbox", _("Checkbox")
        PERSON = "person", _("Employee")
        FILE = "file", _("File")

    class ForClients(models.TextChoices):
        HIDDEN = "hidden", _("hidden: clients never learn of it")
        SEEN = "seen", _("seen by clients")
        FILLED = "filled", _("filled in by clients when they register, and seen by them")

    target = models.CharField(max_length=10, choices=Target.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    helps = models.JSONField(default=dict, blank=True, help_text="language -> what to write here")
    types = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    options = models.JSONField(default=list, blank=True)
    default = models.JSONField(null=True, blank=True)
    is_required = models.BooleanField(default=False, help_text="a new row cannot be registered without it")
    seen_by = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    changed_by = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    for_clients = models.CharField(max_length=6, choices=ForClients.choices, default=ForClients.HIDDEN)
    limits = models.JSONField(default=dict, blank=True)

    class Meta(Named.Meta):
        verbose_name = _("Attribute")
        verbose_name_plural = _("Attributes")

    @property
    def help(self) -> str:
        """What to write here, in the language of the reader, else in English, else in any."""
        return said_in(self.helps)

    @cached_property
    def definition(self) -> rules.Definition:
        """What the rules need to know of it."""
        options = tuple(
            rules.Option(each["code"], each.get("names", {}), bool(each.get("is_active", True)))
            for each in self.options
        )
        return rules.Definition(self.code, rules.Kind(self.kind), rules.read_limits(self.limits), options)

    @property
    def is_chosen(self) -> bool:
        """Whether its values are chosen among options."""
        return self.kind in {self.Kind.LIST, self.Kind.MULTIPLE}

    def is_of_type(self, code: str | None) -> bool:
        """Whether tickets of this type have it; without a type, whether any may."""
        return code is None or not self.types or code in self.types


class ValueFile(models.Model):
    """A file that is the value of an attribute: of nobody's yet while ``holder`` is none.

    ``holder`` is the id of the ticket, company or contact; ``uploaded_by`` the employee or contact who sent it
    (``agent:7``), who alone may take it as a value and see it until then.
    """

    token = models.CharField(max_length=40, unique=True, help_text="the value, and the name in its URL")
    attribute = models.ForeignKey(Attribute, on_delete=models.CASCADE, related_name="files")
    holder = models.BigIntegerField(null=True)
    uploaded_by = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    type = models.CharField(max_length=127, default="application/octet-stream")
    size = models.BigIntegerField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["created_at"], name="value_file_waiting", condition=models.Q(holder__isnull=True))
        ]

    def __str__(self) -> str:
        return self.name


class Attributed(models.Model):
    """What has attributes: ``attributes`` holds the filled ones by code, each in its stored form.

    One column of the row, since every page that shows a ticket reads the row anyway: values cost it no query and no
    join, and a row without any costs the index nothing (its condition leaves it out). What a wide table of values
    would do better, to change one of them without reading the others, nobody does: operations lock the row.
    Attributes that are switched off, or that tickets of a type no longer have, keep their values here.
    """

    attributes: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        default=dict, db_default={}, blank=True
    )

    class Meta:
        abstract = True
