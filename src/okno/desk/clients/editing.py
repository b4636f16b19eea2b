"""Registering and changing companies and contacts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.actor import Actor
from okno.core.faults import Fault, Invalid, NotVisible
from okno.core.http.after import done, refused
from okno.core.http.policy import AgentRequest, agents_with
from okno.desk.clients.forms import CompanyForm, ContactForm
from okno.desk.tickets.values import ADDRESSES
from okno.people.access import get_company, get_contact
from okno.people.models import Company, Contact
from okno.people.operations.companies import CompanyFacts, change_company, create_company
from okno.people.operations.contacts import ContactFacts, change_contact, create_contact

form_methods = require_http_methods(["GET", "HEAD", "POST"])
RIGHT = "people.manage"


@dataclass(frozen=True)
class Kind:
    """What the pages need to know of companies and of contacts."""

    name: str
    add: Promise
    form: Callable[..., Any]
    get: Callable[[Actor, int], Company | Contact]
    create: Callable[[Actor, Any], Company | Contact]
    change: Callable[[Actor, Any, Any], Company | Contact]
    archive: Callable[[bool], Any]
    quick: tuple[str, ...]
    """Fields that may be changed by themselves, in a window over the card."""


COMPANY = Kind(
    "company",
    gettext_lazy("New company"),
    CompanyForm,
    get_company,
    create_company,
    change_company,
    lambda active: CompanyFacts(is_active=active),
    (
        "category",
        "phones",
        "email",
        "domains",
        "responsible",
        "note",
        "parent",
        "supervised",
        "address",
        "attributes",
    ),
)
CONTACT = Kind(
    "contact",
    gettext_lazy("New contact"),
    ContactForm,
    get_contact,
    create_contact,
    change_contact,
    lambda active: ContactFacts(is_active=active),
    ("emails", "phones", "job_title", "companies", "responsible", "note", "copy_address", "attributes"),
)


@form_methods
@agents_with(RIGHT)
def new_company(request: AgentRequest) -> HttpResponseBase:
    """The form of a new company."""
    return _form_page(request, COMPANY, CompanyForm(request.actor, _posted(request)), None)


@form_methods
@agents_with(RIGHT)
def new_contact(request: AgentRequest) -> HttpResponseBase:
    """The form of a new contact; ``company`` in the address is the one whose card it was opened from."""
    asked = request.GET.get("company", "")
    company = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    return _form_page(request, CONTACT, ContactForm(request.actor, _posted(request), company=company), None)


@form_methods
@agents_with(RIGHT)
def edit_company(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The whole card of a company as a form."""
    row = get_company(request.actor, pk)
    return _form_page(request, COMPANY, CompanyForm(request.actor, _posted(request), row=row), row)


@form_methods
@agents_with(RIGHT)
def edit_contact(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The whole card of a contact as a form."""
    row = get_contact(request.actor, pk)
    return _form_page(request, CONTACT, ContactForm(request.actor, _posted(request), row=row), row)


@form_methods
@agents_with(RIGHT)
def quick_company(request: AgentRequest, pk: int, field: str) -> HttpResponseBase:
    """One field of a company in a window over its card."""
    return _quick(request, COMPANY, pk, field)


@form_methods
@agents_with(RIGHT)
def quick_contact(request: AgentRequest, pk: int, field: str) -> HttpResponseBase:
    """One field of a contact in a window over the card."""
    return _quick(request, CONTACT, pk, field)


@require_POST
@agents_with(RIGHT)
def archive_company(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Offered nowhere any more, or again."""
    return _archive(request, COMPANY, pk)


@require_POST
@agents_with(RIGHT)
def archive_contact(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Offered nowhere any more, or again."""
    return _archive(request, CONTACT, pk)


def _posted(request: AgentRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _saved(request: AgentRequest, kind: Kind, form: CompanyForm | ContactForm, row: Any) -> Any:
    """The saved row; nothing where a mistake was found, which then stands at its field."""
    if not form.is_valid():
        return None
    facts = form.facts()
    try:
        return kind.change(request.actor, row, facts) if row else kind.create(request.actor, facts)
    except Invalid as invalid:
        form.refuse(invalid)
    except Fault as fault:
        form.add_error(None, fault.message)
    return None


def _form_page(request: AgentRequest, kind: Kind, form: CompanyForm | ContactForm, row: Any) -> HttpResponseBase:
    saved = _saved(request, kind, form, row) if request.method == "POST" else None
    if saved is not None:
        text = _("Saved.") if row else _("%(name)s is added.") % {"name": saved.name}
        return done(request, text, f"desk:{kind.name}", saved.pk)
    context = {"form": form, "row": row, "kind": kind.name, "add": kind.add, **ADDRESSES}
    template = f"desk/clients/{kind.name}_form.jinja"
    return render(request, template, context, status=422 if form.is_wrong else 200)


def _quick(request: AgentRequest, kind: Kind, pk: int, field: str) -> HttpResponseBase:
    row = kind.get(request.actor, pk)
    if field not in kind.quick:
        raise NotVisible(_("There is nothing here."))
    form = kind.form(request.actor, _posted(request), row=row, only=[field])
    if request.method == "POST" and _saved(request, kind, form, row) is not None:
        return done(request, _("Saved."), f"desk:{kind.name}", pk)
    context = {"form": form, "row": row, "field": field, "kind": kind.name, **ADDRESSES}
    return render(request, "desk/clients/quick.jinja", context, status=422 if form.is_wrong else 200)


def _archive(request: AgentRequest, kind: Kind, pk: int) -> HttpResponseBase:
    wanted = request.POST.get("active") == "1"
    row = kind.get(request.actor, pk)
    try:
        kind.change(request.actor, row, kind.archive(wanted))
    except Fault as fault:
        return refused(request, fault.message, f"desk:{kind.name}", pk)
    words = _("%(name)s is offered again.") if wanted else _("%(name)s is archived.")
    return done(request, words % {"name": row.name}, f"desk:{kind.name}", pk)
