"""What becomes of letters: tickets, messages, people, files, reasons."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from okno.channels.email.models import Letter
from okno.channels.email.reasons import explain
from okno.channels.email.receiving.storing import store_letter
from okno.channels.email.tests.writing import SUPPORT, drain, letter, mailbox, take
from okno.core import files, settings_store
from okno.core.models import SettingValue
from okno.people.models import Contact
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_a_letter_becomes_a_ticket(cast: Cast) -> None:
    taken = take(letter())
    ticket = Ticket.objects.get()
    assert taken.state == "done"
    assert (taken.ticket, taken.message) == (ticket, ticket.messages.get())
    assert (ticket.subject, ticket.contact, ticket.company, ticket.channel) == (
        "The oven is cold",
        cast.marta,
        cast.kawa,
        "email",
    )
    message = ticket.messages.get()
    assert message.text == "Good morning,\nthe oven in Gdynia does not warm up."
    assert (message.author_kind, message.contact, message.author_address) == (
        "contact",
        cast.marta,
        "marta@kawa.example",
    )
    assert (message.is_public, message.channel) == (True, "email")
    assert "answers none of ours" in explain(message.reason)
    requester = ticket.participants.get()
    assert (requester.contact, requester.is_requester, requester.is_proven) == (cast.marta, True, False)


def test_the_team_of_the_mailbox_gets_the_ticket(cast: Cast) -> None:
    take(letter(), box=mailbox(team=cast.second_line))
    assert Ticket.objects.get().team == cast.second_line


@pytest.mark.parametrize(
    ("subject", "text", "expected"),
    [
        ("Re: AW: Fwd: Odp: Printer", "x", "Printer"),
        ("RE[2]: Отв: Печать", "x", "Печать"),
        (
            "",
            "\n\n  Please help us with the till in Sopot, it stopped today at noon\n",
            "Please help us with the till in Sopot, it stopped…",
        ),
        ("Re:", "", "(no subject)"),
        ("[#1042-aaaaaaaa] Forgot", "x", "Forgot"),
        ("Remarks: none", "x", "Remarks: none"),
    ],
)
def test_names_of_tickets(cast: Cast, subject: str, text: str, expected: str) -> None:
    take(letter(subject=subject, text=text))
    assert Ticket.objects.get().subject == expected


def test_a_subject_of_many_characters_is_cut_and_the_raw_letter_kept_t34(cast: Cast) -> None:
    long = "ы" * 6000
    taken = take(letter(subject=long))
    ticket = Ticket.objects.get()
    assert len(ticket.subject) == 5000
    assert taken.subject == long
    assert "cut" in explain(ticket.messages.get().reason)


def test_every_plane_of_unicode_is_stored_equal_t34(cast: Cast) -> None:
    text = "".join(
        chr(code) for code in (0x41, 0x416, 0x4E2D, 0x1F600, 0x1F468, 0x200D, 0x2FA1D, 0xE0041, 0x10FFFD)
    )
    take(letter(text=text))
    assert Ticket.objects.get().messages.get().text == text


def test_an_unknown_address_of_a_known_domain_is_of_the_company_f7(cast: Cast) -> None:
    take(letter("Ola Zima <ola@kawa.example>"))
    ticket = Ticket.objects.get()
    assert ticket.company == cast.kawa
    assert ticket.contact is not None
    assert ticket.contact.name == "Ola Zima"
    assert ticket.contact.addresses.get().address == "ola@kawa.example"
    assert [place.company for place in ticket.contact.affiliations.all()] == [cast.kawa]


def test_contacts_are_not_made_where_that_is_not_wanted_f117(cast: Cast) -> None:
    SettingValue.objects.create(key="mail.create_contacts", value=False)
    settings_store.forget()
    take(letter("Ola Zima <ola@kawa.example>"))
    ticket = Ticket.objects.get()
    assert (ticket.contact, ticket.company) == (None, cast.kawa)
    message = ticket.messages.get()
    assert (message.author_kind, message.author_address) == ("outsider", "ola@kawa.example")


def test_a_provider_of_mail_for_everybody_is_no_company(cast: Cast) -> None:
    cast.kawa.domains.create(domain="gmail.com")
    take(letter("Someone <someone@gmail.com>"))
    assert Ticket.objects.get().company is None


def test_the_display_name_is_never_an_identity_t11(cast: Cast) -> None:
    take(letter('"marta@kawa.example" <thief@evil.example>'))
    ticket = Ticket.objects.get()
    assert ticket.contact != cast.marta
    assert ticket.company is None
    message = ticket.messages.get()
    assert message.author_address == "thief@evil.example"
    assert "marta" not in message.author_name


@pytest.mark.parametrize(
    "address", ["no-reply@shop.example", "noreply+17@shop.example", "MAILER-DAEMON@shop.example"]
)
def test_robots_never_become_contacts_nor_see_a_portal_t3(cast: Cast, address: str) -> None:
    before = Contact.objects.count()
    take(letter(address, headers={"Cc": "anna.petrova@mail.example"}))
    assert Contact.objects.count() == before
    ticket = Ticket.objects.get()
    assert not any(participant.is_proven for participant in ticket.participants.all())
    assert not access.visible_to(cast.actor("anna")).exists()


def test_those_in_copy_get_nothing_until_confirmed_t3(cast: Cast) -> None:
    mailbox("sales@vikno.example")
    copies = "Piotr <piotr@kawa.example>, sales@vikno.example, taras@vikno.example, x@partner.example"
    take(letter(headers={"Cc": copies}))
    people = {one.address: one for one in Ticket.objects.get().participants.all()}
    assert set(people) == {"marta@kawa.example", "piotr@kawa.example", "x@partner.example"}
    assert not people["piotr@kawa.example"].is_confirmed
    assert not access.visible_to(cast.actor("piotr")).exists()
    assert not access.visible_to(cast.actor("marta")).exists()


def test_a_sender_whose_domain_vouches_is_proven_t3(cast: Cast) -> None:
    relay = mailbox(trusted_relay="mx.vikno.example")
    results = "mx.vikno.example; dmarc=pass header.from=kawa.example"
    take(letter(headers={"Authentication-Results": results}), box=relay)
    assert access.visible_to(cast.actor("marta")).get() == Ticket.objects.get()


def test_an_employee_writes_to_support(cast: Cast) -> None:
    relay = mailbox(trusted_relay="mx.vikno.example")
    results = "mx.vikno.example; dkim=pass header.d=vikno.example"
    take(letter("Marek <marek@vikno.example>", headers={"Authentication-Results": results}), box=relay)
    ticket = Ticket.objects.get()
    assert (ticket.agent_contact, ticket.created_by_agent, ticket.contact) == (cast.marek, cast.marek, None)
    assert ticket.messages.get().author_kind == "agent"


def test_an_unproven_employee_is_an_outsider_t4(cast: Cast) -> None:
    before = Contact.objects.count()
    take(letter("Olena Kravets <olena@vikno.example>"))
    ticket = Ticket.objects.get()
    message = ticket.messages.get()
    assert (ticket.agent_contact, ticket.created_by_agent, ticket.contact) == (None, None, None)
    assert (message.author_kind, message.agent, message.is_verified) == ("outsider", None, False)
    assert message.author_address == "olena@vikno.example"
    assert Contact.objects.count() == before


def test_files_come_along(cast: Cast) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "marta@kawa.example", SUPPORT, "Files"
    message.set_content("See")
    message.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="счёт №5.pdf")
    message.add_attachment(b"", maintype="text", subtype="csv", filename="empty.csv")
    take(message.as_bytes())
    attached = {one.name: one for one in Ticket.objects.get().messages.get().attachments.all()}
    assert files.read(attached["счёт №5.pdf"].file) == b"%PDF-1.4 x"
    assert attached["счёт №5.pdf"].type == "application/pdf"
    assert attached["empty.csv"].size == 0


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\xfe" * 500, b"no header at all", b"From: \r\n\r\n"])
def test_anything_becomes_a_ticket_with_the_raw_letter_w4(cast: Cast, raw: bytes) -> None:
    taken = take(raw)
    assert taken.state == "done"
    attachment = Ticket.objects.get().messages.get().attachments.get(name="letter.eml")
    assert files.read(attachment.file) == raw


def test_many_letters_in_one_batch_find_each_other(cast: Cast) -> None:
    box = mailbox()
    for number in range(12):
        answered = {"In-Reply-To": f"<m{number - 1}@kawa.example>"} if number else {}
        raw = letter(message_id=f"<m{number}@kawa.example>", text=f"part {number}", headers=answered)
        store_letter(raw, source="smtp", mailbox=box)
    drain()
    ticket = Ticket.objects.get()
    assert [message.text for message in ticket.messages.order_by("id")] == [
        f"part {number}" for number in range(12)
    ]
    assert Letter.objects.filter(state="done", ticket=ticket).count() == 12
