"""The canary of access details: the value is in no answer of any URL, no letter, no search row, no row of the database
and no file, for whomever asks (T20, T28); only the click of who may read it brings it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.config.hearing import Hearing
from okno.core import drains, files
from okno.core.actor import SYSTEM
from okno.core.live import Change
from okno.people.operations.portal_access import give_access
from okno.testing.cast import Cast
from okno.tickets.models import Ticket, TicketSecret
from okno.tickets.operations import secrets
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.messages import NewMessage, add_answer
from tests.test_canary_t20_t21 import bearer, crawl, everything_in, unpacked

CANARY = "kanarienpasswort"
pytestmark = pytest.mark.django_db


@pytest.fixture
def jan(cast: Cast) -> Client:
    """Jan's browser, after he gave a password with a request and another one later."""
    Mailbox.objects.create(name="Support", address="support@vikno.example", is_default=True)
    user = give_access(SYSTEM, cast.jan).user
    assert user is not None
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    form = {"secret_label": "Shop", "secret_value": f"{CANARY}-1"}
    browser.post("/portal/requests/new/", {"subject": "Shop is down", "text": "Words", "once": "k", **form})
    made = Ticket.objects.get()
    browser.post(f"/portal/requests/{made.number}/secrets/", {**form, "secret_value": f"{CANARY}-2"})
    assign(cast.actor("olena"), made, agent=cast.olena, team=cast.first_line)
    add_answer(cast.actor("olena"), made, NewMessage(html="<p>We look into it.</p>"))
    drains.run_until_empty("events", "search")
    return browser


def test_no_url_gives_it_to_anybody_t20(jan: Client, cast: Cast) -> None:
    made = Ticket.objects.get()
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.olena.user)  # who may read it: not even she gets it without the click
    for each in (jan, browser):
        assert crawl(each, made, CANARY.encode()) > 40
    one = TicketSecret.objects.latest("id")
    shown = browser.post(reverse("desk:ticket-secret", args=[made.number, one.pk]))
    assert CANARY in shown.content.decode(), "the canary had its chance"


def test_nothing_finds_it_or_takes_it_away_t20(jan: Client, cast: Cast) -> None:
    olena = Client()
    olena.force_login(cast.olena.user)
    for path in ("/tickets/", "/search/", "/search/jump"):
        page = olena.get(path, {"q": f"{CANARY}-1"}).content.decode()
        assert "Shop is down" not in page
    for where in ("requests/", "export/csv/", "export/xlsx/"):
        answer = jan.get(f"/portal/{where}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert not [text for text in unpacked(body) if CANARY in text]
    made = Ticket.objects.get()
    answer = olena.get(f"/api/v1/tickets/{made.number}", headers=bearer(cast.olena))
    assert answer.status_code == 200
    assert CANARY not in answer.content.decode()
    assert TicketSecret.objects.latest("id").ciphertext not in answer.content.decode()


def test_no_letter_and_no_live_page_hears_of_it_t20(jan: Client, cast: Cast) -> None:
    letters = [everything_in(files.read(letter.raw)) for letter in OutgoingLetter.objects.all()]
    assert any("we look into it" in letter for letter in letters)
    assert not [letter for letter in letters if CANARY in letter]
    made = Ticket.objects.get()
    topics = Hearing().topics(cast.actor("jan"), [Change(f"ticket:{made.pk}")])
    assert CANARY not in str(topics)


def test_no_row_and_no_file_holds_it_so_no_backup_does_t28(jan: Client, cast: Cast) -> None:
    """What a backup saves is these rows and these files; the key is left out of it (``core.backup``)."""
    one = TicketSecret.objects.latest("id")
    assert secrets.reveal(cast.actor("olena"), one.pk) == f"{CANARY}-2"
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT row_to_json(kept)::text FROM "{table}" AS kept')
            rows += [row for (row,) in cursor.fetchall()]
    assert any(one.ciphertext in row for row in rows)
    assert not [row[:200] for row in rows if CANARY in row.lower()]
    stored = [path for path in Path(default_storage.path("")).rglob("*") if path.is_file()]
    assert not [path.name for path in stored if CANARY.encode() in path.read_bytes().lower()]
