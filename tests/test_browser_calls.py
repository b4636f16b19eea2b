"""Somebody waits to be called back: the header of every page says so, and a press opens the window (F170)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.test_browser_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def register(page: Page, subject: str) -> None:
    page.goto("/tickets/new/")
    page.locator("#id_subject").fill(subject)
    page.locator("#id_type").select_option("call-back")
    page.locator("[data-send]").click()
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))


def test_a_request_comes_live_is_taken_by_one_and_is_gone_for_all(browse: Callable[..., Page]) -> None:
    olena, marek = browse("administrator"), browse("specialist", width=390, height=844)
    olena.goto("/account/profile/")
    marek.goto("/account/absence/")
    strips = [page.locator("#calls") for page in (olena, marek)]
    while strips[0].locator(".call").count():  # those of the demo
        strips[0].locator(".call").first.click()
        olena.locator("#call-window").get_by_role("button", name="Save").click()
        expect(olena.locator("#call-window")).to_be_hidden()
        olena.wait_for_timeout(600)
    for strip in strips:
        expect(strip).to_be_hidden()
    caller = browse("lead")
    register(caller, "Call Ruth back")
    for strip in strips:
        expect(strip).to_contain_text("Call Ruth back")
        expect(strip).to_be_visible()
    assert violations(olena) == []
    assert violations(marek) == []
    strips[1].locator(".call").focus()
    marek.keyboard.press("Enter")
    window = marek.locator("#call-window")
    expect(window.get_by_role("heading")).to_contain_text("Process request")
    assert violations(marek) == []
    expect(strips[0]).to_be_hidden()
    marek.keyboard.press("Escape")  # closed without a result: it is new again, for all
    expect(window).to_be_hidden()
    for strip in strips:
        expect(strip).to_be_visible()
    strips[0].locator(".call").click()
    olena.locator("#call-window").get_by_label("Request processed").check()
    olena.locator("#call-window").get_by_role("button", name="Save").click()
    expect(olena.locator("#call-window")).to_be_hidden()
    expect(olena).to_have_url(re.compile("/account/profile/"))
    for strip in strips:
        expect(strip).to_be_hidden()


def test_a_window_in_the_header_leaves_another_ticket_on_the_page_alone(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    register(page, "Call about the invoice")
    page.goto("/tickets/?section=active")
    page.locator("[data-row-link]", has_text="Quotation for looking after").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Quotation")
    page.locator("#calls .call").click()
    window = page.locator("#call-window")
    window.get_by_label("Request processed").check()
    window.get_by_role("button", name="Save").click()
    expect(window).to_be_hidden()
    page.wait_for_timeout(700)
    expect(heading).to_contain_text("Quotation")


def test_a_new_ticket_tells_priority_and_deadline_by_impact_and_urgency(browse: Callable[..., Page]) -> None:
    page = browse("administrator", width=390, height=844)
    page.goto("/tickets/new/")
    more = page.get_by_role("button", name="Service, priority, assignee, deadline")
    expect(page.locator("#id_impact")).to_be_hidden()
    more.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_impact")).to_be_visible()
    told, deadline = page.locator("#new-priority"), page.locator("#new-deadline")
    expect(told).to_contain_text("The priority is")
    before = deadline.inner_text()
    last = page.locator("#id_impact option").count() - 1
    page.locator("#id_impact").select_option(index=last)
    page.locator("#id_urgency").select_option(index=last)
    expect(told).to_contain_text("Impact and urgency make the priority")
    expect(deadline).not_to_have_text(before)
    page.locator("#id_priority").select_option("low")
    expect(told).to_contain_text("“Low” was chosen by hand and stays")
    assert violations(page) == []


def test_a_photo_is_chosen_and_stands_beside_the_name(browse: Callable[..., Page]) -> None:
    page = browse("specialist")
    page.goto("/account/photo/")
    out = io.BytesIO()
    Image.new("RGB", (200, 300), "teal").save(out, "JPEG")
    page.locator("#id_photo").set_input_files({"name": "no.png", "mimeType": "image/png", "buffer": b"nothing"})
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#id_photo_error")).to_contain_text("no picture")
    page.locator("#id_photo").set_input_files(
        {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    )
    page.get_by_role("button", name="Save").click()
    shown = page.locator("#main .initials img")
    expect(shown).to_have_js_property("naturalWidth", 320)
    expect(page.locator("#sidebar .initials img")).to_have_js_property("naturalWidth", 96)
    assert violations(page) == []
    page.get_by_role("button", name="Remove the photo").click()
    expect(page.locator("#main .initials img")).to_have_count(0)
