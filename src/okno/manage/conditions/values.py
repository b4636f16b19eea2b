"""Values that are too many to be listed, found by a few letters."""

from __future__ import annotations

from django.http import HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents_with
from okno.tickets.conditions import FIELDS


@require_safe
@agents_with("settings.manage")
def values(request: AgentRequest) -> HttpResponseBase:
    """Those of the field ``field`` whose names fit ``q``; without words the first ones."""
    field = FIELDS.get(request.GET.get("field", ""))
    if field is None or field.source is None:
        raise NotVisible(_("There is nothing here, or it is not for you to see."))
    found = field.source.search(request.actor, request.GET.get("q", ""))
    return JsonResponse({"options": [[option.value, option.label] for option in found]})
