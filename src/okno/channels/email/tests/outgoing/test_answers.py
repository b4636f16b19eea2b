"""Which letters an agent's answer becomes, what they say, and what they never say."""

from __future__ import annotations

import base64
import re
from email.utils import getaddresses

import pytest
from django.test import override_settings
from django.utils import translation

from okno.channels.email import tokens
from okno.channels.email.models import Letter, Mailbox, OutgoingLetter
from okno.channels.email.outgoing.answering import send_answer
from okno.channels.email.outgoing.bodies import answer_body
from okno.channels.email.outgoing.declarations import LETTER_TEMPLATE
from okno.channels.email.outgoing.events import ANSWER_QUEUED
from okno.channels.email.outgoing.letters import write_letter
from okno.channels.email.outgoing.recipients import recipients_of
from okno.channels.email.rules import cut_reply, cut_reply_html, parse_letter
from okno.channels.email.rules.cutting.separator import separator_line
from okno.channels.email.tests.outgoing.acting import answer, answers, ask, stored
from okno.channels.email.tests.outgoing.conftest import parsed, part_text, raw_of
from okno.core import files, settings_store
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.core.faults import Invalid
from okno.core.models import Delivery, Event
from okno.people.models import ContactAddress
from okno.testing.cast import Cast
from okno.tickets.models import Attachment, Message, Participant
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.people import add_participant
from okno.workflow.models import Lifecycle, TicketType

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_an_answer_becomes_one_letter_with_everything_in_it(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    message = answer(cast, ticket, "<p>Switch it <b>on</b>.</p>")
    (letter,) = answers()
    read = parsed(letter)
    assert getaddresses([read["From"]]) == [("Olena Kravets via Vikno Service", "support@vikno.example")]
    assert getaddresses([read["To"]]) == [("Marta Nowak", "marta@kawa.example")]
    assert (
        read["Subject"].replace("\r\n", "").replace("\n", "") == f"Re: Oven {tokens.subject_token(ticket.number)}"
    )
    assert read["Message-ID"] == letter.header_id
    reply = tokens.read_reply_address(getaddresses([read["Reply-To"]])[0][1])
    assert reply is not None
    assert (reply.kind, reply.ticket) == ("c", ticket.pk)
    assert Participant.objects.get(pk=reply.person).address == "marta@kawa.example"
    text = part_text(read, "text/plain")
    assert text.index(separator_line("pl")) == 0
    assert text.index("Switch it on.") < text.index("The oven is cold.")
    assert "> The oven is cold." in text
    markup = part_text(read, "text/html")
    assert "<b>on</b>" in markup
    assert "The oven is cold." in markup
    assert f"Vikno Service &middot; #{ticket.number}" in markup
    delivery = letter.delivery
    assert (delivery.channel, delivery.recipients, delivery.object_kind, delivery.object_id) == (
        "email", ["marta@kawa.example"], "ticket", ticket.pk,
    )  # fmt: skip
    event = Event.objects.get(kind=ANSWER_QUEUED)
    assert event.data == {"message": message.pk, "to": ["marta@kawa.example"], "skipped": [], "because": {}}


def test_the_clients_reply_to_it_is_cut_exactly(cast: Cast, mailbox: Mailbox) -> None:
    """The separator stands above all that is ours, so that no mail program's quoting can hide it."""
    answer(cast, ask(cast))
    letter = parse_letter(raw_of(answers()[0]))
    text = letter.full_text
    reply = "Działa, dziękuję!\n\nodd program 2026/03/02 <support>\n" + "\n".join(
        f"> {line}" for line in text.split("\n")
    )
    new, quoted = cut_reply(reply)
    assert "Switch it on." not in new
    assert "Działa" in new
    assert "Switch it on." in quoted
    new, _quoted = cut_reply_html(f"<p>Działa!</p><div>{letter.html_full}</div>")
    assert "Switch it on." not in new


def test_doing_it_twice_makes_no_second_letter_t8(cast: Cast, mailbox: Mailbox) -> None:
    message = answer(cast, ask(cast))
    first = raw_of(answers()[0])
    assert send_answer(message) == []
    Event.objects.filter(kind="ticket.message_added").update(handled_at=None)
    run_until_empty("events")
    (letter,) = answers()
    assert raw_of(letter) == first
    assert Delivery.objects.filter(channel="email", title="Re: Oven").count() == 1
    assert Event.objects.filter(kind=ANSWER_QUEUED).count() == 1


def test_two_workers_at_once_write_one_letter_t8(cast: Cast, mailbox: Mailbox) -> None:
    """Both saw that there was none yet: the second to write finds the first one's letter."""
    message = answer(cast, ask(cast))
    (first,) = answers()
    (recipient,) = recipients_of(message.ticket).recipients
    body = answer_body(message, recipient, mailbox)
    assert write_letter(message, mailbox, recipient, body, kind="answer", subject="Re: Oven") is None
    assert answers() == [first]
    assert Delivery.objects.filter(channel="email", object_id=message.ticket_id).count() == 1


def test_each_confirmed_participant_gets_an_own_signed_letter(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast, people=[("Shadow", "shadow@evil.example", False)])
    add_participant(cast.actor("olena"), ticket, "boss@kawa.example", name="Boss")
    answer(cast, ticket)
    letters = answers()
    assert [each.recipient for each in letters] == ["marta@kawa.example", "boss@kawa.example"]
    replies = [tokens.read_reply_address(getaddresses([parsed(each)["Reply-To"]])[0][1]) for each in letters]
    people = [Participant.objects.get(pk=reply.person).address for reply in replies if reply]
    assert people == ["marta@kawa.example", "boss@kawa.example"]
    assert len({each.header_id for each in letters}) == 2
    assert all("shadow" not in raw_of(each).decode() for each in letters)
    (skipped,) = Event.objects.get(kind=ANSWER_QUEUED).data["skipped"]
    assert skipped == {"address": "shadow@evil.example", "reason": "nobody has confirmed this address yet"}


def test_internal_tickets_tell_clients_nothing_f82(cast: Cast, mailbox: Mailbox) -> None:
    internal = TicketType.objects.create(
        code="inner", names={"en": "Inner"}, is_internal=True, lifecycle=Lifecycle.objects.get(code="task")
    )
    answer(cast, ask(cast, type=internal))
    assert answers() == []
    assert Event.objects.get(kind=ANSWER_QUEUED).data["skipped"][0]["reason"] == "the ticket is internal"


@pytest.mark.parametrize(
    "address",
    ["support@vikno.example", "support+c1-2-0-abcdefghijklmnopqrst@vikno.example", "no-reply@shop.example",
     "mailer-daemon@kawa.example", "not an address", "two@a.example, three@b.example"],
)  # fmt: skip
def test_own_mailboxes_robots_and_non_addresses_get_nothing(cast: Cast, mailbox: Mailbox, address: str) -> None:
    answer(cast, ask(cast, requester_address=address))
    assert answers() == []
    assert Event.objects.get(kind=ANSWER_QUEUED).data["skipped"][0]["reason"]


def test_a_contact_without_address_is_answered_at_the_companys_f140(cast: Cast, mailbox: Mailbox) -> None:
    cast.kawa.email = "office@kawa.example"
    cast.kawa.save()
    ContactAddress.objects.filter(contact=cast.marta).delete()
    answer(cast, ask(cast, requester_address=""))
    (letter,) = answers()
    assert letter.recipient == "office@kawa.example"
    assert "The oven is cold." in part_text(parsed(letter), "text/plain")


def test_a_ticket_without_a_contact_tells_nobody_f140(cast: Cast, mailbox: Mailbox) -> None:
    cast.kawa.email = "office@kawa.example"
    cast.kawa.save()
    ticket = ask(cast, contact=None, company=cast.kawa, requester_address="", message=NewMessage(text="x"))
    answer(cast, ticket)
    assert answers() == []


def test_without_any_mailbox_the_reason_is_recorded(cast: Cast) -> None:
    answer(cast, ask(cast))
    assert answers() == []
    (skipped,) = Event.objects.get(kind=ANSWER_QUEUED).data["skipped"]
    assert skipped["reason"] == "there is no active mailbox to send from"


CANARY = "canary-7F3A"


def test_private_words_and_files_stand_in_no_letter_t20(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    add_participant(cast.actor("olena"), ticket, "boss@kawa.example")
    secret = PNG + CANARY.encode() * 100
    add_note(
        cast.actor("taras"),
        ticket,
        NewMessage(
            html=f"<p>{CANARY} <img src='/attachments/x'></p>",
            files=[stored(f"{CANARY}.png", secret, type="image/png")],
        ),
    )
    add_client_message(SYSTEM, ticket, NewMessage(text=f"unverified {CANARY}", is_public=False, channel="email"))
    token = Attachment.objects.get(name=f"{CANARY}.png").token
    answer(cast, ticket, f'<p>See <img src="/attachments/{token}/x" alt=""></p>')
    add_note(cast.actor("taras"), ticket, NewMessage(text=f"{CANARY} again"))
    answer(cast, ticket, "<p>Second</p>")
    letters = answers()
    assert len(letters) == 4
    for letter in letters:
        raw = raw_of(letter)
        read = parse_letter(raw)
        everything = " ".join([read.full_text, read.html_full, read.subject, *(f"{n}{v}" for n, v in read.headers)])
        assert CANARY not in everything
        assert CANARY.encode() not in raw
        assert all(secret != each.content and CANARY not in each.name for each in read.attachments)


def test_an_unproven_sender_gets_the_public_conversation_only(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast, requester_is_proven=False)
    add_note(cast.actor("taras"), ticket, NewMessage(text=CANARY))
    answer(cast, ticket)
    (letter,) = answers()
    text = part_text(parsed(letter), "text/plain")
    assert "The oven is cold." in text
    assert CANARY not in text


def test_pictures_of_the_composer_travel_with_the_letter(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    inline = base64.b64encode(PNG).decode()
    message = add_answer(
        cast.actor("olena"),
        ticket,
        NewMessage(html="<p>look</p>", files=[stored("shot.png", PNG + b"1", type="image/png", is_inline=True)]),
    )
    token = message.attachments.get().token
    message.html = (
        f'<p>a <img src="/attachments/{token}/shot.png" alt="shot"> b <img alt="x > y" src="data:image/png;base64,{inline}">'
        f' c <img src="/attachments/unknown" alt="gone"> <a href="/tickets/1">t</a></p>'
    )
    message.save()
    run_until_empty("events")
    (letter,) = answers()
    read = parse_letter(raw_of(letter))
    sources = re.findall(r'src="(cid:[^"]+)"', part_text(parsed(letter), "text/html"))
    assert [f"cid:{each.content_id}" for each in read.attachments] == sources
    assert [each.content for each in read.attachments] == [PNG + b"1", PNG]
    assert "[gone]" in part_text(parsed(letter), "text/html")
    assert "/attachments/" not in raw_of(letter).decode()


@override_settings(BASE_URL="https://desk.vikno.example", ALLOWED_HOSTS=["*"])
def test_links_come_from_the_configured_base_url_only_t27(cast: Cast, mailbox: Mailbox) -> None:
    template = 'Visit <a href="(((BASE_URL)))/x">us</a> (((CONTENT)))'
    settings_store.change(cast.actor("olena"), {"mail.letter_template": template})
    answer(cast, ask(cast), '<p><a href="/tickets/5?a=1&amp;b=2">this</a> <a href="//evil.example/">x</a></p>')
    markup = part_text(parsed(answers()[0]), "text/html")
    assert 'href="https://desk.vikno.example/x"' in markup
    assert 'href="https://desk.vikno.example/tickets/5?a=1&amp;b=2"' in markup
    assert 'href="/' not in markup


def test_files_travel_and_those_too_large_are_named(cast: Cast, mailbox: Mailbox) -> None:
    settings_store.change(cast.actor("olena"), {"mail.largest_letter": 1})
    ticket = ask(cast)
    answer(cast, ticket, files=[stored("small.pdf", b"%PDF-s"), stored("huge.pdf", b"x" * 1_100_000)])
    read = parse_letter(raw_of(answers()[0]))
    assert [each.name for each in read.attachments] == ["small.pdf"]
    assert "huge.pdf" in read.full_text
    assert "huge.pdf" in read.html_full


def test_the_chain_of_ids(cast: Cast, mailbox: Mailbox) -> None:
    ticket = ask(cast)
    first = ticket.messages.get()
    raw = files.store(b"x")

    def arrived(message: Message, header_id: str) -> None:
        Letter.objects.create(
            source="pipe",
            source_key=header_id,
            raw=raw,
            size=1,
            header_id=header_id,
            ticket=ticket,
            message=message,
        )

    arrived(first, "<one@kawa.example>")
    answer(cast, ticket)
    private = add_note(cast.actor("olena"), ticket, NewMessage(text="n"))
    arrived(private, "<forged@evil.example>")
    arrived(add_client_message(SYSTEM, ticket, NewMessage(text="no", contact=cast.marta)), "<two@kawa.example>")
    answer(cast, ticket)
    one, two = (parsed(each) for each in answers())
    assert one["In-Reply-To"] == "<one@kawa.example>"
    assert one["References"].split() == ["<one@kawa.example>"]
    assert two["In-Reply-To"] == "<two@kawa.example>"
    assert two["References"].split() == ["<one@kawa.example>", one["Message-ID"], "<two@kawa.example>"]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("Oven", "Re: Oven"), ("RE: Fwd: Oven", "Re: Oven"), ("Odp: Aw: Oven", "Re: Oven"), ("Re:", "Re: Re:"),
     ("Ha: На: Oven", "Re: Oven"), ("Regular: x", "Re: Regular: x")],
)  # fmt: skip
def test_subjects(cast: Cast, mailbox: Mailbox, subject: str, expected: str) -> None:
    answer(cast, ask(cast, subject=subject))
    assert answers()[0].subject.startswith(f"{expected} [#")


def test_a_token_in_the_clients_subject_is_not_doubled(cast: Cast, mailbox: Mailbox) -> None:
    answer(cast, ask(cast, subject=f"Re: Oven {tokens.subject_token(77)}"))
    assert answers()[0].subject.count("[#") == 1


def test_what_an_agent_begins_is_mailed_and_what_a_client_said_on_the_phone_is_not(
    cast: Cast, mailbox: Mailbox
) -> None:
    olena = cast.actor("olena")
    facts = {"channel": "desk", "contact": cast.marta}
    create_ticket(olena, NewTicket(subject="Visit", message=NewMessage(html="<p>We come at 9.</p>"), **facts))
    create_ticket(
        olena, NewTicket(subject="Call", message=NewMessage(text="She called", contact=cast.marta), **facts)
    )
    create_ticket(olena, NewTicket(subject="Note", message=NewMessage(text="hidden", is_public=False), **facts))
    run_until_empty("events")
    (letter,) = OutgoingLetter.objects.all()
    assert letter.subject.startswith("Visit [#")
    assert "We come at 9." in part_text(parsed(letter), "text/plain")


def test_language_and_names_of_settings(cast: Cast, mailbox: Mailbox) -> None:
    settings_store.change(
        cast.actor("olena"), {"mail.sender_name": "{company}: {agent}", "general.company_name": 'Vikno "24", <b>'}
    )
    ticket = create_ticket(
        SYSTEM,
        NewTicket(
            subject="Окно",
            message=NewMessage(text="Не открывается", contact=cast.anna),
            channel="email",
            contact=cast.anna,
        ),
    )
    with translation.override("pl"):
        answer(cast, ticket)
    read = parsed(answers()[0])
    assert part_text(read, "text/plain").startswith(separator_line("ru"))
    assert getaddresses([read["From"]]) == [("Vikno 24 b Olena Kravets", "support@vikno.example")]
    assert "Vikno &quot;24&quot;, &lt;b&gt;" in part_text(read, "text/html")


def test_copies_go_to_the_address_of_the_settings_without_the_clients_signature_f137(
    cast: Cast, mailbox: Mailbox
) -> None:
    settings_store.change(cast.actor("olena"), {"mail.copy_to": "archive@vikno.example"})
    answer(cast, ask(cast))
    letters = {each.recipient: parsed(each) for each in answers()}
    assert set(letters) == {"marta@kawa.example", "archive@vikno.example"}
    assert "support@vikno.example" in letters["archive@vikno.example"]["Reply-To"]
    assert "+c" not in letters["archive@vikno.example"]["Reply-To"]


def test_the_template_must_keep_its_content_f138(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        settings_store.change(cast.actor("olena"), {"mail.letter_template": "<p>Hello</p>"})
    assert "(((CONTENT)))" in refused.value.fields["mail.letter_template"][0]
    assert "(((CONTENT)))" in LETTER_TEMPLATE()


def test_variables_in_subjects_and_names_are_only_text_f138(cast: Cast, mailbox: Mailbox) -> None:
    template = "<title>(((SUBJECT)))</title><p>(((CONTENT)))</p>"
    settings_store.change(cast.actor("olena"), {"mail.letter_template": template})
    answer(cast, ask(cast, subject="(((CONTENT))) <script>"), "<p>(((COMPANY))) once</p>")
    markup = part_text(parsed(answers()[0]), "text/html")
    assert markup.count("once") == 1
    assert "<script>" not in markup
    assert "(((COMPANY))) once" in markup


def test_the_mailbox_at_which_the_client_wrote_answers(cast: Cast, mailbox: Mailbox) -> None:
    second = Mailbox.objects.create(name="Sales", address="sales@vikno.example")
    ticket = ask(cast)
    raw = files.store(b"x")
    Letter.objects.create(source="pipe", source_key="k", raw=raw, size=1, ticket=ticket, mailbox=second)
    answer(cast, ticket)
    assert answers()[0].sender == "sales@vikno.example"
    assert answers()[0].header_id.endswith("@vikno.example>")
