"""Web forms: the list, the form with its preview, the code for a page, the switch, deleting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q
from django.http import HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.channels.web_form.models import WebForm
from okno.channels.web_form.operations.forms import (
    change_form,
    create_form,
    delete_form,
    filled,
    make_secret,
    switch_form,
)
from okno.channels.web_form.showing import configuration_of
from okno.core import clock
from okno.core.faults import Invalid, NotVisible
from okno.core.http.errors import fault_as_json
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.pages import done
from okno.manage.web_forms.forms import WebFormForm

RIGHT = "settings.manage"
DAY = timedelta(days=1)


@require_safe
@agents_with(RIGHT)
def listing(request: AgentRequest) -> HttpResponseBase:
    """Every form with what came by it of late."""
    since = Q(posts__at__gt=clock.now() - DAY)
    rows = WebForm.objects.select_related("team").annotate(
        today=Count("posts", filter=since), last=Max("posts__at")
    )
    return render(request, "manage/web_forms/list.jinja", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with(RIGHT)
def new(request: AgentRequest) -> HttpResponseBase:
    """The form of a new web form."""
    form = WebFormForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_form(request.actor, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            text = _("The form is made. Put this code on your page.")
            return done(request, text, "manage:web-form", made.pk)
    return _page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with(RIGHT)
def edit(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The form of a web form."""
    row = load(pk)
    form = WebFormForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            change_form(request.actor, row, form.facts())
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(
                request, _("Saved. Pages that show the form follow within a minute."), "manage:web-form", pk
            )
    return _page(request, form, row)


@require_POST
@agents_with(RIGHT)
def preview(request: AgentRequest) -> HttpResponseBase:
    """How the form would look as it stands on the page, saved or not."""
    data = request.POST.copy()
    data["name"] = data.get("name") or "?"  # the form has no name yet, and shows none
    form = WebFormForm(data)
    try:
        if not form.is_valid():
            raise Invalid({name: [str(each) for each in errors] for name, errors in form.errors.items()})
        shown = filled(WebForm(key="preview"), form.facts())
    except Invalid as invalid:
        return fault_as_json(invalid)
    return JsonResponse(configuration_of(shown, get_language() or ""))


@require_POST
@agents_with(RIGHT)
def switch(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Shown and taken again, or no longer."""
    wanted = request.POST.get("active") == "1"
    row = switch_form(request.actor, load(pk), is_active=wanted)
    words = _("%(name)s is switched on.") if wanted else _("%(name)s is switched off.")
    return done(request, words % {"name": row.name}, "manage:web-forms")


@require_POST
@agents_with(RIGHT)
def secret(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Another signing secret, shown this once."""
    row = load(pk)
    text = make_secret(request.actor, row)
    return render(request, "manage/web_forms/secret.jinja", {"secret": text, "row": row})


@require_POST
@agents_with(RIGHT)
def delete(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Gone; its tickets stay."""
    row = load(pk)
    delete_form(request.actor, row)
    return done(request, _("%(name)s is deleted.") % {"name": row.name}, "manage:web-forms")


def load(pk: int) -> WebForm:
    """The form of this id; 404 when it is gone."""
    row = WebForm.objects.select_related("type", "team").filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such form."))
    return row


def _page(request: AgentRequest, form: WebFormForm, row: WebForm | None) -> HttpResponseBase:
    context: dict[str, Any] = {"form": form, "row": row, "base_url": settings.BASE_URL}
    if row is not None:
        context["tag"] = f'<script src="{settings.BASE_URL}/form/okno.js" data-form="{row.key}" defer></script>'
        context["link"] = f"{settings.BASE_URL}/form/{row.key}/"
    return render(request, "manage/web_forms/edit.jinja", context, status=422 if form.errors else 200)
