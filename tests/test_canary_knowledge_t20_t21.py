"""Canaries in the knowledge base: every URL of the product is asked by everybody for what is not for them (T20, T21)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from okno.api.operations.tokens import create_token
from okno.core.actor import SYSTEM
from okno.knowledge.models import Article, ArticleFile, Section
from okno.knowledge.operations import files
from okno.knowledge.operations.articles import Words, create_article, save_article
from okno.knowledge.operations.sections import SectionFacts, create_section
from okno.knowledge.operations.shelving import archive_article
from okno.knowledge.rules import Audience, Right
from okno.knowledge.search import suggest
from okno.people.models import User
from okno.testing.cast import Cast
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from tests.test_url_matrix import ROUTES

CANARY = "kanarienvogel"
OF_ARTICLES = "knowledge|help|article|section|search|tickets|portal|canned"
pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(cast: Cast) -> dict[str, Article]:
    """For leads only: a section with an article, a draft and a later version; for Kawa only: another one."""
    taras = cast.actor("taras")
    roles = {Right.VIEW: ["lead"], Right.CREATE: ["lead"], Right.EDIT: ["lead"], Right.MANAGE: ["lead"]}
    leads = create_section(SYSTEM, SectionFacts(names={"en": f"Leads {CANARY}"}, roles=roles))
    kawa = create_section(
        SYSTEM,
        SectionFacts(
            names={"en": f"Kawa {CANARY}"}, audience=Audience.COMPANIES, companies=[cast.kawa],
            roles={Right.VIEW: ["lead"]},
        ),
    )  # fmt: skip
    sent = files.upload(taras, name=f"{CANARY}.txt", content=CANARY.encode())
    words = Words(f"Login {CANARY}", f"<p>Slow login {CANARY}</p>", attachments=[sent.token])
    made = {"internal": create_article(taras, leads, words, publish=True)}
    made["draft"] = create_article(taras, leads, Words(f"Draft {CANARY}", f"<p>{CANARY}</p>"))
    made["kawa"] = create_article(SYSTEM, kawa, Words(f"Cafes {CANARY}", f"<p>Login {CANARY}</p>"), publish=True)
    faq = Section.objects.get(code="faq")
    faq.audience, faq.editors, faq.creators = "public", ["lead"], ["lead"]
    faq.save()
    made["later"] = create_article(taras, faq, Words("Slow login", "<p>Wait</p>"), publish=True)
    save_article(taras, made["later"], Words("Slow login", f"<p>{CANARY} later</p>"))
    made["archived"] = create_article(taras, faq, Words(f"Old {CANARY}", f"<p>{CANARY}</p>"), publish=True)
    archive_article(taras, made["archived"])
    create_ticket(
        SYSTEM,
        NewTicket(
            subject="Slow login", channel="email", contact=cast.jan, message=NewMessage(text="slow login again")
        ),
    )
    return made


def crawl(browser: Client, headers: dict[str, str] | None = None, within: str = OF_ARTICLES) -> list[str]:
    """Every URL that may know of articles, with the ids of all hidden ones and their files; where the canary sang."""
    rows = (Article.objects.filter(texts__draft_title__contains=CANARY), Article.objects.filter(texts__latest=2))
    pks = {str(row.pk) for found in (*rows, Section.objects.filter(names__en__contains=CANARY)) for row in found}
    values = {
        "pk": sorted(pks), "article": sorted(pks), "number": ["1001"],
        "token": list(ArticleFile.objects.values_list("token", flat=True)),
    }  # fmt: skip
    sang = []
    for pattern, _name, _view in ROUTES:
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        first = next((name for name in names if name in values), "")
        if not re.search(within, pattern):
            continue  # no page of these knows of articles
        about_articles = re.search("knowledge|help|article|section", pattern)
        for value in values.get(first, ["1"])[: None if about_articles else 1]:
            path = "/" + re.sub(
                r"<(?:\w+:)?(\w+)>",
                lambda match, v=value, f=first: (
                    v if match[1] == f else {"number": "1001", "kind": "answer"}.get(match[1], "1")
                ),
                pattern,
            )
            for query in ({}, {"q": "login"}, {"q": CANARY[:9]}):
                answer = browser.get(path, query, headers=headers or {})
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                said = body.lower().replace(f"q={CANARY[:9]}".encode(), b"")
                if CANARY.encode() in said:
                    sang.append(path)
                if names or answer.status_code != 200:
                    break  # no search, or refused whatever the words are
            if answer.status_code == 405:
                break  # it only takes forms, whatever the id is
    return sang


def signed_in(cast: Cast, name: str) -> Client:
    person = getattr(cast, name)
    if person.user is None:
        person.user = User.objects.create_user(f"{name}@clients.example", "a long password 1")
        person.save()
    browser = Client(raise_request_exception=False)
    browser.force_login(person.user)
    return browser


def test_strangers_and_clients_get_none_of_it_t20(hidden: dict[str, Article], cast: Cast) -> None:
    assert crawl(Client(raise_request_exception=False)) == []
    assert crawl(signed_in(cast, "jan")) == []
    assert suggest(None, "slow login kanarienvogel", "en")[0].article == hidden["later"].pk
    assert [each.article for each in suggest(cast.actor("jan"), "slow login", "en")] == [hidden["later"].pk]


def test_an_employee_without_the_right_gets_none_of_it_t21(hidden: dict[str, Article], cast: Cast) -> None:
    assert crawl(signed_in(cast, "marek")) == []
    scopes = ["tickets:read", "people:read", "knowledge:read", "knowledge:write"]
    _token, secret = create_token(cast.actor("marek"), cast.marek, name="test", scopes=scopes)
    assert crawl(Client(raise_request_exception=False), {"Authorization": f"Bearer {secret}"}) == []


def test_whoever_may_see_it_does_so_the_canary_sings(hidden: dict[str, Article], cast: Cast) -> None:
    marta = signed_in(cast, "marta")
    assert reverse("help:article", args=[hidden["kawa"].pk]) in crawl(marta, within="help/articles")
    heard = crawl(signed_in(cast, "taras"), within="^knowledge|^help")
    assert reverse("desk:article", args=[hidden["internal"].pk]) in heard
    assert reverse("desk:knowledge-search") in heard
    token = ArticleFile.objects.get().token
    assert reverse("help:file", args=[token]) in heard
