"""Files of messages: always as a download, pictures also in the page after they were written anew (T13, T14)."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import files, media
from okno.core.faults import NotVisible
from okno.core.http.policy import AgentRequest, agents
from okno.tickets import access
from okno.tickets.models import Attachment

HARMLESS = "default-src 'none'; sandbox"


@require_safe
@agents
def download(request: AgentRequest, token: str) -> HttpResponseBase:
    """The file to be saved; a browser never shows or runs it, whatever it says it is."""
    attachment = _load(request, token)
    answer = FileResponse(files.open_stream(attachment.file), content_type="application/octet-stream")
    return guarded(answer, attachment.name)


@require_safe
@agents
def picture(request: AgentRequest, token: str) -> HttpResponseBase:
    """A raster picture for the page; anything else is not shown."""
    attachment = _load(request, token)
    rewritten = media.rewritten_picture(files.read(attachment.file)) if attachment.size < 25_000_000 else None
    if rewritten is None:
        raise NotVisible(_("This file is not a picture that can be shown."))
    content, kind = rewritten
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    answer["Content-Security-Policy"] = HARMLESS
    return answer


def guarded(answer: FileResponse | HttpResponse, name: str) -> FileResponse | HttpResponse:
    """The answer with everything that keeps a browser from doing more than saving it."""
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = HARMLESS
    answer["Cache-Control"] = "private, no-store"
    return answer


def _load(request: AgentRequest, token: str) -> Attachment:
    found = access.attachments_visible_to(request.actor).filter(token=token).select_related("file").first()
    if found is None:
        raise NotVisible(_("There is no such file, or it is not for you to see."))
    return found
