"""What leaves the desk: a page to see each delivery, why it waits or failed, and to send it again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from okno.channels.email.outgoing.reading import (
    letters_visible_to,
    raw_without_links,
    read_without_links,
    shown_html,
)
from okno.core import deliveries
from okno.core.actor import Actor
from okno.core.faults import Fault, NotVisible
from okno.core.http.frames import frame_page
from okno.core.http.policy import AgentRequest, agents_with
from okno.core.http.respond import respond
from okno.core.models import Delivery, Event
from okno.manage.sentences import delivery_sentence
from okno.tickets import access

PAGE = 50
MOST_COUNTED = 100
FILTERS: dict[str, tuple[str, ...]] = {
    "": (),
    "waiting": (Delivery.State.QUEUED, Delivery.State.SENDING),
    "failed": (Delivery.State.FAILED,),
    "sent": (Delivery.State.SENT,),
    "cancelled": (Delivery.State.CANCELLED,),
}


@require_safe
@agents_with("mail.manage")
def listing(request: AgentRequest) -> HttpResponseBase:
    """The deliveries, the latest first, by state."""
    chosen = request.GET.get("state", "")
    if chosen not in FILTERS:
        raise BadRequest("no such state")
    rows, older = _page(_chosen(request.actor, chosen), request.GET.get("before", ""))
    context = {
        "rows": rows,
        "tabs": _tabs(chosen),
        "state": chosen,
        "first_url": _address(chosen) if request.GET.get("before") else "",
        "older_url": _address(chosen, before=str(rows[-1].pk)) if older else "",
        "refresh_url": request.get_full_path(),
    }
    return respond(request, "manage/deliveries/list.jinja", context, fragment="manage/deliveries/rows.jinja")


@require_safe
@agents_with("mail.manage")
def delivery(request: AgentRequest, pk: int) -> HttpResponseBase:
    """One delivery: the error in full, what happened to it, and the letter as its recipient sees it."""
    row = _load(request.actor, pk)
    letter = letters_visible_to(request.actor).filter(delivery=row).first()
    history = Event.objects.filter(object_kind="delivery", object_id=row.pk).order_by("id")
    context = {
        "row": row,
        "letter": letter,
        "read": read_without_links(letter) if letter else None,
        "history": [(event.at, delivery_sentence(event)) for event in history],
        "refresh_url": request.get_full_path(),
    }
    return respond(request, "manage/deliveries/delivery.jinja", context, fragment="manage/deliveries/facts.jinja")


@require_safe
@agents_with("mail.manage")
def frame(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The letter in a frame of its own."""
    letter = letters_visible_to(request.actor).filter(delivery=pk).first()
    if letter is None:
        raise NotVisible(_("There is no such letter, or it is not for you to see."))
    return frame_page(shown_html(read_without_links(letter)))


@require_safe
@agents_with("mail.manage")
def raw(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The bytes of the letter, to be saved."""
    letter = letters_visible_to(request.actor).filter(delivery=pk).first()
    if letter is None:
        raise NotVisible(_("There is no such letter, or it is not for you to see."))
    answer = HttpResponse(raw_without_links(letter), content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, f"delivery-{pk}.eml") or "attachment"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@agents_with("mail.manage")
def resend(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Sends it (again) now."""
    return _acted(request, pk, deliveries.resend, _("It is on its way."))


@require_POST
@agents_with("mail.manage")
def cancel(request: AgentRequest, pk: int) -> HttpResponseBase:
    """Stops it."""
    return _acted(request, pk, deliveries.cancel, _("It will not be sent."))


def _acted(request: AgentRequest, pk: int, act: Any, done: str) -> HttpResponseBase:
    try:
        act(request.actor, _load(request.actor, pk))
    except Fault as fault:
        if isinstance(fault, NotVisible):
            raise
        messages.error(request, fault.message)
    else:
        messages.success(request, done)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return HttpResponseRedirect(back if safe else reverse("manage:delivery", args=[pk]))


def _all(actor: Actor) -> QuerySet[Delivery]:
    """Every delivery; ``may_read`` says whether its content is for the actor to see, too."""
    seen = Exists(access.visible_to(actor).filter(pk=OuterRef("object_id")))
    return Delivery.objects.annotate(may_read=~Q(object_kind="ticket") | seen)


def _chosen(actor: Actor, chosen: str) -> QuerySet[Delivery]:
    rows = _all(actor)
    return rows.filter(state__in=FILTERS[chosen]) if chosen else rows


def _load(actor: Actor, pk: int) -> Delivery:
    row = _all(actor).filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such delivery."))
    return row


def _page(rows: QuerySet[Delivery], before: str) -> tuple[list[Delivery], bool]:
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows.order_by("-id")[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def _tabs(chosen: str) -> list[dict[str, Any]]:
    labels = {
        "": _("All"),
        "waiting": _("Waiting"),
        "failed": _("Failed"),
        "sent": _("Sent"),
        "cancelled": _("Cancelled"),
    }
    return [
        {"label": labels[name], "url": _address(name), "current": name == chosen, "count": _counted(name)}
        for name in FILTERS
    ]


def _counted(name: str) -> str:
    """How many, where a number asks for something to be done."""
    if name not in {"waiting", "failed"}:
        return ""
    count = Delivery.objects.filter(state__in=FILTERS[name])[:MOST_COUNTED].count()
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")


def _address(state: str, **more: str) -> str:
    query = {"state": state} if state else {}
    asked = urlencode(query | more)
    return f"{reverse('manage:deliveries')}{'?' if asked else ''}{asked}"
