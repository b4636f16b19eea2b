"""A web form: set up by an administrator, used on a page of another site that is strict and dressed in hostile styles."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Page, expect

from okno.testing.pytest_browser import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AXE = Path(__file__).parent.parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE = """
html { font-size: 30px !important; }
body * { color: red !important; background: yellow !important; font: 4px fantasy !important; margin: 40px !important;
  padding: 0 !important; border: 9px dotted lime !important; position: static !important; letter-spacing: 9px !important; }
okno-form, okno-form * { display: none !important; visibility: hidden !important; opacity: 0 !important; }
button, input, textarea, dialog { display: none !important; pointer-events: none !important; }
"""


class Site(BaseHTTPRequestHandler):
    """Somebody's website: one page with a strict policy, and its styles."""

    page: ClassVar[str] = ""
    policy: ClassVar[str] = ""

    def do_GET(self) -> None:
        body = HOSTILE if self.path == "/hostile.css" else self.page
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if self.path == "/hostile.css" else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", self.policy)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *said: object) -> None:
        """Says nothing."""


@pytest.fixture
def site(demo: Demo) -> Iterator[Callable[[str], str]]:
    """Makes the page of the site that carries the script tag; answers its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def show(tag: str) -> str:
        Site.policy = f"default-src 'none'; style-src 'self'; script-src {demo.url}; connect-src {demo.url}"
        Site.page = (
            '<!doctype html><html lang="en"><title>Shop</title><link rel="stylesheet" href="/hostile.css">'
            f'<main><h1>Shop</h1><p><a href="/elsewhere" data-okno-open>Write to us</a></p></main>{tag}</html>'
        )
        return f"http://127.0.0.1:{server.server_port}/"

    yield show
    server.shutdown()
    server.server_close()


def make_form(page: Page, name: str) -> str:
    """A new form with a field of its own, made on the settings page; answers the script tag."""
    page.goto("/manage/web-forms/new/")
    sample = page.locator("[data-form-sample] okno-form")
    expect(sample.get_by_label("Text of the request")).to_be_visible()
    page.get_by_label("Name", exact=True).fill(name)
    own = page.locator('[data-ordered-row="own_1"]')
    own.get_by_label("Asked: Another field of your own").check()
    own.get_by_text("Its name in the form").click()
    own.get_by_label("English").fill("Order number")
    expect(sample.get_by_label("Order number")).to_be_visible()
    own.get_by_role("button", name=re.compile("^Up:")).press("Enter")
    page.get_by_label("Title").first.fill("We are here for you")
    expect(sample.get_by_role("heading")).to_have_text("We are here for you")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Put this code on your page")).to_be_visible()
    return page.locator("pre code").inner_text()


@pytest.mark.parametrize(("width", "height", "dark"), [(1440, 900, False), (390, 844, True)])
def test_a_request_from_a_strict_and_hostile_page(
    browse: Callable[..., Page], site: Callable[[str], str], *, width: int, height: int, dark: bool
) -> None:
    admin = browse("administrator")
    tag = make_form(admin, f"Shop {width}")
    visitor = browse("", width=width, height=height, dark=dark)
    said: list[str] = []
    visitor.on("console", lambda message: said.append(message.text))
    visitor.goto(site(tag))
    launcher = visitor.get_by_role("button", name="Help")
    expect(launcher).to_be_visible()
    box = launcher.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] > height - 120  # fixed at the bottom, whatever the page says
    launcher.press("Enter")
    window = visitor.get_by_role("dialog")
    expect(window).to_be_visible()
    expect(visitor.get_by_label("Your name")).to_be_focused()
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("#email-wrong")).to_have_text("Please fill this in.")
    expect(visitor.get_by_label("E-mail")).to_be_focused()
    visitor.get_by_label("E-mail").fill("no address")
    visitor.get_by_label("Text of the request").fill("My parcel is lost\nsince Monday")
    visitor.get_by_label("Order number").fill("A-17")
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.locator("#email-wrong")).to_have_text("This is not a mail address.")
    visitor.reload()
    launcher.press("Enter")
    expect(visitor.get_by_label("Text of the request")).to_have_value("My parcel is lost\nsince Monday")
    visitor.get_by_label("E-mail").fill(f"buyer{width}@else.example")
    visitor.get_by_label("Files").set_input_files(
        {"name": "label.txt", "mimeType": "text/plain", "buffer": b"parcel label"}
    )
    expect(visitor.get_by_text("label.txt")).to_be_visible()
    no_violation(visitor)
    picture(visitor, f"web-form-{width}")
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_text("Number of your request")).to_be_visible(timeout=60_000)
    number = visitor.locator(".number strong").inner_text()
    no_violation(visitor)
    assert [line for line in said if "Content Security Policy" in line] == []
    visitor.keyboard.press("Escape")
    expect(window).to_be_hidden()
    admin.goto(f"/tickets/{number}/")
    expect(admin.get_by_role("heading", name="My parcel is lost")).to_be_visible()
    expect(admin.get_by_text('"Order number": "A-17"')).to_be_visible()
    expect(admin.get_by_text("label.txt").first).to_be_visible()


def test_an_element_of_the_page_opens_the_form_and_it_has_a_page_of_its_own(
    browse: Callable[..., Page], site: Callable[[str], str]
) -> None:
    admin = browse("administrator")
    tag = make_form(admin, "Opened by a link")
    visitor = browse("")
    visitor.goto(site(tag))
    expect(visitor.get_by_role("button", name="Help")).to_be_visible()
    visitor.get_by_role("link", name="Write to us").dispatch_event("click")
    expect(visitor.get_by_role("dialog")).to_be_visible()
    key = re.search(r'data-form="(\w+)"', tag)
    assert key is not None
    visitor.goto(f"/form/{key[1]}/")
    expect(visitor.get_by_label("Order number")).to_be_visible()
    no_violation(visitor)


def no_violation(page: Page) -> None:
    """Axe finds nothing wrong with the form; what the hostile page does to itself is its own."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document.querySelector('okno-form')).then(r => r.violations.map(v => v.id + ' ' + "
        "v.nodes.map(n => n.target.join('>') + ': ' + n.failureSummary).join(' | ')))"
    )
    assert found == []


def picture(page: Page, name: str) -> None:
    """Something to look at, where somebody wants to."""
    folder = Path(__file__).parent.parent / ".screenshots"
    if folder.is_dir():
        page.screenshot(path=folder / f"{name}.png")
