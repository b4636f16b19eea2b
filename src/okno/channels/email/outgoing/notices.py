"""Letters about accounts: a link to choose a password, news of a changed one. They belong to no ticket.

They go the way of all letters (stored, queued, tried again), and their content is shown to nobody here, since
it lets whoever reads it in.
"""

from __future__ import annotations

from html import escape

from django.db import transaction
from django.utils.translation import get_language

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing import layout
from okno.channels.email.outgoing.composing import Composition, compose
from okno.channels.email.outgoing.letters import CHANNEL, route_of
from okno.channels.email.outgoing.senders import company_name
from okno.channels.email.outgoing.threading import new_header_id
from okno.core import clock, deliveries, files, html
from okno.core.brand.declarations import COLOUR


class NoMailbox(Exception):
    """There is no active mailbox, so no letter can leave."""


def notice_mailbox() -> Mailbox | None:
    """The mailbox in whose name such letters leave: the default one, else the first active."""
    return Mailbox.objects.filter(is_active=True).order_by("-is_default", "id").first()


def send_notice(address: str, subject: str, text: str, *, name: str = "") -> OutgoingLetter:
    """Queues a plain letter; raises ``NoMailbox`` when there is none to send from."""
    mailbox = notice_mailbox()
    if mailbox is None:
        raise NoMailbox
    letter = Composition(
        sender=(company_name(mailbox), mailbox.address),
        recipient=(name, address),
        reply_to=mailbox.address,
        subject=subject,
        token="",
        header_id=new_header_id(mailbox.address),
        date=clock.now(),
        text=text,
        html=_framed(text, subject),
        is_automatic=True,
    )
    raw = files.store(compose(letter))
    with transaction.atomic():
        delivery = deliveries.queue(CHANNEL, [address], subject, route=route_of(mailbox))
        return OutgoingLetter.objects.create(
            delivery=delivery,
            kind=OutgoingLetter.Kind.ACCOUNT,
            mailbox=mailbox,
            header_id=letter.header_id,
            sender=mailbox.address,
            recipient=address,
            subject=subject,
            raw=raw,
            created_at=letter.date,
        )


def _framed(text: str, subject: str) -> str:
    style = f"font-family:{layout.FONT};font-size:15px;line-height:1.55;padding:16px;max-width:680px;"
    style += f"border-top:2px solid {COLOUR() or layout.LINE};"
    return (
        f'<!doctype html><html lang="{escape(get_language() or "en")}"><head><meta charset="utf-8">'
        f'<meta name="color-scheme" content="light dark"><title>{escape(subject)}</title></head>'
        f'<body style="margin:0;padding:0;"><div style="{style}">{html.from_text(text)}</div></body></html>'
    )
