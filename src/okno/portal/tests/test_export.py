"""The list as a file: which columns, and that no cell is a formula (F149, T19)."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from okno.core import settings_store
from okno.core.sheets import workbook
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_note

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


def lines(client: Client, address: str = "/portal/export/csv/") -> list[dict[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def sheet(client: Client) -> str:
    answer = client.get("/portal/export/xlsx/")
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_columns_are_those_of_the_setting_f149(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    add_note(cast.actor("olena"), ticket, NewMessage(text="between us"))
    jan = browser("jan")
    settings_store.change(cast.actor("olena"), {"portal.export_columns": ["company", "messages", "status"]})
    [row] = lines(jan)
    assert row == {
        "Number": str(ticket.number), "Subject": "Printer", "Status": "Open", "Company": "Nordwind", "Messages": "2",
    }  # fmt: skip
    settings_store.change(cast.actor("olena"), {"portal.export_columns": []})
    assert list(lines(jan)[0]) == ["Number", "Subject"]


def test_the_file_holds_what_the_list_shows(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    assert len(lines(jan, "/portal/export/csv/?state=open")) == 1
    assert lines(jan, "/portal/export/csv/?state=waiting") == []
    assert lines(jan, "/portal/export/csv/?journal=1") == []
    assert lines(browser("marta")) == []
    assert browser("jan").get("/portal/export/pdf/").status_code == 404
    assert browser("olena").get("/portal/export/csv/").status_code == 404


@pytest.mark.parametrize("sign", ["=1+1", "+cmd", "-cmd", "@SUM(A1)"])
def test_no_subject_becomes_a_formula_t19(cast: Cast, browser: Browser, sign: str) -> None:
    message = NewMessage(text="x", channel="portal")
    create_ticket(cast.actor("jan"), NewTicket(sign, message, "portal", contact=cast.jan))
    jan = browser("jan")
    assert lines(jan)[0]["Subject"] == f"'{sign}"
    text = sheet(jan)
    assert f">{sign}</t>" in text
    assert "<f>" not in text


def test_numbers_are_numbers_and_all_else_is_text_t19() -> None:
    book = workbook("A/B: [what]?*", ["=Head"], [[-5], ["=1+1"], ["http://x.example"], ["\t=1"], [None], [True]])
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        cells = parts.read("xl/worksheets/sheet1.xml").decode()
        texts = parts.read("xl/sharedStrings.xml").decode()
    assert "<v>-5</v>" in cells
    assert "<f>" not in cells
    assert "hyperlink" not in cells.lower()
    assert all(word in texts for word in ("=Head", "=1+1", "http://x.example", "True"))
