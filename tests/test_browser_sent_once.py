"""What was sent is sent: it does not come back as a draft, and a second press of the button sends nothing more (T30)."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SUBJECT = "Quotation for looking after 12 computers"


def open_ticket(page: Page) -> None:
    page.goto("/tickets/?section=active")
    page.locator("[data-row-link]", has_text=SUBJECT).click()
    expect(page.locator("#answer-editor [role=textbox]")).to_be_visible()


def test_an_answer_sent_at_once_does_not_come_back(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    open_ticket(page)
    words, text = f"At once {time.time_ns()}", page.locator("#answer-editor [role=textbox]")
    page.keyboard.press("r")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#talk").get_by_text(words)).to_have_count(1)
    expect(text).to_have_text("")
    page.wait_for_timeout(2_500)  # longer than the pause before what was typed is saved
    page.reload()
    expect(text).to_be_visible()
    expect(text).to_have_text("")
    expect(page.locator("#talk").get_by_text(words)).to_have_count(1)


def test_what_is_saved_late_is_refused(browse: Callable[..., Page]) -> None:
    """The saving of what was typed is held up on its way until the answer was sent."""
    page = browse("administrator")
    open_ticket(page)
    words, text = f"On its way {time.time_ns()}", page.locator("#answer-editor [role=textbox]")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/drafts/answer/", hold)
    page.keyboard.press("r")
    page.keyboard.type(words)
    page.wait_for_timeout(2_000)
    assert len(held) == 1
    page.keyboard.press("Control+Enter")
    expect(page.locator("#talk").get_by_text(words)).to_have_count(1)
    with page.expect_response("**/drafts/answer/") as answer:
        held[0].continue_()
    assert answer.value.status == 409
    page.unroute("**/drafts/answer/", hold)
    page.reload()
    expect(text).to_be_visible()
    expect(text).to_have_text("")
    page.keyboard.press("r")
    page.keyboard.type("Something new")
    expect(page.locator("#answer-form [data-draft-status]")).to_have_text("Draft saved")


def test_the_form_of_the_next_ticket_is_empty(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/new/")
    subject = f"At once {time.time_ns()}"
    expect(page.locator("#new-editor [role=textbox]")).to_be_visible()
    page.get_by_label("Subject").fill(subject)
    page.locator("#new-editor [role=textbox]").click()
    page.keyboard.type("Typed and sent within a second")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name=subject)).to_be_visible()
    page.goto("/tickets/new/")
    expect(page.locator("#new-editor [role=textbox]")).to_have_text("")
    expect(page.get_by_label("Subject")).to_have_value("")


def test_the_same_form_sent_twice_at_once_is_one_answer_t30(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    open_ticket(page)
    words = f"Twice {time.time_ns()}"
    page.keyboard.press("r")
    page.keyboard.type(words)
    statuses = page.evaluate(
        """async () => {
          const form = document.getElementById('answer-form')
          const body = () => { const data = new FormData(form); data.set('anyway', '1'); return data }
          const headers = { 'X-CSRFToken': document.querySelector('meta[name="csrf-token"]').content }
          const post = () => fetch(form.action, { method: 'POST', body: body(), headers, redirect: 'manual' })
          return (await Promise.all([post(), post(), post()])).map((answer) => answer.type)
        }"""
    )
    assert statuses == ["opaqueredirect"] * 3
    page.reload()
    expect(page.locator("#talk").get_by_text(words)).to_have_count(1)
