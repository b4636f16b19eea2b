"""While a request is typed: articles that answer it, and one's own open requests that say the same (F193, F194)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from okno.knowledge.models import Article, OfferCount
from okno.knowledge.seed import add_knowledge
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations import deciding
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
URL = "/portal/requests/new/suggestions/"


def own(cast: Cast, name: str, subject: str, **more: Any) -> Ticket:
    message = NewMessage(text="x", channel="portal")
    return create_ticket(
        cast.actor(name),
        NewTicket(subject, message, "portal", contact=getattr(cast, name), **more),
    )


@pytest.mark.parametrize(
    ("stands", "typed"),
    [
        ("Printer on the second floor is silent", "printer second floor silent again"),
        ("Принтер на складе не печатает накладные", "не печатает принтер"),
        ("Drukarka w biurze nie drukuje faktur", "Drukarka nie drukuje"),
        ("Не працює каса в магазині", "каса не працює"),
    ],
)
def test_ones_own_open_request_is_offered_f193(cast: Cast, browser: Browser, stands: str, typed: str) -> None:
    made = own(cast, "jan", stands)
    own(cast, "jan", "Invoice for October")
    page = browser("jan").post(URL, {"subject": typed}).content.decode()
    assert re.findall(r'data-draft-into="answer-(\d+)"', page) == [str(made.number)]
    assert stands in page


@pytest.mark.parametrize("typed", ["", "pr", "Holidays of the accountant", "принтер\x01"])
def test_nothing_is_offered_where_nothing_is_alike(cast: Cast, browser: Browser, typed: str) -> None:
    own(cast, "jan", "Invoice for October")
    answer = browser("jan").post(URL, {"subject": typed, "shown": "x,²,1"})
    assert answer.status_code == 200
    assert "data-draft-into" not in answer.content.decode()


def test_never_anybody_elses_t2_t3_t20(cast: Cast, browser: Browser) -> None:
    """Not another company's, not a colleague's without the level, not an unproven one, not internal, not closed."""
    subject = "Kanarienvogel in the till"
    own(cast, "marta", subject)
    colleague = own(cast, "jan", subject)
    colleague.participants.update(is_proven=False)
    closed = own(cast, "jan", subject)
    deciding.withdraw(cast.actor("jan"), closed)
    create_ticket(
        cast.actor("olena"),
        NewTicket(
            subject, NewMessage(text="x"), "desk", contact=cast.jan, type=TicketType.objects.get(code="task")
        ),
    )
    page = browser("jan").post(URL, {"subject": subject}).content.decode()
    assert "Kanarienvogel" not in page
    mine = own(cast, "jan", subject)
    assert (
        f'data-draft-into="answer-{mine.number}"' in browser("jan").post(URL, {"subject": subject}).content.decode()
    )


@pytest.fixture
def article(cast: Cast) -> Article:
    add_knowledge({"olena": cast.olena, "taras": cast.taras, "marek": cast.marek}, cast.kawa)
    OfferCount.objects.all().delete()
    return Article.objects.filter(is_published=True, texts__title__icontains="print").distinct()[0]


def test_an_article_is_offered_opened_in_place_and_spares_a_request_f194(
    cast: Cast, browser: Browser, article: Article
) -> None:
    jan = browser("jan")
    title = article.texts.get(language="en").title
    page = jan.post(URL, {"subject": title}).content.decode()
    assert f"/portal/requests/new/articles/{article.pk}/" in page
    shown = re.search(r'name="shown" value="([\d,]*)"', page)
    assert shown
    assert str(article.pk) in shown[1].split(",")
    jan.post(URL, {"subject": f"{title}!", "shown": shown[1]})
    count = OfferCount.objects.get(article=article)
    assert (count.shown, count.opened, count.helped) == (1, 0, 0)

    text = jan.get(f"/portal/requests/new/articles/{article.pk}/")
    assert "This answered my question" in text.content.decode()
    assert jan.post(f"/portal/requests/new/articles/{article.pk}/opened/").status_code == 204
    form = {"article": article.pk, "once": "k"}
    for _again in range(2):
        helped = jan.post("/portal/requests/new/helped/", form, follow=True)
    assert "Glad that it helped" in helped.content.decode()
    count.refresh_from_db()
    assert (count.shown, count.opened, count.helped) == (1, 1, 1)
    assert not Ticket.objects.exists()
    olena = Client()
    olena.force_login(cast.olena.user)
    figures = olena.get("/knowledge/figures/").content.decode()
    assert title in figures
    assert "Week by week" in figures


def test_an_article_that_is_not_for_clients_is_neither_offered_nor_counted_t20(
    cast: Cast, browser: Browser, article: Article
) -> None:
    hidden = Article.objects.exclude(pk__in=visible(cast)).first()
    assert hidden is not None
    jan = browser("jan")
    assert jan.get(f"/portal/requests/new/articles/{hidden.pk}/").status_code == 404
    jan.post(f"/portal/requests/new/articles/{hidden.pk}/opened/")
    jan.post("/portal/requests/new/helped/", {"article": hidden.pk, "once": "k"})
    assert not OfferCount.objects.filter(article=hidden).exists()
    title = hidden.texts.all()[0].title
    assert title not in jan.post(URL, {"subject": title}).content.decode()


def visible(cast: Cast) -> list[int]:
    from okno.knowledge import access

    return list(access.articles_visible_to(cast.actor("jan")).values_list("pk", flat=True))
