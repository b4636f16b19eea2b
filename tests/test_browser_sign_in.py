"""Signing in with real authenticators: passkeys of Chromium, an authenticator app, recovery codes, by keyboard."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from okno.testing.cast import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from okno.testing.pytest_browser import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DESK = re.compile(r"^http://[^/]+/tickets/")
Browse = Callable[..., "Page"]
ADDRESS = {"lead": "taras@vikno.example", "specialist": "marek@vikno.example"}


def code_of(secret: str, moment: float) -> str:
    """The code of an authenticator app (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(moment) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def with_authenticator(page: Page) -> None:
    """Chromium's own virtual authenticator: what a fingerprint reader would be."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def local(page: Page, demo: Demo) -> str:
    """Browsers take passkeys for names and not for numbers, so the page is opened as localhost."""
    return demo.url.replace("127.0.0.1", "localhost")


def sign_in(page: Page, base: str, address: str) -> None:
    """By keyboard alone."""
    page.goto(f"{base}/account/login/")
    page.keyboard.type(address)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")


def confirm(page: Page) -> None:
    """The password once more, where it is asked for."""
    page.wait_for_load_state()
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url(re.compile(r"^(?!.*/reauthenticate/)"))


def test_a_passkey_is_added_lets_one_in_alone_and_is_removed(browse: Browse, demo: Demo) -> None:
    page = browse("")
    base = local(page, demo)
    with_authenticator(page)
    refusals: list[str] = []
    page.on(
        "console",
        lambda message: refusals.append(message.text) if "Content Security Policy" in message.text else None,
    )
    sign_in(page, base, ADDRESS["specialist"])
    page.wait_for_url(DESK)
    page.goto(f"{base}/account/2fa/webauthn/add/")
    confirm(page)
    page.get_by_label("Name").fill("Laptop")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(re.compile("/recovery-codes/"))
    page.goto(f"{base}/account/2fa/webauthn/")
    assert page.get_by_text("Laptop").is_visible()
    assert page.get_by_text("without a password").is_visible()
    page.goto(f"{base}/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    page.goto(f"{base}/account/login/?next=/tickets/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(DESK)
    assert page.get_by_text("Marek Lis").first.is_visible()
    page.goto(f"{base}/account/2fa/webauthn/")
    page.get_by_role("link", name="Remove").click()
    if "/reauthenticate" in page.url:
        confirm(page)
    page.get_by_role("button", name="Remove").click()
    page.wait_for_url(re.compile(r"/webauthn/$"))
    assert page.get_by_text("There are none yet.").is_visible()
    assert refusals == []


def test_without_a_passkey_the_page_says_so(browse: Browse, demo: Demo) -> None:
    page = browse("")
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{local(page, demo)}/account/login/")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("No passkey was used.").wait_for()
    assert page.get_by_role("button", name="Use a passkey").is_enabled()


def test_an_authenticator_app_and_a_recovery_code(browse: Browse, demo: Demo) -> None:
    page = browse("")
    base = demo.url
    sign_in(page, base, ADDRESS["lead"])
    page.wait_for_url(DESK)
    page.goto(f"{base}/account/2fa/totp/activate/")
    confirm(page)
    picture = page.get_by_alt_text("QR code")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.locator("[data-secret]").inner_text()
    page.get_by_label("Code").fill(code_of(secret, time.time()))
    page.get_by_role("button", name="Switch on").click()
    page.wait_for_url(re.compile("/recovery-codes/"))
    codes = page.locator("[data-secret]").all_inner_texts()
    assert len(codes) == 10
    page.context.clear_cookies()
    sign_in(page, base, ADDRESS["lead"])
    page.wait_for_url(re.compile("/2fa/authenticate/"))
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    page.wait_for_url(DESK)
    page.context.clear_cookies()
    sign_in(page, base, ADDRESS["lead"])
    page.wait_for_url(re.compile("/2fa/authenticate/"))
    page.keyboard.type(codes[0])
    page.keyboard.press("Enter")
    page.get_by_text("Incorrect code").wait_for()
    page.get_by_label("Code").fill(codes[1])
    page.keyboard.press("Enter")
    page.wait_for_url(DESK)


def test_a_mailbox_is_tried_from_its_form(browse: Browse, demo: Demo) -> None:
    page = browse("administrator")
    page.goto(f"{demo.url}/manage/mailboxes/new/")
    page.locator("#id_address").fill("new@vikno.example")
    page.locator("#id_name").fill("New")
    page.locator("#id_smtp_host").fill("127.0.0.1")
    page.locator("#id_smtp_port").fill(str(demo.smtp_port))
    page.locator("#id_smtp_security").select_option("none")
    page.get_by_role("button", name="Test the connection").click()
    box = page.get_by_role("region", name="Sending by SMTP")
    box.wait_for()
    assert box.get_by_role("img", name="works", exact=True).count() == 4
    assert box.get_by_role("img", name="does not work").count() == 0
    page.locator("#id_smtp_port").fill("1")
    page.get_by_role("button", name="Test the connection").click()
    box.get_by_role("img", name="does not work").wait_for()
    page.locator("#id_address").fill("wrong")
    page.get_by_role("button", name="Save").click()
    assert page.locator("#id_address_error").is_visible()
    assert page.locator("#id_smtp_host").input_value() == "127.0.0.1"


def test_a_canned_reply_is_written_in_the_editor_and_deleted_after_a_question(browse: Browse, demo: Demo) -> None:
    page = browse("administrator")
    page.goto(f"{demo.url}/manage/canned/new/")
    page.get_by_label("Title").fill("Out of office")
    editor = page.locator("okno-editor [contenteditable=true]")
    editor.wait_for()
    editor.click()
    page.keyboard.type("Dear $first_name, we are closed.")
    page.get_by_role("button", name="Add", exact=True).click()
    page.wait_for_url(re.compile(r"/manage/canned/$"))
    page.get_by_role("link", name="Out of office").click()
    page.wait_for_url(re.compile(r"/manage/canned/\d+/$"))
    page.locator("okno-editor [contenteditable=true]").get_by_text("Dear $first_name, we are closed.").wait_for()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    page.wait_for_url(re.compile(r"/manage/canned/$"))
    page.get_by_text("The reply is deleted.").wait_for()
    assert page.get_by_role("link", name="Out of office").count() == 0
