"""Asking well in a real browser: articles and one's own open requests while the subject is typed (F193, F194), several
questions made several requests (F192), a password that is looked at for a moment and gone (F198)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from okno.testing.pytest_browser import Demo
from tests.test_browser_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NEW = "/portal/requests/new/"


def new_request(page: Page, subject: str, text: str = "") -> None:
    page.goto(NEW)
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill(text)


def send(page: Page) -> str:
    """Sends the form of a new request and returns its number."""
    page.locator("#new-form [data-send]").click()
    page.wait_for_url(re.compile(r"/requests/\d+/sent/"))
    found = re.search(r"/requests/(\d+)/", page.url)
    assert found
    return found[1]


def test_a_password_is_given_looked_at_and_goes_by_itself(demo: Demo, browse: Callable[..., Page]) -> None:
    marta = browse("client", width=390, height=844)
    new_request(marta, f"Till {time.time_ns()}", "The till asks for a password of the administrator.")
    marta.locator("#new-form details.portal-more > summary").click()
    marta.locator("#id_secret_label").fill("Till, administrator")
    value, show = marta.locator("#id_secret_value"), marta.locator("[data-secret-show]")
    value.fill("tajne-hasło 7")
    expect(value).to_have_attribute("type", "password")
    show.click()
    expect(value).to_have_attribute("type", "text")
    show.click()
    expect(value).to_have_attribute("type", "password")
    assert not violations(marta)
    number = send(marta)
    assert "tajne" not in marta.evaluate("JSON.stringify(localStorage)")
    marta.goto(f"/portal/requests/{number}/")
    card = marta.locator("#request-secrets")
    expect(card).to_contain_text("Till, administrator")

    olena = browse("administrator")
    olena.goto(f"/tickets/{number}/")
    facts, shown = olena.locator("#facts"), olena.locator("#facts .secret-shown")
    expect(facts).not_to_contain_text("tajne")
    look = olena.get_by_role("button", name="Show: Till, administrator")
    look.focus()
    olena.keyboard.press("Enter")
    expect(shown.locator("code")).to_have_text("tajne-hasło 7")
    assert not violations(olena)
    shown.locator("[data-copy]").click()
    expect(olena.locator("#toasts")).to_contain_text("Copied")
    shown.locator("[data-vanish-now]").click()
    expect(shown).to_have_count(0)
    olena.clock.install()
    look.click()
    expect(shown.locator("code")).to_be_visible()
    olena.clock.run_for(20_000)
    expect(shown).to_have_count(1)
    olena.clock.run_for(11_000)
    expect(shown).to_have_count(0)
    olena.clock.resume()

    card.locator("form button").click()
    expect(marta.locator("#request-secrets .icon-\\[tabler--key-off\\]")).to_be_visible()
    expect(look).to_have_count(0, timeout=30_000)  # live: nobody reloaded the page


def test_a_key_of_several_lines_keeps_them(demo: Demo, browse: Callable[..., Page]) -> None:
    marta = browse("client")
    marta.goto(NEW)
    marta.locator("#new-form details.portal-more > summary").click()
    marta.locator("#id_secret_value").evaluate(
        """(input) => {
            const data = new DataTransfer()
            data.setData('text/plain', 'BEGIN\\nabc\\nEND')
            input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }"""
    )
    expect(marta.locator("textarea#id_secret_value.masked")).to_have_value("BEGIN\nabc\nEND")


def test_what_is_asked_already_is_found_and_taken_up(demo: Demo, browse: Callable[..., Page]) -> None:
    marta, mark = browse("client", width=390, height=844, dark=True), time.time_ns() % 100_000
    subject = f"Freezer of the storeroom {mark} is warm"
    new_request(marta, subject, "Eight degrees.")
    number = send(marta)
    new_request(marta, f"storeroom {mark} freezer is still warm", "Now it is ten degrees.")
    own = marta.locator(f"[data-draft-into='answer-{number}']")
    expect(own).to_be_visible()
    assert not violations(marta)
    own.click()
    marta.wait_for_url(re.compile(rf"/requests/{number}/"))
    expect(marta.locator("#answer-form textarea")).to_have_value(
        f"storeroom {mark} freezer is still warm\n\nNow it is ten degrees."
    )
    marta.goto(NEW)
    expect(marta.locator("#id_text")).to_have_value("")  # it went along


def test_an_article_opens_in_place_and_spares_the_request(demo: Demo, browse: Callable[..., Page]) -> None:
    marta = browse("client")
    new_request(marta, "", "What I typed so far")
    marta.locator("#id_subject").press_sequentially("terminal OFFLINE", delay=15)
    first = marta.locator(".suggested-article").first
    expect(first).to_be_visible()
    first.locator("summary").focus()
    marta.keyboard.press("Enter")
    helped = first.locator("[form=helped-form]")
    expect(helped).to_be_visible()
    expect(marta.locator("#id_text")).to_have_value("What I typed so far")
    assert not violations(marta)
    helped.focus()
    marta.keyboard.press("Enter")
    marta.wait_for_url(re.compile(r"/portal/requests/$"))
    marta.goto(NEW)
    expect(marta.locator("#id_text")).to_have_value("")
    olena = browse("administrator")
    olena.goto("/knowledge/figures/")
    expect(olena.locator("main")).to_contain_text("OFFLINE")
    assert not violations(olena)


def test_several_questions_become_several_requests(demo: Demo, browse: Callable[..., Page]) -> None:
    marta, mark = browse("client", width=390, height=844), time.time_ns() % 100_000
    points = (
        f"Scanner {mark} does not pair with the till",
        f"A mailbox for Anna {mark}",
        "When comes the invoice?",
    )
    text = "\n".join(f"{number}. {point}" for number, point in enumerate(points, 1))
    new_request(marta, "Three things", text)
    offer = marta.locator("#topics button")
    expect(offer).to_be_visible()
    assert not violations(marta)
    offer.click()
    cards = marta.locator("[data-split-form] fieldset")
    expect(cards).to_have_count(3)
    assert not violations(marta)
    cards.nth(2).locator("[name=join]").click()
    expect(cards).to_have_count(2)
    cards.nth(1).locator("input[name$=subject]").fill(f"Mailbox for Anna {mark}")
    marta.locator("[data-split-form] [data-send]").click()
    marta.wait_for_url(re.compile(r"/portal/requests/$"))
    for words in (f"Scanner {mark}", f"Mailbox for Anna {mark}"):
        expect(row_of(marta, words)).to_be_visible()


def row_of(page: Page, words: str) -> Locator:
    return page.locator("main").get_by_text(words).first


def test_an_employee_splits_a_marked_part_off(demo: Demo, browse: Callable[..., Page]) -> None:
    marta, mark = browse("client"), time.time_ns() % 100_000
    new_request(marta, f"Coffee {mark}", f"The milk stays cold. Could Anna {mark} get a mailbox?")
    number = send(marta)
    olena = browse("administrator")
    olena.goto(f"/tickets/{number}/")
    olena.locator("#talk [data-selection-of]").first.evaluate(
        """(button) => {
            const words = document.getElementById(button.dataset.selectionOf)
            const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT)
            let found = walker.nextNode()
            while (found && !found.data.includes('Could Anna')) found = walker.nextNode()
            const range = document.createRange()
            range.setStart(found, found.data.indexOf('Could'))
            range.setEnd(found, found.data.length)
            getSelection().removeAllRanges()
            getSelection().addRange(range)
        }"""
    )
    olena.locator("#talk [data-selection-of]").first.press("Enter")
    window = olena.locator("#window")
    expect(window.locator("#id_part")).to_have_value(f"Could Anna {mark} get a mailbox?")
    assert not violations(olena)
    window.locator("#id_subject").fill(f"Mailbox of Anna {mark}")
    window.locator("[data-send]").click()
    olena.locator("#toasts a").click()
    expect(olena.get_by_role("heading", name=f"Mailbox of Anna {mark}")).to_be_visible()
    expect(olena.locator("#talk")).not_to_contain_text("milk")
    expect(olena.locator("#facts")).to_contain_text(number)
