"""What the clients find in their mailboxes: each letter as they see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from okno.channels.email.models import OutgoingLetter
from okno.channels.email.outgoing.reading import letters_visible_to, read_letter, shown_html
from okno.core.actor import Actor
from okno.core.faults import NotVisible
from okno.core.http.downloads import guarded
from okno.core.http.frames import frame_page
from okno.core.http.policy import AgentRequest, agents
from okno.core.http.respond import respond
from okno.desk.outbox.forms import ReplyForm
from okno.people.models import ContactAddress, User

PAGE = 40
MOST_CLIENTS = 60
View = Callable[..., HttpResponseBase]


def demo_only(view: View) -> View:
    """The view exists in the demo only."""

    @wraps(view)
    def guarded_view(request: AgentRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise NotVisible(_("There is nothing here."))
        return view(request, *args, **kwargs)

    return guarded_view


@require_safe
@agents
@demo_only
def index(request: AgentRequest) -> HttpResponseBase:
    """The clients with mail, and the letters of the chosen one, the latest first."""
    context = mailboxes(request, request.GET.get("to", ""))
    return respond(request, "desk/outbox/index.jinja", context, fragment="desk/outbox/letters.jinja")


@require_safe
@agents
@demo_only
def letter(request: AgentRequest, pk: int) -> HttpResponseBase:
    """One letter, and the box in which the client answers it."""
    return letter_page(request, find_letter(request, pk), ReplyForm())


@require_safe
@agents
@demo_only
def frame(request: AgentRequest, pk: int) -> HttpResponseBase:
    """The letter's HTML in a frame of its own."""
    return frame_page(shown_html(read_letter(find_letter(request, pk))))


@require_safe
@agents
@demo_only
def file(request: AgentRequest, pk: int, number: int) -> HttpResponseBase:
    """A file that came with the letter, to be saved."""
    found = [each for each in read_letter(find_letter(request, pk)).attachments if not each.inline]
    if number >= len(found):
        raise NotVisible(_("There is no such file."))
    answer = HttpResponse(found[number].content, content_type="application/octet-stream")
    return guarded(answer, found[number].name)


def letters_of_clients(actor: Actor) -> QuerySet[OutgoingLetter]:
    """What lies in the clients' mailboxes: letters of tickets, and those by which they sign in.

    Elsewhere the latter are shown to nobody; here whoever plays a client must find his invitation. Letters to
    employees are not among them.
    """
    employees = User.objects.filter(agent__isnull=False).values("email")
    of_accounts = OutgoingLetter.objects.filter(kind=OutgoingLetter.Kind.ACCOUNT).exclude(recipient__in=employees)
    seen = letters_visible_to(actor)
    related = OutgoingLetter.objects.select_related("delivery", "ticket", "raw")
    return related.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=of_accounts.values("pk")))


def find_letter(request: AgentRequest, pk: int) -> OutgoingLetter:
    """The letter, if the agent sees its ticket, or if it lets a client in."""
    found = letters_of_clients(request.actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such letter, or it is not for you to see."))
    return found


def letter_page(
    request: AgentRequest, shown: OutgoingLetter, form: ReplyForm, *, status: int = 200
) -> HttpResponseBase:
    """The page of one letter with its form, empty or with what was typed."""
    read = read_letter(shown)
    context = mailboxes(request, shown.recipient) | {
        "letter": shown,
        "read": read,
        "files": [each for each in read.attachments if not each.inline],
        "form": form,
    }
    return respond(request, "desk/outbox/letter.jinja", context, status=status)


def mailboxes(request: AgentRequest, chosen: str) -> dict[str, Any]:
    """The clients' mailboxes, and what lies in the chosen one (the first by default)."""
    letters = letters_of_clients(request.actor)
    rows = letters.values("recipient").annotate(count=Count("id"), last=Max("created_at")).order_by("-last")
    clients = list(rows[:MOST_CLIENTS])
    names = _names([row["recipient"] for row in clients])
    address = chosen or (clients[0]["recipient"] if clients else "")
    before = _moment(request.GET.get("before", ""))
    mine = letters.filter(recipient=address).order_by("-created_at", "-id")
    found = list((mine.filter(created_at__lt=before) if before else mine)[: PAGE + 1])
    return {
        "clients": [
            row | {"name": names.get(row["recipient"], ""), "url": at(row["recipient"])} for row in clients
        ],
        "address": address,
        "name": names.get(address, ""),
        "letters": found[:PAGE],
        "older_url": at(address, before=found[PAGE - 1].created_at.isoformat()) if len(found) > PAGE else "",
        "first_url": at(address) if before else "",
        "refresh_url": request.get_full_path(),
    }


def at(address: str, **more: str) -> str:
    """The page of a client's mailbox."""
    return f"{reverse('desk:outbox')}?{urlencode({'to': address, **more})}"


def _moment(text: str) -> datetime | None:
    """The moment that the address of a page names, or nothing."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _names(addresses: list[str]) -> dict[str, str]:
    rows = ContactAddress.objects.filter(address__in=addresses).select_related("contact")
    return {row.address: row.contact.name for row in rows}
