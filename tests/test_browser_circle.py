"""The whole circle in a real browser, by keyboard alone: a letter, an answer, the client's next letter (section 4)."""

from __future__ import annotations

import email
import email.policy
import re
import smtplib
import time
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from okno.testing.pytest_browser import Demo

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def send_letter(
    demo: Demo, subject: str, text: str, *, sender: str = "jan@nordwind.example", **headers: str
) -> str:
    """A letter from any mail program; returns its Message-ID."""
    letter = EmailMessage()
    letter["From"] = f"Jan Kowal <{sender}>"
    letter["To"] = headers.pop("to", "support@vikno.example")
    letter["Subject"] = subject
    letter["Message-ID"] = headers.pop("message_id", f"<{time.time_ns()}@nordwind.example>")
    for name, value in headers.items():
        letter[name.replace("_", "-")] = value
    letter.set_content(text)
    with smtplib.SMTP("127.0.0.1", demo.smtp_port, timeout=20) as server:
        server.send_message(letter, from_addr=sender, to_addrs=[str(letter["To"])])
    return str(letter["Message-ID"])


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_whole_circle_by_keyboard(demo: Demo, browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/?section=active")
    subject = f"Scanner does not pair {time.time_ns()}"
    send_letter(demo, subject, "It blinks blue and then gives up.")
    row = page.get_by_role("link", name=subject)
    expect(row).to_be_visible(timeout=30_000)  # live: nobody reloaded the page

    press(page, "j", "Enter")
    expect(page.get_by_role("heading", name=subject)).to_be_visible()
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    press(page, "t")
    expect(page.locator("#facts")).to_contain_text("Olena Kravets")
    press(page, "r")
    expect(page.locator("#answer-editor [role=textbox]")).to_be_focused()
    page.keyboard.type("Hold the button for five seconds, please.")
    expect(page.locator("#answer-form [data-draft-status]")).to_have_text("Draft saved")
    press(page, "Control+Enter")
    talk = page.locator("#talk")
    expect(talk).to_contain_text("Hold the button for five seconds, please.")
    expect(talk).to_contain_text("sent to jan@nordwind.example", timeout=30_000)

    answered = outgoing(page, subject)
    assert f"[#{number}-" in str(answered["Subject"])
    send_letter(
        demo, f"Re: {answered['Subject']}", "It works now, thank you!\n\n> Hold the button",
        In_Reply_To=str(answered["Message-ID"]), to=str(answered["Reply-To"]),
    )  # fmt: skip
    page.goto(f"/tickets/{number}/")
    expect(page.locator("#talk")).to_contain_text("It works now, thank you!", timeout=30_000)

    press(page, "m")
    expect(page.locator("#note-editor [role=textbox]")).to_be_focused()
    page.keyboard.type("Remember: firmware 2.1 has this fault.")
    press(page, "Control+Enter")
    expect(page.locator("#talk .bubble-private")).to_contain_text("firmware 2.1")
    press(page, "Escape")
    page.locator("#talk").press("e")
    expect(page.locator("#ticket-head")).to_contain_text("Solution proposed")


def outgoing(page: Page, subject: str) -> EmailMessage:
    """The answer as it left, read from its raw form in the list of deliveries."""
    page.goto("/manage/deliveries/")
    page.locator("[data-row]", has_text=subject).first.locator("[data-row-link]").click()
    page.wait_for_url(re.compile(r"/manage/deliveries/\d+/"))
    raw = page.request.get(page.url.rstrip("/") + "/raw/").text()
    return email.message_from_string(raw, policy=email.policy.default)


def test_a_draft_survives_reload_and_the_changes_of_others(demo: Demo, browse: Callable[..., Page]) -> None:
    subject = f"Draft {time.time_ns()}"
    send_letter(demo, subject, "Where is my invoice?")
    olena, taras = browse("administrator"), browse("lead")
    open_ticket(olena, subject)
    taras.goto(olena.url)
    write_answer(olena, "Half of an ans")
    expect(olena.locator("#answer-form [data-draft-status]")).to_have_text("Draft saved")
    expect(taras.locator("#present")).to_contain_text("Olena Kravets is writing", timeout=30_000)
    taras.keyboard.press("t")
    expect(taras.locator("#facts")).to_contain_text("Taras Vovk")
    expect(olena.locator("#facts")).to_contain_text("Taras Vovk", timeout=20_000)  # live
    expect(olena.locator("#answer-editor")).to_contain_text("Half of an ans")
    olena.reload()
    expect(olena.locator("#answer-editor")).to_contain_text("Half of an ans")


def test_a_stale_answer_is_not_sent_without_asking_t30(demo: Demo, browse: Callable[..., Page]) -> None:
    subject = f"Stale {time.time_ns()}"
    first = send_letter(demo, subject, "The server is down.")
    page = browse("administrator")
    open_ticket(page, subject)
    write_answer(page, "Which server?")
    expect(page.locator("#answer-form [data-draft-status]")).to_have_text("Draft saved")
    page.evaluate("document.getElementById('talk').removeAttribute('data-live')")
    send_letter(demo, f"Re: {subject}", "It is up again, sorry.", In_Reply_To=first)
    wait_for_message(page, "It is up again")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("New messages arrived while you were writing")
    expect(page.locator("#answer-editor")).to_contain_text("Which server?")
    expect(page.locator("#talk")).to_contain_text("It is up again, sorry.")
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator("#talk .bubble-us")).to_contain_text("Which server?")
    expect(page.locator("#answer-editor [role=textbox]")).to_have_text("")


def test_a_new_ticket_by_keyboard_and_its_mistakes(browse: Callable[..., Page]) -> None:
    page = browse("administrator")
    page.goto("/tickets/?section=active")
    page.locator("body").press("n")
    expect(page.get_by_role("heading", name="New ticket")).to_be_visible()
    page.locator("#new-editor [role=textbox]").click()
    page.keyboard.type("Typed before the mistake")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#id_subject_error")).to_be_visible()
    expect(page.locator("#new-editor")).to_contain_text("Typed before the mistake")
    page.locator("#id_subject").fill("A phone call about the till")
    page.locator("#id_contact").fill("Mart")
    expect(page.get_by_role("option", name="Marta Nowak")).to_be_visible()
    page.locator("#id_contact").press("Enter")
    page.locator("#id_contact").press("Tab")
    page.locator("#new-editor [role=textbox]").click()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="A phone call about the till")).to_be_visible()
    expect(page.locator("#facts")).to_contain_text("Marta Nowak")
    expect(page.locator("#talk")).to_contain_text("Typed before the mistake")


def open_ticket(page: Page, subject: str) -> None:
    page.goto("/tickets/?section=active")
    link = page.get_by_role("link", name=subject)
    expect(link).to_be_visible(timeout=30_000)
    link.click()
    expect(page.get_by_role("heading", name=subject)).to_be_visible()


def write_answer(page: Page, text: str) -> None:
    page.keyboard.press("r")
    expect(page.locator("#answer-editor [role=textbox]")).to_be_focused()
    page.keyboard.type(text)


def wait_for_message(page: Page, text: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if text in page.request.get(page.url + "talk/").text():
            return
        time.sleep(0.3)
    raise AssertionError(f"{text!r} did not arrive")
