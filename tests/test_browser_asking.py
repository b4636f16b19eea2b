"""Asking well in a real browser: a password that is given, looked at for a moment and gone (F198)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from okno.testing.pytest_browser import Demo
from tests.test_browser_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_password_is_given_looked_at_and_goes_by_itself(demo: Demo, browse: Callable[..., Page]) -> None:
    marta, subject = browse("client", width=390, height=844), f"Till {time.time_ns()}"
    marta.goto("/portal/requests/new/")
    marta.get_by_label("Subject").fill(subject)
    marta.get_by_label("Description").fill("The till asks for a password of the administrator.")
    marta.get_by_text("Access details (password, key)").click()
    marta.get_by_label("What does it open?").fill("Till, administrator")
    value = marta.locator("[data-secret]")
    value.fill("tajne-hasło 7")
    assert value.get_attribute("type") == "password"
    marta.get_by_role("button", name="Show what is typed").click()
    expect(value).to_have_attribute("type", "text")
    marta.get_by_role("button", name="Show what is typed").click()
    expect(value).to_have_attribute("type", "password")
    assert not violations(marta)
    marta.get_by_role("button", name="Send the request").click()
    expect(marta.get_by_role("heading", name="Your request is registered")).to_be_visible()
    assert "tajne" not in marta.evaluate("JSON.stringify(localStorage)")
    marta.get_by_role("link", name="Open the request").click()
    card = marta.locator("#request-secrets")
    expect(card).to_contain_text("Till, administrator")
    expect(card).to_contain_text("given by you")
    number = re.search(r"/requests/(\d+)/", marta.url)
    assert number

    olena = browse("administrator")
    olena.goto(f"/tickets/{number[1]}/")
    facts = olena.locator("#facts")
    expect(facts).not_to_contain_text("tajne")
    olena.get_by_role("button", name="Show: Till, administrator").focus()
    olena.keyboard.press("Enter")
    shown = facts.locator(".secret-shown")
    expect(shown.locator("code")).to_have_text("tajne-hasło 7")
    assert not violations(olena)
    shown.get_by_role("button", name="Copy").click()
    expect(olena.locator("#toasts")).to_contain_text("Copied")
    shown.get_by_role("button", name="Hide").click()
    expect(shown).to_have_count(0)
    olena.clock.install()
    olena.get_by_role("button", name="Show: Till, administrator").click()
    expect(shown.locator("code")).to_be_visible()
    olena.clock.run_for(20_000)
    expect(shown).to_have_count(1)
    olena.clock.run_for(11_000)
    expect(shown).to_have_count(0)

    card.get_by_role("button", name="Erase").click()
    expect(card).to_contain_text("erased")
    expect(facts.get_by_role("button", name="Show: Till, administrator")).to_have_count(0, timeout=30_000)
