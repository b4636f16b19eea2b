"""The conversation of a ticket as it is shown: messages, and between them what happened, in order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from okno.channels.email.models import Letter, OutgoingLetter
from okno.core import html
from okno.core.actor import Actor
from okno.core.models import Event
from okno.desk import long_text
from okno.desk.sentences import sentence
from okno.tickets import access
from okno.tickets.models import Attachment, Channel, Message, Ticket

PAGE = 40
"""Messages shown at once; earlier ones are a click away."""

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
    """What is shown of a ticket's conversation; ``earlier`` counts the messages above it."""

    entries: list[Bubble | Line]
    earlier: int
    last_message: int


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


def conversation(actor: Actor, ticket: Ticket, *, whole: bool = False) -> Conversation:
    """The last messages of the ticket and the events since the first of them, oldest first."""
    messages = access.messages_visible_to(actor).filter(ticket=ticket)
    last = list(messages.order_by("-id")[: None if whole else PAGE])
    last.reverse()
    since = last[0].created_at if last and not whole else ticket.created_at
    bubbles = _bubbles(last)
    events = Event.objects.filter(object_kind="ticket", object_id=ticket.pk, at__gte=since).order_by("id")[:500]
    entries: list[Bubble | Line] = [*bubbles, *_lines(events)]
    entries.sort(key=lambda entry: (entry.at, isinstance(entry, Line)))
    earlier = 0 if whole or len(last) < PAGE else messages.count() - len(last)
    return Conversation(entries, earlier, last[-1].pk if last else 0)


def _bubbles(messages: list[Message]) -> list[Bubble]:
    ids = [message.pk for message in messages]
    bubbles = {message.pk: Bubble(message) for message in messages}
    for attachment in Attachment.objects.filter(message__in=ids).order_by("id"):
        bubble = bubbles[attachment.message_id or 0]
        if attachment.content_id:
            bubble.pictures[attachment.content_id.strip("<>")] = reverse("desk:picture", args=[attachment.token])
        if not attachment.is_inline or not bubble.message.html:
            bubble.files.append(attachment)
    for letter in Letter.objects.filter(message__in=ids).order_by("-id"):
        bubbles[letter.message_id or 0].letter = letter
    answers = OutgoingLetter.objects.filter(message__in=ids, kind=OutgoingLetter.Kind.ANSWER)
    for sent in answers.select_related("delivery"):
        bubbles[sent.message_id or 0].sent.append(sent)
    return list(bubbles.values())


def _lines(events: Iterable[Event]) -> list[Line]:
    lines = []
    for event in events:
        said = sentence(event)
        if said:
            lines.append(Line(event, said.text, said.icon))
    return lines
