"""What a letter says, as HTML and as text: the separator, the message, and the conversation before it."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass

from babel import Locale
from babel.dates import format_date, format_time
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from okno.channels.email.models import Mailbox
from okno.channels.email.outgoing import layout
from okno.channels.email.outgoing.composing import File
from okno.channels.email.outgoing.declarations import LARGEST_LETTER, LETTER_TEMPLATE
from okno.channels.email.outgoing.pictures import Pictures, with_whole_links, without_pictures
from okno.channels.email.outgoing.recipients import Recipient
from okno.channels.email.outgoing.senders import company_name
from okno.channels.email.rules.cutting.separator import separator_line
from okno.channels.email.rules.html_text import html_to_text
from okno.core import files, html
from okno.core.addresses import portal_url
from okno.core.brand.declarations import COLOUR
from okno.core.jinja import REGIONS
from okno.tickets import access
from okno.tickets.models import Message, Ticket
from okno.tickets.notices import closing_notice

MOST_QUOTED = 5
LONGEST_QUOTED = 20_000
"""Characters of one quoted message; what is longer is quoted as its beginning."""


@dataclass(frozen=True)
class Ending:
    """What stands below the words of a letter, above the earlier conversation."""

    html: str = ""
    text: str = ""


@dataclass(frozen=True)
class Body:
    """The two forms of a letter's text, and the files that travel with it."""

    text: str
    html: str
    pictures: tuple[File, ...] = ()
    files: tuple[File, ...] = ()


def answer_body(message: Message, recipient: Recipient, mailbox: Mailbox, ending: Ending | None = None) -> Body:
    """The letter that carries a public message to a recipient, built from what this recipient may see (T20).

    Raises ``LookupError`` when the message itself is not among that.
    """
    ticket = message.ticket
    visible = access.messages_mailed_to(ticket, recipient.participant)
    shown = visible.filter(pk=message.pk).first()
    if shown is None:
        raise LookupError(f"message {message.pk} is not for participant {recipient.person}")
    pictures = Pictures(list(shown.attachments.order_by("id")), mailbox.address.rpartition("@")[2])
    words = pictures.taken_from(_html_of(shown)) + _signature(shown)
    attached, left_out = _files(shown, pictures)
    earlier = list(visible.filter(pk__lt=shown.pk).order_by("-id")[:MOST_QUOTED])
    with translation.override(recipient.language):
        notes = [*_notes(left_out), *_warning(ticket, recipient.language)]
        line = separator_line(recipient.language)
        quoted_html, quoted_text = _history(ticket, earlier, recipient.language)
    end = ending or Ending()
    content = layout.separator(line) + words + end.html + "".join(map(layout.note, notes)) + quoted_html
    said = [each for each in (html_to_text(words), end.text, *notes) if each]
    text = _text(line, "\n\n".join(said), quoted_text)
    return Body(text, _framed(ticket, mailbox, content, recipient.language), tuple(pictures.parts), attached)


def notice_body(ticket: Ticket, recipient: Recipient, mailbox: Mailbox, words: str, ending: Ending) -> Body:
    """A letter of ours without a message of anybody: its words, the ending, and the conversation that is known."""
    visible = access.messages_mailed_to(ticket, recipient.participant)
    earlier = list(visible.order_by("-id")[:MOST_QUOTED])
    with translation.override(recipient.language):
        notes, line = _warning(ticket, recipient.language), separator_line(recipient.language)
        quoted_html, quoted_text = _history(ticket, earlier, recipient.language)
    content = layout.separator(line) + html.from_text(words) + ending.html + "".join(map(layout.note, notes))
    text = _text(line, "\n\n".join(each for each in (words, ending.text, *notes) if each), quoted_text)
    return Body(text, _framed(ticket, mailbox, content + quoted_html, recipient.language))


def receipt_body(ticket: Ticket, mailbox: Mailbox, language: str) -> Body:
    """The fixed text that confirms a request: our words and the number, nothing that others wrote (T5)."""
    with translation.override(language):
        paragraphs = [
            _("We have received your request. Its number is %(number)s.") % {"number": ticket.number},
            _("We will answer you as soon as we can. To add something, just answer this letter."),
            company_name(mailbox),
        ]
        line = separator_line(language)
    content = layout.separator(line) + html.from_text("\n\n".join(paragraphs))
    values = _values(ticket, mailbox, language) | {"SUBJECT": company_name(mailbox)}
    return Body(_text(line, "\n\n".join(paragraphs), ""), layout.fill(LETTER_TEMPLATE(), content, values))


def _html_of(message: Message) -> str:
    markup = html.sanitise(message.html) if message.html else html.from_text(message.text)
    return with_whole_links(markup)


def _signature(message: Message) -> str:
    written = message.agent.signature.strip() if message.agent else ""
    return f"<div>{html.from_text(written)}</div>" if written else ""


def _files(message: Message, pictures: Pictures) -> tuple[tuple[File, ...], list[str]]:
    """The files that fit into one letter, and the names of those that do not."""
    room = LARGEST_LETTER() * 1024 * 1024 - sum(len(each.content) for each in pictures.parts)
    taken, left_out = [], []
    for attachment in message.attachments.select_related("file").order_by("id"):
        if attachment.pk in pictures.used:
            continue
        if attachment.size > room:
            left_out.append(attachment.name)
            continue
        room -= attachment.size
        taken.append(File(attachment.name, attachment.type, files.read(attachment.file)))
    return tuple(taken), left_out


def _notes(left_out: list[str]) -> list[str]:
    if not left_out:
        return []
    return [_("Not attached, since too large for a letter: %(names)s") % {"names": ", ".join(left_out)}]


def _warning(ticket: Ticket, language: str) -> list[str]:
    """That the ticket will close by itself, and when (F26, F27)."""
    notice = closing_notice(ticket, language)
    return [notice.for_client] if notice is not None and notice.for_client else []


def _history(ticket: Ticket, earlier: list[Message], language: str) -> tuple[str, str]:
    """The messages before, the latest first, as HTML and as text."""
    markup, lines = [], []
    for message in earlier:
        head = _("%(author)s, %(moment)s") % {
            "author": message.author_name or message.author_address or _("Client"),
            "moment": _moment(ticket, message, language),
        }
        body = without_pictures(_html_of(message))
        if len(body) > LONGEST_QUOTED:
            body = html.from_text(f"{html_to_text(body)[:LONGEST_QUOTED]} …")
        markup.append(layout.quotation(head, body))
        lines += ["", f"{head}:", *(f"> {line}".rstrip() for line in html_to_text(body).split("\n"))]
    return "".join(markup), "\n".join(lines).strip("\n")


def _moment(ticket: Ticket, message: Message, language: str) -> str:
    zone = (ticket.company.time_zone if ticket.company else "") or settings.DISPLAY_TIME_ZONE
    local = message.created_at.astimezone(zoneinfo.ZoneInfo(zone))
    locale = Locale.parse(REGIONS.get(language, language), sep="-")
    return f"{format_date(local, 'medium', locale=locale)}, {format_time(local, 'short', locale=locale)}"


def _text(line: str, words: str, quoted: str) -> str:
    return "\n\n".join(part for part in (line, words, quoted) if part) + "\n"


def _values(ticket: Ticket, mailbox: Mailbox, language: str) -> dict[str, str]:
    return {
        "COMPANY": company_name(mailbox),
        "NUMBER": str(ticket.number),
        "SUBJECT": ticket.subject,
        "LANGUAGE": language,
        "BASE_URL": portal_url(""),
        "COLOUR": COLOUR() or layout.LINE,
    }


def _framed(ticket: Ticket, mailbox: Mailbox, content: str, language: str) -> str:
    return layout.fill(LETTER_TEMPLATE(), content, _values(ticket, mailbox, language))
