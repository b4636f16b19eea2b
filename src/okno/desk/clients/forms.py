"""The forms of companies and contacts, whole or only some of their fields."""

from __future__ import annotations

import zoneinfo
from collections.abc import Collection
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.core.http.mistakes import at_fields
from okno.desk.clients.attributes import AskedAttributes
from okno.fields.inputs import split_errors
from okno.people.access import companies_visible_to
from okno.people.models import Agent, ClientCategory, Company, Contact, Team
from okno.people.operations.companies import CompanyFacts
from okno.people.operations.contacts import ContactFacts

Lines = forms.Textarea(attrs={"rows": 2, "spellcheck": "false"})


class ClientForm(forms.Form):
    """What companies and contacts have in common. ``only`` leaves these fields and no others."""

    ORDER: ClassVar[tuple[str, ...]] = ()

    name = forms.CharField(label=_("Name"), max_length=200)
    phones = forms.CharField(
        label=_("Phones"), required=False, widget=Lines, help_text=_("One in a line, the main one first.")
    )
    language = forms.ChoiceField(label=_("Language of letters"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    responsible = forms.ModelChoiceField(
        Agent.objects.none(), label=_("Responsible manager"), required=False, empty_label=_("Nobody"),
        help_text=_("New tickets of this client go to him unless a rule says otherwise."),
    )  # fmt: skip
    watching_agents = forms.ModelMultipleChoiceField(
        Agent.objects.none(), label=_("Employees who follow its tickets"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    watching_teams = forms.ModelMultipleChoiceField(
        Team.objects.none(), label=_("Teams that follow its tickets"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For employees only."),
    )  # fmt: skip

    def __init__(
        self,
        actor: Actor,
        data: Any = None,
        *,
        model: type[Company | Contact],
        row: Company | Contact | None,
        initial: dict[str, Any],
        only: Collection[str] = (),
    ) -> None:
        super().__init__(data, initial=initial)
        asks = not only or "attributes" in only
        self.attributes = AskedAttributes(actor, model, data, row) if asks else None
        self.order_fields(self.ORDER)
        agents = Agent.objects.filter(is_active=True)
        present = [initial.get("responsible"), *(initial.get("watching_agents") or [])]
        self._field("responsible").queryset = agents | Agent.objects.filter(pk=initial.get("responsible") or 0)
        self._field("watching_agents").queryset = agents | Agent.objects.filter(pk__in=[pk for pk in present if pk])
        self._field("watching_teams").queryset = Team.objects.filter(is_active=True)
        self._field("language").choices = [("", _("as usual")), *settings.LANGUAGES]
        zones = sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC")
        self._field("time_zone").choices = [("", _("that of the installation")), *((zone, zone) for zone in zones)]
        for name in [name for name in self.fields if only and name not in only]:
            del self.fields[name]

    @property
    def is_wrong(self) -> bool:
        """Whether there is a mistake at a field or at an attribute."""
        return bool(self.errors or (self.attributes and self.attributes.errors))

    def refuse(self, invalid: Invalid) -> None:
        """Takes the mistakes that an operation found, each to its field."""
        of_attributes, others = split_errors(invalid)
        if self.attributes is not None:
            self.attributes.errors = of_attributes
        at_fields(self, Invalid(others))

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def lines(self, name: str) -> list[str] | None:
        """The lines of a field, or nothing where the form does not have it."""
        given = self.cleaned_data.get(name)
        return None if given is None else [line.strip() for line in given.splitlines() if line.strip()]

    def ids(self, name: str) -> list[int] | None:
        """The ids of what was chosen, in its order; nothing where the form does not have the field."""
        if name not in self.cleaned_data:
            return None
        chosen = {row.pk for row in self.cleaned_data[name]}
        given = [int(each) for each in self._raw(name) if each.isdigit()]
        return [pk for pk in dict.fromkeys(given) if pk in chosen]

    def one(self, name: str) -> int | None:
        """The id of what was chosen, 0 for nothing; ``None`` where the form does not have the field."""
        if name not in self.cleaned_data:
            return None
        return self.cleaned_data[name].pk if self.cleaned_data[name] else 0

    def chosen(self, name: str) -> list[Any]:
        """What the field names now, sent or not, for the page to draw."""
        value = self[name].value()
        ids = [int(each) for each in (value if isinstance(value, list) else [value]) if str(each or "").isdigit()]
        rows = {row.pk: row for row in self._field(name).queryset.filter(pk__in=ids[:200])}
        return [rows[pk] for pk in ids if pk in rows]

    def _raw(self, name: str) -> list[str]:
        return list(self.data.getlist(name)) if hasattr(self.data, "getlist") else []

    def common_facts(self) -> dict[str, Any]:
        """The part of the facts that companies and contacts share."""
        given = self.cleaned_data
        return {
            **{name: given.get(name) for name in ("name", "language", "time_zone", "note")},
            "phones": self.lines("phones"),
            "responsible": self.one("responsible"),
            "watching_agents": self.ids("watching_agents"),
            "watching_teams": self.ids("watching_teams"),
            "attributes": self.attributes.given if self.attributes else None,
        }


class CompanyForm(ClientForm):
    """The card of a company."""

    ORDER = ("name", "category", "email", "phones", "domains", "site_url", "address")

    category = forms.ModelChoiceField(
        ClientCategory.objects.filter(is_active=True), label=_("Category"), to_field_name="code", required=False,
        empty_label=_("None"), help_text=_("Clients never see it."),
    )  # fmt: skip
    email = forms.EmailField(label=_("General e-mail"), required=False, max_length=254)
    domains = forms.CharField(
        label=_("Mail domains"), required=False, widget=Lines,
        help_text=_("One in a line. Letters from unknown addresses of these domains belong to the company."),
    )  # fmt: skip
    site_url = forms.CharField(label=_("Web site"), required=False, max_length=300)
    address = forms.CharField(label=_("Address"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    parent = forms.ModelChoiceField(Company.objects.none(), label=_("Part of"), required=False)
    supervised = forms.ModelMultipleChoiceField(
        Company.objects.none(), label=_("Supervises"), required=False,
        help_text=_("Its people may follow the tickets of these companies, as far as their access goes."),
    )  # fmt: skip

    def __init__(self, actor: Actor, data: Any = None, *, row: Company | None = None, only: Any = ()) -> None:
        super().__init__(actor, data, model=Company, row=row, initial=_company(row) if row else {}, only=only)
        for name in ("parent", "supervised"):
            if name in self.fields:
                self._field(name).queryset = companies_visible_to(actor)

    def facts(self) -> CompanyFacts:
        """What the form says, after it was found valid."""
        given = self.cleaned_data
        chosen = given.get("category")
        return CompanyFacts(
            **self.common_facts(),
            **{name: given.get(name) for name in ("email", "site_url", "address")},
            domains=self.lines("domains"),
            category=(chosen.code if chosen else "") if "category" in given else None,
            parent=self.one("parent"),
            supervised=self.ids("supervised"),
        )


class ContactForm(ClientForm):
    """The card of a contact."""

    ORDER = ("name", "job_title", "companies", "emails", "phones", "copy_address")

    job_title = forms.CharField(label=_("Job title"), required=False, max_length=120)
    companies = forms.ModelMultipleChoiceField(
        Company.objects.none(), label=_("Companies"), required=False,
        help_text=_("New tickets belong to the first one. None: a private person."),
    )  # fmt: skip
    emails = forms.CharField(
        label=_("Mail addresses"), required=False, widget=Lines, help_text=_("One in a line, the main one first.")
    )
    copy_address = forms.EmailField(
        label=_("Copy of every answer to"), required=False, max_length=254,
        help_text=_("Another address, such as that of the contact's boss."),
    )  # fmt: skip

    def __init__(
        self, actor: Actor, data: Any = None, *, row: Contact | None = None, company: int = 0, only: Any = ()
    ) -> None:
        initial = _contact(row) if row else {"companies": [company] if company else []}
        super().__init__(actor, data, model=Contact, row=row, initial=initial, only=only)
        if "companies" in self.fields:
            self._field("companies").queryset = companies_visible_to(actor)

    def facts(self) -> ContactFacts:
        """What the form says, after it was found valid."""
        given = self.cleaned_data
        return ContactFacts(
            **self.common_facts(),
            **{name: given.get(name) for name in ("job_title", "copy_address")},
            addresses=self.lines("emails"),
            companies=self.ids("companies"),
        )


def _common(row: Company | Contact) -> dict[str, Any]:
    plain = ("name", "language", "time_zone", "note", "watching_agents", "watching_teams")
    return {
        **{name: getattr(row, name) for name in plain},
        "phones": "\n".join(phone.text for phone in row.telephones),
        "responsible": row.responsible_id,
    }


def _company(row: Company) -> dict[str, Any]:
    return {
        **_common(row),
        **{name: getattr(row, name) for name in ("email", "site_url", "address")},
        "category": row.category.code if row.category else "",
        "domains": "\n".join(row.domains.order_by("domain").values_list("domain", flat=True)),
        "parent": row.parent_id,
        "supervised": list(row.supervising.values_list("supervised_id", flat=True)),
    }


def _contact(row: Contact) -> dict[str, Any]:
    return {
        **_common(row),
        "job_title": row.job_title,
        "copy_address": row.copy_address,
        "emails": "\n".join(row.addresses.values_list("address", flat=True)),
        "companies": list(row.affiliations.values_list("company_id", flat=True)),
    }
