"""The page of a link: what it shows, what it does, and what it says when it can do nothing."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from okno.core import clock
from okno.core.actor import SYSTEM
from okno.core.logs import LineFormatter
from okno.testing.cast import Cast
from okno.tickets.models import Message, Rating
from okno.tickets.operations.client_links import revoke_links
from okno.tickets.operations.messages import NewMessage, add_note
from okno.tickets.operations.status import change_status
from okno.tickets.rating.tests.acting import again, choose, link, new_ticket, solved

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36"}


def get(client: Client, token: str, query: str = "") -> Any:
    return client.get(f"/answer/{token}/{query}", headers=BROWSER)


def post(client: Client, token: str, **data: Any) -> Any:
    return client.post(f"/answer/{token}/", data, headers=BROWSER)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_score_of_the_link_is_chosen_and_nothing_of_the_talk_is_shown_t20(cast: Cast, client: Client) -> None:
    ticket = solved(cast)
    add_note(cast.actor("olena"), ticket, NewMessage(text="CANARY-note"))
    page = text_of(get(client, link(ticket), "?score=3"))
    assert 'value="3" id="score-3" class="sr-only" required checked' in page
    assert page.count(" checked") == 1
    assert "Oven" in page
    for secret in ("CANARY-note", "The oven is cold.", "marta@kawa.example", "Taras"):
        assert secret not in page


def test_one_click_rates_and_then_words_are_asked_for_f100(cast: Cast, client: Client) -> None:
    ticket = solved(cast)
    token = link(ticket)
    answer = post(client, token, do="rate", score="1")
    assert (answer.status_code, answer["Location"]) == (303, f"/answer/{token}/?done=rated")
    assert Rating.objects.get().score == 1
    page = text_of(get(client, token, "?done=rated"))
    assert 'name="comment"' in page
    answer = post(client, token, do="tell", comment="Three days for an oven.")
    assert answer["Location"] == f"/answer/{token}/?done=told"
    assert Rating.objects.get().comment == "Three days for an oven."
    assert again(ticket).state == "resolved", "rating decides nothing else"


def test_a_further_question_after_a_bad_score_only(cast: Cast, client: Client) -> None:
    choose(follow_up_pl="Co poprawić?", comment="bad")
    token = link(solved(cast))
    post(client, token, do="rate", score="3")
    assert "Co poprawić?" not in text_of(get(client, token, "?done=rated"))
    post(client, token, do="rate", score="1")
    assert "Co poprawić?" in text_of(get(client, token, "?done=rated"))
    answer = post(client, token, do="tell", comment=" ", answer="Szybkość")
    assert answer.status_code == 422
    assert "Szybkość" in text_of(answer), "what was typed stays"
    assert 'aria-invalid="true"' in text_of(answer)
    post(client, token, do="tell", comment="Wolno", answer="Szybkość")
    rating = Rating.objects.get()
    assert (rating.comment, rating.follow_up_question, rating.follow_up) == ("Wolno", "Co poprawić?", "Szybkość")


def test_accepting_closes_f37(cast: Cast, client: Client) -> None:
    ticket = solved(cast)
    token = link(ticket)
    assert post(client, token, do="accept")["Location"].endswith("?done=accepted")
    assert again(ticket).status.code == "closed"
    page = text_of(get(client, token, "?done=accepted"))
    assert 'name="score"' in page, "a rating is still welcome"
    assert post(client, token, do="accept").status_code == 409


def test_resuming_asks_for_the_reason_which_becomes_a_public_message_f24(cast: Cast, client: Client) -> None:
    ticket = solved(cast)
    token = link(ticket)
    refused = post(client, token, do="resume", reason="  ")
    assert refused.status_code == 422
    assert 'id="id_reason_error"' in text_of(refused)
    assert again(ticket).state == "resolved"
    assert post(client, token, do="resume", reason="Still <b>cold</b>")["Location"].endswith("?done=resumed")
    said = Message.objects.filter(ticket=ticket).latest("id")
    assert (said.text, said.is_public, said.contact, said.is_from_client) == (
        "Still <b>cold</b>",
        True,
        cast.marta,
        True,
    )
    now = again(ticket)
    assert (now.state, now.reopenings, now.is_news) == ("open", 1, True)
    assert "Dziękujemy" in text_of(get(client, token, "?done=resumed")) or "Thank you" in text_of(
        get(client, token, "?done=resumed")
    )


def test_a_closed_request_is_resumed_within_its_days_f212(cast: Cast, client: Client) -> None:
    ticket = solved(cast)
    token = link(ticket)
    post(client, token, do="accept")
    with clock.frozen_at(clock.now() + timedelta(days=8)):
        assert "?do=resume" not in text_of(get(client, token))
        assert post(client, token, do="resume", reason="Again").status_code == 409
    post(client, token, do="resume", reason="Again")
    assert again(ticket).state == "open"


def test_somebody_who_is_no_contact_writes_under_his_address_t4(cast: Cast, client: Client) -> None:
    ticket = solved(cast, contact=None, requester_address="ruth@adler.example", message=NewMessage(
        text="Hello", author_name="Olena Kravets", author_address="ruth@adler.example", channel="email"
    ))  # fmt: skip
    post(client, link(ticket), do="resume", reason="No")
    said = Message.objects.filter(ticket=ticket).latest("id")
    assert (said.author_kind, said.author_address, said.agent) == ("outsider", "ruth@adler.example", None)


def test_what_has_moved_on_is_told_and_nothing_happens(cast: Cast, client: Client) -> None:
    ticket = solved(cast)
    token = link(ticket)
    change_status(cast.actor("olena"), ticket, "open")
    page = get(client, token, "?do=accept")
    assert page.status_code == 200
    assert "<form" not in text_of(page)
    assert post(client, token, do="accept").status_code == 409
    assert again(ticket).state == "open"
    change_status(cast.actor("olena"), again(ticket), "resolved")
    assert post(client, token, do="accept").status_code == 409, "another solution has links of its own"
    assert again(ticket).state == "resolved"


@pytest.mark.parametrize("kind", ["unknown", "short", "expired", "revoked"])
def test_links_that_open_nothing_say_what_to_do_and_nothing_of_the_request_t23(
    cast: Cast, client: Client, kind: str
) -> None:
    ticket = solved(cast)
    token = link(ticket)
    moment = clock.now() + timedelta(days=31 if kind == "expired" else 0)
    if kind == "revoked":
        revoke_links(SYSTEM, ticket)
    path = {"unknown": "a" * 32, "short": "abc"}.get(kind, token)
    with clock.frozen_at(moment):
        for answer in (get(client, path), post(client, path, do="accept")):
            assert answer.status_code == (404 if kind in {"unknown", "short"} else 410)
            assert "Oven" not in text_of(answer)
            assert str(ticket.number) not in text_of(answer).replace(token, "")
    assert again(ticket).state == "resolved"


def test_opening_a_link_signs_nobody_in_t23(cast: Cast, client: Client) -> None:
    token = link(solved(cast, requester_is_proven=True))
    get(client, token)
    post(client, token, do="rate", score="3")
    assert "okno_session" not in client.cookies
    for path in ("/tickets/", "/account/profile/"):
        assert client.get(path).status_code == 302


def test_the_address_goes_neither_to_others_nor_into_logs_t23(cast: Cast, client: Client) -> None:
    token = link(solved(cast))
    answer = get(client, token)
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "//" not in text_of(answer).replace("http://www.w3.org", "").split("<body", 1)[1]
    record = logging.LogRecord("okno", logging.ERROR, "", 1, "csrf refused", None, None)
    record.path = f"/answer/{token}/"
    assert token not in LineFormatter().format(record)
    record = logging.LogRecord(
        "django.request", logging.ERROR, "", 1, "Internal Server Error: %s", (f"/answer/{token}/",), None
    )
    line = LineFormatter().format(record)
    assert token not in line
    assert "/answer/…" in line


def test_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    token = link(solved(cast))
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/answer/{token}/", {"do": "accept"}).status_code == 403


@pytest.mark.parametrize("data", [{}, {"do": "delete"}, {"do": "rate"}, {"do": "rate", "score": "x"}, {"do": "rate", "score": "²"},
    {"do": "rate", "score": "99999999999999"}, {"do": "tell", "comment": "first"}, {"do": ["rate", ""]}, {"do": "rate", "score": "-1"}])  # fmt: skip
def test_bad_input_changes_nothing_and_is_told(cast: Cast, client: Client, data: dict[str, Any]) -> None:
    ticket = solved(cast)
    answer = post(client, link(ticket), **data)
    assert answer.status_code in {409, 422}
    assert 'role="alert"' in text_of(answer)
    assert not Rating.objects.exists()
    assert again(ticket).state == "resolved"


def test_the_page_speaks_the_language_of_the_letter(cast: Cast, client: Client) -> None:
    answer = client.get(f"/answer/{link(solved(cast))}/", headers=BROWSER | {"Accept-Language": "uk"})
    assert answer["Content-Language"] == "pl"
    assert '<html lang="pl"' in text_of(answer)


def test_two_tickets_have_nothing_to_do_with_each_other_t22(cast: Cast, client: Client) -> None:
    first, second = solved(cast), solved(cast)
    post(client, link(first), do="accept")
    assert (again(first).state, again(second).state) == ("closed", "resolved")
    assert new_ticket(cast).state == "new"
