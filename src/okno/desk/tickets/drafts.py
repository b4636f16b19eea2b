"""Drafts: saved while one types, with their files."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from okno.core.faults import Invalid, NotVisible
from okno.core.http.once import key_of
from okno.core.http.policy import AgentRequest, agents
from okno.desk.loading import load, posted_number
from okno.tickets.models import Attachment, CannedReply, Draft, Ticket
from okno.tickets.operations import drafts
from okno.tickets.operations.canned_files import copy_canned_files

NEW_FIELDS = (
    "subject", "contact", "company", "client", "type", "written_by", "service", "impact", "urgency", "priority",
    "assignee", "team", "resolve_by",
)  # fmt: skip


@require_POST
@agents
def save(request: AgentRequest, kind: str, number: int = 0) -> HttpResponseBase:
    """Keeps the typed text (and the other fields of the new-ticket form); an empty text ends the draft."""
    ticket = _ticket(request, kind, number)
    body = request.POST.get("html", "")
    fields = {name: request.POST[name] for name in NEW_FIELDS if name in request.POST} if ticket is None else None
    seen = posted_number(request, "last_seen")
    key = key_of(request)
    drafts.save_draft(request.actor, ticket, kind, body=body, fields=fields, seen_message=seen, form_key=key)
    return HttpResponse(status=204)


@require_POST
@agents
def discard(request: AgentRequest, kind: str, number: int = 0) -> HttpResponseBase:
    """Throws the draft away."""
    drafts.discard_draft(request.actor, _ticket(request, kind, number), kind)
    return HttpResponse(status=204)


@require_POST
@agents
def upload(request: AgentRequest, kind: str, number: int = 0) -> HttpResponseBase:
    """Adds the file of the form to the draft and says under which address it can be shown and removed."""
    ticket = _ticket(request, kind, number)
    file = request.FILES.get("file")
    if file is None or file.size is None:
        raise Invalid({"file": [_("No file arrived.")]})
    if file.size > drafts.LARGEST_FILE:
        raise Invalid({"file": [_("“%(name)s” is too large.") % {"name": file.name}]})
    draft = drafts.open_draft(request.actor, ticket, kind)
    return JsonResponse(
        described(drafts.attach_to_draft(request.actor, draft, name=file.name or "", content=file.read()))
    )


@require_POST
@agents
def take_canned(request: AgentRequest, kind: str, number: int, pk: int) -> HttpResponseBase:
    """Puts the files of a canned reply into the draft in which it was inserted."""
    ticket = _ticket(request, kind, number)
    reply = CannedReply.objects.filter(pk=pk, is_active=True).first()
    if reply is None:
        raise NotVisible(_("There is no such reply."))
    draft = drafts.open_draft(request.actor, ticket, kind)
    copied = copy_canned_files(request.actor, draft, reply)
    return JsonResponse({"items": [described(each) | {"image": False} for each in copied]})


@require_POST
@agents
def detach(request: AgentRequest, token: str) -> HttpResponseBase:
    """Takes a file out of the draft again."""
    drafts.detach_from_draft(request.actor, token)
    return HttpResponse(status=204)


def described(attachment: Attachment) -> dict[str, object]:
    """What the editor needs to know of an uploaded file."""
    is_picture = attachment.type in {"image/png", "image/jpeg", "image/gif", "image/webp"}
    return {
        "id": attachment.token,
        "name": attachment.name,
        "size": attachment.size,
        "type": attachment.type,
        "image": is_picture,
        "url": reverse("desk:picture" if is_picture else "desk:download", args=[attachment.token]),
    }


def _ticket(request: AgentRequest, kind: str, number: int) -> Ticket | None:
    if kind not in Draft.Kind.values or (kind == Draft.Kind.NEW) != (number == 0):
        raise Invalid({"kind": [_("There is no such draft.")]})
    return load(request, number) if number else None
