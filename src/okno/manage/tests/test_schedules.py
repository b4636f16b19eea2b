"""The pages of schedules: list, week, days that differ, holidays, calendar files, trial, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.calendars import uses
from okno.calendars.loading import default_schedule
from okno.calendars.models import ScheduleException, WorkSchedule
from okno.core import clock
from okno.sla.models import SlaRule
from okno.testing.cast import Cast

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with clock.frozen_at(NOW):
        yield


@pytest.fixture
def office(cast: Cast) -> WorkSchedule:
    return default_schedule()


def week(**days: tuple[list[str], list[str]]) -> dict[str, list[str]]:
    """Hours of named days as the form sends them: ``mon=(["9"], ["18"])``."""
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    sent: dict[str, list[str]] = {}
    for name, (begins, ends) in days.items():
        sent[f"from_{names.index(name)}"], sent[f"to_{names.index(name)}"] = begins, ends
    return sent


def hours_shown(page: str) -> list[list[list[str]]]:
    """The week as its fields hold it."""
    tree = HTMLParser(page)
    fields = [[tree.css(f'input[name="{edge}_{day}"]') for edge in ("from", "to")] for day in range(7)]
    return [
        [[edge.attributes.get("value") or "" for edge in pair] for pair in zip(*edges, strict=True)]
        for edges in fields
    ]


def wrong_fields(page: str) -> set[str]:
    """The ids of the fields that have a mistake told beside them."""
    return {str(node.id).removesuffix("_error") for node in HTMLParser(page).css(".field-error")}


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(f"/manage/schedules/{path}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_shows_each_week(olena: Client, office: WorkSchedule) -> None:
    shown = page(olena, "")
    assert "Office hours" in shown
    assert "Around the clock" in shown
    assert "45 hours a week" in shown
    assert "168 hours a week" in shown
    assert "Mon 09:00-18:00" in shown


def test_a_schedule_is_added_with_parts_and_midnight(olena: Client, office: WorkSchedule) -> None:
    sent = week(mon=(["9", "14:00"], ["13", "18:00"]), fri=(["22:00"], ["24:00"]), sat=(["", "0"], ["", "6"]))
    answer = olena.post(
        "/manage/schedules/new/", {"name": "Night", "zone": "Europe/Warsaw", "in_client_zone": "on"} | sent
    )
    made = WorkSchedule.objects.get(name="Night")
    assert (answer.status_code, answer["Location"]) == (303, f"/manage/schedules/{made.pk}/")
    assert made.weekly[0] == [["09:00", "13:00"], ["14:00", "18:00"]]
    assert (made.weekly[4], made.weekly[5]) == ([["22:00", "24:00"]], [["00:00", "06:00"]])
    assert (made.zone, made.in_client_zone) == ("Europe/Warsaw", True)
    olena.post(f"/manage/schedules/{made.pk}/", {"name": "Nights", "zone": ""} | week(mon=(["0"], ["24"])))
    made.refresh_from_db()
    assert (made.name, made.zone, made.in_client_zone) == ("Nights", "", False)
    assert made.weekly == [[["00:00", "24:00"]], [], [], [], [], [], []]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": "", **week(mon=(["9"], ["18"]))}, "id_name_error"),
        ({"name": "Office HOURS", **week(mon=(["9"], ["18"]))}, "already a schedule"),
        ({"name": "X", "zone": "Mars/Olympus", **week(mon=(["9"], ["18"]))}, "id_zone_error"),
        ({"name": "X"}, "no open hours"),
        ({"name": "", **week(mon=(["18"], ["9"]))}, "Monday: 18:00-09:00 ends before it begins"),
        ({"name": "X", **week(mon=(["9", "12"], ["13", "18"]))}, "12:00-18:00 overlaps"),
        ({"name": "X", **week(sun=(["22:00"], ["06:00"]))}, "Split at midnight"),
        ({"name": "X", **week(sun=(["22:00"], ["06:00"]))}, "ends before it begins"),
        ({"name": "X", **week(tue=(["nine"], ["18:00"]))}, "“nine” is not a time"),
        ({"name": "X", **week(tue=(["9:00"], [""]))}, "is not a time"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    olena: Client, office: WorkSchedule, values: dict[str, object], said: str
) -> None:
    answer = olena.post("/manage/schedules/new/", {"in_client_zone": "on", **values})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    for typed in (str(text) for each in values.values() if isinstance(each, list) for text in each if text):
        assert f'value="{typed}"' in shown
    assert WorkSchedule.objects.count() == 2


@pytest.mark.parametrize(
    ("act", "hours", "focus"),
    [
        ("add:0", [["9", "18"], ["", ""]], "from_0_1"),
        ("add:2", [["09:00", "18:00"]], "from_2_0"),
        ("remove:0:0", [], "add_0"),
        ("whole:0", [["00:00", "24:00"]], "add_0"),
        ("closed:0", [], "add_0"),
        ("workdays:0", [["9", "18"]], "add_0"),
        ("every:0", [["9", "18"]], "add_0"),
        ("night:6:0", [["22:00", "24:00"]], "add_6"),
        ("remove:0:40", [["9", "18"]], "add_0"),
        ("nothing", [["9", "18"]], ""),
        ("add:7", [["9", "18"]], ""),
        ("add:-1", [["9", "18"]], ""),
        ("add", [["9", "18"]], ""),
    ],
)
def test_buttons_of_the_week_change_the_form_and_save_nothing(
    olena: Client, office: WorkSchedule, act: str, hours: list[list[str]], focus: str
) -> None:
    sent = week(mon=(["9"], ["18"]), sun=(["22"], ["6"]))
    answer = olena.post("/manage/schedules/week/", {"act": act, **sent})
    days = hours_shown(answer.content.decode())
    day = int(act.split(":")[1]) if act.count(":") and act[-2:] not in {":7", "-1"} else 0
    assert days[day] == hours
    assert [node.id for node in HTMLParser(answer.content.decode()).css("[autofocus]")] == (
        [focus] if focus else []
    )
    if act == "workdays:0":
        assert [len(each) for each in days] == [1, 1, 1, 1, 1, 0, 1]
    if act == "every:0":
        assert all(each == [["9", "18"]] for each in days)
    if act.startswith("night"):
        assert days[0] == [["00:00", "06:00"], ["9", "18"]]
    assert WorkSchedule.objects.get(pk=office.pk).weekly[0] == [["09:00", "18:00"]]


def test_default_and_deletion(olena: Client, office: WorkSchedule, monkeypatch: pytest.MonkeyPatch) -> None:
    always = WorkSchedule.objects.get(is_default=False)
    assert olena.post(f"/manage/schedules/{office.pk}/delete/", follow=True).content.decode().count("default") > 1
    monkeypatch.setattr(uses, "_finders", [("SLA rules", lambda schedule: ["Gold"])])
    assert "SLA rules: Gold" in page(olena, f"{always.pk}/")
    olena.post(f"/manage/schedules/{always.pk}/delete/")
    assert WorkSchedule.objects.filter(pk=always.pk).exists()
    monkeypatch.setattr(uses, "_finders", [])
    SlaRule.objects.update(schedule=always)
    olena.post(f"/manage/schedules/{always.pk}/default/")
    assert default_schedule() == always
    olena.post(f"/manage/schedules/{office.pk}/delete/")
    assert list(WorkSchedule.objects.all()) == [always]
    page(olena, f"{office.pk}/", 404)


def test_days_that_differ_are_added_shown_in_the_year_and_removed(olena: Client, office: WorkSchedule) -> None:
    path = f"/manage/schedules/{office.pk}/days/"
    sent = {"first": "2026-12-24", "last": "2026-12-26", "kind": "closed", "name": "Christmas"}
    assert olena.post(path, sent).status_code == 303
    olena.post(path, {"first": "2026-12-31", "kind": "hours", "hours": "9-13", "name": "Short day"})
    olena.post(path, {"first": "2027-01-01", "kind": "usual"})
    assert list(office.exceptions.values_list("date", "hours")) == [
        (date(2026, 12, 24), []),
        (date(2026, 12, 25), []),
        (date(2026, 12, 26), []),
        (date(2026, 12, 31), [["09:00", "13:00"]]),
        (date(2027, 1, 1), None),
    ]
    shown = page(olena, f"{office.pk}/days/?year=2026")
    assert "Short day: 09:00-13:00" in shown
    assert "Friday, 25 December 2026" in shown
    assert "as usual" in page(olena, f"{office.pk}/days/?year=2027")
    for odd in ("1000", "9999", "x", "٢٠٢٦", "20260"):
        page(olena, f"{office.pk}/days/?year={odd}")
    olena.post(f"{path}remove/", {"day": "2026-12-31"})
    assert olena.post(f"{path}remove/", {"day": "never"}).status_code == 303
    assert office.exceptions.count() == 4


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"first": "", "kind": "closed"}, "first"),
        ({"first": "2026-02-30", "kind": "closed"}, "first"),
        ({"first": "1066-10-14", "kind": "closed"}, "first"),
        ({"first": "2026-12-24", "last": "2026-12-01", "kind": "closed"}, "last"),
        ({"first": "2026-12-24", "kind": "hours", "hours": ""}, "hours"),
        ({"first": "2026-12-24", "kind": "hours", "hours": "18-9"}, "hours"),
        ({"first": "2026-12-24", "kind": "sometimes"}, "kind"),
    ],
)
def test_days_that_cannot_be_are_refused(
    olena: Client, office: WorkSchedule, sent: dict[str, str], field: str
) -> None:
    answer = olena.post(f"/manage/schedules/{office.pk}/days/", {**sent, "name": "Kept"})
    assert answer.status_code == 422
    assert wrong_fields(answer.content.decode()) == {f"id_{field}"}
    assert 'value="Kept"' in answer.content.decode()
    assert not ScheduleException.objects.exists()


def test_holidays_are_looked_at_before_they_are_taken(olena: Client, office: WorkSchedule) -> None:
    path = f"{office.pk}/holidays/"
    assert "No country is chosen" in page(olena, path)
    assert "Epiphany" in page(olena, f"{path}?country=PL&region=")
    assert "Bayern" in page(olena, f"{path}?country=DE&region=BY")
    assert "No country is chosen" in page(olena, f"{path}?country=XX")
    assert not office.exceptions.exists()
    olena.post(f"/manage/schedules/{path}", {"country": "PL", "region": ""})
    assert office.exceptions.filter(source="country").count() > 40
    assert "This is what is saved" in page(olena, path)
    olena.post(f"/manage/schedules/{path}", {"country": "XX"})
    assert WorkSchedule.objects.get(pk=office.pk).country == "PL"
    olena.post(f"/manage/schedules/{path}", {"country": ""})
    assert not office.exceptions.exists()


CALENDAR = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261228\r\n"
    'SUMMARY:<b>Bridge</b> & "co"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
)


def test_a_calendar_file_is_shown_first_and_taken_then_t12(olena: Client, office: WorkSchedule) -> None:
    path = f"/manage/schedules/{office.pk}/file/"
    answer = olena.post(path, {"file": SimpleUploadedFile("days.ics", CALENDAR.encode())})
    shown = answer.content.decode()
    assert "&lt;b&gt;Bridge&lt;/b&gt;" in shown
    assert "<b>Bridge" not in shown
    assert not office.exceptions.exists()
    olena.post(f"{path}take/", {"day": ['2026-12-28 <b>Bridge</b> & "co"', "no day", ""]})
    assert list(office.exceptions.values_list("date", "name", "source")) == [
        (date(2026, 12, 28), '<b>Bridge</b> & "co"', "file")
    ]
    assert (
        "already there"
        in olena.post(path, {"file": SimpleUploadedFile("d.ics", CALENDAR.encode())}).content.decode()
    )
    olena.post(f"{path}remove/")
    assert not office.exceptions.exists()
    for content in (b"", b"hello", b"BEGIN:VCALENDAR" + b"x" * 1_000_000):
        refused = olena.post(path, {"file": SimpleUploadedFile("x.ics", content)})
        assert refused.status_code == 422
        assert wrong_fields(refused.content.decode()) == {"id_file"}


def test_a_promise_is_tried_with_its_days(olena: Client, office: WorkSchedule) -> None:
    ScheduleException.objects.create(schedule=office, date=date(2026, 11, 23), hours=[], name="Inventory")
    path = f"{office.pk}/try/"
    assert 'value="2026-11-21T14:00"' in page(olena, path)
    shown = page(olena, f"{path}?start=2026-11-20T17:00&hours=2&minutes=30&zone=")
    assert "Tuesday, 24 November 2026, 10:30" in shown
    assert "Inventory" in shown
    assert "Europe/Kyiv" in shown
    there = page(olena, f"{path}?start=2026-11-20T17:00&hours=2&minutes=30&zone=America/New_York")
    assert "Friday, 20 November 2026, 12:30" in there
    for wrong in (
        "start=x&hours=1",
        "start=2026-11-20T17:00&hours=-1",
        "start=2026-11-20T17:00&hours=99999&minutes=0",
        "start=2026-11-20T17:00&hours=1",
    ):
        page(olena, f"{path}?{wrong}", 422)
    long = page(olena, f"{path}?start=2026-11-20T17:00&hours=2000&minutes=0")
    assert "more days" in long
    office.weekly = [[]] * 7
    office.save()
    assert page(olena, f"{path}?start=9990-11-20T17:00&hours=2&minutes=0")


def test_a_schedule_that_is_not_there_is_nowhere(olena: Client, cast: Cast) -> None:
    for path in ("", "days/", "holidays/", "try/"):
        page(olena, f"999/{path}", 404)
