"""Clients in real hands: a card is written and changed, two are merged and taken apart, a person's data is erased."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AXE = Path(__file__).parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def sound(page: Page) -> None:
    """The page passes axe and is no wider than its window."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")
    told = [(each["id"], node["html"][:160]) for each in found["violations"] for node in each["nodes"][:3]]
    assert told == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def register(page: Page, name: str, address: str, phone: str) -> None:
    """A contact of Nordwind by the form, with the keyboard where it matters."""
    page.goto("/clients/contacts/new/")
    page.locator("#id_name").fill(name)
    company = page.locator("#id_companies")
    company.press_sequentially("nordw")
    page.get_by_role("option", name="Nordwind").wait_for()
    company.press("Enter")
    expect(page.locator("[data-tag]")).to_contain_text("Nordwind")
    page.locator("#id_emails").fill(address)
    page.locator("#id_phones").fill(phone)
    page.get_by_role("button", name="Add", exact=False).last.click()


@pytest.mark.parametrize(("width", "height", "dark"), [(1440, 900, False), (390, 844, True)])
def test_cards_are_written_merged_and_taken_apart(
    browse: Callable[..., Page], width: int, height: int, dark: bool
) -> None:
    page, name = browse("administrator", width=width, height=height, dark=dark), f"Halina Mazur {width}"
    for path in ("/clients/companies/", "/clients/contacts/", "/clients/companies/new/", "/clients/companies/1/"):
        page.goto(path)
        sound(page)
    phone = f"+48 22 555 09 {width % 100}"
    register(page, name, "no address", phone)
    expect(page.locator("#id_emails_error")).to_contain_text("is not a mail address")
    expect(page.locator("[data-tag]")).to_contain_text("Nordwind")
    page.locator("#id_emails").fill(f"halina{width}@nordwind.example")
    page.get_by_role("button", name="Add", exact=False).last.click()
    page.wait_for_url(re.compile(r"/clients/contacts/\d+/$"))
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    register(page, f"H. Mazur {width}", f"h.mazur{width}@nordwind.example", phone)
    page.wait_for_url(re.compile(r"/clients/contacts/\d+/$"))
    sound(page)
    page.get_by_role("link", name="Compare and merge").first.click()
    expect(page.get_by_text("Which card stays")).to_be_visible()
    sound(page)
    page.get_by_label(f"Keep {name}").check()
    expect(page.locator("input[name=fact_name]:checked + span")).to_have_text(name)
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    expect(page.locator("#main")).to_contain_text(f"H. Mazur {width} was merged into this card")
    sound(page)
    page.get_by_role("button", name="Undo the merge").click()
    expect(page.get_by_role("button", name="Undo the merge")).to_have_count(0)


@pytest.mark.parametrize(("width", "height", "dark"), [(1440, 900, True), (390, 844, False)])
def test_attributes_are_changed_in_a_window_by_keyboard_f77(
    browse: Callable[..., Page], width: int, height: int, dark: bool
) -> None:
    page, number = browse("administrator", width=width, height=height, dark=dark), f"OK-{width}"
    page.goto("/clients/companies/2/")
    if width < 800:
        page.locator("[popovertarget=facts]").first.click()
    page.locator("#change-attributes").press("Enter")
    window = page.locator("#window")
    expect(window.get_by_label("Workplaces")).to_be_focused()
    sound(page)
    window.get_by_label("Workplaces").fill("-1")
    window.get_by_label("Contract no.").fill(number)
    page.keyboard.press("Control+Enter")
    expect(window.locator(".field-error").first).to_be_visible()
    expect(window.get_by_label("Contract no.")).to_have_value(number)
    sound(page)
    window.get_by_label("Workplaces").fill("25")
    page.keyboard.press("Control+Enter")
    expect(window).to_be_hidden()
    expect(page.locator("#facts")).to_contain_text(number)


def test_one_field_is_changed_in_a_window_and_ctrl_k_finds_the_card(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/?section=active")
    page.keyboard.press("Control+k")
    page.keyboard.type("harbour")
    page.get_by_role("option", name="Harbour Books").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/clients/companies/\d+/$"))
    page.get_by_role("button", name="Change: Mail domains").click()
    page.locator("#window #id_domains").fill("harbourbooks.example\nharbour-books.example")
    sound(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#facts")).to_contain_text("harbour-books.example, harbourbooks.example")
    page.get_by_role("link", name="New ticket").last.click()
    expect(page.get_by_role("combobox", name="Client")).to_have_value("Harbour Books")


def test_the_data_of_a_person_is_erased_after_it_was_shown(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    register(page, "Zdzisława Canary", "zdzislawa@nordwind.example", "+48 22 555 09 99")
    page.wait_for_url(re.compile(r"/clients/contacts/\d+/$"))
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("menuitem", name="Erase the data").click()
    expect(page.locator("#main")).to_contain_text("zdzislawa@nordwind.example")
    expect(page.locator("#main")).to_contain_text("Backups that were made before")
    sound(page)
    page.get_by_role("button", name="Erase the data").click()
    expect(page.get_by_role("alert")).to_contain_text("made sure")
    page.get_by_label("I have made sure").check()
    page.get_by_role("button", name="Erase the data").click()
    page.wait_for_url(re.compile(r"/clients/contacts/\d+/$"))
    expect(page.locator("#erasure")).to_contain_text("was erased on request", timeout=30_000)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Erased person")
    expect(page.locator("body")).not_to_contain_text("Zdzisława")
    sound(page)
