"""Stored files as answers: always as a download, pictures also in the page after they were written anew (T13)."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from okno.core import files, media
from okno.core.faults import NotVisible
from okno.core.models import StoredFile

HARMLESS = "default-src 'none'; sandbox"
LARGEST_PICTURE = 25_000_000
"""Bytes of a picture that is written anew for the page; a larger one is a download only."""


def download_answer(stored: StoredFile, name: str) -> FileResponse | HttpResponse:
    """The file to be saved; a browser never shows or runs it, whatever it says it is."""
    return guarded(FileResponse(files.open_stream(stored), content_type="application/octet-stream"), name)


def picture_answer(stored: StoredFile, size: int) -> HttpResponse:
    """A raster picture for the page; anything else is not shown."""
    rewritten = media.rewritten_picture(files.read(stored)) if size < LARGEST_PICTURE else None
    if rewritten is None:
        raise NotVisible(_("This file is not a picture that can be shown."))
    content, kind = rewritten
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    answer["Content-Security-Policy"] = HARMLESS
    return answer


def guarded[Answer: (FileResponse, HttpResponse)](answer: Answer, name: str) -> Answer:
    """The answer with everything that keeps a browser from doing more than saving it."""
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = HARMLESS
    answer["Cache-Control"] = "private, no-store"
    return answer
