"""Accepting, rejecting and rating by the links of real letters: a person with a phone, and programs that only look."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from okno.testing.pytest_browser import PATIENCE, Demo
from tests.test_browser_axe import violations
from tests.test_browser_circle import open_ticket, send_letter

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LINK = re.compile(r"/answer/[A-Za-z0-9_-]{32}/")
A_PERSON = "Object.defineProperty(Navigator.prototype, 'webdriver', {get: () => false})"
"""The driver's browser says that a program drives it; a person's does not."""
CHROME = (
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
)


def solve(page: Page, subject: str) -> None:
    """The employee proposes a solution with one key."""
    open_ticket(page, subject)
    page.locator("#talk").press("e")
    expect(page.locator("#ticket-head")).to_contain_text("Solution proposed")


def link_in_letter(page: Page, subject: str, known: str = "") -> str:
    """The links of the newest letter about this, as its reader has them."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page.goto("/outbox/?to=jan@nordwind.example")
        letter = page.get_by_role("link", name=subject).first
        if letter.count():
            address = letter.get_attribute("href") or ""
            found = LINK.search(page.request.get(address.rstrip("/") + "/frame/").text())
            if found and found[0] != known:
                return found[0]
        time.sleep(0.5)
    raise AssertionError(f"no letter with links about {subject!r}")


@pytest.fixture
def phone(demo: Demo, browse: Callable[..., Page]) -> Callable[[str], Page]:
    """Opens a link as a person who is not signed in, on a phone."""

    def opened(path: str, *, dark: bool = False) -> Page:
        shell = browse("", width=390, height=844, dark=dark)
        browser = shell.context.browser
        assert browser is not None
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, base_url=demo.url, user_agent=CHROME, has_touch=True,
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        context.add_init_script(A_PERSON)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(path)
        return page

    return opened


def test_a_solution_is_rejected_proposed_again_rated_and_accepted_f23_f27(
    demo: Demo, browse: Callable[..., Page], phone: Callable[..., Page]
) -> None:
    subject = f"Kettle trips the fuse {time.time_ns()}"
    send_letter(demo, subject, "Every morning at eight.")
    olena = browse("administrator")
    solve(olena, subject)
    desk = olena.url
    first = link_in_letter(browse("administrator"), subject)

    jan = phone(first + "?do=resume")
    expect(jan.get_by_role("heading", name=subject)).to_be_visible()
    jan.get_by_role("button", name="Resume the work").click()
    expect(jan.locator("#id_reason_error")).to_be_visible()
    jan.locator("#id_reason").fill("It tripped again today.")
    jan.get_by_role("button", name="Resume the work").click()
    expect(jan.get_by_role("status")).to_contain_text("The work goes on")
    expect(olena.locator("#talk")).to_contain_text("It tripped again today.", timeout=30_000)
    expect(olena.locator("#facts")).to_contain_text("1 time")

    olena.goto(desk)
    olena.locator("#talk").press("e")
    expect(olena.locator("#ticket-head")).to_contain_text("Solution proposed")
    second = link_in_letter(browse("administrator"), subject, known=first)
    moved = phone(first + "?do=accept")
    expect(moved.locator("main")).to_contain_text("another solution")
    expect(moved.locator("main form")).to_have_count(0)

    jan = phone(second + "?score=3")
    expect(jan.locator("[data-countdown-note]")).to_be_hidden()
    jan.touchscreen.tap(200, 30)
    expect(jan.locator("[data-countdown-note]")).to_be_visible()
    expect(jan.get_by_role("status").first).to_contain_text("Your rating is noted", timeout=20_000)
    jan.locator("#id_comment").fill("Quick and kind.")
    jan.get_by_role("button", name="Send").click()
    expect(jan.get_by_role("status")).to_contain_text("We have your words")
    jan.get_by_role("link", name="Accept the solution").click()
    jan.get_by_role("button", name="Accept the solution").click()
    expect(jan.get_by_role("status")).to_contain_text("The request is closed")

    olena.goto(desk)
    expect(olena.locator("#ticket-head")).to_contain_text("Closed")
    expect(olena.locator("#facts")).to_contain_text("Quick and kind.")
    expect(olena.locator("#facts")).to_contain_text("Jan Kowal")


def test_who_cancels_or_only_looks_sends_nothing_w25(
    demo: Demo, browse: Callable[..., Page], phone: Callable[..., Page]
) -> None:
    subject = f"Lamp flickers {time.time_ns()}"
    send_letter(demo, subject, "In the hall.")
    olena = browse("administrator")
    solve(olena, subject)
    desk = olena.url
    link = link_in_letter(browse("administrator"), subject)

    still = phone(link + "?score=1")
    still.wait_for_timeout(5000)  # a headless program that renders and waits, and nobody moves
    assert still.url.endswith("?score=1")

    driven = browse("", width=390, height=844)
    driven.goto(link + "?score=1")
    for place in range(10):
        driven.mouse.move(20 + place * 10, 200)
    driven.wait_for_timeout(4500)
    assert driven.url.endswith("?score=1")

    person = phone(link + "?score=1")
    person.mouse.move(100, 100)
    expect(person.locator("[data-countdown-note]")).to_be_visible()
    person.get_by_role("button", name="Cancel").click()
    expect(person.locator("[data-countdown-note]")).to_be_hidden()
    person.mouse.move(200, 200)
    person.wait_for_timeout(4500)
    assert person.url.endswith("?score=1")

    keys = phone(link + "?score=1")
    keys.keyboard.press("Tab")
    expect(keys.locator("[data-countdown-note]")).to_be_visible()
    keys.keyboard.press("Escape")
    expect(keys.locator("[data-countdown-note]")).to_be_hidden()
    keys.wait_for_timeout(4000)
    assert keys.url.endswith("?score=1")

    olena.goto(desk)
    expect(olena.locator("#ticket-head")).to_contain_text("Solution proposed")
    expect(olena.locator("#facts")).not_to_contain_text("Rating")

    keys.locator("#score-1").focus()
    keys.keyboard.press("ArrowLeft")
    keys.get_by_role("button", name="Send the rating").focus()
    keys.keyboard.press("Enter")
    expect(keys.get_by_role("status")).to_contain_text("So-so")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_of_the_pages_without_sign_in(
    demo: Demo, browse: Callable[..., Page], phone: Callable[..., Page], dark: bool
) -> None:
    subject = f"Chair squeaks {time.time_ns()}"
    send_letter(demo, subject, "Since Monday.")
    solve(browse("administrator"), subject)
    link = link_in_letter(browse("administrator"), subject)
    troubles = {}
    for query in ("?score=3", "?do=accept", "?do=resume"):
        page = phone(link + query, dark=dark)
        troubles[query] = violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.goto(link + "?score=2")
    page.get_by_role("button", name="Send the rating").click()
    expect(page.locator("#id_comment")).to_be_visible()
    troubles["words"] = violations(page)
    troubles["over"] = violations(phone("/answer/" + "a" * 32 + "/", dark=dark))
    desk = browse("administrator", dark=dark)
    desk.goto("/ratings/")
    troubles["ratings"] = violations(desk)
    assert {where: found for where, found in troubles.items() if found} == {}
