"""Clients: companies and their people."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.named import Named
from okno.fields.models import Attributed
from okno.people.declarations import PHONE_COUNTRY
from okno.people.levels import LEVELS
from okno.people.models.accounts import User
from okno.people.models.agents import Agent
from okno.people.phones import Telephone


class ClientCategory(Named):
    """What kind of client a company is, such as a partner or a VIP client; never shown to clients (F126)."""

    class Meta(Named.Meta):
        verbose_name = _("Client category")
        verbose_name_plural = _("Client categories")


class Client(models.Model):
    """What companies and contacts have in common.

    ``responsible`` is somebody of ours, to whom its tickets go by default (F67, F125); those who watch follow all
    of them (F68), by ids; where a team is deleted, another takes its place (``people.holders``). ``phones`` are
    E.164 (``+48585550122``, with ``;ext=`` where there is an extension), or as they were written where that is no
    number; the main one first.
    Not active is archived: offered nowhere, and what was done stays.
    """

    name: models.CharField[str, str]
    phones = ArrayField(models.CharField(max_length=60), default=list, db_default=[], blank=True)
    language = models.CharField(max_length=5, blank=True, default="")
    time_zone = models.CharField(max_length=50, blank=True, default="", db_default="")
    note = models.TextField(blank=True, default="", db_default="")
    is_active = models.BooleanField(default=True, db_default=True)
    responsible = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    watching_agents = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    watching_teams = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def telephones(self) -> list[Telephone]:
        """The telephone numbers for a page, the main one first."""
        return [Telephone.of(kept, PHONE_COUNTRY()) for kept in self.phones]


class Company(Client, Attributed):
    """A client: a company that is served. ``merged_into`` is the one that it was a duplicate of (W7)."""

    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, default="")
    site_url = models.CharField(max_length=300, blank=True, default="", db_default="")
    address = models.TextField(blank=True, default="", db_default="")
    category = models.ForeignKey(
        ClientCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="companies"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="daughters")
    supervised: models.ManyToManyField[Company, Supervision] = models.ManyToManyField(
        "self", through="Supervision", symmetrical=False, related_name="supervisors"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )

    class Meta(Client.Meta):
        indexes = [
            models.Index(Lower("name"), name="company_name"),
            GinIndex(fields=["phones"], name="company_phones"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("pk")), name="company_not_its_own_parent")
        ]


class Supervision(models.Model):
    """People of one company may follow the tickets of another, as far as their access goes (F147)."""

    supervisor = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="supervising")
    supervised = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="supervised_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supervisor", "supervised"], name="supervision_once"),
            models.CheckConstraint(
                condition=~models.Q(supervisor=models.F("supervised")), name="no_company_supervises_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supervisor_id} supervises {self.supervised_id}"


class CompanyDomain(models.Model):
    """A mail domain of a company: a letter from an unknown address of this domain belongs to the company."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)

    def __str__(self) -> str:
        return self.domain


class Contact(Client, Attributed):
    """A client's person, of one or several companies or of none.

    ``copy_address`` gets a copy of every answer to the contact, such as the boss (F127). ``merged_into`` is the
    contact whose duplicate it was; ``erased_at`` when the person's data was erased on request (P47).
    """

    name = models.CharField(max_length=200)
    companies = models.ManyToManyField(Company, through="Affiliation", related_name="contacts")
    job_title = models.CharField(max_length=120, blank=True, default="", db_default="")
    copy_address = models.CharField(max_length=320, blank=True, default="", db_default="")
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="contact")
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(Client.Meta):
        indexes = [
            models.Index(Lower("name"), name="contact_name"),
            GinIndex(fields=["phones"], name="contact_phones"),
        ]

    def as_actor(self) -> Actor:
        """The contact as the author of an act, with the companies whose tickets the access of the moment opens."""
        watched = Supervision.objects.filter(supervisor=models.OuterRef("company_id")).values("supervised_id")
        places = Affiliation.objects.filter(contact=self).order_by("position", "pk")
        rows = list(places.values_list("company_id", "sees_company", "sees_supervised", ArraySubquery(watched)))
        supervised = {company for *_place, sees, found in rows if sees for company in found}
        return Actor(
            kind="contact",
            id=self.pk,
            name=self.name,
            companies=tuple(company for company, *_rest in rows),
            open_companies=tuple(sorted(company for company, sees, *_rest in rows if sees)),
            supervised=tuple(sorted(supervised)),
            language=self.language,
        )


class Affiliation(models.Model):
    """A contact's place in a company; the lowest position is the one that new tickets belong to.

    Each place has its own access level (F147): what the contact sees in the portal besides the tickets that he
    takes part in. That is all tickets of the company, those of its sites, those of companies that it supervises,
    and reports about them.
    """

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="affiliations")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="affiliations")
    position = models.PositiveSmallIntegerField(default=0)
    sees_company = models.BooleanField(default=False, db_default=False)
    sees_sites = models.BooleanField(default=False, db_default=False)
    sees_supervised = models.BooleanField(default=False, db_default=False)
    sees_reports = models.BooleanField(default=False, db_default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["contact", "company"], name="affiliation_once")]

    def __str__(self) -> str:
        return f"{self.contact_id} at {self.company_id}"

    @property
    def level(self) -> frozenset[str]:
        """What the place opens, by the codes of ``people.levels``."""
        return frozenset(code for code in LEVELS if getattr(self, f"sees_{code}"))

    @level.setter
    def level(self, codes: Collection[str]) -> None:
        for code in LEVELS:
            setattr(self, f"sees_{code}", code in codes)


class ContactAddress(models.Model):
    """A mail address of a contact, in lower case; no two contacts share one."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    address = models.CharField(max_length=320, unique=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.address
