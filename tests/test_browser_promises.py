"""Deadlines by the keyboard alone: why one is what it is, one set by hand, and the order of SLA rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.test_browser_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_why_and_a_deadline_by_hand(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/?section=active&sort=due")
    page.locator("[data-row-link]").first.click()
    page.wait_for_url("**/tickets/*/")
    page.locator("#why-deadline").focus()
    page.keyboard.press("Enter")
    window = page.locator("#window")
    expect(window).to_contain_text("Rule:")
    expect(window).to_contain_text("Promised:")
    assert violations(page) == []
    field = window.locator("[name=resolve_by]")
    field.fill("2020-01-01T10:00")
    window.get_by_role("button", name="Set the deadline").focus()
    page.keyboard.press("Enter")
    expect(window.locator("#resolve_by-trouble")).to_contain_text("still to come")
    field.fill((datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"))
    window.get_by_role("button", name="Set the deadline").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#facts")).to_contain_text("(by hand)")
    expect(window).not_to_be_visible()
    page.locator("#why-deadline").click()
    window.get_by_role("button", name="Leave it to the rules").click()
    expect(page.locator("#facts")).not_to_contain_text("(by hand)")


def test_rules_change_places_and_open_tickets_follow(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/manage/sla/")
    names = page.locator(".ordered-body a")
    before = names.all_inner_texts()
    page.get_by_role("button", name=f"Down: {before[2]}").focus()
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # the row moves before it is saved
        page.keyboard.press("Enter")
    expect(names.nth(3)).to_have_text(before[2])
    page.reload()
    assert names.all_inner_texts()[3] == before[2]
    expect(page.locator("#sla-progress")).to_contain_text("Last laid over open tickets", timeout=30_000)
    page.get_by_role("button", name=f"Up: {before[2]}").focus()
    page.keyboard.press("Enter")
    expect(names.nth(2)).to_have_text(before[2])


def test_the_form_of_a_new_ticket_shows_the_deadline_live(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/new/")
    live = page.locator("#new-deadline")
    expect(live).to_contain_text("By the rules:")
    first = live.inner_text()
    page.locator("#id_priority").select_option("critical")
    expect(live).not_to_have_text(first)
    page.locator("#id_type").select_option("task")
    expect(live).to_contain_text("promise nothing")
