"""Rating on the page of a request, by those who are signed in; the rest of long messages; photos of employees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.core import settings_store
from okno.people.models import Affiliation, Agent
from okno.testing.cast import Cast
from okno.tickets.models import Rating, Ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.status import change_status

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
FRAGMENT = {"HX-Request": "true"}


def url(ticket: Ticket, end: str = "") -> str:
    return f"/portal/requests/{ticket.number}/{end}"


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def solved(cast: Cast, ticket: Ticket) -> Ticket:
    return change_status(cast.actor("olena"), ticket, "resolved")


def test_a_score_and_then_words_are_taken_f99_f152(cast: Cast, solved: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    assert "Send the rating" in text_of(jan, url(solved))
    settings_store.change(cast.actor("olena"), {"rating.follow_up_en": "What should we have done?"})
    answer = jan.post(url(solved, "rating/"), {"do": "score", "score": "1"}, headers=FRAGMENT)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Your rating is noted" in page
    assert "What should we have done?" in page
    given = {"do": "words", "comment": "Three days\r\nlate", "answer": "Call me"}
    assert jan.post(url(solved, "rating/"), given).status_code == 303
    rating = Rating.objects.get()
    assert (rating.score, rating.way, rating.contact) == (1, "portal", cast.jan)
    assert (rating.comment, rating.follow_up_question) == ("Three days\nlate", "What should we have done?")
    page = text_of(jan, url(solved))
    assert "Three days" in page
    assert "Change the rating" in page
    jan.post(url(solved, "rating/"), {"do": "score", "score": "3"})
    assert Rating.objects.get().score == 3
    assert "Your rating" in text_of(jan, url(solved, "talk/?rated=other"))


def test_nothing_is_rated_before_a_solution_nor_after_its_rejection(
    cast: Cast, ticket: Ticket, browser: Browser
) -> None:
    jan = browser("jan")
    assert 'request-rating" class="empty:hidden"></div>' in text_of(jan, url(ticket))
    answer = jan.post(url(ticket, "rating/"), {"do": "score", "score": "3"}, headers=FRAGMENT)
    assert answer.status_code == 409
    change_status(cast.actor("olena"), ticket, "resolved")
    jan.post(url(ticket, "rating/"), {"do": "score", "score": "3"})
    add_client_message(cast.actor("jan"), ticket, NewMessage(text="No, again", channel="portal"))
    assert "rating-choice" not in text_of(jan, url(ticket))
    change_status(cast.actor("olena"), ticket, "resolved")
    assert "Send the rating" in text_of(jan, url(ticket)), "another solution is rated anew"


@pytest.mark.parametrize(
    "form", [{}, {"do": "score"}, {"do": "score", "score": "9"}, {"do": "score", "score": "²"}]
)
def test_odd_scores_are_refused(solved: Ticket, browser: Browser, form: dict[str, str]) -> None:
    for headers in ({}, FRAGMENT):
        answer = browser("jan").post(url(solved, "rating/"), form, headers=headers)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
    assert not Rating.objects.exists()


def test_words_that_must_be_there_are_asked_for_and_what_was_typed_stays(
    cast: Cast, solved: Ticket, browser: Browser
) -> None:
    settings_store.change(cast.actor("olena"), {"rating.comment": "always", "rating.follow_up_en": "Why?"})
    jan = browser("jan")
    assert jan.post(url(solved, "rating/"), {"do": "words", "comment": "x"}, headers=FRAGMENT).status_code == 409
    jan.post(url(solved, "rating/"), {"do": "score", "score": "1"})
    answer = jan.post(url(solved, "rating/"), {"do": "words", "answer": "typed"}, headers=FRAGMENT)
    assert answer.status_code == 422
    assert "id_comment_error" in answer.content.decode()
    assert "typed" in answer.content.decode()


def test_only_who_asked_rates_and_strangers_have_no_such_page_t14(
    cast: Cast, solved: Ticket, browser: Browser
) -> None:
    Affiliation.objects.filter(contact=cast.piotr).update(company=cast.nordwind, sees_company=True)
    piotr = browser("piotr")
    assert "rating-choice" not in text_of(piotr, url(solved))
    assert piotr.post(url(solved, "rating/"), {"do": "score", "score": "1"}, headers=FRAGMENT).status_code == 409
    assert browser("marta").post(url(solved, "rating/"), {"do": "score", "score": "1"}).status_code == 404
    settings_store.change(cast.actor("olena"), {"rating.is_on": False})
    assert "rating-choice" not in text_of(browser("jan"), url(solved))
    assert not Rating.objects.exists()


def test_the_rating_is_sent_again_only_when_it_changed(solved: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    page = text_of(jan, url(solved))
    address = page.partition('hx-get="')[2].partition('"')[0]
    while "/talk/" not in address:
        page = page.partition('hx-get="')[2]
        address = page.partition('hx-get="')[2].partition('"')[0]
    assert "request-rating" not in text_of(jan, address.replace("&amp;", "&"))
    jan.post(url(solved, "rating/"), {"do": "score", "score": "2"})
    assert 'id="request-rating"' in text_of(jan, address.replace("&amp;", "&"))


def test_the_rest_of_a_long_message_is_a_click_away_t20(cast: Cast, ticket: Ticket, browser: Browser) -> None:
    jan = browser("jan")
    long = "word " * 5000 + "THE END"
    said = add_client_message(cast.actor("jan"), ticket, NewMessage(text=long, channel="portal"))
    note = add_note(cast.actor("olena"), ticket, NewMessage(text="between us"))
    page = text_of(jan, url(ticket))
    assert "THE END" not in page
    assert f"/portal/messages/{said.pk}/" in page
    first = text_of(jan, f"/portal/messages/{said.pk}/")
    assert "Page 1 of 2" in first
    assert "THE END" in text_of(jan, f"/portal/messages/{said.pk}/?page=2")
    for odd in ("0", "-1", "x", "9" * 30):
        text_of(jan, f"/portal/messages/{said.pk}/?page={odd}")
    assert jan.get(f"/portal/messages/{note.pk}/").status_code == 404
    assert browser("marta").get(f"/portal/messages/{said.pk}/").status_code == 404


def test_photos_of_employees_are_shown_where_the_setting_says_so_f148(
    cast: Cast, ticket: Ticket, browser: Browser
) -> None:
    from okno.people import photos

    Agent.objects.filter(pk=cast.olena.pk).update(photo_name="namenamename")
    photos.forget()
    jan = browser("jan")
    add_answer(cast.actor("olena"), ticket, NewMessage(text="Look"))
    assert "namenamename" not in text_of(jan, url(ticket))
    settings_store.change(cast.actor("olena"), {"portal.shown": ["photos"]})
    assert "/account/photos/namenamename/" in text_of(jan, url(ticket))
