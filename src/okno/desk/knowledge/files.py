"""Files of articles that are sent from the editor, and those that are taken away."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Invalid
from okno.core.http.policy import AgentRequest, agents
from okno.core.media import RASTER
from okno.knowledge.limits import LARGEST_FILE
from okno.knowledge.models import ArticleFile
from okno.knowledge.operations import files


@require_POST
@agents
def upload(request: AgentRequest) -> HttpResponseBase:
    """Takes the file of the form and says under which address it can be shown."""
    file = request.FILES.get("file")
    if file is None or file.size is None:
        raise Invalid({"file": [_("No file arrived.")]})
    if file.size > LARGEST_FILE:
        raise Invalid({"file": [_("“%(name)s” is too large.") % {"name": file.name}]})
    return JsonResponse(described(files.upload(request.actor, name=file.name or "", content=file.read())))


@require_POST
@agents
def remove(request: AgentRequest, token: str) -> HttpResponseBase:
    """Takes the file away from its article."""
    files.remove(request.actor, token)
    return HttpResponse(status=204)


def described(file: ArticleFile) -> dict[str, object]:
    """What the editor needs to know of an uploaded file."""
    is_picture = file.type in RASTER
    return {
        "id": file.token,
        "name": file.name,
        "size": file.size,
        "type": file.type,
        "image": is_picture,
        "url": reverse("help:picture" if is_picture else "help:file", args=[file.token]),
    }
