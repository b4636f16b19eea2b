"""The brand's own files: a style sheet of one line, and the pictures. Addresses change with what they hold."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core import files
from okno.core.brand import style_sheet, version_of
from okno.core.brand.declarations import COLOUR
from okno.core.faults import NotVisible
from okno.core.http.policy import anybody
from okno.core.models import BrandPicture

FOR_EVER = "public, max-age=31536000, immutable"
SHORTLY = "public, max-age=60"


@anybody
@require_safe
def colours(request: HttpRequest, version: str) -> HttpResponse:
    """The main colour; under an old name it is told too, and kept for a minute only."""
    colour = COLOUR()
    answer = HttpResponse(style_sheet(colour), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = FOR_EVER if version == version_of(colour) else SHORTLY
    return answer


@anybody
@require_safe
def picture(request: HttpRequest, token: str) -> HttpResponse:
    """A picture of the brand, which was drawn anew when it was taken in."""
    found = BrandPicture.objects.select_related("file").filter(token=token).first()
    if found is None:
        raise NotVisible(_("There is nothing here."))
    answer = HttpResponse(files.read(found.file), content_type="image/png")
    answer["Cache-Control"] = FOR_EVER
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
