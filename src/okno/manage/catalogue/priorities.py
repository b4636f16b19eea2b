"""The pages of priorities, of impacts and urgencies, which make them, and of the matrix of both."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from okno.core.actor import Actor
from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.named import Named
from okno.manage.catalogue.tones import tone_field
from okno.manage.pages import done
from okno.manage.rows.kind import Kind, Words, one_group
from okno.manage.rows.names import NamesForm
from okno.manage.rows.pages import Pages
from okno.workflow.models import Impact, Priority, Urgency
from okno.workflow.operations.priorities import (
    NameFacts,
    PriorityFacts,
    change_level,
    change_priority,
    create_level,
    create_priority,
    delete_level,
    delete_priority,
    make_default_priority,
    matrix,
    next_rank,
    reorder_levels,
    reorder_priorities,
    set_matrix,
    switch_level,
    switch_priority,
)


class PriorityForm(NamesForm):
    """What a priority says; its rank is its place in the list."""

    colour = tone_field("info")

    def __init__(self, data: Any = None, *, row: Priority | None = None) -> None:
        super().__init__(data, row=row, initial={"colour": row.colour} if row else None)


def save(actor: Actor, form: PriorityForm, row: Priority | None) -> Priority:
    """What the form says, as the operation takes it."""
    colour, names = form.cleaned_data["colour"], form.names()
    if row:
        return change_priority(actor, row, PriorityFacts(names, row.rank, colour))
    return create_priority(actor, PriorityFacts(names, next_rank(), colour))


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages that belong together."""
    pages = [
        ("manage:priorities", _("Priorities")),
        ("manage:matrix", _("Matrix")),
        ("manage:impacts", _("Impacts")),
        ("manage:urgencies", _("Urgencies")),
    ]
    return [{"label": label, "url": reverse(name), "current": name == f"manage:{current}"} for name, label in pages]


class TabbedPages(Pages):
    """Pages with tabs above their list."""

    def common(self) -> dict[str, Any]:
        """What every template of the catalogue needs."""
        return super().common() | {"tabs": tabs(self.kind.plural)}


def others(row: Named) -> Sequence[Named]:
    """The other rows that are switched on."""
    return list(type(row)._default_manager.filter(is_active=True).exclude(pk=row.pk))


PRIORITIES = TabbedPages(
    Kind(
        name="priority",
        plural="priorities",
        model=Priority,
        words=Words(
            title=gettext_lazy("Priorities"),
            lead=gettext_lazy("How urgent a ticket is among others: from the least urgent to the most urgent."),
            add=gettext_lazy("Add a priority"),
            back=gettext_lazy("All priorities"),
            missing=gettext_lazy("There is no such priority."),
        ),
        form=PriorityForm,
        save=save,
        groups=lambda: one_group(Priority.objects.order_by("position", "pk")),
        reorder=lambda actor, key, wanted, seen: reorder_priorities(actor, wanted, seen),
        switch=switch_priority,
        delete=delete_priority,
        make_default=make_default_priority,
        replacements=others,
    ),
    "manage/catalogue/priorities",
)


def level_pages[Level: (Impact, Urgency)](model: type[Level], name: str, plural: str, words: Words) -> Pages:
    """The pages of impacts or of urgencies."""

    def save_level(actor: Actor, form: NamesForm, row: Any) -> Named:
        facts = NameFacts(form.names())
        return change_level(actor, row, facts) if row else create_level(actor, model, facts)

    kind = Kind(
        name=name,
        plural=plural,
        model=model,
        words=words,
        form=NamesForm,
        save=save_level,
        groups=lambda: one_group(model.objects.order_by("position", "pk")),
        reorder=lambda actor, key, wanted, seen: reorder_levels(actor, model, wanted, seen),
        switch=switch_level,
        delete=delete_level,
        replacements=others,
    )
    return TabbedPages(kind, "manage/catalogue/levels")


IMPACTS = level_pages(
    Impact,
    "impact",
    "impacts",
    Words(
        title=gettext_lazy("Impacts"),
        lead=gettext_lazy("How much of the client's work is affected: from the least to the most."),
        add=gettext_lazy("Add an impact"),
        back=gettext_lazy("All impacts"),
        missing=gettext_lazy("There is no such impact."),
    ),
)
URGENCIES = level_pages(
    Urgency,
    "urgency",
    "urgencies",
    Words(
        title=gettext_lazy("Urgencies"),
        lead=gettext_lazy("How soon it is needed: from the latest to the soonest."),
        add=gettext_lazy("Add an urgency"),
        back=gettext_lazy("All urgencies"),
        missing=gettext_lazy("There is no such urgency."),
    ),
)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def matrix_page(request: AgentRequest) -> HttpResponseBase:
    """Which priority an impact and an urgency make; looked at (``act``) before it is saved."""
    impacts = list(Impact.objects.filter(is_active=True))
    urgencies = list(Urgency.objects.filter(is_active=True))
    cells = {pair: str(priority) for pair, priority in matrix().items()}
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        cells |= typed_cells(request.POST, impacts, urgencies)
        if not request.POST.get("act"):
            try:
                set_matrix(request.actor, numbers(cells))
            except Invalid as invalid:
                errors = invalid.fields
            else:
                return done(request, _("Saved."), "manage:matrix")
    priorities = list(Priority.objects.order_by("position", "pk"))
    context = {"impacts": impacts, "urgencies": urgencies, "cells": cells, "errors": errors, "tabs": tabs("matrix")}
    context |= {"offered": [row for row in priorities if row.is_active], "tones": _tones(priorities)}
    return render(request, "manage/catalogue/priorities/matrix.jinja", context, status=422 if errors else 200)


def _tones(priorities: list[Priority]) -> dict[str, str]:
    return {str(row.pk): row.colour for row in priorities}


def typed_cells(sent: QueryDict, impacts: list[Impact], urgencies: list[Urgency]) -> dict[tuple[int, int], str]:
    """The cells as they were sent, by ids."""
    pairs = [(impact.pk, urgency.pk) for impact in impacts for urgency in urgencies]
    names = {pair: f"cell_{pair[0]}_{pair[1]}" for pair in pairs}
    return {pair: sent.get(name, "") for pair, name in names.items() if name in sent}


def numbers(cells: dict[tuple[int, int], str]) -> dict[tuple[int, int], int | None]:
    """The cells for the operation: none empties one, and what is no number is none of those that there are."""
    return {
        pair: None if not text else int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
        for pair, text in cells.items()
    }
