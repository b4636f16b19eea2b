"""What anybody may ask of a form: the script, its configuration, a puzzle, the page of the form, and to send it.

Other sites call these, so they carry no cookie and need none: nothing here knows who is signed in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from okno.channels.web_form.intake import post_of
from okno.channels.web_form.models import WebForm
from okno.channels.web_form.operations.limits import is_busy
from okno.channels.web_form.operations.receiving import receive
from okno.channels.web_form.proof import new_work
from okno.channels.web_form.rules import origin_fits
from okno.channels.web_form.showing import configuration_of
from okno.channels.web_form.words import spoken_in
from okno.core.assets import DIST
from okno.core.faults import Fault, Forbidden, NotVisible
from okno.core.http.errors import fault_as_json
from okno.core.http.policy import anybody

SCRIPT = DIST / "web-form" / "okno-form.js"
SHORT, NOT_AT_ALL = "public, max-age=60", "no-store"


@require_safe
@anybody
def script(request: HttpRequest) -> HttpResponseBase:
    """The one script of all forms. Its name never changes, so browsers ask anew every five minutes."""
    if not Path(SCRIPT).exists():
        raise NotVisible(_("The frontend was not built."))
    answer = FileResponse(SCRIPT.open("rb"), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=300"
    return _open(answer)


@require_safe
@anybody
def configuration(request: HttpRequest, key: str) -> HttpResponseBase:
    """How the form looks and what it asks, in the language that the page names."""
    try:
        form = _load(key)
    except NotVisible as fault:
        return _open(fault_as_json(fault))
    answer = JsonResponse(configuration_of(form, _language(request)))
    answer["Cache-Control"] = SHORT
    return _open(answer)


@require_safe
@anybody
def work(request: HttpRequest, key: str) -> HttpResponseBase:
    """A puzzle for one post."""
    try:
        form = _load(key)
        answer = JsonResponse(new_work(form, hard=is_busy(form)))
    except Fault as fault:
        answer = fault_as_json(fault)
    answer["Cache-Control"] = NOT_AT_ALL
    return _open(answer)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST", "OPTIONS"])
@anybody
def form(request: HttpRequest, key: str) -> HttpResponseBase:
    """The form as a page of its own, for links and for browsers without the script; or a request that is sent."""
    if request.method == "OPTIONS":
        return _open(HttpResponse(status=204))
    if request.method == "POST":
        return _open(_sent(request, key))
    shown = _load(key)
    language = spoken_in(shown, _language(request))
    with translation.override(language):
        return render(request, "web_form/page.jinja", {"form": configuration_of(shown, language), "key": key})


def _sent(request: HttpRequest, key: str) -> HttpResponse:
    language = _language(request)
    try:
        with translation.override(language.split("-", 1)[0] if language else settings.LANGUAGE_CODE):
            sent_by = _load(key)
            if not origin_fits(request.headers.get("Origin", ""), _allowed(sent_by)):
                raise Forbidden(_("This site may not use the form."), code="wrong_site")
            ticket = receive(sent_by, post_of(request, language))
    except Fault as fault:
        return fault_as_json(fault)
    answer: dict[str, Any] = {"number": ticket.number}
    return JsonResponse(answer, status=201)


def _allowed(form: WebForm) -> list[str]:
    """The sites that may use the form; our own pages always may."""
    own = settings.BASE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    return [*form.origins, own] if form.origins else []


def _load(key: str) -> WebForm:
    found = WebForm.objects.select_related("type", "team").filter(key=key, is_active=True).first()
    if found is None:
        raise NotVisible(_("There is no such form."))
    return found


def _language(request: HttpRequest) -> str:
    return (request.GET.get("language") or translation.get_language_from_request(request))[:10]


def _open[Answer: HttpResponseBase](answer: Answer) -> Answer:
    """Pages of other sites may read the answer; there is nothing of a person in it."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
    answer["Access-Control-Allow-Headers"] = "Content-Type"
    answer["Access-Control-Max-Age"] = "86400"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
