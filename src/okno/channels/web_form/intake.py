"""From a request of HTTP to what was sent: as a form with files, or as JSON from a program."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from okno.channels.web_form.declarations import MOST_MEGABYTES
from okno.channels.web_form.operations.receiving import MEGABYTE, Post, SentFile
from okno.core.faults import Fault, Invalid
from okno.core.http.addresses import client_address, network_of

ROOM = 2 * MEGABYTE
"""What a request may hold beside its files."""
NOT_FIELDS = {"proof", "consent", "page", "language", "identity"}


class TooLarge(Fault):
    """More than a form takes."""

    code = "too_large"
    status = 413


def post_of(request: HttpRequest, language: str) -> Post:
    """What the request says; raises ``TooLarge`` or ``Invalid`` for what cannot be read."""
    length = request.headers.get("Content-Length", "")
    if not length.isascii() or not length.isdigit() or int(length) > MOST_MEGABYTES() * MEGABYTE + ROOM:
        limit = {"limit": MOST_MEGABYTES()}
        raise TooLarge(_("The files have more than %(limit)d MB together.") % limit)
    try:
        if request.content_type == "application/json":
            return _of_program(request, language)
        return _of_browser(request, language)
    except (RequestDataTooBig, SuspiciousOperation, UnreadablePostError) as error:
        raise TooLarge(_("This is too large to be sent.")) from error


def _of_browser(request: HttpRequest, language: str) -> Post:
    values = {name: str(value) for name, value in request.POST.items() if name not in NOT_FIELDS}
    sent = [each for each in request.FILES.getlist("files") if each.name]
    return Post(
        values=values,
        files=[SentFile(str(each.name), each.content_type or "", each.read()) for each in sent],
        consent=bool(request.POST.get("consent")),
        language=language,
        page=request.POST.get("page", ""),
        place=network_of(client_address(request)),
        proof=request.POST.get("proof", ""),
    )


def _of_program(request: HttpRequest, language: str) -> Post:
    try:
        body: Any = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Invalid({}, _("This is not JSON.")) from error
    fields = body.get("fields", {}) if isinstance(body, dict) else None
    identity = body.get("identity") or {} if isinstance(body, dict) else None
    if not isinstance(fields, dict) or not isinstance(identity, dict):
        raise Invalid({}, _("The body must be an object with the object “fields”."))
    if not all(isinstance(value, str) for value in fields.values()):
        raise Invalid({}, _("Each of the fields must be a text."))
    return Post(
        values=fields,
        consent=bool(body.get("consent")),
        language=str(body.get("language") or language)[:10],
        page=str(body.get("page") or ""),
        place=network_of(client_address(request)),
        proof=str(body.get("proof") or ""),
        identity=identity,
    )
