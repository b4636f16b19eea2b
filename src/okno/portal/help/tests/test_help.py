"""The help as readers see it: who may read what, languages, votes, files, feed and site map."""

from __future__ import annotations

import io
import re
from xml.etree.ElementTree import fromstring

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from PIL import Image

from okno.core import settings_store
from okno.core.actor import SYSTEM
from okno.knowledge.models import Article, ArticleFile, Section, Vote
from okno.knowledge.operations import files
from okno.knowledge.operations.articles import Words, create_article, save_article
from okno.knowledge.operations.shelving import archive_article
from okno.knowledge.operations.throttling import MOST_AN_HOUR
from okno.people.models import Agent, Company, User
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db
CANARY = "zebrafinch"


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def public(cast: Cast) -> Section:
    section = Section.objects.get(code="faq")
    section.audience = "public"
    section.save()
    return section


@pytest.fixture
def article(cast: Cast, public: Section) -> Article:
    made = create_article(
        cast.actor("marek"),
        public,
        Words("Paper jam", "<h2>One</h2><p>Open.</p><h2>Two</h2><h2>Three</h2>"),
        publish=True,
    )
    save_article(cast.actor("marek"), made, Words("Zacięty papier", "<p>Otworzyć.</p>", "pl"), publish=True)
    return made


def signed_in(cast: Cast, name: str) -> Client:
    person = getattr(cast, name)
    if person.user is None:
        person.user = User.objects.create_user(f"{name}@clients.example", "a long password 1")
        person.save()
    browser = Client()
    browser.force_login(person.user)
    return browser


def body(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def test_strangers_read_public_sections_with_what_search_engines_need(article: Article) -> None:
    page = Client().get(reverse("help:article", args=[article.pk]))
    text = body(page)
    assert page.status_code == 200
    assert "Paper jam" in text
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/help/articles/{article.pk}/?language=en">' in text
    assert 'hreflang="pl"' in text
    assert '<meta name="robots" content="index, follow">' in text
    assert '<meta name="description" content="' in text
    assert 'href="#part-2"' in text
    assert 'id="part-2"' in text
    assert "Marek Lis" in text


def test_the_language_is_chosen_and_another_one_is_told(article: Article) -> None:
    text = body(Client().get(reverse("help:article", args=[article.pk]), {"language": "pl"}))
    assert "Zacięty papier" in text
    assert '<html lang="pl"' in text
    text = body(Client().get(reverse("help:article", args=[article.pk]), {"language": "uk"}))
    assert "Paper jam" in text
    assert "notice" in text
    assert Client().get(reverse("help:article", args=[article.pk]), {"language": "<script>"}).status_code == 200


def test_without_the_setting_nobody_reads_without_signing_in(cast: Cast, article: Article) -> None:
    settings_store.change(cast.actor("olena"), {"knowledge.public": False})
    assert Client().get(reverse("help:article", args=[article.pk])).status_code == 404
    assert "Paper jam" not in body(Client().get(reverse("help:home")))
    assert signed_in(cast, "jan").get(reverse("help:article", args=[article.pk])).status_code == 200


def test_drafts_versions_and_the_archive_are_not_for_readers(cast: Cast, article: Article) -> None:
    jan = signed_in(cast, "jan")
    save_article(cast.actor("marek"), article, Words("Paper jam", f"<p>{CANARY}</p>"))
    assert CANARY not in body(jan.get(reverse("help:article", args=[article.pk])))
    draft = create_article(cast.actor("marek"), article.section, Words(CANARY, f"<p>{CANARY}</p>"))
    assert jan.get(reverse("help:article", args=[draft.pk])).status_code == 404
    archive_article(cast.actor("marek"), article)
    assert jan.get(reverse("help:article", args=[article.pk])).status_code == 404
    assert signed_in(cast, "marek").get(reverse("help:article", args=[article.pk])).status_code == 404


@pytest.mark.parametrize(
    ("audience", "named", "readers"),
    [
        ("internal", (), set()),
        ("companies", ("nordwind",), {"jan"}),
        ("companies", ("kawa", "nordwind"), {"jan", "marta"}),
        ("clients", (), {"jan", "marta", "anna"}),
        ("public", (), {"jan", "marta", "anna", "stranger"}),
    ],
)
def test_each_audience_reads_its_own_on_every_page_t20_t21(
    cast: Cast, public: Section, audience: str, named: tuple[str, ...], readers: set[str]
) -> None:
    public.audience = audience
    public.save()
    public.companies.set([getattr(cast, name) for name in named])
    made = create_article(SYSTEM, public, Words(f"{CANARY} title", f"<p>Some {CANARY} words</p>"), publish=True)
    token = attached(made)
    for who in ("jan", "marta", "anna", "stranger"):
        browser = Client() if who == "stranger" else signed_in(cast, who)
        seen = everything(browser, made, token)
        assert (CANARY in seen) is (who in readers), (who, audience)
        assert (b"the secret plan" in raw(browser, token)) is (who in readers), who


def attached(article: Article) -> str:
    olena = Agent.objects.get(name="Olena Kravets").as_actor()
    sent = files.upload(olena, name="plan.txt", content=b"the secret plan")
    ArticleFile.objects.filter(pk=sent.pk).update(article=article, is_published=True)
    return sent.token


def raw(browser: Client, token: str) -> bytes:
    answer = browser.get(reverse("help:file", args=[token]))
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def everything(browser: Client, article: Article, token: str) -> str:
    """All that a reader can get of the help, one after the other."""
    places = [
        reverse("help:home"), reverse("help:section", args=[article.section_id]), reverse("help:article", args=[article.pk]),
        f"{reverse('help:search')}?q=words", reverse("help:feed"), reverse("help:sitemap"),
        reverse("help:picture", args=[token]), reverse("help:vote", args=[article.pk]),
    ]  # fmt: skip
    return "".join(browser.get(place).content.decode().lower() for place in places)


def test_feed_and_site_map_are_of_public_sections_whoever_asks_t20(cast: Cast, article: Article) -> None:
    internal = Section.objects.get(code="internal")
    create_article(SYSTEM, internal, Words(CANARY, f"<p>{CANARY}</p>"), publish=True)
    for browser in (Client(), signed_in(cast, "olena"), signed_in(cast, "jan")):
        for name in ("feed", "sitemap"):
            answer = browser.get(reverse(f"help:{name}"))
            text = body(answer)
            assert CANARY not in text
            assert f"/help/articles/{article.pk}/" in text
            assert "xml" in answer["Content-Type"]
    assert "Sitemap: http" in body(Client().get("/robots.txt"))
    fromstring(Client().get(reverse("help:feed")).content)
    root = fromstring(Client().get(reverse("help:sitemap")).content)
    assert len(root) == len(re.findall("<url>", body(Client().get(reverse("help:sitemap")))))


def test_one_vote_for_each_person_and_each_browser(cast: Cast, article: Article) -> None:
    url = reverse("help:vote", args=[article.pk])
    stranger = Client()
    assert stranger.get(url).status_code == 405
    assert not Vote.objects.exists()
    assert stranger.post(url, {"helped": "yes"}).status_code == 303
    assert stranger.post(url, {"helped": "no", "comment": "Which tray?"}).status_code == 303
    assert stranger.post(url, {"helped": "no"}).status_code == 303
    vote = Vote.objects.get()
    assert (vote.is_helpful, vote.comment) == (False, "Which tray?")
    jan = signed_in(cast, "jan")
    jan.post(url, {"helped": "yes"})
    jan.post(url, {"helped": "yes"})
    assert Vote.objects.count() == 2
    assert Vote.objects.filter(voter=f"contact:{cast.jan.pk}").count() == 1
    assert stranger.post(url, {"helped": "perhaps"}).status_code == 422
    too_long = stranger.post(url, {"helped": "no", "comment": "a" * 2001}, headers={"HX-Request": "true"})
    assert too_long.status_code == 422
    assert "a" * 2001 in body(too_long)


def test_a_thousand_browsers_of_one_place_are_too_many_t5(article: Article) -> None:
    cache.clear()
    url = reverse("help:vote", args=[article.pk])
    codes = [
        Client(REMOTE_ADDR="10.9.9.9").post(url, {"helped": "no"}).status_code for _ in range(MOST_AN_HOUR + 5)
    ]
    assert codes[:MOST_AN_HOUR] == [303] * MOST_AN_HOUR
    assert codes[MOST_AN_HOUR:] == [429] * 5
    assert Client(REMOTE_ADDR="10.9.9.10").post(url, {"helped": "no"}).status_code == 303
    cache.clear()


def test_nobody_votes_on_what_he_does_not_see(cast: Cast) -> None:
    hidden = Article.objects.filter(section__code="internal").first()
    assert hidden is not None
    assert signed_in(cast, "jan").post(reverse("help:vote", args=[hidden.pk]), {"helped": "yes"}).status_code == 404
    assert not Vote.objects.exists()


def test_files_are_downloads_and_pictures_are_written_anew_t13(cast: Cast, public: Section) -> None:
    olena = cast.actor("olena")
    sent = [
        files.upload(olena, name="page.html", content=b"<script>alert(1)</script>"),
        files.upload(
            olena, name="logo.svg", content=b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
        ),
        files.upload(olena, name="screen.png", content=png()),
    ]
    picture = f'<p><img src="/help/files/{sent[2].token}/picture/" alt="screen"></p>'
    create_article(olena, public, Words("Files", picture, attachments=[each.token for each in sent]), publish=True)
    for each in sent:
        answer = Client().get(reverse("help:file", args=[each.token]))
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == "application/octet-stream"
        assert "sandbox" in answer["Content-Security-Policy"]
        shown = Client().get(reverse("help:picture", args=[each.token]))
        assert shown.status_code == (200 if each.name.endswith(".png") else 404)
    assert ArticleFile.objects.get(token=sent[2].token).is_inline


def test_an_uploaded_video_plays_in_parts_and_says_what_it_is(cast: Cast, public: Section) -> None:
    olena = cast.actor("olena")
    film = b"\x00\x00\x00\x20ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 40
    sent = files.upload(olena, name="film.mp4", content=film)
    assert sent.is_video
    made = create_article(olena, public, Words("Film", "<p>Look</p>", attachments=[sent.token]), publish=True)
    page = body(Client().get(reverse("help:article", args=[made.pk])))
    assert f'src="/help/files/{sent.token}/"' in page
    url = reverse("help:file", args=[sent.token])
    part = Client().get(url, headers={"Range": "bytes=4-11"})
    assert part.status_code == 206
    assert part.content == b"ftypmp42"
    assert part["Content-Range"] == f"bytes 4-11/{len(film)}"
    assert part["X-Content-Type-Options"] == "nosniff"
    assert Client().get(url, headers={"Range": f"bytes={len(film)}-"}).status_code == 416
    assert b"".join(Client().get(url).streaming_content) == film


def test_a_file_of_a_draft_is_nobodys_but_the_editors_t14(cast: Cast, public: Section) -> None:
    marek = cast.actor("marek")
    waiting = files.upload(marek, name="a.txt", content=b"waiting")
    assert Client().get(reverse("help:file", args=[waiting.token])).status_code == 404
    assert signed_in(cast, "taras").get(reverse("help:file", args=[waiting.token])).status_code == 404
    assert signed_in(cast, "marek").get(reverse("help:file", args=[waiting.token])).status_code == 200
    made = create_article(marek, public, Words("Draft", "<p>a</p>", attachments=[waiting.token]))
    assert Client().get(reverse("help:file", args=[waiting.token])).status_code == 404
    assert signed_in(cast, "taras").get(reverse("help:file", args=[waiting.token])).status_code == 200
    assert made.files.count() == 1


def test_companies_by_which_a_client_reads_are_asked_each_time(cast: Cast, public: Section) -> None:
    public.audience = "companies"
    public.save()
    other = Company.objects.create(name="Other")
    public.companies.set([other])
    made = create_article(SYSTEM, public, Words("Other", "<p>a</p>"), publish=True)
    jan = signed_in(cast, "jan")
    assert jan.get(reverse("help:article", args=[made.pk])).status_code == 404
    cast.jan.companies.add(other)
    assert jan.get(reverse("help:article", args=[made.pk])).status_code == 200
