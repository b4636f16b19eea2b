"""The page of a ticket under quick hands, and while a colleague changes the same ticket."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SUBJECT = "Quotation for looking after 12 computers"


def open_ticket(page: Page) -> None:
    page.goto("/tickets/?section=active")
    page.locator("[data-row-link]", has_text=SUBJECT).click()
    expect(page.get_by_role("heading", name=SUBJECT)).to_be_visible()
    expect(page.locator("#answer-editor [role=textbox]")).to_be_visible()


def test_menus_change_the_ticket_and_close(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    open_ticket(page)
    for menu, choice in (
        ("#priority-menu", "High"),
        ("#assignee-menu", "Marek Lis"),
        ("#team-menu", "Second line"),
    ):
        page.locator(menu).get_by_role("button").click()
        page.locator(menu).get_by_role("menuitem", name=choice, exact=True).click()
        expect(page.locator(menu).get_by_role("button")).to_contain_text(choice)
        expect(page.locator(menu).get_by_role("menu")).to_be_hidden()


def test_letters_right_after_the_key_go_into_the_answer_and_outlive_a_reload(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    open_ticket(page)
    address = page.url
    text = page.locator("#answer-editor [role=textbox]")
    page.keyboard.press("r")
    page.keyboard.type("Never resolve, watch or take this")
    expect(text).to_contain_text("Never resolve, watch or take this")
    assert page.url == address
    page.reload()
    expect(text).to_contain_text("Never resolve, watch or take this")


def test_an_open_window_outlives_the_change_of_a_colleague(browse: Callable[..., Page]) -> None:
    page, colleague = browse("administrator"), browse("lead")
    open_ticket(page)
    open_ticket(colleague)
    page.get_by_role("button", name="Change the client").or_(
        page.get_by_role("button", name="Choose the client")
    ).click()
    field = page.get_by_role("dialog").get_by_role("combobox")
    field.fill("Nobody whom we know")
    colleague.locator("#type-menu").get_by_role("button").click()
    colleague.locator("#type-menu").get_by_role("menuitem", name="Question", exact=True).click()
    expect(page.locator("#ticket-head")).to_contain_text("Question", timeout=15_000)
    expect(field).to_have_value("Nobody whom we know")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("#client-trouble")).not_to_be_empty()
    page.keyboard.press("Escape")
    page.locator("#more-menu").get_by_role("button", name="More").click()
    expect(page.get_by_role("menuitem", name="Change the subject")).to_be_visible()
