"""The desk in real hands: a slow line, a pasted picture, a page left in the middle of a word, a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SUBJECT = "Quotation for looking after 12 computers"
COPY_PICTURE = """async ([page]) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 24, height: 16 })
  canvas.getContext('2d').fillRect(2, 2, 9, 9)
  const picture = await new Promise((done) => canvas.toBlob(done, 'image/png'))
  const items = { 'image/png': picture }
  if (page) items['text/html'] = new Blob(['<img src="https://elsewhere.example/p.png" alt="">'], { type: 'text/html' })
  await navigator.clipboard.write([new ClipboardItem(items)])
}"""


def open_ticket(page: Page) -> None:
    page.goto("/tickets/?section=active")
    page.locator("[data-row-link]", has_text=SUBJECT).click()
    expect(page.locator("#answer-editor.is-ready")).to_be_attached()


def slow(page: Page, milliseconds: int) -> None:
    """The line of the page from now on: each answer comes so much later."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1},
    )


@pytest.mark.parametrize("page_too", [False, True], ids=["a screenshot", "copied from a page"])
def test_a_picture_is_pasted_into_the_answer(browse: Callable[..., Page], page_too: bool) -> None:
    page = browse("administrator")
    open_ticket(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#note-panel-tab").click()
    page.evaluate(COPY_PICTURE, [page_too])
    text = page.locator("#note-editor [role=textbox]")
    text.click()
    page.keyboard.press("Control+v")
    picture = text.locator("img[src*='/attachments/']")
    expect(picture).to_have_count(1)
    expect(picture).to_have_js_property("naturalWidth", 24)
    page.keyboard.press("Control+Enter")
    kept = page.locator("#talk .bubble-private img[src*='/attachments/']").last
    expect(kept).to_be_visible()
    expect(kept).to_have_js_property("naturalWidth", 24)


def test_on_a_slow_line_a_note_is_seen_to_be_sent_and_is_sent_once(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    open_ticket(page)
    page.locator("#note-panel-tab").click()
    words = "Sent over a slow line"
    page.locator("#note-editor [role=textbox]").click()
    page.keyboard.type(words)
    slow(page, 1_500)
    send = page.locator("#note-form [data-send]")
    for _press in range(3):
        page.keyboard.press("Control+Enter")
    expect(send).to_have_attribute("aria-busy", "true")
    expect(page.locator("html")).to_have_attribute("data-working", "")
    expect(page.locator("#note-editor [role=textbox]")).to_have_text(words)
    expect(page.locator("#talk .bubble-private", has_text=words)).to_have_count(1)
    expect(send).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("html")).not_to_have_attribute("data-working", "")
    page.reload()
    expect(page.locator("#talk .bubble-private", has_text=words)).to_have_count(1)
    expect(page.locator("#note-editor [role=textbox]")).not_to_contain_text(words)


def test_on_a_slow_line_a_ticket_is_created_once(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/new/")
    expect(page.locator("#new-editor.is-ready")).to_be_attached()
    page.get_by_label("Subject").fill("Created over a slow line")
    slow(page, 1_500)
    create = page.get_by_role("button", name="Create the ticket")
    looks = create.evaluate("(button) => [1, 2, 3].map(() => (button.click(), button.getAttribute('aria-busy')))")
    assert looks == ["true", "true", "true"]
    page.wait_for_url(re.compile(r"/tickets/\d+/$"))
    page.goto("/tickets/?section=active")
    expect(page.locator("[data-row-link]", has_text="Created over a slow line")).to_have_count(1)
    page.goto("/tickets/new/")
    expect(page.get_by_label("Subject")).to_have_value("")


def test_the_fields_of_a_new_ticket_outlive_a_reload_within_the_second(browse: Callable[..., Page]) -> None:
    page = browse("lead")
    page.goto("/tickets/new/")
    expect(page.locator("#new-editor.is-ready")).to_be_attached()
    page.get_by_label("Subject").press_sequentially("Only a subject")
    page.get_by_role("combobox", name="Client").press_sequentially("who called")
    page.get_by_label("Priority").select_option("high")
    page.reload()
    expect(page.get_by_label("Subject")).to_have_value("Only a subject")
    expect(page.get_by_role("combobox", name="Client")).to_have_value("who called")
    expect(page.get_by_label("Priority")).to_have_value("high")
    elsewhere = browse("lead")
    elsewhere.goto("/tickets/new/")
    expect(elsewhere.get_by_label("Subject")).to_have_value("Only a subject")


def test_on_a_phone_answer_and_facts_are_at_hand(browse: Callable[..., Page]) -> None:
    page = browse("administrator", width=390, height=844)
    open_ticket(page)
    text = page.locator("#answer-editor [role=textbox]")
    expect(text).to_be_in_viewport()
    expect(page.locator("#answer-form [data-send]")).to_be_hidden()
    text.click()
    expect(page.locator("#answer-form [data-send]")).to_be_in_viewport()
    facts = page.get_by_role("complementary", name="Facts")
    expect(facts).to_be_hidden()
    page.get_by_role("button", name="Facts").click()
    expect(facts).to_be_in_viewport()
    facts.locator("#type-menu").get_by_role("button").click()
    facts.get_by_role("menuitem", name="Incident", exact=True).click()
    expect(facts.locator("#type-menu").get_by_role("button")).to_contain_text("Incident")
    facts.get_by_role("button", name=re.compile("the client$")).click()
    expect(page.locator("#client-window")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#client-window")).to_be_hidden()
    facts.get_by_role("button", name="Close", exact=True).first.click()
    expect(facts).to_be_hidden()
    page.locator("#more-menu").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Change the subject").click()
    expect(page.locator("#subject-window")).to_be_in_viewport()
