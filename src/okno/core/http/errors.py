"""Faults of operations become answers: a page, or a short message for a fragment request."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.translation import gettext as _

from okno.core import logs
from okno.core.brand import last_brand
from okno.core.faults import Fault, Invalid, NotVisible

log = logs.get(__name__)

ZERO_BYTE = ("(0x00)", "\\u0000")
"""How PostgreSQL and its driver name a zero byte, in text and in JSON."""


class ErrorMiddleware:
    """Turns a ``Fault`` that no view caught into an answer with its status.

    A zero byte fits no text of the database: a path with one leads nowhere, in a query it is passed over, a form
    with one is refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "")
            request.__dict__.pop("GET", None)  # read anew
        if "\x00" in request.path:
            return fault_answer(request, NotVisible(_("There is nothing here, or it is not for you to see.")))
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, DataError) and any(sign in str(error) for sign in ZERO_BYTE):
            error = Invalid({}, _("This holds a character that cannot be stored (NUL)."))
        return fault_answer(request, error) if isinstance(error, Fault) else None


def fault_answer(request: HttpRequest, fault: Fault) -> HttpResponseBase:
    """The fault as JSON, as a fragment for htmx, or as a whole page."""
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return fault_as_json(fault)
    if request.headers.get("HX-Request"):
        answer = HttpResponse(fault.message, status=fault.status, content_type="text/plain; charset=utf-8")
        answer["X-Fault"] = fault.code
        return answer
    return error_page(request, fault.status, fault.message)


def fault_as_json(fault: Fault) -> JsonResponse:
    """The fault in the one error shape of the API, with its status."""
    body = {"error": {"code": fault.code, "message": fault.message, "details": fault.details}}
    return JsonResponse(body, status=fault.status)


def error_page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    """A whole page that says what happened and where one may go from here."""
    return render(request, "errors/error.jinja", {"status": status, "message": message}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """No such page."""
    return error_page(request, 404, _("There is nothing here, or it is not for you to see."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page that exists and is not for this person."""
    return error_page(request, 403, _("Your role does not include this page. An administrator can change that."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke: a page that asks nothing of the database, and bare words where even that breaks."""
    message = _("Something went wrong on our side. Nothing that you typed is lost: go back and try again.")
    try:
        shown = {"status": 500, "message": message, "brand": last_brand}
        body = get_template("errors/error.jinja").render(shown)
    except Exception:
        log.exception("the page of a failure failed itself")
        return HttpResponse(message, status=500, content_type="text/plain; charset=utf-8")
    return HttpResponse(body, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret did not fit, mostly since the page was open for too long."""
    log.info("csrf refused", reason=reason, path=request.path)
    message = _("This page was open for too long. Go back, reload it and send again; your text is kept.")
    return error_page(request, 403, message)
