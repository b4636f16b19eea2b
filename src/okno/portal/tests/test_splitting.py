"""Several questions in one text become requests of their own (F192, F199)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.testing.cast import Cast
from okno.testing.forms import make_attribute, make_form
from okno.tickets.models import Attachment, Ticket, TicketLink, TicketSecret

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
NEW, SPLIT = "/portal/requests/new/", "/portal/requests/new/split/"
TEXT = "1. Принтер на складе не печатает накладные\n2. Нужен доступ к почте новому сотруднику"


def test_the_offer_is_made_where_there_are_several(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    assert "Register as 2 requests" in jan.post(f"{NEW}topics/", {"text": TEXT}).content.decode()
    for one in ("The printer is silent", "", "x" * 30_000):
        assert not jan.post(f"{NEW}topics/", {"text": one}).content.decode().strip()


def test_the_parts_are_looked_at_and_all_are_registered_once(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    file = jan.post("/portal/files/", {"file": _file()}).json()["id"]
    shown = jan.post(
        SPLIT,
        {"text": TEXT, "subject": "Two things", "type": "incident", "attachments": file, "secret_label": "Mail"},
    )
    page = shown.content.decode()
    assert shown.status_code == 200
    assert not Ticket.objects.exists()
    assert 'value="Принтер на складе не печатает накладные"' in page
    assert f'value="{file}"' in page
    form = {
        "parts": "2",
        "type": "incident",
        "once": "k",
        "attachments": file,
        "part0-subject": "Printer",
        "part0-text": "Silent",
        "part1-subject": "Mailbox",
        "part1-text": "For Anna",
        "secret_label": "Mail",
        "secret_value": "tajne",
    }
    done = jan.post(SPLIT, form, follow=True)
    jan.post(SPLIT, form)
    first, second = Ticket.objects.order_by("number")
    assert [(each.subject, each.type.code, each.contact) for each in (first, second)] == [
        ("Printer", "incident", cast.jan),
        ("Mailbox", "incident", cast.jan),
    ]
    assert [each.messages.get().text for each in (first, second)] == ["Silent", "For Anna"]
    assert TicketLink.objects.get().other == first
    assert Attachment.objects.get().message == first.messages.get()
    assert TicketSecret.objects.get().ticket == first
    assert f"{first.number}, {second.number}" in done.content.decode()


def test_parts_are_joined_and_mistakes_stand_at_their_fields(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    form = {"parts": "3", "once": "k"}
    for number, (subject, text) in enumerate((("A", "alpha"), ("B", "beta"), ("C", "gamma"))):
        form |= {f"part{number}-subject": subject, f"part{number}-text": text}
    page = jan.post(SPLIT, {**form, "join": "1"}).content.decode()
    assert 'name="parts" value="2"' in page
    assert "alpha\n\nbeta</textarea>" in page
    assert 'value="C"' in page
    for wrong in ("0010", "3", "x", "1" * 5000):
        assert 'name="parts" value="3"' in jan.post(SPLIT, {**form, "join": wrong}).content.decode()
    refused = jan.post(SPLIT, {**form, "part1-subject": " "})
    assert refused.status_code == 422
    assert 'id="id_part1-subject_error"' in refused.content.decode()
    assert "gamma" in refused.content.decode()
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("parts", ["0", "9", "x", "²", "-1", "99999999999", "0080000000000", "008" + "0" * 5000])
def test_what_no_form_of_ours_says_is_refused(cast: Cast, browser: Browser, parts: str) -> None:
    assert browser("jan").post(SPLIT, {"parts": parts, "once": "k"}).status_code == 422
    assert not Ticket.objects.exists()


def test_a_foreign_file_goes_nowhere_and_nothing_is_half_done_t14(cast: Cast, browser: Browser) -> None:
    file = browser("marta").post("/portal/files/", {"file": _file()}).json()["id"]
    form = {"parts": "1", "once": "k", "part0-subject": "A", "part0-text": "a", "attachments": file}
    refused = browser("jan").post(SPLIT, form)
    assert refused.status_code == 422
    assert file not in refused.content.decode()
    assert not Ticket.objects.exists()


def _file() -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("words.txt", b"words")


PARTS = {"parts": "2", "type": "incident", "once": "k", "part0-subject": "Printer", "part0-text": "Silent",
         "part1-subject": "Mailbox", "part1-text": "For Anna"}  # fmt: skip


def test_what_must_be_answered_belongs_to_one_request(cast: Cast, browser: Browser) -> None:
    form, jan = make_form(), browser("jan")
    stem = f"answer-{form.pk}-"
    assert not jan.post(f"{NEW}topics/", {"text": TEXT, "type": "incident"}).content.decode().strip()
    assert jan.post(f"{NEW}topics/", {"text": TEXT, "type": "question"}).content.decode().strip()
    answered = {"type": "incident", f"{stem}asked": ["way", "port", "error"], f"{stem}error": "Denied"}
    for posted in ({"subject": "Two things", "text": TEXT, **answered}, {**PARTS, **answered}):
        refused = jan.post(SPLIT, posted)
        page = HTMLParser(refused.content.decode())
        assert refused.status_code == 422
        assert "answered for one request" in refused.content.decode()
        assert page.css_first("#new-form").attributes["action"] == NEW
        assert page.css_first(f"#id_{stem}error").text() == "Denied"
    assert page.css_first("#id_text").text().strip() == "Printer\nSilent\n\nMailbox\nFor Anna"
    assert not Ticket.objects.exists()


def test_what_may_be_answered_goes_with_the_first_request(cast: Cast, browser: Browser) -> None:
    make_attribute("floor")
    jan = browser("jan")
    answered = {"attribute-asked": "floor", "attribute-floor": "3"}
    page = HTMLParser(jan.post(SPLIT, {"text": TEXT, "type": "incident", **answered}).content.decode())
    for name, value in answered.items():
        assert page.css_first(f"form[data-split-form] input[name={name}]").attributes["value"] == value
    assert "What you answered goes with the first request." in page.text()
    refused = jan.post(SPLIT, {**PARTS, **answered, "attribute-floor": "x" * 501})
    assert refused.status_code == 422
    assert HTMLParser(refused.content.decode()).css_first("#id_attribute-floor_error")
    assert not Ticket.objects.exists()
    assert jan.post(SPLIT, {**PARTS, **answered}).status_code == 303
    assert [each.attributes for each in Ticket.objects.order_by("number")] == [{"floor": "3"}, {}]


def test_enter_in_the_subject_sends_the_request(cast: Cast, browser: Browser) -> None:
    page = HTMLParser(browser("jan").get(NEW).content.decode())
    first = page.css("#new-form button")[0]
    assert "hidden" in str(first.attributes["class"])
    assert not {"formaction", "name", "type"} & first.attributes.keys()
