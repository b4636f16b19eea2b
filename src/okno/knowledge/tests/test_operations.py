"""Articles are written, published, withdrawn, shelved; nothing that anybody wrote is ever lost."""

from __future__ import annotations

import pytest

from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.models import Event
from okno.knowledge import access
from okno.knowledge.limits import LONGEST_TEXT
from okno.knowledge.models import Article, ArticleText, Section, Version
from okno.knowledge.operations.articles import (
    Words,
    create_article,
    publish_article,
    restore_version,
    save_article,
    withdraw_article,
)
from okno.knowledge.operations.shelving import (
    archive_article,
    delete_article,
    move_article,
    reorder_articles,
    take_out_article,
)
from okno.knowledge.reading import read, read_draft
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def faq(cast: Cast) -> Section:
    return Section.objects.get(code="faq")


def words(title: str = "Printer", html: str = "<p>Turn it off and on.</p>", language: str = "en") -> Words:
    return Words(title, html, language)


def test_a_new_installation_has_three_sections_with_articles_in_four_languages(cast: Cast) -> None:
    assert list(Section.objects.values_list("code", flat=True)) == ["faq", "instructions", "internal"]
    for section in Section.objects.all():
        article = section.articles.first()
        assert article is not None
        assert {text.language for text in article.texts.all()} == {"en", "ru", "uk", "pl"}
    internal = Article.objects.filter(section__code="internal")
    assert internal.exists()
    assert not access.articles_visible_to(cast.actor("jan")).filter(pk__in=internal).exists()
    assert access.articles_visible_to(cast.actor("jan")).exists()
    assert not access.articles_visible_to(None).exists()


def test_a_draft_is_read_by_editors_only_until_it_is_published(cast: Cast, faq: Section) -> None:
    marek = cast.actor("marek")
    article = create_article(marek, faq, words())
    assert read(article, "en") is None
    assert article not in access.articles_visible_to(cast.actor("jan"))
    publish_article(marek, article, "en")
    article.refresh_from_db()
    assert article in access.articles_visible_to(cast.actor("jan"))
    save_article(marek, article, words(html="<p>Second words</p>"))
    shown, draft = read(article, "en"), read_draft(article, "en")
    assert shown is not None
    assert draft is not None
    assert "Turn it off" in shown.html
    assert "Second words" in draft.html
    assert shown.author == "Marek Lis"
    publish_article(marek, article, "en")
    again = read(Article.objects.get(pk=article.pk), "en")
    assert again is not None
    assert "Second words" in again.html
    withdraw_article(marek, article)
    assert read(Article.objects.get(pk=article.pk), "en") is None
    assert read_draft(article, "en") is not None


def test_every_save_is_a_version_and_the_same_words_are_none(cast: Cast, faq: Section) -> None:
    marek = cast.actor("marek")
    article = create_article(marek, faq, words())
    text = save_article(marek, article, words())
    assert text.latest == 1
    save_article(marek, article, words(title="Other"))
    save_article(marek, article, words(title="Third"))
    assert list(Version.objects.filter(text=text).values_list("number", "title")) == [
        (3, "Third"), (2, "Other"), (1, "Printer"),
    ]  # fmt: skip
    back = restore_version(marek, article, "en", 1)
    assert back.latest == 4
    assert Version.objects.get(text=text, number=4).restored_from == 1
    assert Version.objects.filter(text=text).count() == 4


def test_saving_over_somebody_elses_newer_version_writes_nothing_w9(cast: Cast, faq: Section) -> None:
    article = create_article(cast.actor("marek"), faq, words())
    save_article(cast.actor("taras"), article, words(title="Taras was faster"), seen=1)
    with pytest.raises(Conflict) as refused:
        save_article(cast.actor("marek"), article, words(title="Marek's words"), seen=1)
    assert refused.value.code == "stale_article"
    assert refused.value.details == {"latest": 2, "seen": 1}
    assert "Taras Vovk" in refused.value.message
    assert Version.objects.filter(text__article=article).count() == 2
    text = save_article(cast.actor("marek"), article, words(title="Marek's words"), seen=2)
    assert text.latest == 3
    assert Version.objects.filter(text__article=article, title="Taras was faster").exists()


def test_a_text_of_another_language_that_somebody_began_meanwhile_is_not_lost_w9(cast: Cast, faq: Section) -> None:
    article = create_article(cast.actor("marek"), faq, words())
    save_article(cast.actor("taras"), article, words("Принтер", language="ru"), seen=0)
    with pytest.raises(Conflict):
        save_article(cast.actor("marek"), article, words("Мой принтер", language="ru"), seen=0)
    assert ArticleText.objects.get(article=article, language="ru").draft_title == "Принтер"


def test_ten_megabytes_are_refused_loudly_t34(cast: Cast, faq: Section) -> None:
    huge = "<p>" + "a" * 10_000_000 + "</p>"
    with pytest.raises(Invalid) as refused:
        create_article(cast.actor("marek"), faq, words(html=huge))
    assert "10000007" in refused.value.fields["html"][0]
    assert str(LONGEST_TEXT) in refused.value.fields["html"][0]
    assert not Article.objects.filter(section=faq, author=cast.marek).exists()


def test_all_planes_of_unicode_are_kept_t34(cast: Cast, faq: Section) -> None:
    signs = "Zażółć ґудзик ё 語 \U0001f5c4\ufe0f \U00020000 \U000e0101 \u0627\u0644"
    article = create_article(
        cast.actor("marek"), faq, words(title="Signs 語 \U0001f5c4", html=f"<p>{signs}</p>"), publish=True
    )
    shown = read(Article.objects.get(pk=article.pk), "en")
    assert shown is not None
    assert shown.html == f"<p>{signs}</p>"
    assert shown.title == "Signs 語 \U0001f5c4"


@pytest.mark.parametrize(
    ("title", "markup", "field"),
    [("", "<p>a</p>", "title"), ("t", "<p> </p>", "html"), ("t" * 301, "<p>a</p>", "title")],
)
def test_bad_words_are_named_at_their_field(cast: Cast, faq: Section, title: str, markup: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_article(cast.actor("marek"), faq, words(title, markup))
    assert list(refused.value.fields) == [field]


def test_moving_archiving_and_deleting(cast: Cast, faq: Section) -> None:
    taras = cast.actor("taras")
    internal = Section.objects.get(code="internal")
    article = create_article(taras, faq, words(), publish=True)
    assert article in access.articles_visible_to(cast.actor("jan"))
    move_article(taras, article, internal)
    assert article not in access.articles_visible_to(cast.actor("jan"))
    move_article(taras, article, faq)
    archive_article(taras, article)
    assert article not in access.articles_visible_to(cast.actor("jan"))
    take_out_article(taras, article)
    assert article in access.articles_visible_to(cast.actor("jan"))
    with pytest.raises(Conflict):
        delete_article(taras, article)
    archive_article(taras, article)
    delete_article(taras, article)
    assert not Article.objects.filter(pk=article.pk).exists()
    kinds = list(
        Event.objects.filter(object_kind="article", object_id=article.pk)
        .order_by("id")
        .values_list("kind", flat=True)
    )
    assert kinds == [
        "article.created", "article.saved", "article.published", "article.moved", "article.moved", "article.archived",
        "article.restored", "article.archived", "article.deleted",
    ]  # fmt: skip


def test_articles_are_put_in_order(cast: Cast, faq: Section) -> None:
    taras = cast.actor("taras")
    before = list(faq.articles.values_list("pk", flat=True))
    reorder_articles(taras, faq, before[::-1], before)
    assert list(faq.articles.values_list("pk", flat=True)) == before[::-1]
    with pytest.raises(Conflict):
        reorder_articles(taras, faq, before, before)


def test_clients_write_nothing(cast: Cast, faq: Section) -> None:
    article = create_article(SYSTEM, faq, words(), publish=True)
    jan = cast.actor("jan")
    with pytest.raises(Forbidden):
        create_article(jan, faq, words())
    with pytest.raises(Forbidden):
        save_article(jan, article, words())
    draft = create_article(SYSTEM, faq, words("Hidden"))
    with pytest.raises(NotVisible):
        save_article(jan, draft, words())
