"""The pages of the configuration as a file."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from okno.core.configuration import apply, export, in_order, note_export, read, rehearse
from okno.core.faults import Conflict, Invalid
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.configuration.forms import FileForm, found, kept
from okno.manage.configuration.words import label_of
from okno.manage.pages import done, refused
from okno.people.models import Agent


@require_safe
@agents_with("settings.manage")
def configuration(request: AgentRequest) -> HttpResponseBase:
    """What the file holds, and where one is handed in."""
    return _page(request, FileForm())


def _page(request: AgentRequest, form: FileForm) -> HttpResponse:
    sections = in_order()
    mine = [section for section in sections if request.actor.has(section.right)]
    context = {
        "form": form,
        "parts": [(section.label, len(list(section.held()))) for section in mine],
        "hidden": [str(section.label) for section in sections if section not in mine],
    }
    return render(request, "manage/configuration/page.jinja", context, status=422 if form.errors else 200)


@require_POST
@agents_with("settings.manage")
def save(request: AgentRequest) -> HttpResponseBase:
    """The file; that it was taken is written into the log."""
    note_export(request.actor, Agent.objects.get(pk=request.actor.id or 0))
    answer = HttpResponse(export(request.actor), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="okno-configuration.json"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@agents_with("settings.manage")
def look(request: AgentRequest) -> HttpResponseBase:
    """What the file would change; nothing is changed yet."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    content, options = form.cleaned_data["file"].read(), form.options()
    try:
        plan = rehearse(request.actor, read(content), options)
    except Invalid as invalid:
        at_fields(form, invalid)
        return _page(request, form)
    context = {"plan": plan, "token": kept(request.actor, content, options, plan.digest), "label_of": label_of}
    return render(request, "manage/configuration/plan.jinja", context)


@require_POST
@agents_with("settings.manage")
def take(request: AgentRequest) -> HttpResponseBase:
    """Does what was shown, all of it or nothing; if it would be something else by now, that is shown instead."""
    file = found(request.actor, request.POST.get("token", ""))
    if file is None:
        return refused(request, _("Choose the file again: it is not kept any longer."), "manage:configuration")
    content, options, digest = file
    try:
        plan = apply(request.actor, read(content), options, digest)
    except (Conflict, Invalid) as fault:
        plan = rehearse(request.actor, read(content), options)
        token = kept(request.actor, content, options, plan.digest)
        context = {"plan": plan, "token": token, "label_of": label_of, "trouble": fault.message}
        return render(request, "manage/configuration/plan.jinja", context, status=409)
    number = plan.counts["added"] + plan.counts["changed"]
    words = ngettext("Applied: %(num)d row is new or changed.", "Applied: %(num)d rows are new or changed.", number)
    return done(request, words % {"num": number}, "manage:configuration")
