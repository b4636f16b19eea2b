"""The page of a request: what is shown, writing, files, and what the client decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okno.core import clock
from okno.testing.cast import Cast
from okno.tickets.models import Attachment, Ticket, TicketLink
from okno.tickets.operations.messages import NewMessage, add_note
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
KEY = "the-key-of-one-form"


def address(ticket: Ticket, end: str = "") -> str:
    return f"/portal/requests/{ticket.number}/{end}"


def shown(client: Client, ticket: Ticket) -> str:
    answer = client.get(address(ticket))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_talk_shows_what_was_said_and_what_became_of_it_f20(
    cast: Cast, ticket: Ticket, browser: Browser
) -> None:
    add_note(cast.actor("olena"), ticket, NewMessage(text="between us"))
    text = shown(browser("jan"), ticket)
    assert "Since noon the printer is silent" in text
    assert "Try the switch" in text
    assert "Olena Kravets" in text
    assert "We began to work on it" in text
    assert "between us" not in text


def test_what_is_asked_stands_on_top_with_the_time_f26_f27(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    change_status(cast.actor("olena"), ticket, "waiting")
    text = shown(jan, ticket)
    assert "We are waiting for your answer" in text
    assert "closes by itself on" in text
    change_status(cast.actor("olena"), ticket, "resolved")
    text = shown(jan, ticket)
    assert "Yes, accept the solution" in text
    assert "tell us by" in text


def test_an_answer_is_sent_once_t30(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan, form = browser("jan"), {"text": "  The switch is on\r\nand still  ", "once": KEY}
    for _time in range(2):
        assert jan.post(address(ticket, "answer/"), form).status_code == 303
    said = ticket.messages.latest("id")
    assert (said.text, said.contact, said.is_public, said.channel) == (
        "The switch is on\nand still", cast.jan, True, "portal",
    )  # fmt: skip
    assert ticket.messages.count() == 3
    refused = jan.post(address(ticket, "answer/"), {"text": "another", "once": KEY}, headers={"HX-Request": "true"})
    assert refused.status_code == 409
    assert 'id="answer-once"' in refused.content.decode()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 100_001])
def test_nothing_and_too_much_are_refused_and_kept(cast: Cast, ticket: Ticket, browser: Browser, text: str) -> None:
    answer = browser("jan").post(address(ticket, "answer/"), {"text": text, "once": KEY})
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert ticket.messages.count() == 2


def test_files_go_ahead_and_are_seen_by_their_sender_only_t14(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan, marta = browser("jan"), browser("marta")
    sent = jan.post("/portal/files/", {"file": SimpleUploadedFile("log.txt", b"error 41")})
    token = sent.json()["id"]
    url = f"/portal/files/{token}/"
    assert b"".join(jan.get(url).streaming_content) == b"error 41"
    for other in (marta, browser("olena")):
        assert other.get(url).status_code == 404
    assert browser("olena").get(f"/attachments/{token}/").status_code == 404, "not even employees before it is sent"
    stolen = marta.post("/portal/requests/new/", {"subject": "x", "text": "y", "attachments": token, "once": "k1"})
    assert stolen.status_code == 422
    assert marta.post(f"{url}remove/").status_code == 204
    assert (
        jan.post(address(ticket, "answer/"), {"text": "see", "attachments": token, "once": KEY}).status_code == 303
    )
    assert Attachment.objects.get(token=token).message == ticket.messages.latest("id")
    assert "log.txt" in shown(jan, ticket)
    assert browser("olena").get(f"/attachments/{token}/").status_code == 200
    assert marta.get(url).status_code == 404
    jan.post(f"{url}remove/")
    assert Attachment.objects.filter(token=token).exists(), "what was sent is not taken back"


def test_without_scripts_files_come_in_the_form(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    form = {
        "text": "",
        "once": KEY,
        "files": [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("b.txt", b"b")],
    }
    assert browser("jan").post(address(ticket, "answer/"), form).status_code == 303
    assert sorted(ticket.messages.latest("id").attachments.values_list("name", flat=True)) == ["a.txt", "b.txt"]


def test_a_file_that_was_not_sent_is_taken_back(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    token = jan.post("/portal/files/", {"file": SimpleUploadedFile("a.txt", b"a")}).json()["id"]
    jan.post(f"/portal/files/{token}/remove/")
    assert not Attachment.objects.filter(token=token).exists()
    assert jan.post("/portal/files/").status_code == 422


def test_accepting_closes_and_the_journal_keeps_it_f24_f25(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    change_status(cast.actor("olena"), ticket, "resolved")
    jan = browser("jan")
    assert jan.post(address(ticket, "accept/"), {"once": KEY}).status_code == 303
    ticket.refresh_from_db()
    assert ticket.state == "closed"
    text = shown(jan, ticket)
    assert "You accepted the solution" in text
    assert "Since noon the printer is silent" in text
    assert jan.post(address(ticket, "accept/"), {"once": "another"}, follow=True).status_code == 200


def test_rejecting_needs_a_reason_and_keeps_words_f24(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    change_status(cast.actor("olena"), ticket, "resolved")
    jan = browser("jan")
    refused = jan.post(address(ticket, "reject/"), {"reason": "  ", "once": KEY})
    assert refused.status_code == 422
    assert "reason_error" in refused.content.decode()
    assert jan.post(address(ticket, "reject/"), {"reason": "Still silent", "once": KEY}).status_code == 303
    ticket.refresh_from_db()
    assert (ticket.state, ticket.messages.latest("id").text) == ("open", "Still silent")


def test_a_client_closes_what_is_not_needed_and_takes_it_up_again_f74(
    cast: Cast, ticket: Ticket, browser: Browser
) -> None:
    jan = browser("jan")
    assert jan.post(address(ticket, "close/"), {"words": "It prints by itself", "once": KEY}).status_code == 303
    ticket.refresh_from_db()
    assert (ticket.state, ticket.messages.latest("id").text) == ("closed", "It prints by itself")
    assert "You closed the request" in shown(jan, ticket)
    assert jan.post(address(ticket, "reopen/"), {"again": "It stopped", "once": "another"}).status_code == 303
    ticket.refresh_from_db()
    assert (ticket.state, ticket.messages.latest("id").text) == ("open", "It stopped")


def test_after_the_days_a_linked_request_is_written_f185(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    change_status(cast.actor("olena"), ticket, "closed")
    jan = browser("jan")
    with clock.frozen_at(clock.now() + timedelta(days=8)):
        assert f"?after={ticket.number}" in shown(jan, ticket)
        late = jan.post(address(ticket, "answer/"), {"text": "Again", "once": KEY})
        assert late.status_code == 409
        assert "Again" not in ticket.messages.latest("id").text
        form = {"subject": "Printer again", "text": "Silent", "after": ticket.number, "once": "another"}
        made = Ticket.objects.get(
            number=int(jan.post("/portal/requests/new/", form).headers["Location"].split("/")[3])
        )
    link = TicketLink.objects.get(ticket=made)
    assert link.other == ticket
    foreign = {"subject": "Mine", "text": "of Marta", "after": ticket.number, "once": "third"}
    assert browser("marta").post("/portal/requests/new/", foreign).status_code == 303
    assert TicketLink.objects.count() == 1, "nobody links to what he does not see (T22)"


def test_others_decide_nothing_t14(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    change_status(cast.actor("olena"), ticket, "resolved")
    for who in ("marta", "olena"):
        client = browser(who)
        for act in ("accept/", "reject/", "close/", "reopen/", "answer/", "read/"):
            assert client.post(address(ticket, act), {"text": "x", "reason": "x", "once": KEY}).status_code == 404
    ticket.refresh_from_db()
    assert ticket.state == "resolved"
