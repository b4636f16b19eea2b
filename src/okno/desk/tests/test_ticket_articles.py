"""An article of an answer, and an article in an answer: nothing private on the way (T20)."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from okno.core import files
from okno.core.actor import SYSTEM
from okno.knowledge.models import Article, ArticleFile, Section
from okno.knowledge.operations import files as article_files
from okno.knowledge.operations.articles import Words, create_article
from okno.testing.cast import Cast
from okno.tickets.models import Attachment, Draft, Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_note

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch"


@pytest.fixture
def desk(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    made = create_ticket(
        SYSTEM,
        NewTicket(
            subject="Printer cuts the page",
            contact=cast.jan,
            channel="email",
            message=NewMessage(text="Half a page only"),
        ),
    )
    add_note(cast.actor("olena"), made, NewMessage(html=f"<p>{CANARY}</p>"))
    add_answer(cast.actor("olena"), made, NewMessage(html="<p>Set the paper to <strong>A4</strong>.</p>"))
    return made


def answer_of(ticket: Ticket) -> Message:
    return ticket.messages.filter(is_public=True, author_kind="agent").get()


def test_a_draft_is_made_of_an_answer_in_one_click(desk: Client, ticket: Ticket) -> None:
    answer = desk.post(reverse("desk:message-article", args=[answer_of(ticket).pk]))
    article = Article.objects.get(from_ticket=ticket.number)
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"/knowledge/articles/{article.pk}/edit/")
    text = article.texts.get()
    assert text.draft_title == "Printer cuts the page"
    assert text.versions.get().html == "<p>Set the paper to <strong>A4</strong>.</p>"
    assert not article.is_published
    assert CANARY not in desk.get(answer["Location"]).content.decode()
    page = desk.get(reverse("desk:article", args=[article.pk])).content.decode()
    assert f"/tickets/{ticket.number}/" in page


def test_pictures_of_the_answer_go_along_and_stay_when_the_ticket_is_gone(
    cast: Cast, desk: Client, ticket: Ticket
) -> None:
    stored = files.store(b"\x89PNG picture")
    picture = Attachment.objects.create(
        token="pictureoftheanswer", message=answer_of(ticket), file=stored, name="a.png", type="image/png", size=12
    )
    message = answer_of(ticket)
    message.html = f'<p>Look: <img src="/attachments/{picture.token}/picture/" alt="a"></p>'
    message.save()
    desk.post(reverse("desk:message-article", args=[message.pk]))
    copied = ArticleFile.objects.get()
    assert copied.article is not None
    assert copied.is_inline
    assert copied.file == stored
    assert f"/help/files/{copied.token}/picture/" in copied.article.texts.get().versions.get().html


def test_notes_and_letters_of_clients_never_become_articles_t20(desk: Client, ticket: Ticket) -> None:
    for message in ticket.messages.exclude(pk=answer_of(ticket).pk):
        assert desk.post(reverse("desk:message-article", args=[message.pk])).status_code == 403
    assert desk.post(reverse("desk:message-article", args=[999_999])).status_code == 404
    assert not Article.objects.filter(from_ticket__isnull=False).exists()


def test_an_answer_that_an_agent_does_not_see_becomes_no_article_t21(cast: Cast, ticket: Ticket) -> None:
    from okno.tickets.operations.assigning import assign

    assign(SYSTEM, ticket, agent=cast.olena, team=cast.first_line)
    marek = Client()
    marek.force_login(cast.marek.user)
    assert marek.post(reverse("desk:message-article", args=[answer_of(ticket).pk])).status_code == 404


def test_articles_that_may_answer_stand_beside_the_ticket(cast: Cast, desk: Client, ticket: Ticket) -> None:
    faq, internal = Section.objects.get(code="faq"), Section.objects.get(code="internal")
    open_one = create_article(
        SYSTEM, faq, Words("The printer cuts off a part of the page", "<p>Choose A4.</p>"), publish=True
    )
    inner = create_article(
        SYSTEM, internal, Words("Printers that cut the page: settings of the server", "<p>Queue</p>"), publish=True
    )
    draft = create_article(SYSTEM, faq, Words("Printer page draft", "<p>cuts</p>"))
    page = desk.get(reverse("desk:ticket-articles", args=[ticket.number])).content.decode()
    assert f"/knowledge/articles/{open_one.pk}/" in page
    assert f"/knowledge/articles/{inner.pk}/" in page
    assert f"/knowledge/articles/{draft.pk}/" not in page
    assert page.count("Insert a link") == 2  # its name and its words, of the one that the client can open
    typed = desk.get(reverse("desk:ticket-articles", args=[ticket.number]), {"q": "queue"}).content.decode()
    assert f"/knowledge/articles/{inner.pk}/" in typed
    assert f"/knowledge/articles/{open_one.pk}/" not in typed


def test_a_link_goes_into_an_answer_if_the_client_can_open_it(desk: Client, ticket: Ticket) -> None:
    faq, internal = Section.objects.get(code="faq"), Section.objects.get(code="internal")
    made = create_article(SYSTEM, faq, Words("Paper <size>", "<p>A4</p>"), publish=True)
    hidden = create_article(SYSTEM, internal, Words("Inner", "<p>b</p>"), publish=True)
    answer = desk.post(
        reverse("desk:ticket-article-insert", args=[ticket.number, "answer", made.pk]), {"as": "link"}
    )
    inserted = json.loads(answer["HX-Trigger"])["composer:insert"]
    assert inserted["id"] == "answer-editor"
    assert f'href="http://127.0.0.1:8000/help/articles/{made.pk}/?language=en"' in inserted["html"]
    assert "Paper &lt;size&gt;" in inserted["html"]
    url = reverse("desk:ticket-article-insert", args=[ticket.number, "answer", hidden.pk])
    assert desk.post(url, {"as": "link"}).status_code == 422
    note = reverse("desk:ticket-article-insert", args=[ticket.number, "note", hidden.pk])
    assert desk.post(note, {"as": "link"}).status_code == 204
    assert desk.post(reverse("desk:ticket-article-insert", args=[ticket.number, "new", made.pk])).status_code == 422


def test_the_text_goes_into_an_answer_with_its_pictures_as_files_of_the_draft(
    cast: Cast, desk: Client, ticket: Ticket
) -> None:
    olena = cast.actor("olena")
    sent = article_files.upload(olena, name="a.png", content=b"\x89PNG\r\n\x1a\n0000")
    markup = f'<h2>Do this</h2><p><img src="/help/files/{sent.token}/picture/" alt="a"></p>'
    made = create_article(
        olena,
        Section.objects.get(code="faq"),
        Words("With a picture", markup, attachments=[sent.token]),
        publish=True,
    )
    answer = desk.post(
        reverse("desk:ticket-article-insert", args=[ticket.number, "answer", made.pk]),
        {"as": "text"},
        headers={"Accept": "application/json"},
    )
    html = answer.json()["html"]
    copied = Draft.objects.get(ticket=ticket, kind="answer").attachments.get()
    assert f'src="/attachments/{copied.token}/picture/"' in html
    assert "/help/files/" not in html
    assert copied.file == sent.file


def test_the_slash_offers_articles_beside_canned_replies(desk: Client, ticket: Ticket) -> None:
    create_article(SYSTEM, Section.objects.get(code="faq"), Words("Paper jam", "<p>Open</p>"), publish=True)
    items = desk.get(reverse("desk:ticket-canned", args=[ticket.number]), {"q": "paper"}).json()["items"]
    assert [(each["title"], each["as"]) for each in items] == [("Paper jam", "link"), ("Paper jam", "text")]
    assert all("article" in each["hint"] for each in items)


def test_the_jump_window_finds_articles(desk: Client) -> None:
    made = create_article(
        SYSTEM, Section.objects.get(code="internal"), Words("Restart the queue", "<p>Open</p>"), publish=True
    )
    page = desk.get(reverse("desk:jump"), {"q": "restarting queue"}).content.decode()
    assert f"/knowledge/articles/{made.pk}/" in page
