"""Routing with the keyboard alone: a rule is written, moved, tried; a team becomes a queue; somebody is away."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_rule_is_written_moved_and_tried(browse: Callable[..., Page], width: int, height: int) -> None:
    page, name = browse("administrator", width=width, height=height), f"Printers {width}"
    page.goto("/manage/routing/new/")
    page.locator("#id_name").focus()
    page.keyboard.type(name)
    page.get_by_role("button", name="Add a condition").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What is compared").select_option(label="Subject")
    page.locator("[data-clause] .conditions-with input").first.fill(f"printer {width}")
    page.locator("#id_assignee").select_option(label="Second line")
    page.get_by_role("button", name="Add", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/manage/routing/$"))
    expect(page.locator("[data-ordered-row]").last).to_contain_text(name)
    page.get_by_role("button", name=f"Up: {name}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-ordered-status]")).to_contain_text(name)
    page.reload()
    expect(page.locator("[data-ordered-row]").last).not_to_contain_text(name)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.goto(f"/manage/routing/try/?channel=email&subject=My+printer+{width}+is+silent")
    expect(page.locator("#answer")).to_have_text(f"Given to Second line by the rule “{name}”")
    page.goto("/manage/routing/new/")
    page.locator("#id_name").fill(name.upper())
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#id_name_error")).to_contain_text("There is already a rule")


def test_a_queue_gives_out_and_the_absent_gets_nothing(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/manage/teams/2/")
    page.get_by_label("in turn: each member after the other").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/manage/teams/$"))
    expect(page.locator("#main")).to_contain_text("in turn: each member after the other")
    marek = browse("specialist")
    marek.goto("/account/absence/")
    marek.locator("#id_begins").fill("2026-01-01T09:00")
    marek.locator("#id_substitute").select_option(label="Taras Vovk")
    marek.get_by_role("button", name="Save").click()
    expect(marek.get_by_role("banner").or_(marek.locator(".page-head")).first).to_contain_text("absent")
    page.goto("/manage/workload/?team=2")
    expect(page.get_by_role("img", name=re.compile("Marek Lis: .* of at most 10"))).to_be_visible()
    expect(page.locator("#main")).to_contain_text("absent")
    marek.get_by_role("button", name="End the absence").click()
    expect(marek.locator(".page-head")).not_to_contain_text("absent")
