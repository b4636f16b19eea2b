"""Letters of the cast, written for tests of the intake."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

from okno.channels.email.drains import process_letters
from okno.channels.email.models import Letter, Mailbox, OutgoingLetter
from okno.channels.email.receiving.storing import store_letter
from okno.core import clock, files
from okno.core.models import Delivery
from okno.tickets.models import Ticket

SUPPORT = "support@vikno.example"


def letter(
    sender: str = "Marta Nowak <marta@kawa.example>",
    *,
    to: str = SUPPORT,
    subject: str = "The oven is cold",
    text: str = "Good morning,\nthe oven in Gdynia does not warm up.\n",
    message_id: str | None = "<one@kawa.example>",
    headers: dict[str, str] | None = None,
    **more: str,
) -> bytes:
    """A plain letter; further headers by name with underscores for hyphens, ``headers`` for any others."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    if message_id:
        message["Message-ID"] = message_id
    for name, value in {**{key.replace("_", "-"): value for key, value in more.items()}, **(headers or {})}.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def bounce(
    original: str, status: str = "5.1.1", action: str = "failed", recipient: str = "marta@kawa.example"
) -> bytes:
    """A report of failed delivery (RFC 3464)."""
    head = EmailMessage()
    head["From"] = "MAILER-DAEMON@mx.kawa.example"
    head["To"] = SUPPORT
    head["Subject"] = "Undelivered Mail Returned to Sender"
    head["Message-ID"] = f"<bounce-{status}-{original[1:6]}@mx.kawa.example>"
    report = "\r\n".join(
        [
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "MIME-Version: 1.0",
            "",
            "--b",
            "Content-Type: text/plain",
            "",
            "I could not deliver it.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.kawa.example",
            "",
            f"Final-Recipient: rfc822; {recipient}",
            f"Action: {action}",
            f"Status: {status}",
            "",
            "--b",
            "Content-Type: text/rfc822-headers",
            "",
            f"Message-ID: {original}",
            "Subject: Re: Oven",
            "",
            "--b--",
            "",
        ]
    )
    return head.as_bytes().rstrip(b"\n") + b"\r\n" + report.encode()


def mailbox(address: str = SUPPORT, **more: object) -> Mailbox:
    """The mailbox of the service company, made once."""
    made, _new = Mailbox.objects.get_or_create(address=address, defaults={"name": "Support", **more})
    return made


def take(
    raw: bytes, *, source: str = "pipe", to: list[str] | None = None, box: Mailbox | None = None, peer: str = ""
) -> Letter:
    """Stores and processes one letter and returns it as it is afterwards."""
    stored = store_letter(raw, source=source, mailbox=box or mailbox(), envelope_to=to or [SUPPORT], peer=peer)
    drain()
    stored.refresh_from_db()
    return stored


def drain() -> int:
    """Processes all that waits; returns how many letters were taken."""
    total = 0
    while taken := process_letters():
        total += taken
    return total


def sent(ticket: Ticket, header_id: str, recipient: str = "marta@kawa.example", **more: object) -> OutgoingLetter:
    """A letter that we have sent in this ticket."""
    delivery = Delivery.objects.create(
        channel="email",
        recipients=[recipient],
        title="x",
        state=Delivery.State.SENT,
        object_kind="ticket",
        object_id=ticket.pk,
    )
    return OutgoingLetter.objects.create(
        delivery=delivery,
        kind=OutgoingLetter.Kind.ANSWER,
        ticket=ticket,
        header_id=header_id,
        sender=SUPPORT,
        recipient=recipient,
        subject=ticket.subject,
        raw=files.store(header_id.encode()),
        **more,
    )
