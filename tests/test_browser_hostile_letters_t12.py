"""Nothing that a letter holds acts in the browser (T12): whole product first, then each layer with the other off."""

from __future__ import annotations

import smtplib
import time
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, Request, expect

from okno.core.actor import SYSTEM
from okno.testing.cast import Cast
from okno.testing.hostile import HTML_PAYLOADS, TEXT_PAYLOADS
from okno.testing.pytest_browser import PATIENCE, Demo
from okno.tickets.models import Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_client_message

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
AT_ONCE = 20


class Watch:
    """Notes everything that a payload could bring about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        page.on("requestfailed", self._request)
        page.on("requestfinished", self._request)
        page.on("dialog", lambda dialog: (self.troubles.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.troubles.append(f"popup {popup.url}"))

    def _request(self, request: Request) -> None:
        """Requests that the policy stopped never left; those that did fail for want of such a host."""
        if "evil.example" in request.url and "csp" not in (request.failure or "").lower():
            self.troubles.append(f"request {request.url}")

    def check(self) -> None:
        """Looks into the page and all its frames."""
        for frame in self.page.frames:
            if frame.evaluate("typeof window.pwned !== 'undefined'"):
                self.troubles.append(f"script ran in {frame.url}")
            if frame != self.page.main_frame:
                for tag in (
                    "form",
                    "script",
                    "iframe",
                    "object",
                    "embed",
                    "input",
                    "base",
                    "meta[http-equiv=refresh]",
                ):
                    if frame.locator(f"body {tag}").count():
                        self.troubles.append(f"{tag} in {frame.url}")
        assert self.troubles == []


def test_hostile_letters_in_the_whole_product_t12(demo: Demo, browse: Callable[..., Page]) -> None:
    subject = f"<img src=x onerror=alert(1)> {time.time_ns()}"
    groups = [HTML_PAYLOADS[at : at + AT_ONCE] for at in range(0, len(HTML_PAYLOADS), AT_ONCE)]
    first = ""
    with smtplib.SMTP("127.0.0.1", demo.smtp_port, timeout=20) as server:
        for part in [*groups, TEXT_PAYLOADS]:
            letter = EmailMessage()
            letter["From"] = '"<script>alert(1)</script>" <jan@nordwind.example>'
            letter["To"] = "support@vikno.example"
            letter["Subject"] = subject
            letter["Message-ID"] = f"<{time.time_ns()}@nordwind.example>"
            if first:
                letter["In-Reply-To"] = first
            first = first or str(letter["Message-ID"])
            letter.set_content("\n".join(TEXT_PAYLOADS))
            if part is not TEXT_PAYLOADS:
                letter.add_alternative("<table><tr><td>" + "<hr>".join(part) + "</td></tr></table>", subtype="html")
            server.send_message(letter)
    page = browse("administrator")
    watch = Watch(page)
    page.goto("/tickets/?section=active")
    row = page.get_by_role("link", name=subject)
    expect(row).to_be_visible(timeout=30_000)
    row.click()
    expect(page.locator(".bubble-client")).to_have_count(len(groups) + 1, timeout=30_000)
    for each in page.locator("iframe").all():
        each.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    assert len(page.frames) >= 3
    watch.check()
    page.locator(".bubble-client button[data-dialog-load]", has_text="letter").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.wait_for_timeout(500)
    watch.check()


@pytest.fixture
def hostile_ticket(transactional_db: None, django_db_serialized_rollback: None, cast: Cast) -> Ticket:
    """A ticket whose messages hold the payloads as they came, unsanitised, as if the sanitiser had failed."""
    ticket = create_ticket(
        SYSTEM,
        NewTicket(subject="x", message=NewMessage(text="x", contact=cast.jan), channel="email", contact=cast.jan),
    )
    Message.objects.filter(ticket=ticket).delete()
    for payload in HTML_PAYLOADS:
        Message.objects.create(
            ticket=ticket, is_public=True, author_kind="contact", contact=cast.jan, author_name="Jan", channel="email",
            html=f"<table><tr><td>{payload}</td></tr></table>", text="x",
        )  # fmt: skip
    return ticket


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_each_layer_alone_t12(
    hostile_ticket: Ticket, cast: Cast, live_server: object, chromium: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the sanitiser off, the frame's policy holds; with the policy off, the sanitiser holds.

    Remote pictures are the policy's matter alone: the sanitiser keeps them, since an agent may ask to see them.
    """
    from okno.core import html
    from okno.desk import messages

    with monkeypatch.context() as without_sanitiser:
        without_sanitiser.setattr(html, "sanitise", lambda markup: markup)
        assert open_frames(hostile_ticket, cast, str(live_server), chromium) == []
    with monkeypatch.context() as without_policy:
        without_policy.setattr(messages, "FRAME_POLICY", "img-src 'self' data:{remote}")
        assert open_frames(hostile_ticket, cast, str(live_server), chromium) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_no_letter_pushes_the_others_away_t12(
    transactional_db: None, cast: Cast, live_server: object, chromium: Browser
) -> None:
    """A box of 9999 pixels is cut to a screen; a letter that is really long scrolls until all of it is wanted."""
    blank = (
        '<table><tr><td><div style="height:9999px;width:9999px;padding:9999px 0">Pay now</div></td></tr></table>'
    )
    long = "<table><tr><td>" + "line<br>" * 400 + "</td></tr></table>"
    ticket = create_ticket(
        SYSTEM,
        NewTicket(subject="x", message=NewMessage(html=blank, contact=cast.jan), channel="email", contact=cast.jan),
    )
    add_client_message(SYSTEM, ticket, NewMessage(html=long, contact=cast.jan, channel="email"))
    browser = Client()
    browser.force_login(cast.olena.user)
    url = str(live_server)
    context = chromium.new_context(base_url=url)
    context.add_cookies([{"name": "okno_session", "value": browser.cookies["okno_session"].value, "url": url}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{url}/tickets/{ticket.number}/", wait_until="domcontentloaded")
    boxed, lengthy = page.locator("iframe.letter-frame").nth(0), page.locator("iframe.letter-frame").nth(1)
    for each in (boxed, lengthy):
        each.scroll_into_view_if_needed()
    more = page.get_by_role("button", name="Show the whole letter")
    expect(more).to_have_count(1)
    assert 100 < height_of(boxed) < 1600
    assert height_of(lengthy) == 2000
    more.click()
    expect(more).to_have_count(0)
    assert height_of(lengthy) > 5000
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()


def height_of(frame: Locator) -> float:
    """How high the frame stands in the page."""
    box = frame.bounding_box()
    assert box is not None
    return box["height"]


def open_frames(ticket: Ticket, cast: Cast, url: str, chromium: Browser) -> list[str]:
    """Opens the frame of each message in one page and says what came of it."""
    browser = Client()
    browser.force_login(cast.olena.user)
    context = chromium.new_context(base_url=url)
    context.add_cookies([{"name": "okno_session", "value": browser.cookies["okno_session"].value, "url": url}])
    page = context.new_page()
    watch = Watch(page)
    frames = "".join(
        f"<iframe src='{url}/messages/{pk}/frame/' sandbox='allow-same-origin allow-popups'></iframe>"
        for pk in ticket.messages.values_list("pk", flat=True)
    )
    page.set_default_timeout(PATIENCE)
    page.goto(f"{url}/account/profile/", wait_until="domcontentloaded")
    page.evaluate("html => { document.body.innerHTML = html }", frames)
    page.wait_for_timeout(4000)
    assert len(page.frames) > len(HTML_PAYLOADS)
    ran = ["a script ran"] if page.evaluate("typeof window.pwned !== 'undefined'") else []  # each tells the top
    context.close()
    return [*ran, *(each for each in watch.troubles if not each.endswith("/pixel.gif"))]
