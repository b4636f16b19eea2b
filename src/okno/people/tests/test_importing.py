"""Files with clients: read as they come, looked at without writing, brought in row by row, reported exactly."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from okno.core.drains import run_until_empty
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.models import Event
from okno.people.imports.columns import TARGETS, guessed, mistake_in
from okno.people.imports.reading import read_sheet
from okno.people.models import ClientImport, Company, Contact, ContactAddress
from okno.people.operations.importing import look_at, run, stop, take_file, work
from okno.testing.cast import Cast

HEAD = "Name;E-mail;Phone;Company;Job title\n"


def csv_of(*lines: str, head: str = HEAD) -> bytes:
    return (head + "\n".join(lines) + "\n").encode()


def through(
    cast: Cast, content: bytes, kind: str = "contacts", *, write: bool = True, **options: bool
) -> ClientImport:
    """The whole way of a file with the columns that were guessed."""
    actor = cast.actor("olena")
    row = take_file(actor, kind, "clients.csv", content)
    chosen = {"updates_known": True, "makes_companies": True} | options
    look_at(actor, row, row.mapping, **chosen)
    run_until_empty("imports")
    row.refresh_from_db()
    if write:
        run(actor, row)
        run_until_empty("imports")
        row.refresh_from_db()
    return row


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_of_every_program_are_read(encoding: str, delimiter: str) -> None:
    text = f'Имя{delimiter}Почта\n"Анна{delimiter} Петрова"{delimiter}a@b.example\n\n{delimiter}\nŁucja{delimiter}l@b.example\n'
    sheet = read_sheet(text.encode(encoding))
    assert sheet.headings == ["Имя", "Почта"]
    assert sheet.rows == [(2, [f"Анна{delimiter} Петрова", "a@b.example"]), (5, ["Łucja", "l@b.example"])]


def test_a_file_in_the_charset_of_windows_is_read() -> None:
    text = "ФИО;Почта\n" + "\n".join(f"Иванов Пётр Сергеевич {n};i{n}@b.example" for n in range(30))
    assert read_sheet(text.encode("cp1251")).rows[0][1] == ["Иванов Пётр Сергеевич 0", "i0@b.example"]


def test_a_workbook_is_read_with_its_numbers_and_dates() -> None:
    from datetime import date

    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Phone", "Since"])
        sheet.write_row(1, 0, ["Jan", 48225550171])
        sheet.write_datetime(1, 2, date(2026, 3, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert read_sheet(content.getvalue()).rows == [(2, ["Jan", "48225550171", "2026-03-02"])]


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (210 * 1024 * 1024))
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"Name\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04 broken", b"x;y\n" * 3 + b"\x00\x00\x00"],
)
def test_what_is_no_table_is_refused_at_the_file(content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read_sheet(content)
    assert list(refused.value.fields) == ["file"]


def test_a_bomb_is_refused_before_it_is_unpacked_t15() -> None:
    started = time.monotonic()
    content = bomb()
    packed = time.monotonic()
    with pytest.raises(Invalid):
        read_sheet(content)
    assert time.monotonic() - packed < max(1.0, packed - started)


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(content: bytes) -> None:
    with suppress(Invalid):
        sheet = read_sheet(content)
        assert all(len(row) == len(sheet.headings) for _line, row in sheet.rows)


@pytest.mark.parametrize(
    ("kind", "headings", "found"),
    [
        ("contacts", ["Name", "E-mail", "Phone"], ["name", "email", "phone"]),
        (
            "contacts",
            ["Фамилия", "Имя", "Почта", "Телефон 1", "Телефон 2"],
            ["last_name", "name", "email", "phone", "phone"],
        ),
        (
            "contacts",
            ["Imię i nazwisko", "Adres e-mail", "Firma", "Stanowisko"],
            ["name", "email", "company", "job_title"],
        ),
        ("contacts", ["ПІБ", "Пошта", "Посада", "?"], ["name", "email", "job_title", None]),
        ("companies", ["Компания", "Домены", "Категория"], ["name", "domains", "category"]),
    ],
)
def test_columns_are_known_by_their_headings(kind: str, headings: list[str], found: list[str | None]) -> None:
    mapping = guessed(TARGETS[kind], headings, [])
    assert [mapping.get(str(place)) for place in range(len(headings))] == found


def test_a_column_of_addresses_is_known_without_a_heading() -> None:
    assert guessed(TARGETS["contacts"], ["A", "B"], [["Jan", "j@x.example"], ["Eva", "e@x.example"]]) == {
        "1": "email"
    }


@pytest.mark.parametrize("mapping", [{}, {"0": "phone"}, {"0": "name", "1": "name"}, {"0": "is_active"}])
def test_columns_that_make_no_sense_are_refused(mapping: dict[str, str]) -> None:
    assert mistake_in(TARGETS["contacts"], mapping)


def test_a_look_writes_nothing_and_tells_what_would_be(cast: Cast) -> None:
    content = csv_of("New One;new@x.example;;Fresh Ltd;", "Marta;marta@kawa.example;;;Cook", ";bad address;;;")
    before = (Contact.objects.count(), Company.objects.count(), Event.objects.count())
    row = through(cast, content, write=False)
    assert (row.state, row.made, row.changed, row.left, row.faulty, row.new_companies) == ("checked", 1, 1, 0, 1, 1)
    assert (Contact.objects.count(), Company.objects.count(), Event.objects.count()) == before


def test_rows_become_contacts_by_the_usual_operations(cast: Cast) -> None:
    row = through(cast, csv_of("New One;NEW@x.example, second@x.example;+48 58 555 01 22;Fresh Ltd;Cook"))
    assert (row.state, row.made, row.faulty) == ("done", 1, 0)
    contact = Contact.objects.get(name="New One")
    assert [each.address for each in contact.addresses.all()] == ["new@x.example", "second@x.example"]
    assert contact.phones == ["+48585550122"]
    assert [each.name for each in contact.companies.all()] == ["Fresh Ltd"]
    assert Event.objects.filter(kind="contact.created", object_id=contact.pk, actor_id=cast.olena.pk).exists()


def test_known_clients_are_completed_and_lose_nothing(cast: Cast) -> None:
    row = through(cast, csv_of(";marta@kawa.example;+48 58 555 09 99;Nordwind;Owner"))
    assert row.changed == 1
    marta = Contact.objects.get(pk=cast.marta.pk)
    assert marta.name == "Marta Nowak"
    assert marta.phones[-1] == "+48585550999"
    assert len(marta.phones) == 1 + len(cast.marta.phones)
    assert {each.name for each in marta.companies.all()} == {"Kawa i Ciasto", "Nordwind"}
    left = through(cast, csv_of("Other;marta@kawa.example;;;"), updates_known=False)
    assert (left.left, left.changed) == (1, 0)
    assert Contact.objects.get(pk=cast.marta.pk).name == "Marta Nowak"


def test_what_cannot_be_taken_is_told_with_line_field_and_reason(cast: Cast) -> None:
    lines = [
        "A;a@x.example;;;",
        "B;no address;;;",
        "C;a@x.example;;;",
        "D;d@x.example;;Nobody Ltd;",
        "E;e@x.example;;;",
    ]
    row = through(cast, csv_of(*lines), makes_companies=False)
    told = [(each.line, each.field) for each in row.problems.all()]
    assert told == [(3, "email"), (4, "email"), (5, "company")]
    assert (row.made, row.faulty) == (2, 3)
    assert not ContactAddress.objects.filter(address="d@x.example").exists()


def test_nothing_of_a_faulty_row_stays(cast: Cast) -> None:
    through(cast, csv_of("A;a@x.example;;Made On The Way Ltd;" + "x" * 500))
    assert not Company.objects.filter(name="Made On The Way Ltd").exists()
    assert not Contact.objects.filter(name="A").exists()


def test_companies_come_with_domains_categories_and_parents(cast: Cast) -> None:
    head = "Name,Domains,Category,Parent company\n"
    row = through(
        cast,
        csv_of("Daughter,daughter.example,Partner,Nordwind", "Odd,odd.example,No such,", head=head),
        "companies",
    )
    assert (row.made, row.faulty) == (1, 1)
    made = Company.objects.get(name="Daughter")
    assert (made.parent, [each.domain for each in made.domains.all()]) == (cast.nordwind, ["daughter.example"])


def test_a_worker_that_dies_goes_on_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = cast.actor("olena")
    monkeypatch.setattr("okno.people.operations.importing.BATCH", 3)
    monkeypatch.setattr("okno.people.operations.importing.ROUNDS", 1)
    row = take_file(actor, "contacts", "c.csv", csv_of(*(f"P{n};p{n}@x.example;;;" for n in range(10))))
    look_at(actor, row, row.mapping, updates_known=True, makes_companies=True)
    run_until_empty("imports")
    run(actor, ClientImport.objects.get(pk=row.pk))
    work()
    monkeypatch.setattr("okno.people.operations.importing._go_through", lambda *given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work()
    monkeypatch.undo()
    assert ClientImport.objects.get(pk=row.pk).position == 3
    run_until_empty("imports")
    assert Contact.objects.filter(name__startswith="P", addresses__address__endswith="@x.example").count() == 10


def test_it_can_be_stopped_and_not_run_twice(cast: Cast) -> None:
    actor = cast.actor("olena")
    row = through(cast, csv_of("A;a@x.example;;;"))
    with pytest.raises(Conflict):
        run(actor, row)
    other = take_file(actor, "contacts", "c.csv", csv_of("B;b@x.example;;;"))
    stop(actor, other)
    with pytest.raises(Conflict):
        look_at(actor, other, other.mapping, updates_known=True, makes_companies=True)


def test_only_who_may_change_clients_brings_some_in_t26(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        take_file(cast.actor("marek"), "contacts", "c.csv", csv_of("B;b@x.example;;;"))


@pytest.mark.slow
def test_twenty_thousand_contacts_with_errors_in_one_of_a_hundred(cast: Cast) -> None:
    lines = [
        f"Person {n};{'broken' if n % 100 == 7 else f'p{n}@big.example'};;Company {n % 50};" for n in range(20_000)
    ]
    row = through(cast, csv_of(*lines))
    assert (row.made, row.faulty, row.changed) == (19_800, 200, 0)
    assert list(row.problems.values_list("line", flat=True)) == [n + 2 for n in range(20_000) if n % 100 == 7]
    assert ContactAddress.objects.filter(address__endswith="@big.example").count() == 19_800
    assert Company.objects.filter(name__startswith="Company ").count() == 50


def test_the_pages_lead_from_file_to_report_and_the_report_can_be_mended(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.olena.user)
    file = io.BytesIO(csv_of("A;a@x.example;;;", "=cmd|x;broken;;;"))
    file.name = "list.csv"
    answer = browser.post(reverse("desk:imports"), {"kind": "contacts", "file": file})
    page = browser.get(answer["Location"])
    assert b"What the columns hold" in page.content
    row = ClientImport.objects.get()
    assert browser.post(reverse("desk:import-look", args=[row.pk]), {"column-0": "phone"}).status_code == 422
    chosen = {f"column-{place}": code for place, code in row.mapping.items()}
    browser.post(
        reverse("desk:import-look", args=[row.pk]), chosen | {"updates_known": "1", "makes_companies": "1"}
    )
    assert b"every" in browser.get(reverse("desk:import-progress", args=[row.pk])).content
    run_until_empty("imports")
    assert b"What would come of it" in browser.get(answer["Location"]).content
    browser.post(reverse("desk:import-run", args=[row.pk]))
    run_until_empty("imports")
    assert b"Brought in" in browser.get(answer["Location"]).content
    report = b"".join(browser.get(reverse("desk:import-problems", args=[row.pk])).streaming_content).decode()
    assert report.splitlines()[1].startswith("'=cmd|x,broken")
    again = read_sheet(report.encode())
    assert again.rows[0][1][:2] == ["=cmd|x", "broken"]


def test_an_export_comes_back_as_it_was_t19(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.olena.user)
    Contact.objects.filter(pk=cast.marta.pk).update(name="=HYPERLINK(1)", note="-x")
    answer = browser.get(reverse("desk:contacts-export", args=["csv"]))
    content = b"".join(answer.streaming_content)
    assert b"'=HYPERLINK" in content
    row = through(cast, content)
    assert (row.made, row.faulty) == (0, 0)
    assert Contact.objects.get(pk=cast.marta.pk).name == "=HYPERLINK(1)"
    assert Event.objects.filter(kind="client_export.taken", actor_id=cast.olena.pk).exists()
    assert browser.get(reverse("desk:contacts-export", args=["exe"])).status_code == 404
