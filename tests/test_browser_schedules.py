"""A schedule made with the keyboard alone, and used: its week, a closed day, a country, and a promise tried."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    found: str = page.evaluate("document.activeElement.id")
    return found


def values(page: Page, day: int) -> list[list[str]]:
    edges = [page.locator(f'input[name="{edge}_{day}"]').all() for edge in ("from", "to")]
    return [[edge.input_value() for edge in pair] for pair in zip(*edges, strict=True)]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_week_is_written_with_the_keyboard(browse: Callable[..., Page], width: int, height: int) -> None:
    page = browse("administrator", width=width, height=height)
    page.goto("/manage/schedules/new/")
    page.locator("#id_name").focus()
    page.keyboard.type(f"Night shift {width}")
    page.locator("#add_6").focus()
    press(page, "Enter")
    expect(page.locator("#from_6_0")).to_be_focused()
    press(page, "ControlOrMeta+a")
    page.keyboard.type("22:00")
    press(page, "Tab", "ControlOrMeta+a")
    page.keyboard.type("6")
    press(page, "Enter")
    expect(page.locator("#id_day_6_error")).to_contain_text("ends before it begins")
    assert values(page, 6) == [["22:00", "6"]]
    page.get_by_role("button", name="Split at midnight").focus()
    press(page, "Enter")
    expect(page.locator("#from_0_1")).to_be_visible()
    assert values(page, 6) == [["22:00", "24:00"]]
    assert values(page, 0) == [["00:00", "06:00"], ["09:00", "18:00"]]
    page.get_by_role("button", name="More for Saturday").focus()
    press(page, "Enter")
    expect(page.get_by_role("menuitem", name="Around the clock")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#from_5_0")).to_have_value("00:00")
    page.get_by_role("button", name="More for Tuesday").focus()
    press(page, "Enter")
    expect(page.get_by_role("menuitem", name="Around the clock")).to_be_focused()
    press(page, "ArrowDown")
    expect(page.get_by_role("menuitem", name="Closed all day")).to_be_focused()
    press(page, "Enter")
    expect(page.locator("#from_1_0")).to_have_count(0)
    expect(page.locator("#add_1")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("#id_name").focus()
    press(page, "Enter")
    page.wait_for_url(re.compile(r"/manage/schedules/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Night shift {width}")
    assert (values(page, 1), values(page, 5)) == ([], [["00:00", "24:00"]])


def test_a_closed_day_and_a_country_move_a_deadline(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/manage/schedules/new/")
    page.locator("#id_name").fill("Warsaw office")
    page.locator("#id_zone").select_option("Europe/Warsaw")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile(r"/manage/schedules/\d+/$"))
    page.get_by_role("link", name="Holidays", exact=True).click()
    page.locator("#id_country").select_option("PL")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("Epiphany").first).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("This is what is saved.")).to_be_visible()
    page.get_by_role("link", name="Days that differ").click()
    page.locator("#id_first").fill("2027-01-07")
    page.locator("#id_name").fill("Inventory")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("link", name="2027").click()
    expect(page.get_by_text("Thursday, 7 January 2027")).to_be_visible()
    page.get_by_role("link", name="Try it").click()
    page.locator("#id_start").fill("2027-01-05T16:00")
    page.locator("#id_hours").fill("2")
    page.locator("#id_zone").select_option("Europe/Warsaw")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#answer")).to_have_text("Tuesday, 5 January 2027, 17:00")
    page.locator("#id_hours").fill("4")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#answer")).to_have_text("Friday, 8 January 2027, 10:00")
    expect(page.get_by_text("Inventory")).to_be_visible()
    expect(page.get_by_text("Epiphany")).to_be_visible()


def test_a_schedule_is_deleted_after_a_question(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/manage/schedules/new/")
    page.locator("#id_name").fill("Not for long")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile(r"/manage/schedules/\d+/$"))
    page.get_by_role("button", name="Delete").click()
    page.locator("[data-confirm-yes]").click()
    page.wait_for_url("**/manage/schedules/")
    expect(page.get_by_text("The schedule Not for long is deleted.")).to_be_visible()
