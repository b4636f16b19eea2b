"""One click sends one letter: a form that is sent again does nothing more and is answered as the first time (T30)."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.core import drains
from okno.core.models import IdempotentAnswer
from okno.testing.cast import Cast, make_cast
from okno.tickets.models import Draft, Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.drafts import save_draft
from okno.tickets.operations.messages import NewMessage

KEY = re.compile(r'name="once"[^>]*value="([^"]+)"')
NEW = {"subject": "Printer", "html": "<p>Silent</p>", "type": "incident", "priority": "normal"}


def browser_of(cast: Cast, **headers: str) -> Client:
    browser = Client(headers={name.replace("_", "-"): value for name, value in headers.items()})
    browser.force_login(cast.olena.user)
    return browser


def ticket_of_jan(cast: Cast) -> Ticket:
    Mailbox.objects.create(name="Support", address="support@vikno.example", is_default=True)
    new = NewTicket(subject="x", message=NewMessage(text="x"), channel="desk", contact=cast.jan)
    return create_ticket(cast.actor("olena"), new)


def keys_of(answer: Any) -> list[str]:
    return KEY.findall(answer.content.decode())


def letters() -> int:
    drains.run_until_empty("events")
    return OutgoingLetter.objects.filter(kind=OutgoingLetter.Kind.ANSWER, message__text="Yes").count()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["answer", "note"])
def test_a_message_that_is_sent_twice_stands_once_t30(cast: Cast, kind: str) -> None:
    ticket = ticket_of_jan(cast)
    browser = browser_of(cast, HX_Request="true")
    form = {"html": "<p>Yes</p>", "anyway": "1", "once": keys_of(browser.get(f"/tickets/{ticket.number}/"))[0]}
    answers = [browser.post(reverse(f"desk:ticket-{kind}", args=[ticket.number]), form) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200]
    assert answers[0]["HX-Trigger"] == answers[1]["HX-Trigger"]
    assert Message.objects.count() == 2  # the first of the ticket, and this
    assert letters() == (1 if kind == "answer" else 0)
    fresh = keys_of(answers[0])
    assert len(fresh) == 1
    assert fresh != [form["once"]]


@pytest.mark.django_db
def test_two_tickets_are_not_made_of_one_form_t30(cast: Cast) -> None:
    browser = browser_of(cast)
    form = {**NEW, "client": "nina@new.example", "once": keys_of(browser.get("/tickets/new/"))[0]}
    answers = [browser.post("/tickets/new/", form) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Ticket.objects.count() == 1


@pytest.mark.django_db
def test_another_text_under_a_spent_key_is_neither_sent_nor_lost(cast: Cast) -> None:
    ticket = ticket_of_jan(cast)
    browser = browser_of(cast, HX_Request="true")
    address = reverse("desk:ticket-answer", args=[ticket.number])
    browser.post(address, {"html": "<p>One</p>", "once": "k"})
    refused = browser.post(address, {"html": "<p>Two</p>", "once": "k"})
    assert refused.status_code == 409
    assert "sent already" in refused.content.decode()
    (fresh,) = keys_of(refused)
    assert browser.post(address, {"html": "<p>Two</p>", "once": fresh}).status_code == 200
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == ["x", "One", "Two"]

    browser.post("/tickets/new/", {**NEW, "once": "n"})
    refused = browser.post("/tickets/new/", {**NEW, "subject": "Scanner", "once": "n"})
    assert refused.status_code == 409
    (fresh,) = keys_of(refused)
    assert "Scanner" in refused.content.decode()
    assert fresh != "n"


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_with_the_same_key(cast: Cast) -> None:
    ticket = ticket_of_jan(cast)
    browser = browser_of(cast, HX_Request="true")
    address = reverse("desk:ticket-answer", args=[ticket.number])
    assert browser.post(address, {"html": " ", "once": "k"}).status_code == 422
    assert browser.post(address, {"html": "<p>One</p>", "once": "k", "last_seen": "1"}).status_code == 409
    assert not IdempotentAnswer.objects.exists()
    assert browser.post(address, {"html": "<p>One</p>", "once": "k", "anyway": "1"}).status_code == 200


@pytest.mark.django_db
def test_keys_are_of_one_person_and_of_one_form(cast: Cast) -> None:
    ticket = ticket_of_jan(cast)
    taras = Client()
    taras.force_login(cast.taras.user)
    for browser, kind, status in ((browser_of(cast), "answer", 303), (taras, "answer", 303), (taras, "note", 409)):
        address = reverse(f"desk:ticket-{kind}", args=[ticket.number])
        assert browser.post(address, {"html": "<p>Same</p>", "once": "k"}).status_code == status
    assert browser_of(cast).post(address, {"html": "<p>x</p>", "once": "k" * 201}).status_code == 422


@pytest.mark.django_db
def test_a_form_drawn_before_there_were_keys_is_taken(cast: Cast) -> None:
    ticket = ticket_of_jan(cast)
    address = reverse("desk:ticket-note", args=[ticket.number])
    assert browser_of(cast).post(address, {"html": "<p>x</p>"}).status_code == 303


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["answer", "note", "new"])
def test_what_is_saved_late_does_not_bring_the_draft_back(cast: Cast, kind: str) -> None:
    ticket = ticket_of_jan(cast)
    browser = browser_of(cast)
    if kind == "new":
        save, post = reverse("desk:new-draft", args=["new"]), "/tickets/new/"
    else:
        save = reverse("desk:ticket-draft", args=[ticket.number, kind])
        post = reverse(f"desk:ticket-{kind}", args=[ticket.number])
    form = {**NEW, "once": "k"}
    assert browser.post(save, form).status_code == 204
    assert Draft.objects.get().html == "<p>Silent</p>"
    assert browser.post(post, form).status_code == 303
    assert browser.post(save, form).status_code == 409
    assert not Draft.objects.exists()
    assert browser.post(save, {**form, "once": "next"}).status_code == 204
    assert Draft.objects.count() == 1
    assert IdempotentAnswer.objects.count() == 1  # saving spends no key


def together(acts: list[Callable[[], Any]]) -> list[Any]:
    """What each gets that begins at the same moment, with a connection of its own."""
    barrier, got = threading.Barrier(len(acts)), []

    def one(act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            got.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(40)
    return got


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_equal_forms_at_once_one_letter_is_sent_t30() -> None:
    cast = make_cast(password=None)
    ticket = ticket_of_jan(cast)
    address = reverse("desk:ticket-answer", args=[ticket.number])
    browsers = [browser_of(cast, HX_Request="true") for _ in range(6)]

    form = {"html": "<p>Yes</p>", "anyway": "1", "once": "k"}
    answers = together([partial(browser.post, address, form) for browser in browsers])
    assert [each.status_code for each in answers] == [200] * 6
    assert len({each["HX-Trigger"] for each in answers}) == 1
    assert Message.objects.count() == 2
    assert letters() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_saving_and_sending_at_once_leave_no_draft() -> None:
    cast = make_cast(password=None)
    ticket = ticket_of_jan(cast)
    address = reverse("desk:ticket-answer", args=[ticket.number])
    save = reverse("desk:ticket-draft", args=[ticket.number, "answer"])
    for number in range(6):
        form = {"html": "<p>Yes</p>", "anyway": "1", "once": f"k{number}"}
        save_draft(cast.actor("olena"), ticket, "answer", body="<p>Ye</p>", form_key=form["once"])
        pair = [(browser_of(cast), each) for each in (save, address, save)]
        answers = together([partial(browser.post, where, form) for browser, where in pair])
        assert sorted({each.status_code for each in answers} | {409}) in ([204, 303, 409], [303, 409])
        assert not Draft.objects.exists()
    assert json.loads(IdempotentAnswer.objects.all()[0].text)["toast"] == "Answer sent"
