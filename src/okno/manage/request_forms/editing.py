"""The pages of request forms: the list in the order of trying, the editor with its preview, ready forms, copies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from okno.core.actor import Actor
from okno.core.faults import Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.fields.inputs import last_of
from okno.manage.pages import done
from okno.manage.request_forms.draft import Row, add, remove, rows_of, typed
from okno.manage.request_forms.forms import HeadForm
from okno.manage.request_forms.showing import page_facts
from okno.manage.rows.kind import Kind, Words, one_group
from okno.manage.rows.names import first_name_field
from okno.manage.rows.pages import Pages, form_methods
from okno.workflow.catalogue import SERVICES, TYPES
from okno.workflow.models import RequestForm
from okno.workflow.operations.forms import (
    change_form,
    copy_form,
    create_form,
    delete_form,
    reorder_forms,
    switch_form,
)
from okno.workflow.questionnaires import questionnaire, questionnaires
from okno.workflow.questionnaires.writing import Questionnaire

RIGHT = "settings.manage"


class FormPages(Pages):
    """The pages of request forms."""

    def urls(self) -> list[URLPattern]:
        """Those of every catalogue, copies, and forms that are ready to be taken."""
        gate: Any = agents_with(self.kind.right)
        return [
            path("templates/", gate(require_safe(self.templates)), name="request-form-templates"),
            path("templates/<slug:code>/", gate(form_methods(self.template)), name="request-form-template"),
            *super().urls(),
            path("<int:pk>/copy/", gate(require_POST(self.copy)), name="request-form-copy"),
        ]

    def form_page(self, request: AgentRequest, row: Any) -> HttpResponseBase:
        """The editor shown, changed by one of its buttons (``act``), or saved."""
        posted = request.POST if request.method == "POST" else None
        act = last_of(posted, "act") if posted is not None else ""
        rows = typed(posted) if posted is not None else rows_of(row.asked if row else ())
        form = HeadForm(posted, row=row)
        focus = ""
        if act:
            focus, form = _pressed(rows, act), HeadForm(row=row, initial=_kept(request))
        elif posted is not None and form.is_valid():
            saved = _save(request, form, rows, row)
            if saved is not None:
                return done(request, _("Saved."), "manage:request-form", saved.pk)
        facts = page_facts(request.actor, rows) | self.row_context(row)
        wrong = bool(posted is not None and not act)
        context = {"form": form, "focus": focus, **facts}
        return render(request, f"{self.folder}/edit.jinja", context, status=422 if wrong else 200)

    def copy(self, request: AgentRequest, pk: int) -> HttpResponseBase:
        """The same form once more, switched off."""
        made = copy_form(request.actor, self.load(pk))
        return done(request, _("%(name)s is added.") % {"name": made.name}, "manage:request-form", made.pk)

    def templates(self, request: AgentRequest) -> HttpResponseBase:
        """The questionnaires that come with the product."""
        return render(request, f"{self.folder}/templates.jinja", {"found": questionnaires(), **self.common()})

    def template(self, request: AgentRequest, code: str) -> HttpResponseBase:
        """One of them to look at, and by POST to take."""
        found = questionnaire(code)
        if found is None:
            raise NotVisible(_("There is no such form."))
        if request.method == "POST":
            return self._take(request, found)
        context = {"chosen": found, **page_facts(request.actor, rows_of(found.items)), **self.common()}
        return render(request, f"{self.folder}/template.jinja", context)

    def _take(self, request: AgentRequest, found: Questionnaire) -> HttpResponseBase:
        made = create_form(request.actor, found.facts())
        return done(request, _("%(name)s is added.") % {"name": made.name}, "manage:request-form", made.pk)

    def common(self) -> dict[str, Any]:
        """What every template needs: names of types and services by code."""
        names = {each.code: each.name for each in (*TYPES.all(), *SERVICES.all())}
        return super().common() | {"names_by_code": names}


def _pressed(rows: list[Row], act: str) -> str:
    """Does what the button says; returns the id of the field to go on at."""
    word, _colon, what = act.partition(":")
    if word == "add":
        made = add(rows, what)
        if made is None:
            return ""
        return f"id_attribute-{made.pk}" if what == "attribute" else f"id_label-{made.pk}-first"
    if word == "remove":
        remove(rows, what)
        return "put-in"
    return ""


def _kept(request: AgentRequest) -> dict[str, Any]:
    """What was typed in the head of the form."""
    lists = ("types", "services")
    return {name: request.POST.getlist(name) if name in lists else request.POST[name] for name in request.POST}


def _save(request: AgentRequest, form: HeadForm, rows: list[Row], row: RequestForm | None) -> RequestForm | None:
    """The saved form; nothing when something is wrong, which is told at its place then."""
    facts = form.facts(rows, row)
    try:
        return change_form(request.actor, row, facts) if row else create_form(request.actor, facts)
    except Invalid as invalid:
        rest = _tell(rows, invalid)
        at_fields(form, Invalid(rest), {"names": first_name_field(), "guidances": "guidance_en"})
    return None


def _tell(rows: Sequence[Row], invalid: Invalid) -> dict[str, list[str]]:
    """Puts mistakes to their items, which open; the others are returned."""
    by_code, rest = {row.item.code: row for row in rows}, {}
    for name, messages in invalid.fields.items():
        _items, _dot, place = name.partition(".")
        code, _dot, column = place.partition(".")
        if _items == "items" and code in by_code:
            by_code[code].errors.setdefault(column, []).extend(messages)
            by_code[code].is_open = True
        else:
            rest[name] = messages
    return rest


def switch(actor: Actor, row: RequestForm, *, is_active: bool) -> RequestForm:
    """Asked again, or no longer."""
    return switch_form(actor, row, is_active=is_active)


PAGES = FormPages(
    Kind(
        name="request-form",
        plural="request-forms",
        model=RequestForm,
        words=Words(
            title=gettext_lazy("Request forms"),
            lead=gettext_lazy(
                "What is asked of whoever registers a ticket. The first that fits its type and service is asked."
            ),
            add=gettext_lazy("Add a form"),
            back=gettext_lazy("All request forms"),
            missing=gettext_lazy("There is no such form."),
            empty=gettext_lazy("No request forms yet"),
        ),
        form=HeadForm,
        save=lambda actor, form, row: row,
        groups=lambda: one_group(RequestForm.objects.all()),
        reorder=lambda actor, key, wanted, seen: reorder_forms(actor, wanted, seen),
        switch=switch,
        delete=delete_form,
        uses=lambda row: [],
    ),
    "manage/request_forms",
)
