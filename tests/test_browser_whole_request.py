"""A client's request from the invitation to the rating, as a client lives it: on a phone and at a desk."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from okno.testing.pytest_browser import Demo
from tests.test_browser_axe import violations
from tests.test_browser_circle import write_answer
from tests.test_browser_portal_access import invite, link_in_mailbox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Browse = Callable[..., Page]
SECRET, PASSWORD = "root-tajne-4711", "sunny lemon river 9"
PORTAL = re.compile(r"^http://[^/]+/portal/")


def invited(browse: Browse) -> Page:
    """Tom opens the letter of invitation on his phone and chooses a password."""
    desk = browse("lead")
    invite(desk, "Tom Reed")
    page = browse("", width=390, height=844, dark=True)
    page.goto(link_in_mailbox(desk, "tom@harbourbooks.example"))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password once more").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(PORTAL)
    return page


def come_in_by_letter(browse: Browse) -> Page:
    """Jan, who has access, comes in by a link that is mailed to him."""
    page = browse("")
    page.goto("/account/login/")
    page.get_by_role("link", name="Client? Sign in by a letter").click()
    page.get_by_label("E-mail").fill("jan@nordwind.example")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Look into your mailbox").wait_for()
    page.goto(link_in_mailbox(browse("lead"), "jan@nordwind.example"))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(PORTAL)
    return page


def filed(page: Page, subject: str) -> str:
    """Asks, is offered an article, answers the questionnaire by keyboard, gives access; the number of the request."""
    page.goto("/portal/requests/new/")
    page.locator("#id_subject").press_sequentially("terminal OFFLINE", delay=10)
    expect(page.locator(".suggested-article").first).to_contain_text("OFFLINE")
    page.locator("#id_subject").fill(subject)
    page.get_by_role("radio", name="Incident").check()
    page.locator("#id_service").select_option(label=service_of(page))
    form = page.locator("#questions")
    server = form.get_by_label("Name or IP address of the server")
    expect(server).to_be_visible()
    page.locator("#id_text").fill("No page opens since eight in the morning.")
    page.locator("#new-form [data-send]").click()
    expect(form.get_by_text("This field is required.").or_(form.locator(".field-error")).first).to_be_visible()
    expect(page.locator("#id_subject")).to_have_value(subject)
    expect(page.locator("#id_text")).to_have_value("No page opens since eight in the morning.")

    server.fill("198.51.100.7")
    form.get_by_label("Does it answer a ping?").select_option("no")
    own = form.get_by_label("Your own IP address")
    expect(own).to_be_hidden()
    elsewhere = form.get_by_label("Does it open from another internet connection?")
    elsewhere.focus()
    page.keyboard.press("y")  # a list is chosen from by the first letter of a name
    expect(own).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("203.0.113.9")
    form.get_by_label("Is the balance positive").select_option("yes")
    form.get_by_label("Access to the server").fill(SECRET)
    assert not violations(page)
    page.locator("#new-form [data-send]").click()
    page.wait_for_url(re.compile(r"/requests/\d+/sent/"))
    found = re.search(r"/requests/(\d+)/", page.url)
    assert found
    return found[1]


def service_of(page: Page) -> str:
    """How the list of services writes the one that the questionnaire belongs to."""
    [name] = [each for each in page.locator("#id_service option").all_inner_texts() if "Own server" in each]
    return name


def propose(page: Page, answer: str) -> None:
    """The employee answers and proposes the solution."""
    write_answer(page, answer)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#talk")).to_contain_text(answer)
    page.goto(page.url)  # a letter key acts where nothing is being written
    page.locator("#talk").press("e")
    expect(page.locator("#ticket-head")).to_contain_text("Solution proposed")


@pytest.mark.parametrize("come_in", [invited, come_in_by_letter], ids=["phone", "desk"])
def test_asked_answered_rejected_accepted_and_rated(
    demo: Demo, browse: Browse, come_in: Callable[[Browse], Page]
) -> None:
    client = come_in(browse)
    subject = f"Web server is silent {time.time_ns() % 1_000_000}"
    number = filed(client, subject)
    client.goto(f"/portal/requests/{number}/")
    answers = client.locator("section.answers")
    expect(answers).to_contain_text("198.51.100.7")
    expect(answers).to_contain_text("203.0.113.9")
    expect(answers).not_to_contain_text("What does the notice say?")
    assert SECRET not in client.content()

    olena = browse("administrator")
    olena.goto(f"/tickets/{number}/")
    expect(olena.locator("section.answers")).to_contain_text("203.0.113.9")
    assert SECRET not in olena.content()
    olena.get_by_role("button", name=re.compile("Show: Access to the server")).click()
    expect(olena.locator("#facts .secret-shown code")).to_have_text(SECRET)

    propose(olena, "The power supply was replaced.")
    talk = client.locator("#talk")
    expect(talk).to_contain_text("The power supply was replaced.")  # live: nobody reloaded the page
    assert not violations(client)
    no = client.get_by_role("button", name="No, still wrong")
    expect(no).to_be_visible()
    no.click()
    client.locator("#reason").fill("It went down again at noon.")
    client.get_by_role("button", name="Reject the solution").click()
    expect(talk).to_contain_text("It went down again at noon.")
    expect(olena.locator("#talk")).to_contain_text("It went down again at noon.")

    propose(olena, "Now the memory is replaced too.")
    expect(talk).to_contain_text("Now the memory is replaced too.")
    client.get_by_role("button", name="Yes, accept the solution").click()
    rating = client.locator("#request-rating")
    expect(rating.locator(".rating-card").first).to_be_visible()
    assert not violations(client)
    rating.locator("input[type=radio]").last.check(force=True)
    rating.locator("[data-send]").first.click()
    expect(rating).to_contain_text("Your rating is noted")

    olena.goto(f"/tickets/{number}/")
    expect(olena.locator("#ticket-head")).to_contain_text("Closed")
    expect(olena.locator("#facts")).to_contain_text("1 time")
    expect(olena.locator("#facts [data-key-secret], #facts .secret-shown")).to_have_count(0)
    olena.goto("/ratings/")
    expect(olena.locator("main")).to_contain_text(subject)
