"""An article from an answer to a reader's vote, in a real browser; the editor; the keyboard; axe."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.test_browser_axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_an_answer_becomes_an_article_that_a_reader_finds_and_votes_on(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/?q=VPN+drops")
    page.locator("[data-row-link]").first.click()
    page.locator("#ticket-articles-list a", has_text="VPN drops").wait_for()
    page.get_by_role("button", name="make an article").first.click()
    page.wait_for_url("**/knowledge/articles/*/edit/**")
    expect(page.locator("#article-editor.is-ready")).to_be_attached()
    page.get_by_label("Title").fill("Zebra tunnels break at four")
    page.locator("#article-editor .ProseMirror").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Heading", exact=True).click()
    page.keyboard.type("If it comes back")
    page.keyboard.press("Enter")
    page.keyboard.type("Tell us the minute.")
    page.get_by_role("button", name="Publish").click()
    page.wait_for_url(re.compile(r"/knowledge/articles/\d+/\?language=en$"))
    expect(page.locator("article h2", has_text="If it comes back")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("from ticket"))).to_be_visible()

    reader = browse("", width=390, height=844)
    reader.goto("/help/")
    reader.get_by_label("Search in articles").fill("zebras tunnel")
    reader.get_by_label("Search in articles").press("Enter")
    reader.get_by_role("link", name="Zebra tunnels break at four").click()
    reader.get_by_role("button", name="No", exact=True).click()
    reader.get_by_label(re.compile("What is missing")).fill("Which minute?")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_text("Thank you, this helps us too.")).to_be_visible()
    assert violations(reader) == []
    page.reload()
    expect(page.get_by_text("Which minute?")).to_be_visible()


def test_an_article_goes_into_an_answer_by_the_slash_and_from_the_side(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/?q=Stock+list+prints")
    page.locator("[data-row-link]").first.click()
    expect(page.locator("#answer-editor.is-ready")).to_be_attached()
    page.keyboard.press("r")
    page.keyboard.type("/terminal")
    option = page.get_by_role("option", name=re.compile("OFFLINE.*as a link"))
    option.wait_for()
    page.keyboard.press("Enter")
    link = page.locator("#answer-editor .ProseMirror a", has_text="OFFLINE")
    expect(link).to_have_attribute("href", re.compile(r"/help/articles/\d+/"))
    page.locator("#ticket-articles-list").get_by_role(
        "button", name=re.compile("Insert the text: The printer cuts")
    ).click()
    expect(page.locator("#answer-editor .ProseMirror", has_text="Printing preferences")).to_be_visible()


def test_the_keyboard_alone_finds_and_edits_an_article(browse: Callable[..., Page]) -> None:
    page = browse("specialist")
    page.goto("/tickets/?section=active")
    page.keyboard.press("Control+k")
    page.keyboard.type("forgotten password")
    page.locator("#palette-results [role=option]", has_text="Reset a forgotten password").wait_for()
    while "Reset" not in page.locator("#palette-results [aria-selected=true]").inner_text():
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/knowledge/articles/*/**")
    page.keyboard.press("e")
    page.wait_for_url("**/edit/**")
    expect(page.locator("#article-editor.is-ready")).to_be_attached()
    page.locator("#article-editor .ProseMirror").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And once more.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/knowledge/articles/*/?*draft=1")
    expect(page.get_by_text("This is the latest version. Readers see an older one.")).to_be_visible()
    page.get_by_role("link", name="What changed").click()
    expect(page.locator("ins", has_text="once")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_of_the_knowledge_base_pass_axe(
    browse: Callable[..., Page], width: int, height: int, dark: bool
) -> None:
    troubles = {}
    desk = browse("administrator", width=width, height=height, dark=dark)
    for path in (
        "",
        "sections/2/",
        "sections/3/edit/",
        "sections/new/",
        "articles/8/",
        "articles/8/edit/",
        "articles/8/versions/",
        "search/?q=printer",
        "figures/",
    ):
        desk.goto(f"/knowledge/{path}")
        desk.wait_for_timeout(300)
        troubles[path] = violations(desk)
    reader = browse("", width=width, height=height, dark=dark)
    for path in ("", "sections/2/", "articles/8/?language=en", "search/?q=password", "search/?q=nothinglikethis"):
        reader.goto(f"/help/{path}")
        troubles[f"help/{path}"] = violations(reader)
        overflow = reader.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, path
    assert {path: found for path, found in troubles.items() if found} == {}
