"""How values are shown, in four languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.dates import format_timedelta
from hypothesis import given
from hypothesis import strategies as st

from okno.core import display

NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
KYIV = ZoneInfo("Europe/Kyiv")


def locale(name: str) -> Locale:
    return Locale.parse(name, sep="-")


@pytest.mark.parametrize(
    ("language", "distance", "shown"),
    [
        ("en-GB", timedelta(minutes=-5), "5 minutes ago"),
        ("en-GB", timedelta(hours=3), "in 3 hours"),
        ("ru", timedelta(minutes=-2), "2 минуты назад"),
        ("uk", timedelta(minutes=-5), "5 хвилин тому"),
        ("pl", timedelta(minutes=-22), "22 minuty temu"),
    ],
)
def test_distance_speaks_the_language(language: str, distance: timedelta, shown: str) -> None:
    assert display.ago(NOW + distance, NOW, locale(language)) == shown


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (NOW - timedelta(hours=1), "19:00"),
        (NOW - timedelta(days=7), "14 Nov, 20:00"),
        (NOW - timedelta(days=400), "17 Oct 2025, 21:00"),
        (NOW + timedelta(hours=4, minutes=30), "22 Nov, 00:30"),  # tomorrow in Kyiv, today in UTC
    ],
)
def test_moment_is_as_brief_as_it_is_clear(moment: datetime, shown: str) -> None:
    assert display.clock(moment, NOW, locale("en-GB"), KYIV) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 B"), (812, "812 B"), (1000, "1 KB"), (217_088, "212 KB"), (1_520_000, "1.4 MB"), (5 * 2**30, "5.0 GB")],
)
def test_size(count: int, shown: str) -> None:
    assert display.size(count, locale("en-GB")) == shown


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Olena Kravets", "OK"),
        ("Jan Maria Kowal", "JK"),
        ("Анна Петрова", "АП"),
        ("office@nordwind.example", "ON"),
        ("Nordwind", "NO"),
        ("", "?"),
        (" - ", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert display.initials(name) == letters


@given(st.text())
def test_any_name_has_initials_and_one_tint(name: str) -> None:
    assert display.initials(name)
    assert display.tint(name) == display.tint(name)
    assert 0 <= int(display.tint(name).removeprefix("tint-")) < display.TINTS


@given(seconds=st.floats(min_value=-(10**8), max_value=10**8))
def test_a_distance_is_remembered_by_its_words(seconds: float) -> None:
    """Distances that are told alike are worked out once; the words are those of the distance itself."""
    size = abs(seconds)
    unit = next(unit for unit in (31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1) if size >= unit or unit == 1)
    if abs(size / unit % 1 - 0.5) < 0.01:
        return  # just between two words either is right
    exact = format_timedelta(timedelta(seconds=seconds), add_direction=True, threshold=1.0, locale=locale("en-GB"))
    assert display.ago(NOW + timedelta(seconds=seconds), NOW, locale("en-GB")) == exact


def test_short_distances_are_written_as_people_write_them() -> None:
    now = datetime(2026, 5, 5, 12, tzinfo=UTC)
    before = now - timedelta(minutes=5)
    written = {each: display.ago(before, now, Locale.parse(each), short=True) for each in ("en", "ru", "uk", "pl")}
    assert {each: words.replace("\xa0", " ") for each, words in written.items()} == {
        "en": "5m",
        "ru": "5 мин",
        "uk": "5 хв",
        "pl": "5 min",
    }
