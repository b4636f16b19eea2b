"""A contact is invited and comes in by the letter, and by later ones; the look is chosen beside its preview: for real."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.test_browser_axe import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Browse = Callable[..., "Page"]
PORTAL = re.compile(r"^http://[^/]+/portal/")
PASSWORD = "sunny tomato river 9"


def link_in_mailbox(page: Page, address: str) -> str:
    """The link of the newest letter in a client's mailbox of the demo, read as the client reads it."""
    page.goto(f"/outbox/?to={address}")
    page.locator("[data-row-link]").first.click()
    page.wait_for_url(re.compile(r"/outbox/\d+/"))
    text = page.frame_locator("iframe").locator("body").inner_text()
    [link] = re.findall(r"http://\S+/account/(?:invitation|link)/\S+", text)
    return str(link)


def invite(page: Page, name: str) -> None:
    """What the button of the contact's card sends."""
    page.goto("/tickets/")
    sent = page.evaluate(
        """async name => {
            const found = await (await fetch('/tickets/new/clients/?q=' + encodeURIComponent(name))).json();
            const token = document.querySelector('meta[name="csrf-token"]').content;
            const url = `/contacts/${found.clients[0].contact}/access/invite/`;
            return (await fetch(url, {method: 'POST', headers: {'X-CSRFToken': token}})).text();
        }""",
        name,
    )
    assert "invited" in sent


def test_invited_by_letter_a_contact_chooses_a_password_and_is_in_the_portal_f145(browse: Browse) -> None:
    desk = browse("lead")
    invite(desk, "Emily Hart")
    link = link_in_mailbox(desk, "emily@harbourbooks.example")

    phone = browse("", width=390, height=844)
    phone.goto(link)
    assert phone.get_by_role("heading", name="Welcome, Emily Hart").is_visible()
    assert violations(phone) == []
    phone.keyboard.type("short")
    phone.keyboard.press("Tab")
    phone.keyboard.type("other")
    phone.keyboard.press("Enter")
    phone.get_by_text("The two passwords differ.").wait_for()
    phone.get_by_label("Password", exact=True).fill(PASSWORD)
    phone.get_by_label("Password once more").fill(PASSWORD)
    phone.get_by_role("button", name="Come in").click()
    phone.wait_for_url(PORTAL)
    phone.goto(link)
    assert phone.get_by_role("heading", name="This link does not work").is_visible()


def test_a_link_signs_in_the_browser_that_asked_and_no_other_t23(browse: Browse) -> None:
    asking, other, desk = browse("", width=390, height=844, dark=True), browse(""), browse("lead")
    asking.goto("/account/login/")
    asking.get_by_role("link", name="Client? Sign in by a letter").click()
    asking.get_by_label("E-mail").fill("marta@kawa.example")
    assert violations(asking) == []
    asking.keyboard.press("Enter")
    asking.get_by_role("heading", name="Look into your mailbox").wait_for()
    link = link_in_mailbox(desk, "marta@kawa.example")
    other.goto(link)
    assert other.get_by_text("This is not the browser in which the link was asked for").is_visible()
    assert other.get_by_role("button", name="Sign in").count() == 0
    asking.goto(link)
    asking.get_by_role("button", name="Sign in").click()
    asking.wait_for_url(PORTAL)


def test_a_look_is_seen_before_it_is_saved_and_then_everywhere_f164(browse: Browse) -> None:
    page = browse("administrator")
    page.goto("/manage/look/")
    preview = page.locator('[data-theme="okno"] .btn-primary')
    before = preview.evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_label("Main colour").fill("#0a7d55")
    page.get_by_text("easy to read").wait_for()
    assert preview.evaluate("node => getComputedStyle(node).backgroundColor") != before
    page.get_by_label("Title of all pages").fill("Vikno Help")
    assert page.locator("[data-look-name]").first.inner_text() == "Vikno Help"
    assert violations(page) == []
    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("Saved.").wait_for()
    visitor = browse("")
    visitor.goto("/account/login/")
    assert visitor.title().endswith("Vikno Help")
    colour = visitor.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()")
    assert colour in {"#0a7d55", "rgb(10, 125, 85)"}
    page.goto("/manage/look/")
    for label in ("Main colour", "Title of all pages"):
        page.get_by_label(label).fill("")
    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("Saved.").wait_for()
