"""What every call of the API passes: sizes, media types, one transaction a write, idempotency, one error shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from okno.api import idempotency
from okno.api.authentication import authenticate
from okno.api.errors import Internal, Malformed, TooLarge, WrongMediaType, WrongMethod, error_answer
from okno.core import logs
from okno.core.faults import Fault
from okno.core.http.policy import token_bearers

log = logs.get(__name__)
View = Callable[..., HttpResponseBase]
LARGEST_BODY = 30 * 1024 * 1024
"""Bytes of one request."""

SAFE = {"GET", "HEAD", "OPTIONS"}


def guarded(view: View) -> View:
    """The view behind the door; its policy is that of token bearers."""

    @wraps(view)
    def through(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = _answered(view, request, args, kwargs)
        answer.headers.setdefault("Cache-Control", "private, no-store")
        answer.headers.setdefault("X-Content-Type-Options", "nosniff")
        return answer

    return csrf_exempt(token_bearers(through))


def _answered(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    try:
        _refuse_body(request)
        if request.method in SAFE:
            return _allowed(view(request, *args, **kwargs))
        return _written(view, request, args, kwargs)
    except Fault as fault:
        return error_answer(fault)
    except RequestDataTooBig:
        return error_answer(_too_large())
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return error_answer(Malformed(_("The request cannot be read.")))
    except Exception:
        log.exception("the API failed", path=request.path, method=request.method)
        return error_answer(Internal(_("Something went wrong on our side. Nothing was changed.")))


def _written(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    token = authenticate(request)
    key = idempotency.key_of(request)
    with transaction.atomic():
        stored = idempotency.claim(token, key, request) if key else None
        if stored is not None:
            return stored
        answer = _allowed(view(request, *args, **kwargs))
        if answer.status_code >= 400:
            transaction.set_rollback(True)
        elif key and isinstance(answer, HttpResponse):
            idempotency.remember(token, key, answer)
    return answer


def _allowed(answer: HttpResponseBase) -> HttpResponseBase:
    if answer.status_code != 405:
        return answer
    refused = error_answer(WrongMethod(_("This address does not take this method.")))
    refused["Allow"] = answer.headers.get("Allow", "")
    return refused


def _refuse_body(request: HttpRequest) -> None:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError as error:
        raise Malformed(_("The request cannot be read.")) from error
    if length > LARGEST_BODY:
        raise _too_large()
    if length and request.content_type not in {"application/json", "multipart/form-data"}:
        raise WrongMediaType(_("Send JSON, with “Content-Type: application/json”."))


def _too_large() -> TooLarge:
    message = _("A request has at most %(limit)d MB.") % {"limit": LARGEST_BODY // 1024**2}
    return TooLarge(message, details={"limit": LARGEST_BODY})
