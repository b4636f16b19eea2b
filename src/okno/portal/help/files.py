"""Files of articles, as far as somebody sees the article; the public ones without signing in (T13, T14)."""

from __future__ import annotations

import re

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import files
from okno.core.faults import NotVisible
from okno.core.http.downloads import download_answer, guarded, picture_answer
from okno.core.http.policy import Request, anybody
from okno.knowledge import access
from okno.knowledge.models import ArticleFile

_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})", re.ASCII)
PIECE = 4 * 1024 * 1024
"""Bytes of a video that are sent at a time to a player that asks for a part."""


@require_safe
@anybody
def file(request: Request, token: str) -> HttpResponseBase:
    """The file to be saved; a video is played by the page of its article, which asks for it in parts."""
    found = _load(request, token)
    if not found.is_video:
        return download_answer(found.file, found.name)
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        whole = FileResponse(files.open_stream(found.file), content_type=found.type)
        whole["Accept-Ranges"] = "bytes"
        return guarded(whole, found.name)
    return _part(found, int(asked[1]), int(asked[2]) if asked[2] else found.size - 1)


@require_safe
@anybody
def picture(request: Request, token: str) -> HttpResponseBase:
    """A picture for the page."""
    found = _load(request, token)
    return picture_answer(found.file, found.size)


def _part(found: ArticleFile, start: int, end: int) -> HttpResponse:
    """A part of the file (RFC 9110, 14)."""
    end = min(end, found.size - 1, start + PIECE - 1)
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    with files.open_stream(found.file) as stream:
        stream.seek(start)
        content = stream.read(end - start + 1)
    answer = HttpResponse(content, status=206, content_type=found.type)
    answer["Content-Range"] = f"bytes {start}-{end}/{found.size}"
    answer["Accept-Ranges"] = "bytes"
    return guarded(answer, found.name)


def _load(request: Request, token: str) -> ArticleFile:
    found = access.files_visible_to(request.actor).filter(token=token).select_related("file").first()
    if found is None:
        raise NotVisible(_("There is no such file, or it is not for you to see."))
    return found
