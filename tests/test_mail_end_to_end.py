"""Letters in the shapes of real programs, through a real mail server and a real port, become the right tickets."""

from __future__ import annotations

import os
import smtplib
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from okno.channels.email.drains import process_letters
from okno.channels.email.intake.content import RAW_NAME
from okno.channels.email.models import Letter, Mailbox
from okno.channels.email.passwords import sealed
from okno.channels.email.reasons import explain
from okno.channels.email.receiving.fetching import fetch_once
from okno.channels.email.receiving.smtp import Listeners
from okno.core import clock
from okno.testing import dovecot
from okno.testing.cast import Cast
from okno.testing.letters import CORPUS, CorpusLetter
from okno.tickets.models import Message, Ticket

pytestmark = [pytest.mark.imap, pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]
ADDRESS = "support@okno.example"
ALTERED_BY_DOVECOT = {"broken-nul", "broken-doubled-returns"}
"""Letters with bytes that an IMAP server may not hand over as they are (RFC 3501, 9: no NUL, lines end in CRLF)."""


@pytest.fixture(scope="module")
def server() -> Iterator[dovecot.Dovecot]:
    dovecot.require()
    folder = Path(tempfile.mkdtemp(prefix="okno-dovecot-"))
    made = dovecot.Dovecot(folder).start()
    yield made
    made.stop()
    dovecot.clear(folder)


def by_imap(server: dovecot.Dovecot) -> None:
    """Puts the letters into the mailbox on the server and fetches them."""
    box = Mailbox.objects.create(
        name="Support",
        address=ADDRESS,
        imap_host="127.0.0.1",
        imap_port=server.port,
        imap_security="none",
        imap_password=sealed(dovecot.PASSWORD),
        since=clock.now(),
    )
    server.append(ADDRESS, *(letter.raw for letter in CORPUS))
    assert fetch_once(box) == len(CORPUS)
    client = server.client(ADDRESS)
    client.select_folder("INBOX", readonly=True)
    assert client.search(["UNSEEN"]) == []
    client.logout()


def by_smtp(_server: dovecot.Dovecot) -> None:
    """Sends the letters to the port, one connection for all."""
    Mailbox.objects.create(name="Support", address=ADDRESS)
    listeners = Listeners(smtp="127.0.0.1:0")
    listeners.start()
    try:
        with smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=60) as client:
            for letter in CORPUS:
                client.sendmail("sender@elsewhere.example", [ADDRESS], letter.raw)
    finally:
        listeners.stop()


@pytest.mark.parametrize("way", [by_imap, by_smtp], ids=["imap", "smtp"])
def test_the_whole_corpus_arrives(server: dovecot.Dovecot, cast: Cast, way: object) -> None:
    assert callable(way)
    assert len(CORPUS) >= 60
    way(server)
    while process_letters():
        pass
    letters = list(Letter.objects.select_related("ticket", "message", "raw").order_by("id"))
    assert len(letters) == len(CORPUS)
    altered = ALTERED_BY_DOVECOT if way is by_imap else set()
    pairs = [pair for pair in zip(CORPUS, letters, strict=True) if pair[0].name not in altered]
    wrong = [found for pair in pairs for found in differences(*pair)]
    assert wrong == []
    taken = Counter(letter.state for letter in letters)
    if os.environ.get("OKNO_SHOW"):
        print(f"\n{way.__name__}: {len(letters)} letters, {dict(taken)}, {Ticket.objects.count()} tickets")
    assert taken["done"] >= 100
    assert not taken["failed"]
    assert not taken["stored"]


def differences(expected: CorpusLetter, letter: Letter) -> list[str]:
    """What of a letter did not arrive as it was meant, by name; none is right."""
    name = expected.name
    if letter.state == "ignored":
        return [] if expected.kind in {"bounce", "auto_reply"} else [f"{name}: {explain(letter.outcome)}"]
    message, ticket = letter.message, letter.ticket
    if letter.state != "done" or message is None or ticket is None:
        return [f"{name}: {letter.state} {letter.last_error}"]
    facts = [
        (letter.kind, expected.kind, "kind"),
        (letter.subject, expected.subject, "subject"),
        (lines(message.text), lines(expected.text), "text"),
        (bool(message.quoted_text.strip()) or not expected.quotes, True, "quotation"),
        (files_of(message), expected.files, "files"),
        (message.author_address, expected.sender or message.author_address, "sender"),
        (ticket.channel, "email", "channel"),
        (ticket.participants.filter(is_requester=True, is_proven=True).exists(), False, "proof"),
    ]
    company = {"kawa.example": "Kawa i Ciasto", "nordwind.example": "Nordwind"}.get(
        expected.sender.rpartition("@")[2]
    )
    if message.contact is not None:
        facts.append((message.contact.addresses.get().address, expected.sender, "contact"))
    facts.append((ticket.company.name if ticket.company else None, company, "company"))
    return [f"{name}: {what} {found!r}, not {wanted!r}" for found, wanted, what in facts if found != wanted]


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().split("\n")]


def files_of(message: Message) -> dict[str, str]:
    attached = message.attachments.select_related("file").exclude(name=RAW_NAME)
    return {one.name: one.file.sha256 for one in attached}
