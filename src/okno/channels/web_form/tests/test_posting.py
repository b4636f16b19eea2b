"""What anybody may send by a form, what becomes of it, and what is refused."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.web_form.models import WebForm, WebFormPost
from okno.channels.web_form.operations.forms import FormFacts, change_form, make_secret, switch_form
from okno.channels.web_form.operations.limits import TooMany, forget_old_posts
from okno.channels.web_form.operations.receiving import Post, receive
from okno.channels.web_form.proof import signature_of
from okno.channels.web_form.rules import Field
from okno.channels.web_form.tests.conftest import ASKED, send, solved
from okno.core import clock, settings_store
from okno.core.drains import run_until_empty
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Ticket

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def fields_of_error(answer: object) -> dict[str, list[str]]:
    return answer.json()["error"]["details"]["fields"]


def test_a_post_becomes_a_ticket_with_everything_in_its_description(form: WebForm, cast: Cast) -> None:
    answer = send(form, name="Jan", email="JAN@nordwind.example", text="Oven is cold\nsince Monday", own_1="A-17")
    assert answer.status_code == 201, answer.content
    ticket = Ticket.objects.get(number=answer.json()["number"])
    assert (ticket.subject, ticket.channel) == ("Oven is cold", "web_form")
    assert (ticket.contact, ticket.company) == (cast.jan, cast.nordwind)
    assert ticket.messages.get().text == (
        '"Your name": "Jan"\n"E-mail": "jan@nordwind.example"\n"Text of the request": "Oven is cold\nsince Monday"\n"Order": "A-17"'
    )


def test_an_unknown_address_of_a_known_domain_belongs_to_its_company(form: WebForm, cast: Cast) -> None:
    send(form, name="New Person", email="new@kawa.example")
    ticket = Ticket.objects.latest("id")
    assert ticket.company == cast.kawa
    assert str(ticket.contact) == "New Person"


def test_a_hidden_text_gives_the_fixed_subject(form: WebForm, cast: Cast) -> None:
    change_form(cast.actor("olena"), form, FormFacts(name="Site", asked=[Field("own_1", True, {"en": "Order"})]))
    assert send(form, own_1="A-17").status_code == 201
    assert Ticket.objects.get().subject == "Request through the web form"


def test_who_only_wrote_an_address_sees_nothing_in_the_portal_t3(form: WebForm, cast: Cast) -> None:
    send(form, email="jan@nordwind.example")
    ticket = Ticket.objects.get()
    assert ticket.contact == cast.jan
    assert not access.visible_to(cast.actor("jan")).exists()
    message = ticket.messages.get()
    assert (message.author_kind, message.is_verified) == ("outsider", False)


def test_an_employees_address_makes_nobody_an_employee_t4(form: WebForm, cast: Cast) -> None:
    send(form, name="Olena Kravets", email="olena@vikno.example")
    ticket = Ticket.objects.get()
    assert (ticket.contact, ticket.agent_contact) == (None, None)
    assert ticket.messages.get().author_kind == "outsider"


def test_names_that_pretend_to_be_addresses_are_not_shown_t11(form: WebForm, cast: Cast) -> None:
    send(form, name="boss@nordwind.example", email="x@evil.example")
    assert Ticket.objects.get().messages.get().author_name == "x@evil.example"


def test_files_come_with_the_request_under_harmless_names_t13(form: WebForm, cast: Cast) -> None:
    file = SimpleUploadedFile("../..\\evil\u202egpj.html", b"<script>alert(1)</script>", content_type="text/html")
    assert send(form, files=[file]).status_code == 201
    attachment = Ticket.objects.get().messages.get().attachments.get()
    assert not set("/\\\u202e") & set(attachment.name)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"email": "no address"}, "email"),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, "email"),
        ({"name": "x" * 301}, "name"),
        ({"text": "x" * 20_001}, "text"),
    ],
)
def test_mistakes_are_told_at_their_fields_and_nothing_is_written_t10(
    form: WebForm, values: dict[str, str], field: str
) -> None:
    answer = send(form, **values)
    assert answer.status_code == 422
    assert list(fields_of_error(answer)) == [field]
    assert not Ticket.objects.exists()
    assert not WebFormPost.objects.exists()


def test_line_breaks_and_nul_in_a_name_do_no_harm_t10(form: WebForm) -> None:
    assert send(form, name="Jan\r\nBcc: x@y.example\x00", email="a@b.example").status_code == 201
    assert "\n" not in Ticket.objects.get().participants.get().name


@pytest.mark.parametrize("proof", ["", "x", "e30=", "bm90IGpzb24=", "é" * 20, "A" * 5000])
def test_without_the_work_nothing_is_taken_t5(form: WebForm, proof: str) -> None:
    answer = send(form, proof=proof)
    assert answer.status_code == 422
    assert list(fields_of_error(answer)) == ["proof"]
    assert not Ticket.objects.exists()


def test_work_is_spent_once_and_only_for_its_form_t5(form: WebForm, cast: Cast) -> None:
    from okno.channels.web_form.operations.forms import create_form

    proof = solved(form)
    assert send(form, proof=proof).status_code == 201
    assert send(form, proof=proof).status_code == 409
    other = create_form(cast.actor("olena"), FormFacts(name="Other", asked=ASKED))
    assert send(other, proof=solved(form)).status_code == 422
    assert Ticket.objects.count() == 1


def test_old_work_is_refused_t5(form: WebForm) -> None:
    with clock.frozen_at(datetime.now(UTC) - timedelta(hours=1)):
        proof = solved(form)
    assert send(form, proof=proof).status_code == 422


def test_one_place_sends_so_much_and_another_goes_on_t5(form: WebForm, cast: Cast) -> None:
    settings_store.change(cast.actor("olena"), {"web_form.per_place": 3})
    assert [send(form, ip="198.51.100.1").status_code for _ in range(5)] == [201, 201, 201, 429, 429]
    assert send(form, ip="198.51.100.2").status_code == 201
    assert [send(form, ip=f"2001:db8:1:2::{n:x}").status_code for n in range(1, 6)] == [201, 201, 201, 429, 429]
    assert not WebFormPost.objects.filter(place__contains="198.51").exists()


def test_a_header_that_the_visitor_wrote_does_not_change_the_place_t5(form: WebForm, cast: Cast) -> None:
    settings_store.change(cast.actor("olena"), {"web_form.per_place": 1})
    browser = Client(REMOTE_ADDR="198.51.100.1")
    sent = [
        browser.post(
            f"/form/{form.key}/", {"text": "x", "proof": solved(form)}, headers={"x-forwarded-for": f"10.0.0.{n}"}
        ).status_code
        for n in range(3)
    ]
    assert sent == [201, 429, 429]


@pytest.mark.slow
def test_ten_thousand_posts_with_a_victims_address_cause_at_most_one_letter_t5(
    form: WebForm, cast: Cast, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From ten thousand places, with sub-addresses, over a day; the work itself is not done ten thousand times."""
    settings_store.change(cast.actor("olena"), {"web_form.per_form": 100_000})
    monkeypatch.setattr("okno.channels.web_form.operations.receiving.checked_work", lambda form, proof: proof)
    taken = 0
    for number in range(10_000):
        post = Post(
            values={
                "email": f"victim+{number % 7}@kawa.example",
                "name": "Win http://evil.example",
                "text": "Buy http://evil.example",
            },
            place=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
            proof=f"proof {number}",
            language="pl",
        )
        with clock.frozen_at(START + timedelta(seconds=8 * number)), suppress(TooMany):
            receive(form, post)
            taken += 1
            run_until_empty("events")
    assert 1 < taken < 200
    (letter,) = OutgoingLetter.objects.all()
    assert letter.kind == "receipt"
    raw = letter.subject + str(letter.__dict__)
    assert "evil" not in raw
    assert letter.recipient.startswith("victim+")


def test_a_confirmation_says_nothing_that_the_sender_wrote_t5(form: WebForm, mailbox: Mailbox) -> None:
    from okno.channels.email.tests.outgoing.conftest import parsed, part_text

    send(form, name="EVIL WORDS", email="someone@else.example", text="EVIL WORDS http://evil.example")
    run_until_empty("events")
    (letter,) = OutgoingLetter.objects.all()
    whole = parsed(letter).as_string() + part_text(parsed(letter), "text/plain")
    assert "EVIL" not in whole
    assert "evil.example" not in whole
    assert str(Ticket.objects.get().number) in part_text(parsed(letter), "text/plain")


def test_a_program_that_signs_vouches_for_its_user(form: WebForm, cast: Cast) -> None:
    secret = make_secret(cast.actor("olena"), form)
    moment = int(time.time())
    signature = signature_of(secret, "Jan", "jan@nordwind.example", moment)
    identity = {"name": "Jan", "email": "jan@nordwind.example", "time": moment, "signature": signature}
    body = {"fields": {"text": "From inside the program", "email": "other@evil.example"}, "identity": identity}
    answer = Client().post(f"/form/{form.key}/", body, content_type="application/json")
    assert answer.status_code == 201, answer.content
    ticket = Ticket.objects.get()
    assert ticket.contact == cast.jan
    assert access.visible_to(cast.actor("jan")).get() == ticket
    assert "other@evil.example" not in ticket.messages.get().text
    again = Client().post(f"/form/{form.key}/", body, content_type="application/json")
    assert again.status_code == 409


@pytest.mark.parametrize(
    "change",
    [{"email": "olena@vikno.example"}, {"name": "X"}, {"time": 1}, {"signature": ""}, {"signature": "0" * 64}],
)
def test_a_signature_that_does_not_fit_is_refused_t23(form: WebForm, cast: Cast, change: dict[str, object]) -> None:
    secret = make_secret(cast.actor("olena"), form)
    moment = int(time.time())
    identity = {"name": "Jan", "email": "jan@nordwind.example", "time": moment}
    identity |= {"signature": signature_of(secret, "Jan", "jan@nordwind.example", moment)} | change
    body = {"fields": {"text": "x"}, "identity": identity}
    answer = Client().post(f"/form/{form.key}/", body, content_type="application/json")
    assert answer.status_code == 422
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '{"fields": []}', '{"fields": {"text": 1}}', '{"fields": {}, "identity": 7}', "[" * 100_000],
)
def test_bodies_that_cannot_be_read_get_a_clear_answer(form: WebForm, body: str) -> None:
    answer = Client().post(f"/form/{form.key}/", body, content_type="application/json")
    assert answer.status_code in {413, 422}
    assert answer.json()["error"]["message"]


def test_consent_is_asked_for(form: WebForm, cast: Cast) -> None:
    change_form(cast.actor("olena"), form, FormFacts(name="Site", asked=ASKED, asks_consent=True))
    assert list(fields_of_error(send(form))) == ["consent"]
    assert send(form, consent="yes").status_code == 201


def test_only_named_sites_may_use_a_form(form: WebForm, cast: Cast) -> None:
    change_form(cast.actor("olena"), form, FormFacts(name="Site", asked=ASKED, origins=["https://Shop.example/x"]))
    path = f"/form/{form.key}/"
    statuses = [
        Client().post(path, {"text": "x", "proof": solved(form)}, headers={"origin": origin}).status_code
        for origin in ("https://shop.example", "https://evil.example", "null")
    ]
    assert statuses == [201, 403, 403]


def test_a_form_that_is_off_takes_and_shows_nothing(form: WebForm, cast: Cast) -> None:
    switch_form(cast.actor("olena"), form, is_active=False)
    assert send(form).status_code == 404
    assert Client().get(f"/form/{form.key}/configuration/").status_code == 404
    assert Client().get(f"/form/{form.key}/").status_code == 404


def test_the_configuration_tells_nothing_that_is_not_for_everybody(form: WebForm, cast: Cast) -> None:
    secret = make_secret(cast.actor("olena"), form)
    answer = Client().get(f"/form/{form.key}/configuration/?language=pl-PL")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert answer.json()["language"] == "pl"
    assert [each["code"] for each in answer.json()["fields"]] == [each.code for each in ASKED]
    assert secret not in answer.content.decode()


def test_what_was_counted_is_forgotten_after_two_days(form: WebForm) -> None:
    send(form)
    assert forget_old_posts() == 0
    WebFormPost.objects.update(at=clock.now() - timedelta(days=3))
    assert forget_old_posts() == 1
    assert Ticket.objects.count() == 1
