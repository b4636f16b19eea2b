"""Attributes in real hands: made in the settings, asked for with a new ticket, changed at its side, a column of the list."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_the_settings_to_a_column_of_the_list(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/manage/attributes/new/")
    page.get_by_label("Kind").select_option("list")
    page.get_by_label("Values").fill("Left\nRight")
    page.get_by_label("Name (English)").fill("Door")
    page.get_by_label("Required on creation").check()
    page.get_by_role("checkbox", name="Incident").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Door is added.")).to_be_visible()

    page.goto("/tickets/new/")
    page.get_by_label("Type", exact=True).select_option("request")  # the draft of another test may have another
    expect(page.get_by_label("Door")).to_have_count(0)
    place = page.get_by_label(re.compile("Floor or room"))
    place.fill("Attic")
    page.get_by_label("Type", exact=True).select_option("incident")
    door = page.get_by_label("Door")
    expect(door).to_be_visible()
    expect(place).to_have_value("Attic")
    page.get_by_label("Subject").fill("The door does not close")
    page.get_by_role("button", name="Create the ticket").click()
    expect(page.get_by_text("Door: Fill this in.")).to_be_visible()
    expect(place).to_have_value("Attic")
    door.select_option("left")
    page.get_by_role("button", name="Create the ticket").click()
    facts = page.locator("#facts")
    expect(facts.get_by_text("Left", exact=True)).to_be_visible()

    page.locator("#change-attributes").click()
    window = page.locator("#window")
    window.get_by_label("Door").select_option("right")
    window.get_by_role("button", name="Save").click()
    expect(facts.get_by_text("Right", exact=True)).to_be_visible()

    page.goto("/tickets/?section=active")
    page.get_by_role("button", name="Columns of the list").click()
    page.get_by_role("button", name="Door").click()
    expect(page.locator("#window [data-ordered-row]").last).to_contain_text("Door")
    page.locator("#window").get_by_role("button", name="Up: Door").click()
    page.get_by_role("button", name="Done").click()
    row = page.locator("tr", has_text="The door does not close")
    expect(row.get_by_text("Right", exact=True)).to_be_visible()
    expect(page.locator("thead th").last).to_contain_text("News")
    page.reload()
    expect(page.locator("thead th", has_text="Door")).to_be_visible()
