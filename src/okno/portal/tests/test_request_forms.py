"""A client fills in the request form of the type and the service (F6, F150, F195, F196)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.testing.cast import Cast
from okno.testing.forms import asks, make_attribute, make_form
from okno.tickets.models import Ticket, TicketSecret
from okno.tickets.operations import secrets
from okno.workflow.items import Item
from okno.workflow.models import RequestForm, Service
from okno.workflow.operations.forms import switch_form
from okno.workflow.operations.services import ServiceFacts, create_service, switch_service
from okno.workflow.rules import ItemKind

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
URL, ASKED = "/portal/requests/new/", "/portal/requests/new/asked/"
INCIDENT = f"{URL}?type=incident"
WORDS = {"subject": "Sign-in", "text": "It does not let me in", "type": "incident", "once": "k"}


def sent_of(page: str, **changed: Any) -> dict[str, Any]:
    """What a browser would send of the questions, beside the words of the request."""
    asked = HTMLParser(page).css("#questions input[type=hidden][name$=asked]")
    found: dict[str, list[str]] = {}
    for node in asked:
        found.setdefault(str(node.attributes["name"]), []).append(str(node.attributes["value"]))
    return {**WORDS, **found, **changed}


def hidden_of(page: str) -> set[str]:
    """The items that the page does not show."""
    return {
        str(each.attributes["data-asked-item"])
        for each in HTMLParser(page).css("[data-asked-item]")
        if "hidden" in each.attributes
    }


def test_a_client_answers_what_is_asked_and_sees_it_again(cast: Cast, browser: Browser) -> None:
    form, jan = make_form(), browser("jan")
    page = jan.get(INCIDENT).content.decode()
    stem = f"answer-{form.pk}-"
    assert "About your access" in page
    assert "Send a picture." in page
    assert hidden_of(page) == {"port"}
    refused = jan.post(URL, sent_of(page, **{f"{stem}way": "ssh", f"{stem}error": "<b>no</b>"}))
    text = refused.content.decode()
    assert refused.status_code == 422
    assert hidden_of(text) == set()
    assert HTMLParser(text).css_first(f"#id_{stem}port_error").text(strip=True) == "Fill this in."
    assert "&lt;b&gt;no&lt;/b&gt;" in text
    assert "It does not let me in" in text
    answered = sent_of(page, **{f"{stem}way": "ssh", f"{stem}port": "22", f"{stem}error": "Denied"})
    read = jan.post(URL, answered, follow=True)
    assert read.status_code == 200
    ticket = Ticket.objects.get()
    request = HTMLParser(jan.get(f"/portal/requests/{ticket.number}/").content.decode())
    told = [(row.css_first("dt").text(), row.css_first("dd").text()) for row in request.css(".answers dl > div")]
    assert told == [("How do you sign in?", "By SSH"), ("Which port?", "22"), ("What does it say?", "Denied")]


def test_another_type_brings_other_questions_and_keeps_what_was_typed(cast: Cast, browser: Browser) -> None:
    form, jan = make_form(), browser("jan")
    error = f"answer-{form.pk}-error"
    sent = sent_of(jan.get(INCIDENT).content.decode(), **{error: "Denied"})
    other = HTMLParser(jan.post(ASKED, {**sent, "type": "question"}).content.decode())
    assert not other.css("[data-asked-item]")
    assert other.css_first(f'#questions input[name="{error}"]').attributes["value"] == "Denied"
    back = HTMLParser(
        jan.post(ASKED, {"type": "incident", error: "Denied", f"answer-{form.pk}-asked": "error"}).content.decode()
    )
    assert back.css_first(f"#id_{error}").text() == "Denied"


def test_attributes_for_clients_are_asked_and_internal_ones_never_t20(cast: Cast, browser: Browser) -> None:
    make_attribute("floor", is_required=True)
    make_attribute("canary", for_clients="hidden")
    make_attribute("mirror", for_clients="seen")
    make_form([asks("canary"), asks("mirror")])
    jan = browser("jan")
    page = jan.get(INCIDENT).content.decode()
    assert "Floor" in page
    assert "Canary" not in page
    assert "Mirror" not in page
    refused = jan.post(URL, sent_of(page, type="question"))
    assert HTMLParser(refused.content.decode()).css_first("#id_attribute-floor_error")
    jan.post(URL, sent_of(page, type="question", **{"attribute-floor": "3"}))
    assert Ticket.objects.get().attributes == {"floor": "3"}


def test_a_form_that_is_off_is_shown_to_nobody_t20(cast: Cast, browser: Browser) -> None:
    form, jan = make_form(), browser("jan")
    switch_form(SYSTEM, form, is_active=False)
    assert "About your access" not in jan.get(INCIDENT).content.decode()
    assert "About your access" not in jan.post(ASKED, {"type": "incident"}).content.decode()


def test_the_service_is_asked_and_the_only_one_is_chosen_already_f196(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    assert 'name="service"' not in jan.get(INCIDENT).content.decode()
    hosting = create_service(SYSTEM, ServiceFacts({"en": "Hosting"}))
    make_form(types=[], services=[hosting.code])
    page = jan.get(INCIDENT).content.decode()
    chosen = HTMLParser(page).css_first("select[name=service] option[selected]")
    assert chosen.attributes["value"] == str(hosting.pk)
    assert "About your access" in page
    mail = create_service(SYSTEM, ServiceFacts({"en": "Mail"}, hosting))
    page = jan.get(INCIDENT).content.decode()
    assert HTMLParser(page).css_first("select[name=service] option[selected]").attributes["value"] == ""
    assert "About your access" not in page
    below = jan.post(ASKED, {"type": "question", "service": str(mail.pk)}).content.decode()
    assert "About your access" in below
    jan.post(URL, {**WORDS, "service": ""})
    assert Ticket.objects.get().service is None
    switch_service(SYSTEM, hosting, is_active=False)
    assert 'name="service"' not in jan.get(INCIDENT).content.decode()


def test_system_attributes_are_asked_as_the_settings_say_f79(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    page = jan.get(INCIDENT).content.decode()
    assert 'name="type"' in page
    assert 'name="priority"' not in page
    jan.post(URL, {**WORDS, "priority": "high", "once": "a"})
    assert Ticket.objects.get().priority.code == "normal"
    settings_store.change(SYSTEM, {"client_form.priority": "filled", "client_form.type": "hidden"})
    page = jan.get(INCIDENT).content.decode()
    assert 'name="type"' not in page
    assert 'name="priority"' in page
    jan.post(URL, {**WORDS, "type": "question", "priority": "high", "once": "b"})
    made = Ticket.objects.latest("id")
    assert (made.priority.code, made.type.is_default) == ("high", True)


@pytest.mark.parametrize("service", ["x", "²", "999999999", "-1", "9" * 40])
def test_a_service_that_is_not_offered_is_refused_at_its_field(cast: Cast, browser: Browser, service: str) -> None:
    create_service(SYSTEM, ServiceFacts({"en": "Hosting"}))
    answer = browser("jan").post(URL, {**WORDS, "service": service})
    assert answer.status_code == 422
    assert HTMLParser(answer.content.decode()).css_first("#id_service_error")
    assert not Ticket.objects.exists()
    assert browser("jan").post(ASKED, {"service": service}).status_code == 200
    assert Service.objects.count() == 1


BOX = Item("box", ItemKind.CREDENTIALS, {"en": "Password of the mailbox"}, is_required=True)
VALUE = "kanarienvogel-9"


def test_no_page_brings_back_a_password_of_the_form_t20(cast: Cast, browser: Browser) -> None:
    form, jan = make_form([BOX]), browser("jan")
    name = f"secret-{form.pk}-box"
    page = jan.get(INCIDENT).content.decode()
    drawn = HTMLParser(page).css_first(f"#id_{name}")
    assert (drawn.tag, drawn.attributes["type"], drawn.attributes["autocomplete"]) == ("input", "password", "off")
    assert drawn.parent is not None
    assert "hx-preserve" in drawn.parent.attributes
    assert drawn.parent.css_first("[data-secret-show]")
    typed = sent_of(page, **{name: VALUE})
    refused = jan.post(URL, typed)  # the way is not said
    assert refused.status_code == 422
    told = HTMLParser(refused.content.decode()).css_first(f"#id_{name}_error")
    assert told.text(strip=True).startswith("Type it once more")
    drawn_anew = [
        jan.post(ASKED, typed),
        jan.post(ASKED, {**typed, "type": "question"}),
        jan.post(URL, {**typed, "draw": "1"}),
    ]
    assert not [each for each in (refused, *drawn_anew) if VALUE in each.content.decode()]
    made = jan.post(URL, {**typed, f"answer-{form.pk}-way": "panel"})
    assert made.status_code == 303
    kept = TicketSecret.objects.get()
    assert (kept.label, secrets.reveal(cast.actor("olena"), kept.pk)) == ("Password of the mailbox", VALUE)
    assert VALUE not in str(Ticket.objects.get().answers)


def test_the_desk_brings_no_password_back_either_t20(cast: Cast) -> None:
    form, olena = make_form([BOX]), Client()
    olena.force_login(cast.olena.user)
    name, stem = f"secret-{form.pk}-box", f"answer-{form.pk}-"
    asked = {f"{stem}asked": ["way", "port", "error"], f"secret-{form.pk}-asked": "box", name: VALUE}
    facts = {"type": "incident", "html": "<p>x</p>", "written_by": "client", "once": "k", **asked}
    drawn = [olena.post("/tickets/new/attributes/", facts), olena.post("/tickets/new/", facts)]
    drawn += [olena.post("/tickets/new/", {**facts, "subject": "Box"})]
    assert [each.status_code for each in drawn] == [200, 422, 422]
    for each in drawn:
        assert VALUE not in each.content.decode()
        assert HTMLParser(each.content.decode()).css_first(f"input[type=password][name={name}]")


def test_clients_are_not_asked_for_files_that_they_could_not_send(cast: Cast, browser: Browser) -> None:
    make_attribute("paper", kind="file", is_required=True)
    make_form([asks("paper", is_required=True)], types=["question"])
    jan = browser("jan")
    page = jan.get(f"{URL}?type=question").content.decode()
    assert "Paper" not in page
    sent = sent_of(page, type="question")
    form = RequestForm.objects.get()
    assert jan.post(URL, {**sent, f"answer-{form.pk}-way": "panel"}).status_code == 303
