"""Clients as a file: what the list shows with its filters, whole, for a spreadsheet or another desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import sheets
from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.fields.models import Attribute
from okno.people import listing
from okno.people.imports.attributes import cells_of, taken_away
from okno.people.models import Affiliation, Company, Contact
from okno.people.operations.exporting import note_export

PIECE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = Sequence[object]


@require_safe
@agents_with("people.view")
def contacts(request: AgentRequest, form: str) -> HttpResponseBase:
    """The contacts of the list."""
    found = listing.contacts_fitting_filter(request.actor, listing.parse(request.GET.dict()))
    places = Prefetch("affiliations", Affiliation.objects.select_related("company"))
    found = found.select_related("responsible").prefetch_related("addresses", places)
    head = [
        _("Name"), _("E-mail"), _("Phone"), _("Company"), _("Job title"), _("Language"), _("Time zone"),
        _("Copy of answers to"), _("Responsible manager"), _("Note"),
    ]  # fmt: skip
    return _file(request, form, head, found, _contact)


@require_safe
@agents_with("people.view")
def companies(request: AgentRequest, form: str) -> HttpResponseBase:
    """The companies of the list."""
    found = listing.companies_fitting_filter(request.actor, listing.parse(request.GET.dict()))
    found = found.select_related("category", "responsible", "parent").prefetch_related("domains")
    head = [
        _("Name"), _("Mail domains"), _("E-mail"), _("Phone"), _("Category"), _("Website"), _("Address"),
        _("Language"), _("Time zone"), _("Parent company"), _("Responsible manager"), _("Note"),
    ]  # fmt: skip
    return _file(request, form, head, found, _company)


def _rows(found: QuerySet[Any], cells: Callable[[Any], Row], attributes: Sequence[Attribute]) -> Iterator[Row]:
    for piece in batched(found.order_by("pk").iterator(PIECE), PIECE, strict=False):
        for each, more in zip(piece, cells_of(attributes, piece), strict=True):
            yield [*cells(each), *more]


def _contact(row: Contact) -> Row:
    return [
        row.name,
        ", ".join(each.address for each in row.addresses.all()),
        ", ".join(row.phones),
        next((each.company.name for each in row.affiliations.all()), ""),
        row.job_title,
        row.language,
        row.time_zone,
        row.copy_address,
        row.responsible.name if row.responsible else "",
        row.note,
    ]


def _company(row: Company) -> Row:
    return [
        row.name,
        ", ".join(each.domain for each in row.domains.all()),
        row.email,
        ", ".join(row.phones),
        row.category.name if row.category else "",
        row.site_url,
        row.address,
        row.language,
        row.time_zone,
        row.parent.name if row.parent else "",
        row.responsible.name if row.responsible else "",
        row.note,
    ]


def _file(
    request: AgentRequest, form: str, head: Row, found: QuerySet[Any], cells: Callable[[Any], Row]
) -> HttpResponseBase:
    if form not in {"csv", "xlsx"}:
        raise NotVisible(_("There is nothing here."))
    kind = "companies" if found.model is Company else "contacts"
    note_export(request.actor, kind, form, {key: value for key, value in request.GET.dict().items() if value})
    attributes = taken_away(request.actor, kind)
    head, rows = [*head, *(each.name for each in attributes)], _rows(found, cells, attributes)
    answer: HttpResponse | StreamingHttpResponse
    if form == "csv":
        answer = StreamingHttpResponse(sheets.csv_lines(head, rows), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(sheets.workbook(kind, head, rows), content_type=XLSX)
    name = f"{_('companies') if kind == 'companies' else _('contacts')} {timezone.localdate().isoformat()}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
