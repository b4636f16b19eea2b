"""A request as a talk: what was said publicly, and between it what became of the request, oldest first (F20).

It is built from what the reader sees and never by leaving things out of an employee's page (T20).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from okno.core import html, long_text
from okno.core.actor import Actor
from okno.core.models import Event
from okno.portal.words import status_sentence
from okno.tickets import access
from okno.tickets import events as kinds
from okno.tickets.answers import Answer, answers_of
from okno.tickets.models import Attachment, Message, Reading, Ticket

PAGE = 50
"""Messages shown at once; earlier ones are a click away."""

MORE = 500
LONGEST_INLINE = 100_000
MOST_EVENTS = 500
LONGEST_EXCERPT = 320
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_OWN_PICTURE = re.compile(r'src="/attachments/([\w-]{1,60})/picture/"', re.ASCII)


@dataclass
class Said:
    """A message with all that its bubble shows."""

    message: Message
    is_mine: bool
    files: list[Attachment] = field(default_factory=list)
    inline: dict[str, str] = field(default_factory=dict)
    is_new: bool = False

    @property
    def at(self) -> datetime:
        return self.message.created_at

    @property
    def is_theirs(self) -> bool:
        """Whether it stands on the client's side: the reader's own and his colleagues'."""
        return self.message.is_from_client

    @property
    def author(self) -> str:
        if self.is_mine:
            return _("You")
        return self.message.author_name or self.message.author_address or _("Unknown sender")

    @property
    def excerpt(self) -> str:
        """Its first words, for the place that says what is asked."""
        return Truncator(" ".join(self.message.text.split())).chars(LONGEST_EXCERPT)

    @property
    def pictures(self) -> list[Attachment]:
        """Files that can be looked at in the talk."""
        return [each for each in self.files if each.type in PICTURES]

    @property
    def body(self) -> SafeString:
        """The words as HTML that may stand in our page, strictly sanitised; of a very long text the beginning."""
        markup = self.message.html if len(self.message.html) <= LONGEST_INLINE else ""
        if not markup:
            return in_words(long_text.first_page(self.message.text))
        clean = html.strict(html.with_pictures(markup, self.inline))
        return mark_safe(_OWN_PICTURE.sub(_for_reader, clean))

    @property
    def is_cut(self) -> bool:
        return len(self.message.text) > long_text.PAGE and not (0 < len(self.message.html) <= LONGEST_INLINE)


@dataclass(frozen=True)
class Happened:
    """One grey line: what became of the request."""

    at: datetime
    text: str
    icon: str


@dataclass
class Talk:
    """What is shown, how many messages stand above it, and up to where the reader has seen it when it was drawn.

    ``answers`` are those of the request form; they stand above the first message.
    """

    entries: list[Said | Happened]
    earlier: int
    last_message: int
    last_event: int
    whole: bool
    answers: list[Answer] = field(default_factory=list)

    @property
    def last_of_ours(self) -> Said | None:
        """The answer that the reader is to decide on, or the question that he is asked."""
        said = (each for each in reversed(self.entries) if isinstance(each, Said))
        return next((each for each in said if not each.is_theirs), None)


def in_words(text: str) -> SafeString:
    """Plain text as HTML that may stand in our page."""
    return mark_safe(html.strict(html.from_text(text)))


def talk_of(actor: Actor, ticket: Ticket, *, whole: bool = False) -> Talk:
    """The last messages and changes of the request, as this person may read them."""
    size = MORE if whole else PAGE
    messages = access.messages_visible_to(actor).filter(ticket=ticket)
    last = list(messages.order_by("-id")[: size + 1])
    full = len(last) > size
    last = last[:size][::-1]
    earlier = messages.filter(pk__lt=last[0].pk).count() if full else 0
    events = _changes(ticket, last[0].created_at if full else ticket.created_at)
    mark = Reading.objects.filter(contact=actor.id, ticket=ticket).values_list("message", flat=True).first()
    said = _said(actor, last, mark)
    happened = [each for each in (_happened(actor, event) for event in events) if each is not None]
    entries: list[Said | Happened] = sorted(
        [*said, *happened], key=lambda each: (each.at, isinstance(each, Happened))
    )
    last_message, last_event = last[-1].pk if last else 0, events[-1].pk if events else 0
    answers = [] if earlier else answers_of(ticket)
    return Talk(entries, earlier, last_message, last_event, whole, answers)


def _changes(ticket: Ticket, since: datetime) -> list[Event]:
    rows = Event.objects.filter(object_kind="ticket", object_id=ticket.pk, kind=kinds.STATUS_CHANGED, at__gte=since)
    return list(rows.order_by("-id")[:MOST_EVENTS])[::-1]


def _said(actor: Actor, messages: list[Message], mark: int | None) -> list[Said]:
    """The messages with their files; the first that the reader has not seen begins what is new."""
    rows = {each.pk: Said(each, each.contact_id is not None and each.contact_id == actor.id) for each in messages}
    for file in Attachment.objects.filter(message__in=rows).order_by("id"):
        said = rows[file.message_id or 0]
        if file.content_id:
            said.inline[file.content_id.strip("<>")] = reverse("desk:picture", args=[file.token])
        if not file.is_inline or not said.message.html:
            said.files.append(file)
    if mark is not None:
        first = next((each for pk, each in rows.items() if pk > mark and not each.is_mine), None)
        if first is not None:
            first.is_new = True
    return list(rows.values())


def _happened(actor: Actor, event: Event) -> Happened | None:
    because = str((event.data.get("reason") or {}).get("because", ""))
    is_client = event.actor_kind == "contact"
    is_reader = is_client and event.actor_id == actor.id
    who = event.actor_name if is_client else ""
    text, icon = status_sentence(str(event.data["after"]), who, because, is_reader=is_reader)
    return Happened(event.at, text, icon)


def _for_reader(match: re.Match[str]) -> str:
    """Pictures of answers stand under an address of the desk; the reader has his own way to them."""
    return f'src="{reverse("portal:picture", args=[match[1]])}"'
