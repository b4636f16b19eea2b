"""A lifecycle drawn with the keyboard alone: a copy, a transition more, a mistake told at its place, the picture."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def press(page: Page, name: str) -> None:
    """Presses a button with the keyboard."""
    page.get_by_role("button", name=name, exact=True).first.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_lifecycle_is_drawn_with_the_keyboard(browse: Callable[..., Page], width: int, height: int) -> None:
    page = browse("administrator", width=width, height=height)
    page.goto("/manage/lifecycles/new/")
    page.locator("#id_name_en").focus()
    page.keyboard.type(f"Repair {width}")
    expect(page.locator("#picture svg rect")).to_have_count(6)
    page.locator("#add").focus()
    page.keyboard.type("Waiting")
    press(page, "Add the status")
    expect(page.locator("#p3-add")).to_be_focused()
    expect(page.locator("#picture svg rect")).to_have_count(8)
    page.keyboard.press("Enter")
    expect(page.locator("#p3w0-after")).to_be_focused()
    page.keyboard.type("Closed")
    page.keyboard.press("Tab")
    page.keyboard.type("Give up")
    page.keyboard.press("Tab")
    expect(page.locator("#picture")).to_contain_text("Give up")
    page.locator("#reopen_days").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#p3")).to_contain_text("No transition leads to “Waiting for client”.")
    expect(page.locator("#id_name_en")).to_have_value(f"Repair {width}")
    expect(page.locator('[name="p3w0-name-en"]')).to_have_value("Give up")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("#p1-add").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#p1w1-after")).to_be_focused()
    page.keyboard.type("Waiting")
    page.locator("#p3-up").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#p2-up")).to_be_focused()
    page.locator("#reopen_days").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/manage/lifecycles/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Repair {width}")
    expect(page.locator("#p2")).to_contain_text("Waiting for client")
    press(page, "Delete")
    page.locator("[data-confirm-yes]").click()
    page.wait_for_url("**/manage/lifecycles/")
    expect(page.get_by_text(f"Repair {width} is deleted.")).to_be_visible()


def test_the_form_saves_without_scripts(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    chromium = page.context.browser
    assert chromium is not None
    context = chromium.new_context(
        java_script_enabled=False,
        base_url=page.url.split("/tickets")[0],
        storage_state=page.context.storage_state(),
    )
    bare = context.new_page()
    bare.goto("/manage/lifecycles/new/")
    bare.locator("#id_name_en").fill("Bare")
    bare.locator("#p0-add").click()
    bare.locator("#p0w1-after").select_option("closed")
    bare.get_by_role("button", name="Draw it again").click()
    expect(bare.locator("#id_name_en")).to_have_value("Bare")
    bare.get_by_role("button", name="Add", exact=True).first.click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("Bare")
    expect(bare.locator("#p0w1-after")).to_have_value("closed")
    context.close()
