"""Several questions in one text become requests of their own (F192, F199)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.testing.cast import Cast
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
