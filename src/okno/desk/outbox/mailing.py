"""A client's mail program: writes a letter as such programs do, and sends it to the desk."""

from __future__ import annotations

import secrets
import smtplib
from dataclasses import dataclass
from email.utils import format_datetime

from babel.dates import format_datetime as in_words
from django.conf import settings
from django.utils.translation import gettext as _

from okno.channels.email.outgoing import headers
from okno.channels.email.outgoing.composing import File, body_of
from okno.channels.email.outgoing.pictures import without_pictures
from okno.channels.email.receiving.pipe import receive_pipe
from okno.channels.email.rules.letter import ParsedLetter
from okno.core import clock, html
from okno.core.faults import Fault
from okno.core.jinja import current_locale

TIMEOUT = 15.0


@dataclass(frozen=True)
class ClientsLetter:
    """What the client typed; ``answers`` is the letter of ours that it answers, if any."""

    name: str
    address: str
    to: str
    subject: str
    text: str
    files: tuple[File, ...] = ()
    answers: ParsedLetter | None = None


def write(letter: ClientsLetter) -> bytes:
    """The letter with the answered one quoted below, in the manner of the most used program."""
    domain = letter.address.rpartition("@")[2]
    fields = [
        ("From", headers.address_field(letter.name, letter.address)),
        ("To", headers.address_field("", letter.to)),
        ("Subject", headers.subject_field(letter.subject, "")),
        ("Date", format_datetime(clock.now())),
        ("Message-ID", f"<{secrets.token_hex(12)}@{domain if domain.isascii() else 'client.example'}>"),
        *_links(letter.answers),
    ]
    text, markup = letter.text, f'<div dir="ltr">{html.from_text(letter.text)}</div>'
    if letter.answers is not None:
        quoted = _quoted(letter.answers)
        text, markup = f"{text}\n\n{quoted[0]}", f"{markup}<br>{quoted[1]}"
    return headers.header_block([field for field in fields if field[1]]) + body_of(
        f"{text}\n", markup, files=letter.files
    )


def send(letter: ClientsLetter) -> None:
    """Sends the letter to the desk's own SMTP port; where none is open, it comes through the pipe."""
    raw = write(letter)
    host, _colon, port = settings.SMTP_LISTEN.rpartition(":")
    if not host or host == "unix" or not port.isdigit():
        receive_pipe(raw, letter.to)
        return
    try:
        with smtplib.SMTP(host, int(port), "client.example", timeout=TIMEOUT) as server:
            options = [] if raw.isascii() and letter.address.isascii() else ["SMTPUTF8"]
            server.sendmail(letter.address, [letter.to], raw, mail_options=options)
    except (OSError, smtplib.SMTPException) as error:
        message = _("The desk's mail port did not take the letter: %(error)s") % {"error": error}
        raise Fault(message, code="not_taken") from error


def _links(answered: ParsedLetter | None) -> list[tuple[str, str]]:
    if answered is None or not answered.message_id:
        return []
    chain = headers.id_field([*answered.references, answered.message_id])
    return [("In-Reply-To", headers.id_field([answered.message_id])), ("References", chain)]


def _quoted(answered: ParsedLetter) -> tuple[str, str]:
    sender = answered.reply_to[0] if answered.reply_to else answered.from_[0]
    moment = in_words(answered.date or clock.now(), "medium", locale=current_locale())
    who = f"{sender.name} <{sender.address}>" if sender.name else f"<{sender.address}>"
    head = _("On %(moment)s %(who)s wrote:") % {"moment": moment, "who": who}
    text = "\n".join(f"> {line}".rstrip() for line in answered.full_text.split("\n"))
    markup = without_pictures(html.sanitise(answered.html_full))
    block = f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;padding-left:1ex">{markup}</blockquote>'
    above = html.from_text(head).removeprefix("<p>").removesuffix("</p>")
    return f"{head}\n{text}", f'<div class="gmail_quote"><div class="gmail_attr">{above}<br></div>{block}</div>'
