"""The values that can be chosen for an attribute: a list on the attribute's page, and a form for each."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.ordering import answer_order
from okno.core.http.policy import AgentRequest, agents_with
from okno.fields.access import RIGHT
from okno.fields.models import Attribute
from okno.fields.operations.options import (
    add_options,
    change_option,
    delete_option,
    reorder_options,
    switch_option,
)
from okno.fields.rules import Option
from okno.fields.showing import name_of
from okno.fields.targets import uses_of
from okno.manage.attributes.forms import lines_of
from okno.manage.pages import done, refused
from okno.manage.rows.names import NamesForm, first_name_field

PAGE = "manage:attribute"


@dataclass(frozen=True)
class OptionRow:
    """An option as the ordered list draws it; ``pk`` is a number that follows from its code."""

    pk: int
    code: str
    name: str
    is_active: bool


def rows_of(attribute: Attribute) -> list[OptionRow]:
    """The options in their order."""
    return [
        OptionRow(zlib.crc32(each.code.encode()), each.code, name_of(each), each.is_active)
        for each in attribute.definition.options
    ]


def load(pk: int, code: str = "") -> tuple[Attribute, Option | None]:
    """The attribute and its option; 404 when one of them is gone."""
    row = Attribute.objects.filter(pk=pk).first()
    found = next((each for each in row.definition.options if each.code == code), None) if row else None
    if row is None or (code and found is None):
        raise NotVisible(_("There is no such value."))
    return row, found


@require_POST
@agents_with(RIGHT)
def add(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Values added, one in each line."""
    row, _option = load(pk)
    names = lines_of(request.POST.get("values", ""))
    return _act(request, pk, lambda: add_options(request.actor, row, names), _("Saved."))


@require_POST
@agents_with(RIGHT)
def order(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Values put into another order."""
    row, _option = load(pk)
    codes = {each.pk: each.code for each in rows_of(row)}

    def change(wanted: Sequence[int], seen: Sequence[int]) -> object:
        return reorder_options(
            request.actor, row, [codes.get(each, "") for each in wanted], [codes.get(each, "") for each in seen]
        )

    return answer_order(request, change, PAGE, pk)


@require_POST
@agents_with(RIGHT)
def switch(request: AgentRequest, pk: int, code: str) -> HttpResponseBase:
    """Offered again, or no longer."""
    row, _option = load(pk, code)
    wanted = request.POST.get("active") == "1"
    return _act(request, pk, lambda: switch_option(request.actor, row, code, is_active=wanted), _("Saved."))


@require_POST
@agents_with(RIGHT)
def delete(request: AgentRequest, pk: int, code: str) -> HttpResponseBase:
    """Gone, where nothing uses it."""
    row, option = load(pk, code)
    text = _("%(name)s is deleted.") % {"name": name_of(option) if option else code}
    return _act(request, pk, lambda: delete_option(request.actor, row, code), text)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with(RIGHT)
def edit(request: AgentRequest, pk: int, code: str) -> HttpResponseBase:
    """The names of a value in the four languages."""
    row, option = load(pk, code)
    known = {f"name_{language}": name for language, name in (option.names if option else {}).items()}
    form = NamesForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            change_option(request.actor, row, code, form.names())
        except Invalid as invalid:
            at_fields(form, invalid, {"options": first_name_field()})
        except Conflict as conflict:
            return refused(request, conflict.message, PAGE, pk)
        else:
            return done(request, _("Saved."), PAGE, pk)
    name = name_of(option) if option else code
    context = {"form": form, "attribute": row, "option": option, "name": name, "uses": uses_of(row, code)}
    return render(request, "manage/attributes/option.jinja", context, status=422 if form.errors else 200)


def _act(request: AgentRequest, pk: int, act: Callable[[], object], text: str) -> HttpResponse:
    try:
        act()
    except (Conflict, Invalid) as fault:
        return refused(request, fault.message, PAGE, pk)
    return done(request, text, PAGE, pk)


urlpatterns = [
    path("add/", add, name="attribute-options-add"),
    path("order/", order, name="attribute-options-order"),
    path("<slug:code>/", edit, name="attribute-option"),
    path("<slug:code>/switch/", switch, name="attribute-option-switch"),
    path("<slug:code>/delete/", delete, name="attribute-option-delete"),
]
