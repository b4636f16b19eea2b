"""Bringing clients in from a file: upload, columns, a look without writing, the report, the writing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.core import files, sheets
from okno.core.faults import Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.people.imports.attributes import targets_for
from okno.people.imports.reading import LARGEST, read_sheet
from okno.people.models import ClientImport
from okno.people.operations.importing import RIGHT, get_import, look_at, take_file
from okno.people.operations.importing import run as run_import
from okno.people.operations.importing import stop as stop_import

SHOWN = 100
LATEST = 10


class FileForm(forms.Form):
    """Which file, and what is in it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("In the file are"), choices=ClientImport.Kind.choices, widget=forms.RadioSelect,
        initial=ClientImport.Kind.CONTACTS,
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("CSV or XLSX with a line of headings, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with(RIGHT)
def imports(request: AgentRequest) -> HttpResponseBase:
    """The latest imports, and the form of another one."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            content = sent.read(LARGEST + 1)
            row = take_file(request.actor, form.cleaned_data["kind"], sent.name, content)
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return HttpResponseRedirect(reverse("desk:import", args=[row.pk]), status=303)
    latest = ClientImport.objects.select_related("by")[:LATEST]
    context = {"form": form, "latest": latest}
    return render(request, "desk/clients/imports.jinja", context, status=422 if form.errors else 200)


@require_safe
@agents_with(RIGHT)
def show(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Where an import is: its columns to be named, how far it has come, or what came of it."""
    return _page(request, get_import(request.actor, pk))


@require_safe
@agents_with(RIGHT)
def progress(request: AgentRequest, pk: int) -> HttpResponseBase:
    """How far it has come; when it is at its end, the whole page again."""
    row = get_import(request.actor, pk)
    if not row.is_under_way:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("desk:import", args=[pk])})
    return render(request, "desk/clients/import_progress.jinja", {"row": row})


@require_POST
@agents_with(RIGHT)
def look(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Goes through the whole file and writes nothing."""
    row = get_import(request.actor, pk)
    mapping = {str(place): request.POST.get(f"column-{place}", "") for place in range(len(row.headings))}
    options = {
        "updates_known": "updates_known" in request.POST,
        "makes_companies": "makes_companies" in request.POST,
    }
    try:
        look_at(request.actor, row, mapping, **options)
    except Invalid as invalid:
        row.mapping, row.updates_known, row.makes_companies = mapping, *options.values()
        return _page(request, row, mistake=invalid.message, status=422)
    return _back(pk)


@require_POST
@agents_with(RIGHT)
def run(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Brings in every row that can be taken."""
    run_import(request.actor, get_import(request.actor, pk))
    return _back(pk)


@require_POST
@agents_with(RIGHT)
def stop(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Ends it where it is."""
    stop_import(request.actor, get_import(request.actor, pk))
    return _back(pk)


@require_safe
@agents_with(RIGHT)
def problems(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The rows that could not be taken, as a file to mend and bring in again: as they were, with the reason."""
    row = get_import(request.actor, pk)
    reasons: dict[int, list[str]] = {}
    for each in row.problems.all():
        reasons.setdefault(each.line, []).append(each.message)
    sheet = read_sheet(files.read(row.file))
    head = [*sheet.headings, _("What is wrong")]
    lines = ([*cells, " ".join(reasons[line])] for line, cells in sheet.rows if line in reasons)
    answer = StreamingHttpResponse(sheets.csv_lines(head, lines), content_type="text/csv; charset=utf-8")
    name = _("not taken") + f" {row.name.rsplit('.', 1)[0]}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _back(pk: int) -> HttpResponseBase:
    return HttpResponseRedirect(reverse("desk:import", args=[pk]), status=303)


def _page(request: AgentRequest, row: ClientImport, *, mistake: str = "", status: int = 200) -> HttpResponseBase:
    targets = targets_for(request.actor, row.kind)
    columns = [
        {
            "name": f"column-{place}",
            "heading": heading or _("column %(number)d") % {"number": place + 1},
            "chosen": row.mapping.get(str(place), ""),
            "values": [cells[place] for cells in row.sample if place < len(cells)],
        }
        for place, heading in enumerate(row.headings)
    ]
    context: dict[str, Any] = {
        "row": row,
        "columns": columns,
        "targets": [("", _("— not taken —")), *((each.code, each.label) for each in targets)],
        "mistake": mistake,
        "labels": {each.code: each.label for each in targets},
        "problems": list(row.problems.all()[:SHOWN]),
    }
    return render(request, "desk/clients/import.jinja", context, status=status)
