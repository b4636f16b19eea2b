"""Schedules and their days: written, checked, refused, recorded, and counted by."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from okno.calendars import uses
from okno.calendars.jobs import extend
from okno.calendars.loading import default_schedule, rules_of
from okno.calendars.models import ScheduleException, WorkSchedule
from okno.calendars.operations.exceptions import (
    ExceptionFacts,
    import_days,
    remove_exception,
    remove_imported,
    set_exceptions,
)
from okno.calendars.operations.holidays import choose_country
from okno.calendars.operations.schedules import (
    ScheduleFacts,
    change_schedule,
    create_schedule,
    delete_schedule,
    make_default,
)
from okno.calendars.rules import add_working_time, working_time_between
from okno.core import clock
from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Forbidden, Invalid
from okno.core.models import Event
from okno.sla.models import SlaRule
from okno.testing.cast import Cast

DAY = [["09:00", "18:00"]]
WEEK: list[Any] = [DAY, DAY, DAY, DAY, DAY, [], []]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment() -> Iterator[None]:
    with clock.frozen_at(NOW):
        yield


@pytest.fixture
def warsaw(cast: Cast) -> WorkSchedule:
    return create_schedule(cast.actor("olena"), ScheduleFacts("Warsaw", WEEK, "Europe/Warsaw"))


def test_a_new_installation_has_office_hours_and_the_whole_clock() -> None:
    office, always = WorkSchedule.objects.order_by("id")
    assert (default_schedule(), always.is_default) == (office, False)
    assert rules_of(office).zone == "Europe/Kyiv"
    start = datetime(2026, 11, 20, 15, tzinfo=UTC)  # Friday, 17:00 in Kyiv
    assert add_working_time(start, timedelta(hours=2), rules_of(office)) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert working_time_between(start, start + timedelta(days=200), rules_of(always)) == timedelta(days=200)


def test_a_schedule_is_made_changed_and_deleted_by_an_administrator(cast: Cast, warsaw: WorkSchedule) -> None:
    olena = cast.actor("olena")
    changed = change_schedule(olena, warsaw, ScheduleFacts("Warsaw", [[["14", "18"], ["9", "13"]], *WEEK[1:]], ""))
    assert changed.weekly[0] == [["09:00", "13:00"], ["14:00", "18:00"]]
    assert changed.version != warsaw.version
    assert change_schedule(olena, changed, ScheduleFacts("Warsaw", changed.weekly, "")).version == changed.version
    delete_schedule(olena, warsaw)
    recorded = list(Event.objects.filter(object_kind="workschedule").order_by("id").values_list("kind", "data"))
    assert recorded == [
        ("schedule.created", {"name": "Warsaw"}),
        ("schedule.changed", {"name": "Warsaw", "fields": ["zone", "weekly"]}),
        ("schedule.deleted", {"name": "Warsaw"}),
    ]


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        (ScheduleFacts(" ", WEEK), "name", "Write"),
        (ScheduleFacts("x" * 81, WEEK), "name", "80"),
        (ScheduleFacts("OFFICE hours", WEEK), "name", "already"),
        (ScheduleFacts("A", WEEK, "Mars/Olympus"), "zone", "no such"),
        (ScheduleFacts("A", WEEK, "../../etc/passwd"), "zone", "no such"),
        (ScheduleFacts("A", [[]] * 7), "weekly", "never|no open hours"),
        (ScheduleFacts("A", [DAY] * 6), "weekly", "no open hours"),
        (ScheduleFacts("A", [*WEEK[:6], [["22:00", "06:00"]]]), "day_6", "two parts"),
        (ScheduleFacts("A", [[["9", "13"], ["12", "18"]], *WEEK[1:]]), "day_0", "overlaps"),
        (ScheduleFacts("A", [[["9", "soon"]], *WEEK[1:]]), "day_0", "soon"),
        (ScheduleFacts("A", [[["9"]], *WEEK[1:]]), "day_0", "not a time"),
    ],
)
def test_an_impossible_schedule_is_refused_at_its_field(
    cast: Cast, facts: ScheduleFacts, field: str, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        create_schedule(cast.actor("olena"), facts)
    assert list(refused.value.fields) == [field]
    assert any(word in refused.value.fields[field][0] for word in words.split("|"))
    assert WorkSchedule.objects.count() == 2


def test_only_those_who_change_settings_may(cast: Cast, warsaw: WorkSchedule) -> None:
    taras = cast.actor("taras")
    for attempt in (
        lambda: create_schedule(taras, ScheduleFacts("B", WEEK)),
        lambda: change_schedule(taras, warsaw, ScheduleFacts("B", WEEK)),
        lambda: make_default(taras, warsaw),
        lambda: delete_schedule(taras, warsaw),
        lambda: set_exceptions(taras, warsaw, ExceptionFacts(date(2026, 12, 24))),
        lambda: remove_exception(taras, warsaw, date(2026, 12, 24)),
        lambda: import_days(taras, warsaw, {date(2026, 12, 24): ""}),
        lambda: remove_imported(taras, warsaw),
        lambda: choose_country(taras, warsaw, "PL"),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_one_schedule_is_the_default_and_stays_until_another_is(cast: Cast, warsaw: WorkSchedule) -> None:
    olena, office = cast.actor("olena"), default_schedule()
    with pytest.raises(Conflict, match="default"):
        delete_schedule(olena, office)
    make_default(olena, warsaw)
    assert list(WorkSchedule.objects.filter(is_default=True)) == [warsaw]
    SlaRule.objects.update(schedule=warsaw)
    delete_schedule(olena, office)
    with pytest.raises(Conflict, match="deleted"):
        change_schedule(olena, office, ScheduleFacts("Office hours", WEEK))


def test_what_follows_a_schedule_keeps_it(
    cast: Cast, warsaw: WorkSchedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uses, "_finders", [])
    uses.used_by("SLA rules")(lambda schedule: ["Gold", "Silver"] if schedule == warsaw else [])
    with pytest.raises(Conflict, match="SLA rules: Gold, Silver"):
        delete_schedule(cast.actor("olena"), warsaw)
    assert WorkSchedule.objects.filter(pk=warsaw.pk).exists()


def test_days_that_differ_are_counted_at_once_f57_f224(cast: Cast, warsaw: WorkSchedule) -> None:
    olena, start = cast.actor("olena"), datetime(2026, 12, 23, 16, tzinfo=UTC)  # 17:00 in Warsaw
    assert add_working_time(start, timedelta(hours=2), rules_of(warsaw)) == datetime(2026, 12, 24, 9, tzinfo=UTC)
    assert (
        set_exceptions(olena, warsaw, ExceptionFacts(date(2026, 12, 24), date(2026, 12, 26), (), "Christmas")) == 3
    )
    set_exceptions(olena, warsaw, ExceptionFacts(date(2026, 12, 27), None, [["10", "12"]], "Inventory"))
    warsaw.refresh_from_db()
    assert add_working_time(start, timedelta(hours=2), rules_of(warsaw)) == datetime(2026, 12, 27, 10, tzinfo=UTC)
    assert rules_of(warsaw).names[date(2026, 12, 25)] == "Christmas"
    remove_exception(olena, warsaw, date(2026, 12, 24))
    warsaw.refresh_from_db()
    assert add_working_time(start, timedelta(hours=2), rules_of(warsaw)) == datetime(2026, 12, 24, 9, tzinfo=UTC)
    data = Event.objects.filter(kind="schedule.exceptions_changed").order_by("id").values_list("data", flat=True)
    assert [(each["count"], each["added"][:1], each["removed"]) for each in data] == [
        (3, ["2026-12-24"], []),
        (1, ["2026-12-27"], []),
        (1, [], ["2026-12-24"]),
    ]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (ExceptionFacts(date(1800, 1, 1)), "first"),
        (ExceptionFacts(date(2026, 12, 24), date(2026, 12, 23)), "last"),
        (ExceptionFacts(date(2026, 12, 24), date(2027, 12, 25)), "last"),
        (ExceptionFacts(date(2100, 12, 24), date(2101, 1, 2)), "last"),
        (ExceptionFacts(date(2026, 12, 24), None, [["18", "9"]]), "hours"),
        (ExceptionFacts(date(2026, 12, 24), None, (), "x" * 201), "name"),
    ],
)
def test_impossible_days_are_refused_at_their_field(
    cast: Cast, warsaw: WorkSchedule, facts: ExceptionFacts, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_exceptions(cast.actor("olena"), warsaw, facts)
    assert list(refused.value.fields) == [field]


def test_there_is_a_limit_of_days(cast: Cast, warsaw: WorkSchedule) -> None:
    olena = cast.actor("olena")
    for year in range(2000, 2005):
        set_exceptions(olena, warsaw, ExceptionFacts(date(year, 1, 1), date(year, 12, 31)))
    with pytest.raises(Invalid, match="2000"):
        set_exceptions(olena, warsaw, ExceptionFacts(date(2010, 1, 1), date(2010, 12, 31)))
    assert not warsaw.exceptions.filter(date__year=2010).exists()


def test_holidays_of_a_country_are_closed_days_some_years_ahead_f57(cast: Cast, warsaw: WorkSchedule) -> None:
    olena = cast.actor("olena")
    set_exceptions(olena, warsaw, ExceptionFacts(date(2026, 11, 11), None, [["10", "14"]], "On duty"))
    row = choose_country(olena, warsaw, "PL")
    days = dict(row.exceptions.filter(date__year=2026).values_list("date", "hours"))
    assert days[date(2026, 11, 11)] == [["10:00", "14:00"]]
    assert days[date(2026, 12, 25)] == []
    assert row.exceptions.get(date=date(2027, 12, 25)).name == "Christmas Day"
    assert {each.year for each in row.exceptions.values_list("date", flat=True)} == {2025, 2026, 2027, 2028, 2029}
    before = row.version
    assert choose_country(olena, row, "PL").version == before
    choose_country(olena, row, "DE", "BY")
    assert row.exceptions.filter(date=date(2027, 1, 6)).exists()
    assert not row.exceptions.filter(date=date(2027, 11, 11)).exists()
    choose_country(olena, row, "")
    assert list(row.exceptions.values_list("date", flat=True)) == [date(2026, 11, 11)]


def test_a_holiday_that_was_removed_does_not_come_back(cast: Cast, warsaw: WorkSchedule) -> None:
    olena = cast.actor("olena")
    choose_country(olena, warsaw, "PL")
    remove_exception(olena, warsaw, date(2027, 1, 6))
    row = choose_country(olena, warsaw, "PL")
    assert row.exceptions.get(date=date(2027, 1, 6)).hours is None
    open_hours = working_time_between(
        datetime(2027, 1, 6, tzinfo=UTC), datetime(2027, 1, 7, tzinfo=UTC), rules_of(row)
    )
    assert open_hours == timedelta(hours=9)


def test_further_years_follow_by_themselves(cast: Cast, warsaw: WorkSchedule) -> None:
    choose_country(cast.actor("olena"), warsaw, "PL")
    assert extend() == 0
    with clock.frozen_at(datetime(2028, 1, 1, 12, tzinfo=UTC)):
        assert extend() == 1
    assert warsaw.exceptions.filter(date=date(2031, 12, 25), source="country").exists()
    assert WorkSchedule.objects.get(pk=warsaw.pk).holidays_until == 2031


@pytest.mark.parametrize(("country", "region"), [("XX", ""), ("", "BY"), ("PL", "BY"), ("DE", "XX"), ("DEU", "")])
def test_an_unknown_country_is_refused(cast: Cast, warsaw: WorkSchedule, country: str, region: str) -> None:
    with pytest.raises(Invalid):
        choose_country(cast.actor("olena"), warsaw, country, region)


def test_days_of_a_file_close_and_leave_what_was_written_by_hand(cast: Cast, warsaw: WorkSchedule) -> None:
    olena = cast.actor("olena")
    set_exceptions(olena, warsaw, ExceptionFacts(date(2026, 12, 24), None, [["9", "12"]], "Short"))
    days = {date(2026, 12, 24): "Eve", date(2026, 12, 28): "Bridge", date(1500, 1, 1): "Long ago"}
    assert import_days(olena, warsaw, days) == 1
    assert import_days(olena, warsaw, days) == 0
    assert import_days(olena, warsaw, {date(2026, 12, 28): "Bridge day"}) == 1
    assert list(warsaw.exceptions.values_list("name", "source")) == [("Short", "hand"), ("Bridge day", "file")]
    assert remove_imported(olena, warsaw) == 1
    assert [each.name for each in ScheduleException.objects.filter(schedule=warsaw)] == ["Short"]


def test_hours_are_counted_by_the_clocks_of_the_client_f60(cast: Cast, warsaw: WorkSchedule) -> None:
    start = datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert add_working_time(start, timedelta(hours=1), rules_of(warsaw)).hour == 9
    assert add_working_time(start, timedelta(hours=1), rules_of(warsaw, "America/New_York")).hour == 15
    own = change_schedule(SYSTEM, warsaw, ScheduleFacts("Warsaw", WEEK, "Europe/Warsaw", in_client_zone=False))
    assert rules_of(own, "America/New_York").zone == "Europe/Warsaw"
