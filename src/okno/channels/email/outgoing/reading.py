"""Letters of ours as their recipients see them, read back from the bytes that were sent."""

from __future__ import annotations

import base64
import re
from email import message_from_bytes, policy

from django.db.models import QuerySet

from okno.channels.email.models import OutgoingLetter
from okno.channels.email.rules.letter import ParsedLetter
from okno.channels.email.rules.parsing import parse_letter
from okno.core import files, html, media
from okno.core.actor import Actor
from okno.tickets import access

_LINK = re.compile(r"(/answer/)[A-Za-z0-9_-]{32}")


def letters_visible_to(actor: Actor) -> QuerySet[OutgoingLetter]:
    """The outgoing letters that exist for an agent: those of the tickets that he sees."""
    if not actor.is_agent:
        return OutgoingLetter.objects.none()
    letters = OutgoingLetter.objects.select_related("delivery", "ticket", "raw")
    return letters.filter(ticket__in=access.visible_to(actor))


def read_letter(letter: OutgoingLetter) -> ParsedLetter:
    """What the letter says, as our own intake would read it."""
    return parse_letter(files.read(letter.raw))


def read_without_links(letter: OutgoingLetter) -> ParsedLetter:
    """The same for people who are not its reader: they could else decide and rate in the client's name (T23)."""
    return parse_letter(raw_without_links(letter))


def raw_without_links(letter: OutgoingLetter) -> bytes:
    """The letter's bytes with the secrets of its links left out; one without such links is as it was sent."""
    raw = files.read(letter.raw)
    parsed = message_from_bytes(raw, policy=policy.SMTP)
    is_changed = False
    for part in parsed.walk():
        if part.get_content_maintype() != "text" or part.is_attachment():
            continue
        text = part.get_content()
        clean = _LINK.sub(r"\1…", text)
        if clean != text:
            is_changed = True
            part.set_content(clean, subtype=part.get_content_subtype(), cte="base64")
    return parsed.as_bytes() if is_changed else raw


def shown_html(letter: ParsedLetter) -> str:
    """The HTML of the letter for a frame: sanitised, its pictures in place, nothing fetched from elsewhere."""
    pictures = {
        each.content_id: f"data:{each.type};base64,{base64.b64encode(each.content).decode()}"
        for each in letter.attachments
        if each.content_id and each.type in media.RASTER
    }
    markup = letter.html_full or html.from_text(letter.full_text)
    return html.with_pictures(html.sanitise(markup), pictures)
