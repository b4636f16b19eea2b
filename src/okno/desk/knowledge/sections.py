"""Sections: the form with its matrix of rights, order, switching off, deletion (F129)."""

from __future__ import annotations

from django.db.models.functions import Lower
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.http.after import done, refused
from okno.core.http.mistakes import at_fields
from okno.core.http.ordering import answer_order
from okno.core.http.policy import AgentRequest, agents
from okno.desk.knowledge.forms import RIGHT_LABELS, SectionForm
from okno.desk.knowledge.tree import frame
from okno.knowledge import access
from okno.knowledge.models import Section
from okno.knowledge.operations.sections import (
    change_section,
    create_section,
    delete_section,
    reorder_sections,
    switch_section,
)
from okno.knowledge.rules import Right
from okno.people.access import companies_visible_to


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new section; ``in`` names the one in which it stands."""
    sight = access.sight_of(request.actor)
    if not sight.where(Right.CREATE) and not (sight.reader and sight.reader.may_all):
        raise Forbidden(_("Your role does not create sections and articles here."))
    asked = request.GET.get("in", "")
    within = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    parent = access.sections_visible_to(request.actor, sight).filter(pk=within).first()
    form = _form_of(request, sight, None, parent)
    if request.method == "POST" and form.is_valid():
        try:
            section = create_section(request.actor, form.facts())
        except (Invalid, Forbidden) as fault:
            _tell(form, fault)
        else:
            return done(request, _("The section is made."), "desk:section", section.pk)
    return _page(request, form, parent, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of a section."""
    section = access.get_section(request.actor, pk)
    access.require(request.actor, Right.MANAGE, section)
    form = _form_of(request, access.sight_of(request.actor), section)
    if request.method == "POST" and form.is_valid():
        try:
            change_section(request.actor, section, form.facts())
        except (Invalid, Forbidden) as fault:
            _tell(form, fault)
        else:
            return done(request, _("Saved. It holds from now on."), "desk:section", pk)
    return _page(request, form, section, section)


@require_POST
@agents
def switch(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Hidden from readers with all that is in it, or shown again."""
    is_active = request.POST.get("active") == "1"
    switch_section(request.actor, access.get_section(request.actor, pk), is_active=is_active)
    said = _("Readers see the section again.") if is_active else _("Readers no longer see the section.")
    return done(request, said, "desk:section", pk)


@require_POST
@agents
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone, if nothing is in it."""
    section = access.get_section(request.actor, pk)
    try:
        delete_section(request.actor, section)
    except Conflict as conflict:
        return refused(request, conflict.message, "desk:section-edit", pk)
    return done(request, _("The section is deleted."), "desk:knowledge")


@require_POST
@agents
def order(request: AgentRequest, pk: int = 0) -> HttpResponseBase:
    """The sections of a section, or those at the top, in another order."""
    parent = access.get_section(request.actor, pk) if pk else None

    def change(wanted: list[int], seen: list[int]) -> None:
        reorder_sections(request.actor, parent, wanted, seen)

    return answer_order(request, change, "desk:section" if pk else "desk:knowledge", *([pk] if pk else []))


def _form_of(
    request: AgentRequest, sight: access.Sight, section: Section | None, parent: Section | None = None
) -> SectionForm:
    below = sight.tree.below(section.pk) if section else set()
    places = set(sight.where(Right.CREATE)) | ({section.parent_id} if section and section.parent_id else set())
    may_top = bool(sight.reader and sight.reader.may_all) or (section is not None and section.parent_id is None)
    known = companies_visible_to(request.actor)
    named = known.model.objects.filter(pk__in=section.companies.all()) if section else known.none()
    return SectionForm(
        request.POST if request.method == "POST" else None,
        section=section,
        parent=parent if parent and parent.pk in places else None,
        parents=Section.objects.filter(pk__in=places - below),
        companies=(known | named).distinct().order_by(Lower("name")),
        may_top=may_top,
    )


def _tell(form: SectionForm, fault: Invalid | Forbidden) -> None:
    if isinstance(fault, Invalid):
        first = next(iter(form.name_fields()))
        at_fields(form, fault, {"names": first[0].name, "about": first[1].name})
    else:
        form.add_error("parent", fault.message)


def _page(
    request: AgentRequest, form: SectionForm, within: Section | None, section: Section | None
) -> HttpResponseBase:
    context = frame(request.actor, within) | {
        "form": form,
        "edited": section,
        "labels": RIGHT_LABELS,
        "rights": Right,
    }
    return render(request, "desk/knowledge/section_edit.jinja", context, status=422 if form.errors else 200)
