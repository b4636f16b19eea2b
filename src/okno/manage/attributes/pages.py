"""The pages of attributes: the list by what has them, the form with what depends on the kind, deleting."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from okno.core.faults import Conflict
from okno.core.http.policy import AgentRequest, agents_with
from okno.fields.access import RIGHT
from okno.fields.models import Attribute, Target
from okno.fields.operations.definitions import delete_attribute, reorder_attributes, switch_attribute
from okno.fields.showing import name_of
from okno.fields.targets import uses_of
from okno.manage.attributes.forms import AttributeForm, save
from okno.manage.attributes.options import rows_of
from okno.manage.pages import done, refused
from okno.manage.rows.kind import Group, Kind, Words
from okno.manage.rows.pages import Pages
from okno.people.models import Role
from okno.workflow.catalogue import TYPES


class AttributePages(Pages):
    """The pages of attributes; the form has a part for each kind, and values are deleted only on purpose."""

    def urls(self) -> list[URLPattern]:
        """Those of every catalogue, and the part of the form that depends on the kind."""
        gate = agents_with(RIGHT)
        return [path("parts/", gate(require_safe(self.parts)), name="attribute-parts"), *super().urls()]

    def parts(self, request: AgentRequest) -> HttpResponseBase:
        """The fields of the chosen kind, with what was typed already."""
        pk = request.GET.get("row", "")
        row = (
            Attribute.objects.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
        )
        given = {name: request.GET.getlist(name) if name in LISTS else request.GET[name] for name in request.GET}
        form = AttributeForm(row=row, initial=given)
        return render(request, "manage/attributes/parts.jinja", {"form": form, **self.row_context(row)})

    def delete(self, request: AgentRequest, pk: int) -> HttpResponseBase:
        """Gone, and with it its values, where this was said."""
        row = self.load(pk)
        try:
            erased = delete_attribute(request.actor, row, with_values=request.POST.get("erase") == "1")
        except Conflict as conflict:
            return refused(request, conflict.message, self.row_name, pk)
        text = _("%(name)s is deleted.") % {"name": row.name}
        if erased:
            text += " " + ngettext("%(num)d value was erased.", "%(num)d values were erased.", erased) % {
                "num": erased
            }
        return done(request, text, self.list_name)

    def form_page(self, request: AgentRequest, row: Any) -> HttpResponseBase:
        """A new attribute begins with what the list was asked for."""
        if request.method != "POST" and row is None:
            form = AttributeForm(initial={"target": request.GET.get("target") or Target.TICKET})
            return render(request, f"{self.folder}/edit.jinja", {"form": form, **self.row_context(None)})
        return super().form_page(request, row)

    def common(self) -> dict[str, Any]:
        """What every template needs: names of types and roles by code."""
        return super().common() | {
            "type_names": {each.code: each.name for each in TYPES.all()},
            "role_names": {each.code: each.label for each in Role.objects.all()},
            "option_name": name_of,
        }

    def row_context(self, row: Any) -> dict[str, Any]:
        """What the form's page needs of an attribute beside the form."""
        options = rows_of(row) if row is not None and row.is_chosen else []
        return {
            "row": row,
            "replacements": [],
            "uses": uses_of(row) if row else [],
            "options": options,
        } | self.common()


LISTS = ("types", "seen_by", "changed_by")


def groups() -> list[Group]:
    """Those of tickets, of companies and of contacts, each in their own order."""
    rows = list(Attribute.objects.order_by("position", "pk"))
    return [
        Group([each for each in rows if each.target == target.value], target.value, str(target.label))
        for target in Target
    ]


def switch(actor: Any, row: Attribute, *, is_active: bool) -> Attribute:
    """Asked for again, or no longer."""
    return switch_attribute(actor, row, is_active=is_active)


PAGES = AttributePages(
    Kind(
        name="attribute",
        plural="attributes",
        model=Attribute,
        words=Words(
            title=gettext_lazy("Attributes"),
            lead=gettext_lazy("What you want to know of tickets, companies and contacts beside what Okno asks."),
            add=gettext_lazy("Add an attribute"),
            back=gettext_lazy("All attributes"),
            missing=gettext_lazy("There is no such attribute."),
            empty=gettext_lazy("No attributes yet"),
        ),
        form=AttributeForm,
        save=save,
        groups=groups,
        reorder=reorder_attributes,
        switch=switch,
        delete=delete_attribute,
        right=RIGHT,
    ),
    "manage/attributes",
)
