"""Files of the portal: those of public messages, and one's own that wait to be sent (T13, T14)."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.core.faults import Invalid, NotVisible
from okno.core.http.downloads import download_answer, picture_answer
from okno.core.http.policy import ContactRequest, contacts
from okno.tickets import access
from okno.tickets.models import Attachment
from okno.tickets.operations.drafts import LARGEST_FILE
from okno.tickets.operations.uploading import remove_upload
from okno.tickets.operations.uploading import upload as store


@require_safe
@contacts
def download(request: ContactRequest, token: str) -> HttpResponseBase:
    """The file to be saved."""
    attachment = _load(request, token)
    return download_answer(attachment.file, attachment.name)


@require_safe
@contacts
def picture(request: ContactRequest, token: str) -> HttpResponseBase:
    """A picture for the page."""
    attachment = _load(request, token)
    return picture_answer(attachment.file, attachment.size)


@require_POST
@contacts
def upload(request: ContactRequest) -> HttpResponseBase:
    """Takes a file ahead of the message; only its sender sees it until then."""
    file = request.FILES.get("file")
    if file is None or file.size is None:
        raise Invalid({"file": [_("No file arrived.")]})
    if file.size > LARGEST_FILE:
        raise Invalid({"file": [_("“%(name)s” is too large.") % {"name": file.name}]})
    made = store(request.actor, name=file.name or "", content=file.read(), declared=file.content_type or "")
    url = reverse("portal:download", args=[made.token])
    return JsonResponse({"id": made.token, "name": made.name, "size": made.size, "url": url, "image": False})


@require_POST
@contacts
def remove(request: ContactRequest, token: str) -> HttpResponseBase:
    """Takes a file back that was not sent."""
    remove_upload(request.actor, token)
    return HttpResponse(status=204)


def _load(request: ContactRequest, token: str) -> Attachment:
    found = access.attachments_visible_to(request.actor).filter(token=token).select_related("file").first()
    if found is None:
        raise NotVisible(_("There is no such file, or it is not for you to see."))
    return found
