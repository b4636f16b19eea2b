"""Files of messages, as far as an employee sees them (T13, T14)."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.core.faults import NotVisible
from okno.core.http.downloads import download_answer, picture_answer
from okno.core.http.policy import AgentRequest, agents
from okno.tickets import access
from okno.tickets.models import Attachment


@require_safe
@agents
def download(request: AgentRequest, token: str) -> HttpResponseBase:
    """The file to be saved."""
    attachment = _load(request, token)
    return download_answer(attachment.file, attachment.name)


@require_safe
@agents
def picture(request: AgentRequest, token: str) -> HttpResponseBase:
    """A picture for the page."""
    attachment = _load(request, token)
    return picture_answer(attachment.file, attachment.size)


def _load(request: AgentRequest, token: str) -> Attachment:
    found = access.attachments_visible_to(request.actor).filter(token=token).select_related("file").first()
    if found is None:
        raise NotVisible(_("There is no such file, or it is not for you to see."))
    return found
