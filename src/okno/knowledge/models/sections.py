"""Sections of the knowledge base."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from okno.core.named import Named
from okno.knowledge.rules import Audience, Place, Right
from okno.people.models import Company


def _codes() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Section(Named):
    """A section, in another one or at the top, with four rights by role and an audience (F128, F129).

    One that ``inherits`` takes rights and audience of the section above it. Roles are named by their codes, ``*``
    for every role. One that is switched off is seen only by those who may change it.
    """

    class For(models.TextChoices):
        INTERNAL = Audience.INTERNAL, _("employees only")
        COMPANIES = Audience.COMPANIES, _("clients of some companies")
        CLIENTS = Audience.CLIENTS, _("all clients who are signed in")
        PUBLIC = Audience.PUBLIC, _("everybody, also without signing in")

    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    about = models.JSONField(default=dict, blank=True, help_text="language -> a sentence for readers")
    inherits = models.BooleanField(default=False)
    audience = models.CharField(max_length=10, choices=For.choices, default=For.INTERNAL)
    companies: models.ManyToManyField[Company, Any] = models.ManyToManyField(
        Company, blank=True, related_name="+", help_text="whose clients read it, where the audience says so"
    )
    viewers = _codes()
    creators = _codes()
    editors = _codes()
    managers = _codes()

    class Meta(Named.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent__isnull=False) | models.Q(inherits=False), name="top_section_inherits_not"
            )
        ]

    @property
    def sentence(self) -> str:
        """What it is about, in the language of the reader or in another."""
        told = Section(code="", names=self.about)
        return told.name

    def as_place(self, companies: frozenset[int] = frozenset()) -> Place:
        """Its rights and its audience as the rules know them."""
        return Place(
            id=self.pk,
            parent=self.parent_id,
            inherits=self.inherits,
            is_active=self.is_active,
            audience=Audience(self.audience),
            companies=companies,
            roles={
                Right.VIEW: frozenset(self.viewers),
                Right.CREATE: frozenset(self.creators),
                Right.EDIT: frozenset(self.editors),
                Right.MANAGE: frozenset(self.managers),
            },
        )


FIELDS = {Right.VIEW: "viewers", Right.CREATE: "creators", Right.EDIT: "editors", Right.MANAGE: "managers"}
"""Where a section keeps the roles of each right."""
