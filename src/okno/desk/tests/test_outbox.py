"""The demo's outbox: the clients' mailboxes, and the whole circle without a mail server."""

from __future__ import annotations

import re
import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okno.channels.email.models import Letter, Mailbox, OutgoingLetter
from okno.channels.email.receiving.smtp import Listeners
from okno.channels.email.rules import parse_letter
from okno.core import files
from okno.core.drains import run_until_empty
from okno.desk.outbox.mailing import ClientsLetter, write
from okno.testing.cast import Cast
from okno.tickets.models import Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage, add_note


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    settings.DEMO = True
    settings.SMTP_LISTEN = ""


@pytest.fixture
def mailbox(db: None) -> Mailbox:
    return Mailbox.objects.create(name="Vikno Service", address="support@vikno.example", is_default=True)


@pytest.fixture
def olena(cast: Cast, client: Client) -> Client:
    client.force_login(cast.olena.user)
    return client


@pytest.fixture
def letter(cast: Cast, mailbox: Mailbox) -> OutgoingLetter:
    """What Olena wrote to Marta, as it lies in Marta's mailbox."""
    ticket = create_ticket(
        cast.actor("olena"),
        NewTicket(
            subject="Oven",
            message=NewMessage(
                html="<p>We come <i>at nine</i>.<script>x</script></p>",
                files=[NewFile(files.store(b"%PDF-plan"), "plan.pdf", "application/pdf")],
            ),
            channel="desk",
            contact=cast.marta,
            assignee=cast.olena,
        ),
    )
    add_note(cast.actor("olena"), ticket, NewMessage(text="canary-note"))
    run_until_empty("events", "deliveries")
    return OutgoingLetter.objects.get()


def urls(letter: OutgoingLetter) -> list[str]:
    base = f"/outbox/{letter.pk}/"
    return ["/outbox/", "/outbox/new/", base, f"{base}frame/", f"{base}files/0/"]


def test_it_is_there_in_the_demo_only(olena: Client, letter: OutgoingLetter, settings: Any) -> None:
    for url in urls(letter):
        assert olena.get(url).status_code == 200
    settings.DEMO = False
    for url in urls(letter):
        assert olena.get(url).status_code == 404
    for url in ("/outbox/new/", f"/outbox/{letter.pk}/reply/"):
        assert olena.post(url, {"text": "x"}).status_code == 404
    assert not Letter.objects.exists()


def test_it_is_for_agents_who_see_the_ticket_t14(cast: Cast, client: Client, letter: OutgoingLetter) -> None:
    for url in urls(letter):
        assert client.get(url).status_code == 302
    client.force_login(cast.marek.user)
    for url in urls(letter)[2:]:
        assert client.get(url).status_code == 404
    assert "Oven" not in client.get("/outbox/").content.decode()
    assert client.post(f"/outbox/{letter.pk}/reply/", {"text": "x"}).status_code == 404
    assert not Letter.objects.exists()


def test_mailboxes_and_letters(olena: Client, letter: OutgoingLetter) -> None:
    page = olena.get("/outbox/").content.decode()
    assert "Marta Nowak" in page
    assert "Oven" in page
    part = olena.get("/outbox/?to=marta%40kawa.example", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="outbox-letters" data-live="deliveries tickets"')
    assert "No letter has left yet" in olena.get("/outbox/?to=nobody%40x.example").content.decode()


def test_a_letter_as_the_client_sees_it(olena: Client, letter: OutgoingLetter) -> None:
    page = olena.get(f"/outbox/{letter.pk}/").content.decode()
    assert "plan.pdf" in page
    assert "canary-note" not in page
    frame = olena.get(f"/outbox/{letter.pk}/frame/")
    body = frame.content.decode()
    assert "<i>at nine</i>" in body
    assert "<script" not in body
    assert "canary-note" not in body
    policy = frame["Content-Security-Policy"]
    assert all(word in policy for word in ("default-src 'none'", "sandbox", "form-action 'none'"))
    assert "script-src" not in policy
    assert "allow-scripts" not in policy
    file = olena.get(f"/outbox/{letter.pk}/files/0/")
    assert b"".join([file.content]) == b"%PDF-plan"
    assert file["Content-Disposition"].startswith("attachment")
    assert olena.get(f"/outbox/{letter.pk}/files/1/").status_code == 404


def test_the_clients_reply_comes_back_into_the_ticket(olena: Client, letter: OutgoingLetter) -> None:
    """The whole circle without a mail server."""
    answer = olena.post(
        f"/outbox/{letter.pk}/reply/",
        {"text": "Dziękuję!\nCzekam.", "attached": [SimpleUploadedFile("zdjęcie.txt", b"photo")]},
    )
    assert (answer.status_code, answer["Location"]) == (302, "/outbox/?to=marta%40kawa.example")
    run_until_empty()
    ticket = Ticket.objects.get()
    received = Letter.objects.get()
    assert (received.state, received.ticket) == ("done", ticket)
    message = ticket.messages.latest("id")
    assert message.author_kind == Message.Author.CONTACT
    assert message.text == "Dziękuję!\nCzekam."
    assert "at nine" in message.quoted_text
    assert message.is_public
    assert [each.name for each in message.attachments.all()] == ["zdjęcie.txt"]
    read = parse_letter(files.read(received.raw))
    assert read.in_reply_to == letter.header_id
    assert read.from_[0].address == "marta@kawa.example"
    assert re.fullmatch(r"support\+c.*@vikno\.example", read.to[0].address)
    assert not any(name.startswith("X-Okno") for name, _value in read.headers)


def test_the_reply_really_travels_by_smtp_when_the_port_is_open(
    olena: Client, letter: OutgoingLetter, settings: Any
) -> None:
    taken: list[bytes] = []

    async def take(_server: Any, _session: Any, envelope: Any) -> str:
        taken.append(envelope.content)
        return "250 OK"

    handler = Sink()
    vars(handler).update(handle_DATA=take)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SMTP_LISTEN = f"127.0.0.1:{port}"
    try:
        assert olena.post(f"/outbox/{letter.pk}/reply/", {"text": "By wire"}).status_code == 302
    finally:
        controller.stop()
    assert b"By wire" in taken[0]
    assert not Letter.objects.exists()
    refused = olena.post(f"/outbox/{letter.pk}/reply/", {"text": "Kept words"})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "did not take the letter" in page
    assert "Kept words" in page


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_whole_circle_through_our_own_port(olena: Client, letter: OutgoingLetter, settings: Any) -> None:
    listeners = Listeners(smtp="127.0.0.1:0")
    listeners.start()
    settings.SMTP_LISTEN = f"127.0.0.1:{listeners.ports['smtp']}"
    try:
        assert olena.post(f"/outbox/{letter.pk}/reply/", {"text": "Through the port"}).status_code == 302
    finally:
        listeners.stop()
    run_until_empty()
    assert Letter.objects.get().source == "smtp"
    assert Ticket.objects.get().messages.latest("id").text == "Through the port"


def test_an_empty_reply_says_so_at_the_field(olena: Client, letter: OutgoingLetter) -> None:
    refused = olena.post(f"/outbox/{letter.pk}/reply/", {"text": "  "})
    assert refused.status_code == 422
    assert "Write something, or attach a file." in refused.content.decode()
    only_file = {"text": "", "attached": [SimpleUploadedFile("a.txt", b"x")]}
    assert olena.post(f"/outbox/{letter.pk}/reply/", only_file).status_code == 302


def test_a_new_letter_of_a_client_becomes_a_ticket_and_is_confirmed(olena: Client, mailbox: Mailbox) -> None:
    facts = {
        "sender": "marta@kawa.example",
        "mailbox": mailbox.address,
        "subject": "Window",
        "text": "It rains in.",
    }
    assert olena.post("/outbox/new/", facts).status_code == 302
    run_until_empty()
    ticket = Ticket.objects.get()
    assert (ticket.subject, ticket.channel) == ("Window", "email")
    assert ticket.contact is not None
    assert ticket.contact.name == "Marta Nowak"
    receipt = OutgoingLetter.objects.get()
    assert (receipt.kind, receipt.recipient, receipt.delivery.state) == ("receipt", "marta@kawa.example", "sent")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sender": "not an address"}, "This is not a mail address."),
        ({"sender": "a@b.example\r\nBcc: x@evil.example"}, "This is not a mail address."),
        ({"sender": ""}, "This field is required."),
        ({"mailbox": "other@x.example"}, "Select a valid choice"),
        ({"text": ""}, "Write something, or attach a file."),
    ],
)
def test_mistakes_of_a_new_letter_are_named_and_nothing_typed_is_lost(
    olena: Client, mailbox: Mailbox, changes: dict[str, str], message: str
) -> None:
    facts = {
        "sender": "x@y.example",
        "mailbox": mailbox.address,
        "subject": "Kept subject",
        "text": "Kept",
    } | changes
    answer = olena.post("/outbox/new/", facts)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert "Kept subject" in answer.content.decode()
    assert not Letter.objects.exists()


def test_a_strangers_names_and_subject_break_nothing_t10(olena: Client, mailbox: Mailbox) -> None:
    raw = write(
        ClientsLetter(
            "Evil, <x@evil.example>\r\nBcc: a@b.example",
            "x@y.example",
            mailbox.address,
            "a\r\nBcc: c@d.example",
            "t",
        )
    )
    read = parse_letter(raw)
    assert [each.address for each in read.to] == [mailbox.address]
    assert not any(name.lower() == "bcc" for name, _value in read.headers)
    assert not read.problems


def test_a_full_mailbox_is_paged_by_the_moment_of_arrival(cast: Cast, olena: Client, mailbox: Mailbox) -> None:
    for number in range(45):
        create_ticket(
            cast.actor("olena"),
            NewTicket(
                subject=f"Visit {number:02}", message=NewMessage(text="x"), channel="desk", contact=cast.marta
            ),
        )
    run_until_empty("events", "deliveries")
    first = olena.get("/outbox/").content.decode()
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = olena.get(older[1].replace("&amp;", "&")).content.decode()
    seen = [re.findall(r"Visit (\d\d)", page) for page in (first, second)]
    assert [int(number) for page in seen for number in page] == list(reversed(range(45)))
    for nonsense in ("x", "2026", "9999-99-99"):
        assert olena.get("/outbox/", {"before": nonsense}).status_code == 200


def test_the_ticket_says_why_somebody_was_not_written_to(cast: Cast, olena: Client, mailbox: Mailbox) -> None:
    facts = {"sender": "no-reply@shop.example", "mailbox": mailbox.address, "subject": "Order", "text": "Sent."}
    olena.post("/outbox/new/", facts)
    run_until_empty()
    page = olena.get(f"/tickets/{Ticket.objects.get().number}/").content.decode()
    assert "No confirmation was sent to no-reply@shop.example: a robot" in page
