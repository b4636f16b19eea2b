"""The whole way of a solution by mail: the client writes, the answer solves, a reply to that letter resumes (F212)."""

from __future__ import annotations

import smtplib
from email import message_from_bytes
from email.message import EmailMessage
from email.message import Message as Parsed
from email.utils import formatdate, make_msgid

import pytest

from okno.channels.email.drains import process_letters
from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.receiving.smtp import Listeners
from okno.channels.email.tests.outgoing.conftest import Server, part_text
from okno.channels.email.tests.outgoing.test_solutions import solve
from okno.core.drains import run_until_empty
from okno.testing.cast import Cast
from okno.tickets.models import Message, Ticket

MARTA = "marta@kawa.example"


pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def write(port: int, box: Mailbox, subject: str, text: str, answered: Parsed | None = None) -> None:
    """Marta's mail program sends a letter; a reply names what it answers and quotes it below."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"Marta Nowak <{MARTA}>", box.address, subject
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain="kawa.example")
    if answered is not None:
        letter["In-Reply-To"] = str(answered["Message-ID"])
        letter["References"] = " ".join(f"{answered['References'] or ''} {answered['Message-ID']}".split())
        quoted = "\n".join(f"> {line}" for line in part_text(answered, "text/plain").splitlines())
        text = f"{text}\n\nOn Mon, 30 Nov 2026 at 10:00, {box.name} <{box.address}> wrote:\n{quoted}\n"
    letter.set_content(text)
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.send_message(letter)


def received() -> None:
    while process_letters():
        pass
    assert not Letter.objects.exclude(state="done")


@pytest.mark.parametrize("words", ["Switch it on at the back.", ""], ids=["with an answer", "without words"])
def test_a_reply_to_the_solution_resumes_the_work_f212(
    cast: Cast, posting: Mailbox, server: Server, words: str
) -> None:
    listeners = Listeners(smtp="127.0.0.1:0")
    listeners.start()
    try:
        write(listeners.ports["smtp"], posting, "Oven", "The oven is cold.")
        received()
        ticket = Ticket.objects.get()
        run_until_empty("events", "deliveries")
        server.post.taken.clear()  # that the request was received was told

        solve(cast, ticket, words)
        run_until_empty("events", "deliveries")
        [(_sender, to, raw)] = server.post.taken
        assert to == [MARTA]
        letter = message_from_bytes(raw)
        assert "do=resume" in part_text(letter, "text/plain")
        ticket.refresh_from_db()
        assert ticket.state == "resolved"

        write(
            listeners.ports["smtp"],
            posting,
            "Re: " + " ".join(str(letter["Subject"]).split()),
            "It is cold still.",
            letter,
        )
        received()
    finally:
        listeners.stop()
    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.contact) == ("open", cast.marta)
    reply = Message.objects.filter(ticket=ticket).order_by("-id")[0]
    assert (reply.text.strip(), reply.contact, reply.is_public) == ("It is cold still.", cast.marta, True)
    assert "The oven is cold." in reply.quoted_text
