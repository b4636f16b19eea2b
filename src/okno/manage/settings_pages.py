"""Pages of settings, made from their declarations (``core.settings_store``)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from okno.core import settings_store
from okno.core.faults import Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import AgentRequest, agents_with
from okno.manage.groups import group_of
from okno.manage.navigation import OWN_PAGES
from okno.manage.pages import done
from okno.manage.settings_form import SettingsForm, declared


@require_http_methods(["GET", "HEAD", "POST"])
@agents_with("settings.manage")
def settings_page(request: AgentRequest, group: str) -> HttpResponseBase:
    """The settings of one group: all are saved at once, one goes back to its default by its own button."""
    settings = declared(group)
    if not settings or group in OWN_PAGES:
        raise NotVisible(_("There are no such settings."))
    if request.method == "POST" and "reset" in request.POST:
        return _reset(request, group, {setting.key for setting in settings})
    form = SettingsForm(settings, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            settings_store.change(request.actor, _values(form))
        except Invalid as invalid:
            at_fields(form, invalid)
        else:
            return done(request, _("Saved."), "manage:settings", group)
    context = {"form": form, "group": group_of(group)}
    return render(request, "manage/settings/page.jinja", context, status=422 if form.errors else 200)


def _values(form: SettingsForm) -> dict[str, Any]:
    """Browsers send line ends as CRLF; what was stored and shown has one character for each."""
    given = form.cleaned_data.items()
    return {key: value.replace("\r\n", "\n") if isinstance(value, str) else value for key, value in given}


def _reset(request: AgentRequest, group: str, keys: set[str]) -> HttpResponseBase:
    key = request.POST["reset"]
    if key not in keys:
        raise NotVisible(_("There is no such setting."))
    settings_store.reset(request.actor, key)
    return done(request, _("Back to the default."), "manage:settings", group)
