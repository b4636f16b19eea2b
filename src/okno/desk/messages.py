"""One message in its other shapes: its frame, its plain text, its quoted part, its letter's headers and bytes."""

from __future__ import annotations

import email
import email.header
from email.message import Message as EmailMessage

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.channels.email.models import Letter
from okno.channels.email.reasons import explain
from okno.core import files, html, long_text
from okno.core.faults import NotVisible
from okno.core.http.downloads import guarded
from okno.core.http.policy import AgentRequest, agents
from okno.desk.timeline import shown
from okno.tickets import access
from okno.tickets.models import Message

FRAME_POLICY = (
    "default-src 'none'; img-src 'self' data:{remote}; style-src 'unsafe-inline'; font-src 'none'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
"""The frame's own policy: it holds even if the sanitiser should fail (T12). No script runs in it."""

MOST_HEADERS = 300


@require_safe
@agents
def frame(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The letter as its sender made it look, in a page of its own; ``?pictures=1`` fetches remote ones."""
    message = _load(request, pk)
    part = message.quoted_html if request.GET.get("part") == "quoted" else message.html
    markup = html.with_pictures(html.sanitise(part), _pictures(message))
    answer = render(request, "desk/messages/frame.jinja", {"markup": markup})
    remote = " https: http:" if request.GET.get("pictures") == "1" else ""
    answer["Content-Security-Policy"] = FRAME_POLICY.format(remote=remote)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@require_safe
@agents
def body(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The words of the message in the chosen shape: ``looks`` (the frame) or ``text``."""
    message = _load(request, pk)
    in_frame = request.GET.get("view") == "looks" and bool(message.html)
    context = {
        "message": message,
        "in_frame": in_frame,
        "remote": html.has_remote_pictures(message.html),
        "text": shown("", message.text, {}),
        "is_cut": not in_frame and len(message.text) > long_text.PAGE,
    }
    return render(request, "desk/messages/body.jinja", context)


@require_safe
@agents
def quoted(request: AgentRequest, pk: int) -> HttpResponseBase:
    """What was cut off under the message."""
    message = _load(request, pk)
    words = shown(message.quoted_html, message.quoted_text, _pictures(message))
    cut = not message.quoted_html and len(message.quoted_text) > long_text.PAGE
    return render(request, "desk/messages/quoted.jinja", {"message": message, "words": words, "is_cut": cut})


@require_safe
@agents
def text(request: AgentRequest, pk: int) -> HttpResponseBase:
    """A page of the plain text of a message, or of what was cut off under it (``part=quoted``)."""
    message = _load(request, pk)
    part = "quoted" if request.GET.get("part") == "quoted" else "own"
    page = long_text.page_of(
        message.quoted_text if part == "quoted" else message.text, request.GET.get("page", "1")
    )
    context = {
        "author": message.author_name or message.author_address,
        "words": shown("", page.words, {}),
        "page": page.number,
        "pages": page.count,
        "at": f"{reverse('desk:message-text', args=[message.pk])}?part={part}&page=",
    }
    return render(request, "components/text_window.jinja", context)


@require_safe
@agents
def letter(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The letter behind the message: why it stands here, its headers, its raw form (F119)."""
    message = _load(request, pk)
    received = _letter(message)
    raw = files.read(received.raw)
    context = {
        "message": message,
        "letter": received,
        "headers": _headers(raw),
        "why": explain(message.reason or received.outcome),
        "raw": raw[:100_000].decode("utf-8", "replace"),
        "is_cut": len(raw) > 100_000,
        "raw_url": reverse("desk:message-raw", args=[message.pk]),
    }
    return render(request, "desk/messages/letter.jinja", context)


@require_safe
@agents
def raw(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The bytes of the letter, to be saved."""
    message = _load(request, pk)
    content = files.read(_letter(message).raw)
    return guarded(HttpResponse(content, content_type="application/octet-stream"), f"message-{message.pk}.eml")


def _load(request: AgentRequest, pk: int) -> Message:
    message = access.messages_visible_to(request.actor).filter(pk=pk).select_related("ticket").first()
    if message is None:
        raise NotVisible(_("There is no such message, or it is not for you to see."))
    return message


def _letter(message: Message) -> Letter:
    found = Letter.objects.filter(message=message).select_related("raw", "mailbox").first()
    if found is None:
        raise NotVisible(_("This message did not come as a letter."))
    return found


def _pictures(message: Message) -> dict[str, str]:
    rows = message.attachments.exclude(content_id="").values_list("content_id", "token")
    return {cid.strip("<>"): reverse("desk:picture", args=[token]) for cid, token in rows}


def _headers(raw_letter: bytes) -> list[tuple[str, str]]:
    head = raw_letter[: 256 * 1024].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    parsed: EmailMessage = email.message_from_bytes(head)
    return [(name, _decoded(str(value))) for name, value in parsed.items()[:MOST_HEADERS]]


def _decoded(value: str) -> str:
    try:
        text = str(email.header.make_header(email.header.decode_header(value)))
    except (ValueError, LookupError):
        text = value
    return text.encode("utf-8", "replace").decode("utf-8")
