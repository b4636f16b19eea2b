"""The conversation of a ticket as it is shown: messages, and between them what happened, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, lru_cache

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from okno.channels.email.models import Letter, OutgoingLetter
from okno.core import html, long_text
from okno.core.actor import Actor
from okno.core.models import Delivery, Event
from okno.core.statements import Gathering, Instances, among, hole
from okno.desk.sentences import sentence
from okno.tickets import access
from okno.tickets.answers import Answer, answers_of
from okno.tickets.attributes import history_for
from okno.tickets.models import Attachment, Channel, Message, Ticket

PAGE = 40
"""Messages shown at once; earlier ones are a click away."""

MORE = 200
"""Messages shown at once to whoever asks for earlier ones."""

LONGEST_INLINE = 100_000
"""Characters of a letter's HTML in the page; a longer one has a frame of its own: the page does not wait."""

ICONS = {
    "email": "icon-[tabler--mail]",
    "desk": "icon-[tabler--user]",
    "api": "icon-[tabler--api]",
    "portal": "icon-[tabler--world]",
    "web_form": "icon-[tabler--forms]",
}


@dataclass
class Bubble:
    """A message with all that its bubble shows."""

    message: Message
    files: list[Attachment] = field(default_factory=list)
    letter: Letter | None = None
    sent: list[OutgoingLetter] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)

    @property
    def side(self) -> str:
        if not self.message.is_public:
            return "private"
        return "client" if self.message.is_from_client else "us"

    @property
    def at(self) -> datetime:
        return self.message.created_at

    @property
    def author(self) -> str:
        return self.message.author_name or self.message.author_address or _("Unknown sender")

    @property
    def icon(self) -> str:
        return channel_icon(self.message.channel)

    @property
    def in_frame(self) -> bool:
        """Whether the letter has looks of its own, which a frame keeps apart from the page, or is very long."""
        markup = self.message.html
        return len(markup) > LONGEST_INLINE or (self.message.is_from_client and html.has_looks(markup))

    @property
    def remote_pictures(self) -> bool:
        return html.has_remote_pictures(self.message.html)

    @property
    def body(self) -> SafeString:
        """The message's words as HTML that may stand in our page."""
        return shown(self.message.html, self.message.text, self.pictures)

    @property
    def is_cut(self) -> bool:
        """Whether the body is only the beginning of a long plain text."""
        return not self.message.html and len(self.message.text) > long_text.PAGE

    @property
    def has_quoted(self) -> bool:
        return bool(self.message.quoted_text or self.message.quoted_html)

    @property
    def failed(self) -> list[OutgoingLetter]:
        return [each for each in self.sent if each.delivery.state == "failed"]

    @property
    def waiting(self) -> list[OutgoingLetter]:
        return [each for each in self.sent if each.delivery.state in {"queued", "sending"}]


@dataclass
class Line:
    """One grey line: something that happened."""

    event: Event
    text: str
    icon: str

    @property
    def at(self) -> datetime:
        return self.event.at


@dataclass
class Conversation:
    """What is shown of a ticket's conversation; ``earlier`` counts the messages above it.

    ``query`` asks for the same part once more, ``earlier_query`` for the part above it. ``answers`` are those of
    the request form; they stand above the first message.
    """

    entries: list[Bubble | Line]
    earlier: int
    last_message: int
    query: str = ""
    earlier_query: str = "?whole=1"
    answers: list[Answer] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """Which part of a conversation is asked for: its end, more of it, or what stands before a message."""

    more: bool = False
    before: int = 0

    @property
    def query(self) -> str:
        if self.before:
            return f"?before={self.before}"
        return "?whole=1" if self.more else ""

    @property
    def size(self) -> int:
        return MORE if self.query else PAGE


END = Part()


def channel_icon(channel: str) -> str:
    """The icon of the way by which a ticket or a message came."""
    return ICONS.get(channel, ICONS["desk"])


def channel_label(channel: str) -> str:
    """The way in words, in the language of the reader."""
    return str(Channel(channel).label)


def shown(markup: str, text: str, pictures: dict[str, str]) -> SafeString:
    """HTML for our own page, whatever the message came as, strictly sanitised; of long text the beginning."""
    source = html.with_pictures(markup, pictures) if markup else html.from_text(long_text.first_page(text))
    return mark_safe(html.strict(source))


def part_of(query: QueryDict) -> Part:
    """The part that an address asks for."""
    before = query.get("before", "")
    fits = before.isascii() and before.isdigit() and len(before) < 19
    return Part(more="whole" in query, before=int(before) if fits else 0)


def conversation(actor: Actor, ticket: Ticket, part: Part = END) -> Conversation:
    """The last messages of the ticket, or those before one, and the events between them, oldest first."""
    messages = _of(actor, ticket.pk)
    if part.before:
        last = list(messages.filter(pk__lt=part.before).order_by("-id")[: part.size])
    else:
        last = _newest(actor, part.size).rows(ticket.pk)
    last.reverse()
    full = len(last) == part.size
    earlier = messages.filter(pk__lt=last[0].pk).count() if full else 0
    following = messages.filter(pk__gte=part.before).order_by("pk").first() if part.before else None
    since = last[0].created_at if last and (earlier or not part.query) else ticket.created_at
    events = _events(ticket, since, following.created_at if following else None)
    entries: list[Bubble | Line] = [*_bubbles(last), *_lines(actor, events)]
    entries.sort(key=lambda entry: (entry.at, isinstance(entry, Line)))
    above = f"?before={last[0].pk}" if full and part.query else "?whole=1"
    answers = [] if earlier else answers_of(ticket)
    return Conversation(entries, earlier, last[-1].pk if last else 0, part.query, above, answers)


def _events(ticket: Ticket, since: datetime, until: datetime | None) -> list[Event]:
    if until is None:
        return _happened().rows(ticket.pk, since)
    events = Event.objects.filter(object_kind="ticket", object_id=ticket.pk, at__gte=since, at__lt=until)
    return list(events.order_by("id")[:500])


def _of(actor: Actor, ticket: int) -> QuerySet[Message]:
    return access.messages_visible_to(actor).filter(ticket=ticket)


@lru_cache(maxsize=256)
def _newest(actor: Actor, size: int) -> Instances[Message]:
    return Instances(_of(actor, hole(0)).order_by("-id")[:size])


@cache
def _happened() -> Instances[Event]:
    since = Cast(Value(hole(1)), DateTimeField())
    of_ticket = Event.objects.filter(object_kind="ticket", object_id=hole(0), at__gte=since)
    return Instances(of_ticket.order_by("id")[:500])


@cache
def _beside() -> Gathering:
    """What belongs to messages: their files, the letters they came as, and those in which they left."""
    answers = OutgoingLetter.objects.filter(among("message_id", 0), kind=OutgoingLetter.Kind.ANSWER)
    return Gathering(
        files=Attachment.objects.filter(among("message_id", 0))
        .order_by("id")
        .values("id", "token", "message_id", "name", "type", "size", "is_inline", "content_id"),
        letters=Letter.objects.filter(among("message_id", 0)).order_by("-id").values("id", "message_id"),
        sent=answers.order_by("id").values(
            "id", "message_id", "recipient", "delivery_id", "delivery__state", "delivery__last_error"
        ),
    )


def _bubbles(messages: list[Message]) -> list[Bubble]:
    bubbles = {message.pk: Bubble(message) for message in messages}
    if not bubbles:
        return []
    found = _beside().rows(list(bubbles))
    for attachment in (Attachment(**row) for row in found["files"]):
        bubble = bubbles[attachment.message_id or 0]
        if attachment.content_id:
            bubble.pictures[attachment.content_id.strip("<>")] = reverse("desk:picture", args=[attachment.token])
        if not attachment.is_inline or not bubble.message.html:
            bubble.files.append(attachment)
    for row in found["letters"]:
        bubbles[row["message_id"]].letter = Letter(**row)
    for row in found["sent"]:
        state, trouble = row.pop("delivery__state"), row.pop("delivery__last_error")
        sent = OutgoingLetter(**row)
        sent.delivery = Delivery(id=sent.delivery_id, state=state, last_error=trouble)
        bubbles[row["message_id"]].sent.append(sent)
    return list(bubbles.values())


def _lines(actor: Actor, events: Iterable[Event]) -> list[Line]:
    lines = []
    for event in history_for(actor, events):
        said = sentence(event)
        if said:
            lines.append(Line(event, said.text, said.icon))
    return lines
