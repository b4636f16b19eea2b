"""The pages of the knowledge base: read, write, publish, compare, shelve; rights at every step."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from okno.knowledge.models import Article, ArticleText, Section, Version
from okno.knowledge.operations.articles import Words, create_article, save_article
from okno.people.models import Role
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.marek.user)
    return browser


@pytest.fixture
def lead(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


@pytest.fixture
def faq(cast: Cast) -> Section:
    return Section.objects.get(code="faq")


@pytest.fixture
def article(cast: Cast, faq: Section) -> Article:
    return create_article(
        cast.actor("marek"), faq, Words("Paper jam", "<h2>First</h2><p>Open the tray.</p>"), publish=True
    )


def text_of(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def test_every_page_is_drawn(desk: Client, article: Article, faq: Section) -> None:
    for name, args in (
        ("knowledge", []), ("section", [faq.pk]), ("article", [article.pk]), ("article-edit", [article.pk]),
        ("article-versions", [article.pk]), ("article-new", []), ("section-new", []), ("knowledge-figures", []),
    ):  # fmt: skip
        page = desk.get(reverse(f"desk:{name}", args=args))
        assert page.status_code == 200, name
        assert "Knowledge base" in text_of(page)
    assert "Paper jam" in text_of(desk.get(reverse("desk:section", args=[faq.pk])))


def test_an_article_is_written_published_and_found(desk: Client, faq: Section) -> None:
    posted = {
        "title": "VPN on a phone",
        "language": "en",
        "section": faq.pk,
        "html": "<p>Install the profile.</p>",
        "act": "save",
    }
    answer = desk.post(reverse("desk:article-new"), posted)
    assert answer.status_code == 303
    made = Article.objects.get(texts__draft_title="VPN on a phone")
    assert not made.is_published
    assert "Readers do not see this text yet" in text_of(desk.get(answer["Location"]))
    desk.post(reverse("desk:article-publish", args=[made.pk]), {"language": "en"})
    page = text_of(desk.get(reverse("desk:article", args=[made.pk])))
    assert "Install the profile." in page
    assert "Readers do not see" not in page
    found = text_of(desk.get(reverse("desk:knowledge-search"), {"q": "phones profile"}))
    assert "VPN on a phone" in found
    assert '<mark class="kb-mark">' in found


def test_a_mistake_is_named_and_what_was_typed_stays(desk: Client, faq: Section) -> None:
    posted = {"title": "", "language": "en", "section": faq.pk, "html": "<p>Kept words</p>"}
    answer = desk.post(reverse("desk:article-new"), posted)
    assert answer.status_code == 422
    assert "Kept words" in text_of(answer)
    assert "field-error" in text_of(answer)


def test_an_article_of_ten_megabytes_is_refused_with_its_words_t34(desk: Client, faq: Section) -> None:
    posted = {"title": "Huge", "language": "en", "section": faq.pk, "html": "<p>" + "word " * 2_000_000 + "</p>"}
    answer = desk.post(reverse("desk:article-new"), posted)
    assert answer.status_code == 422
    assert "Divide it into several articles" in text_of(answer)
    assert not Article.objects.filter(texts__draft_title="Huge").exists()


def test_somebody_elses_newer_version_is_shown_and_nothing_is_lost_w9(
    cast: Cast, desk: Client, article: Article
) -> None:
    save_article(cast.actor("taras"), article, Words("Paper jam", "<p>Open the rear door.</p>"), seen=1)
    edit = reverse("desk:article-edit", args=[article.pk])
    posted = {"title": "Paper jam", "language": "en", "html": "<p>Open the front door.</p>", "seen": "1"}
    answer = desk.post(edit, posted)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Taras Vovk has saved" in page
    assert "<del>rear</del>" in page
    assert "<ins>front</ins>" in page
    assert "Open the front door." in page
    assert 'name="seen" value="2"' in page
    assert Version.objects.filter(text__article=article).count() == 2
    assert desk.post(edit, posted | {"seen": "2"}).status_code == 303
    htmls = list(Version.objects.filter(text__article=article).values_list("html", flat=True))
    assert "<p>Open the rear door.</p>" in htmls
    assert htmls[0] == "<p>Open the front door.</p>"


def test_versions_are_compared_and_restored(cast: Cast, desk: Client, article: Article) -> None:
    save_article(cast.actor("marek"), article, Words("Paper jam", "<h2>First</h2><p>Close the tray.</p>"))
    page = text_of(desk.get(reverse("desk:article-versions", args=[article.pk])))
    assert "<del>Open</del>" in page
    assert "<ins>Close</ins>" in page
    desk.post(reverse("desk:article-restore", args=[article.pk]), {"language": "en", "number": "1"})
    assert ArticleText.objects.get(article=article).latest == 3
    missing = desk.post(reverse("desk:article-restore", args=[article.pk]), {"language": "en", "number": "77"})
    assert missing.status_code == 404


def test_archive_and_back_and_delete(desk: Client, article: Article, faq: Section) -> None:
    desk.post(reverse("desk:article-archive", args=[article.pk]))
    assert "Paper jam" not in text_of(desk.get(reverse("desk:section", args=[faq.pk])))
    assert "Paper jam" in text_of(desk.get(reverse("desk:section", args=[faq.pk]), {"archived": "1"}))
    desk.post(reverse("desk:article-take-out", args=[article.pk]))
    assert "Paper jam" in text_of(desk.get(reverse("desk:section", args=[faq.pk])))
    desk.post(reverse("desk:article-delete", args=[article.pk]))
    assert Article.objects.filter(pk=article.pk).exists()
    desk.post(reverse("desk:article-archive", args=[article.pk]))
    desk.post(reverse("desk:article-delete", args=[article.pk]))
    assert not Article.objects.filter(pk=article.pk).exists()


def test_a_section_is_made_with_rights_and_inherits(lead: Client, faq: Section) -> None:
    posted = {
        "parent": faq.pk,
        "inherits": "on",
        "audience": "internal",
        "name_en": "Printers",
        "about_en": "Paper and ink",
    }
    answer = lead.post(reverse("desk:section-new"), posted)
    assert answer.status_code == 303, text_of(answer)
    made = Section.objects.get(parent=faq)
    assert made.inherits
    bad = lead.post(reverse("desk:section-edit", args=[made.pk]), posted | {"name_en": ""})
    assert bad.status_code == 422
    own = {
        "parent": faq.pk, "audience": "internal", "name_en": "Printers", "viewers": ["lead"], "editors": ["specialist"],
        "managers": ["lead"],
    }  # fmt: skip
    assert lead.post(reverse("desk:section-edit", args=[made.pk]), own).status_code == 303
    made.refresh_from_db()
    assert made.viewers == ["lead", "specialist"]
    assert made.editors == ["specialist"]
    assert lead.post(reverse("desk:section-delete", args=[made.pk])).status_code == 303
    assert not Section.objects.filter(pk=made.pk).exists()


def test_a_specialist_changes_no_sections_and_makes_none_at_the_top(desk: Client, faq: Section) -> None:
    assert desk.get(reverse("desk:section-edit", args=[faq.pk])).status_code == 403
    answer = desk.post(reverse("desk:section-new"), {"audience": "public", "name_en": "Mine"})
    assert answer.status_code == 422
    assert not Section.objects.filter(names__en="Mine").exists()


def test_a_section_that_the_role_does_not_see_does_not_exist_t21(
    cast: Cast, desk: Client, article: Article, faq: Section
) -> None:
    faq.viewers, faq.editors, faq.creators = ["lead"], ["lead"], ["lead"]
    faq.save()
    assert Role.objects.get(code="specialist").pk == cast.marek.role_id
    for name, args in (
        ("section", [faq.pk]),
        ("article", [article.pk]),
        ("article-edit", [article.pk]),
        ("article-versions", [article.pk]),
    ):
        assert desk.get(reverse(f"desk:{name}", args=args)).status_code == 404, name
    for path, data in (
        (reverse("desk:knowledge"), {}),
        (reverse("desk:knowledge-search"), {"q": "paper"}),
        (reverse("desk:knowledge-figures"), {}),
    ):
        page = text_of(desk.get(path, data))
        assert "Paper jam" not in page
        assert "tray" not in page


def test_videos_of_named_hosts_play_and_the_policy_says_so_on_that_page_only_f247(
    cast: Cast, lead: Client, faq: Section
) -> None:
    from okno.core import settings_store

    markup = '<p>See:</p><p><a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">How to</a></p>'
    made = create_article(cast.actor("olena"), faq, Words("Film", markup), publish=True)
    page = lead.get(reverse("desk:article", args=[made.pk]))
    assert "<iframe" not in text_of(page)
    assert "youtube" not in page["Content-Security-Policy"]
    settings_store.change(cast.actor("olena"), {"knowledge.video_hosts": "www.youtube.com"})
    page = lead.get(reverse("desk:article", args=[made.pk]))
    assert 'src="https://www.youtube.com/embed/dQw4w9WgXcQ"' in text_of(page)
    assert "frame-src 'self' https://www.youtube.com" in page["Content-Security-Policy"]
    assert "youtube" not in lead.get(reverse("desk:knowledge"))["Content-Security-Policy"]


def test_what_was_typed_and_not_saved_is_there_again_w9(cast: Cast, desk: Client, article: Article) -> None:
    typed = {"title": "Paper jam", "language": "en", "html": "<p>Half a sent</p>", "seen": "1"}
    assert desk.post(reverse("desk:article-typed", args=[article.pk]), typed).status_code == 204
    save_article(cast.actor("taras"), article, Words("Paper jam", "<p>Taras</p>"), seen=1)
    edit = reverse("desk:article-edit", args=[article.pk])
    page = text_of(desk.get(edit))
    assert "Half a sent" in page
    assert 'name="seen" value="1"' in page
    lead = Client()
    lead.force_login(cast.taras.user)
    assert "Half a sent" not in text_of(lead.get(edit))
    assert desk.post(edit, typed).status_code == 409
    assert desk.post(edit, typed | {"seen": "2"}).status_code == 303
    assert "did not save" not in text_of(desk.get(edit))


def test_a_new_article_is_kept_while_it_is_typed_and_can_be_thrown_away(desk: Client, faq: Section) -> None:
    typed = {"title": "New", "language": "pl", "html": "<p>Half a sent</p>", "section": faq.pk, "seen": "0"}
    desk.post(reverse("desk:article-new-typed"), typed)
    assert "Half a sent" in text_of(desk.get(reverse("desk:article-new")))
    assert desk.post(reverse("desk:article-new-discard"), {"language": "pl"}).status_code == 303
    assert "Half a sent" not in text_of(desk.get(reverse("desk:article-new")))


def test_a_form_that_comes_back_with_a_mistake_keeps_the_version_it_was_typed_over_w9(
    cast: Cast, desk: Client, article: Article
) -> None:
    save_article(cast.actor("taras"), article, Words("Paper jam", "<p>Taras</p>"), seen=1)
    page = desk.post(
        reverse("desk:article-edit", args=[article.pk]),
        {"title": "", "language": "en", "html": "<p>a</p>", "seen": "1"},
    )
    assert page.status_code == 422
    assert 'name="seen" value="1"' in text_of(page)
