"""The lifecycle of a ticket under the hands of an agent, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.test_browser_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SUBJECT = "Quotation for looking after 12 computers"
UNTOUCHED = "Two new colleagues from Monday"
"""A ticket whose status no test of the demo changes."""


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def open_ticket(page: Page, subject: str = SUBJECT) -> None:
    page.goto("/tickets/?section=active")
    page.locator("[data-row-link]", has_text=subject).click()
    expect(page.get_by_role("heading", name=subject)).to_be_visible()
    expect(page.locator("#answer-editor [role=textbox]")).to_be_visible()


def test_a_ticket_is_postponed_and_taken_back_with_the_keyboard(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    open_ticket(page)
    press(page, "z")
    window = page.get_by_role("dialog")
    expect(window.get_by_role("heading")).to_have_text("Postpone")
    expect(window.get_by_label("In an hour")).to_be_focused()
    press(page, "ArrowDown")
    expect(window.get_by_label("Tomorrow morning")).to_be_checked()
    assert violations(page) == []
    press(page, "Enter")
    expect(window).to_be_hidden()
    standing = page.locator("#standing")
    expect(standing).to_contain_text("Postponed until")
    expect(standing.locator("time")).to_contain_text("in ")
    assert violations(page) == []
    standing.get_by_role("button", name="Another time").focus()
    press(page, "Enter")
    window.get_by_label("Date and time").fill("2020-01-01T10:00")
    expect(window.get_by_label("At another time")).to_be_checked()
    press(page, "Enter")
    expect(window.locator("#id_until_error")).to_contain_text("still to come")
    expect(window.get_by_label("Date and time")).to_have_value("2020-01-01T10:00")
    assert violations(page) == []
    press(page, "Escape")
    standing.get_by_role("button", name="Return now").focus()
    press(page, "Enter")
    expect(page.locator("#status-menu")).to_contain_text("Open")
    expect(standing).to_have_count(0)


def test_an_answer_resolves_in_one_press_and_the_ticket_warns(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    open_ticket(page)
    press(page, "r")
    page.keyboard.type("The quotation is attached")
    page.locator("#then-menu").get_by_role("button").focus()
    press(page, "Enter")
    expect(page.get_by_role("menu", name="Send and then")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("menuitem", name="Propose a solution").focus()
    press(page, "Enter")
    expect(page.locator("#talk")).to_contain_text("The quotation is attached")
    expect(page.locator("#status-menu")).to_contain_text("Solution proposed")
    expect(page.locator("#standing")).to_contain_text("by itself on")
    press(page, "s")
    expect(page.locator("#status-menu").get_by_role("menuitem").first).to_be_focused()
    press(page, "1")
    expect(page.locator("#status-menu")).to_contain_text("Open")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_windows_of_the_lifecycle_pass_axe(
    browse: Callable[..., Page], width: int, height: int, dark: bool
) -> None:
    page = browse("administrator", width=width, height=height, dark=dark)
    open_ticket(page, UNTOUCHED)
    for key, heading in (("z", "Postpone"), ("v", "What it is about")):
        press(page, key)
        expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text(heading)
        page.wait_for_timeout(300)
        assert violations(page) == []
        press(page, "Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
    press(page, "s")
    expect(page.locator("#status-menu").get_by_role("menu")).to_be_visible()
    page.wait_for_timeout(300)
    assert violations(page) == []
