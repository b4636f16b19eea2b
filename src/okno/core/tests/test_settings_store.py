"""Settings: typed, checked, told, remembered for a moment."""

from __future__ import annotations

from typing import Any

import pytest

from okno.core import events, settings_store
from okno.core.faults import Forbidden, Invalid
from okno.core.models import Event, SettingValue
from okno.core.settings_store import Setting, change, declare, is_changed, reset
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db


def even(value: int) -> str | None:
    return "odd" if value % 2 else None


@pytest.fixture(autouse=True)
def number(monkeypatch: pytest.MonkeyPatch) -> Setting[int]:
    monkeypatch.setattr(settings_store, "SETTINGS", dict(settings_store.SETTINGS))
    declare(Setting("test.word", str, "a", "Word", "", "general", choices={"a": "A", "b": "B"}))
    declare(Setting("test.flag", bool, default=False, label="Flag", help="", group="general"))
    return declare(Setting("test.number", int, 2, "Number", "", "general", check=even))


def test_a_setting_has_its_default_until_it_is_changed_and_after_its_reset(
    cast: Cast, number: Setting[int]
) -> None:
    olena = cast.actor("olena")
    assert (number(), is_changed("test.number")) == (2, False)
    change(olena, {"test.number": 4, "test.word": "b", "test.flag": True})
    assert (number(), is_changed("test.number")) == (4, True)
    change(olena, {"test.number": 4})
    reset(olena, "test.number")
    reset(olena, "test.number")
    assert (number(), is_changed("test.number")) == (2, False)
    told = [event.data for event in Event.objects.filter(kind=settings_store.CHANGED).order_by("id")]
    assert [each for each in told if each["key"] == "test.number"] == [
        {"key": "test.number", "before": 2, "after": 4},
        {"key": "test.number", "before": 4, "after": 2},
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("test.number", "4"),
        ("test.number", True),
        ("test.number", 4.0),
        ("test.number", None),
        ("test.number", 3),
        ("test.word", "c"),
        ("test.word", ["a"]),
        ("test.flag", 1),
        ("test.missing", 1),
    ],
)
def test_one_wrong_value_is_named_and_none_is_set(cast: Cast, number: Setting[int], key: str, value: Any) -> None:
    with pytest.raises(Invalid) as caught:
        change(cast.actor("olena"), {"test.word": "b", "test.number": 4} | {key: value})
    assert list(caught.value.fields) == [key]
    assert not SettingValue.objects.exists()
    assert number() == 2


def test_only_who_manages_settings_changes_them(cast: Cast) -> None:
    for who in ("taras", "marek", "marta"):
        for act in (lambda actor: change(actor, {"test.number": 4}), lambda actor: reset(actor, "test.number")):
            with pytest.raises(Forbidden):
                act(cast.actor(who))
    with pytest.raises(Invalid):
        reset(cast.actor("olena"), "test.missing")


def test_what_fails_in_the_middle_sets_nothing(
    cast: Cast, number: Setting[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def record(_actor: object, _kind: str, _row: object, data: dict[str, Any]) -> None:
        if data["key"] == "test.number":
            raise RuntimeError

    monkeypatch.setattr(events, "record", record)
    with pytest.raises(RuntimeError):
        change(cast.actor("olena"), {"test.word": "b", "test.number": 4})
    assert not SettingValue.objects.exists()
    assert number() == 2


def test_what_another_process_set_is_seen_after_a_moment(
    cast: Cast, number: Setting[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr(settings_store.time, "monotonic", lambda: now[0])
    settings_store.forget()
    assert number() == 2
    SettingValue.objects.create(key="test.number", value=8)
    assert number() == 2
    now[0] += settings_store.MAX_AGE + 0.1
    assert number() == 8
    settings_store.forget()


def test_a_key_is_declared_once(number: Setting[int]) -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(number)


def test_every_default_of_the_product_is_a_value_that_may_be_set() -> None:
    for key, setting in settings_store.SETTINGS.items():
        assert setting.problem(setting.default) is None, key
        assert str(setting.label), key
