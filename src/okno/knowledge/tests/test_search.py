"""Search in articles in four languages: forms of words, beginnings, mistakes, ё and е; and suggestions (W19, F194)."""

from __future__ import annotations

import pytest

from okno.core.actor import SYSTEM
from okno.core.search.rules import read_question
from okno.knowledge.models import Article, ArticleText, Section, TextSearch
from okno.knowledge.operations.articles import (
    Words,
    create_article,
    publish_article,
    save_article,
    withdraw_article,
)
from okno.knowledge.operations.counting import note_helped, note_opened, note_shown
from okno.knowledge.search import find, suggest
from okno.knowledge.search.indexing import catch_up
from okno.knowledge.search.snippets import snippet
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db

CORPUS = {
    "printer-ru": (
        "ru",
        "Принтер не печатает после замены картриджа",
        "<p>Выключите принтер, достаньте картридж и проверьте, снята ли защитная лента. Ещё раз включите.</p>",
    ),
    "vpn-ru": (
        "ru",
        "Как подключиться к рабочей сети из дома",
        "<p>Установите программу VPN, введите учётную запись и подтвердите вход на телефоне.</p>",
    ),
    "terminal-uk": (
        "uk",
        "Термінал не приймає оплату карткою",
        "<p>Перезавантажте термінал і перевірте зв'язок. Після оновлення п'ять хвилин зачекайте.</p>",
    ),
    "mail-uk": (
        "uk",
        "Як налаштувати пошту на телефоні",
        "<p>Відкрийте налаштування, додайте обліковий запис, вкажіть сервер вихідної пошти.</p>",
    ),
    "drukarka-pl": (
        "pl",
        "Drukarka drukuje puste strony",
        "<p>Należy sprawdzić tusz i wyczyścić głowicę drukarki z poziomu ustawień.</p>",
    ),
    "faktura-pl": (
        "pl",
        "Skąd pobrać fakturę za usługi",
        "<p>Faktury są w panelu klienta, w zakładce rozliczenia. Źródło: księgowość.</p>",
    ),
    "password-en": (
        "en",
        "Reset a forgotten password",
        "<p>Choose “Forgotten password” on the sign-in page and follow the link in the letter.</p>",
    ),
    "backup-en": (
        "en",
        "Restoring files from a backup",
        "<p>Right-click the folder, open previous versions and choose yesterday's copy.</p>",
    ),
}


@pytest.fixture
def corpus(cast: Cast) -> dict[str, int]:
    Article.objects.all().delete()
    section = Section.objects.get(code="faq")
    return {
        name: create_article(SYSTEM, section, Words(title, markup, language), publish=True).pk
        for name, (language, title, markup) in CORPUS.items()
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("принтера", "printer-ru"), ("картриджи", "printer-ru"), ("ПЕЧАТАЕТ принтер", "printer-ru"), ("еще раз", "printer-ru"),
        ("ещё раз включить", "printer-ru"), ("учетной записи", "vpn-ru"), ("подключиться сетью", "vpn-ru"), ("домашняя сеть", None),
        ("прнтер", "printer-ru"), ("картиридж", "printer-ru"),
        ("терміналу", "terminal-uk"), ("карткою", "terminal-uk"), ("картка", "terminal-uk"), ("п’ять хвилин", "terminal-uk"),
        ("пять хвилин", "terminal-uk"), ("пошти", "mail-uk"), ("телефони пошта", "mail-uk"), ("термнал", "terminal-uk"),
        ("drukarki", "drukarka-pl"), ("drukarek", "drukarka-pl"), ("glowica", "drukarka-pl"), ("faktury", "faktura-pl"),
        ("faktur", "faktura-pl"), ("zrodlo", "faktura-pl"), ("ksiegowosc", "faktura-pl"), ("drukrka", "drukarka-pl"),
        ("passwords", "password-en"), ("forgot password", "password-en"), ("forgotten", "password-en"), ("restore file", "backup-en"),
        ("backups", "backup-en"), ("pasword", "password-en"), ("backps", "backup-en"), ("restor", "backup-en"),
    ],
)  # fmt: skip
def test_words_are_found_in_their_forms_with_mistakes_and_by_their_beginnings_w19(
    corpus: dict[str, int], cast: Cast, typed: str, expected: str | None
) -> None:
    found = find(cast.actor("jan"), typed, "en")
    names = {pk: name for name, pk in corpus.items()}
    hits = [names[hit.article] for hit in found.hits]
    assert hits[:1] == ([expected] if expected else []), hits


def test_the_words_around_are_shown_with_the_found_ones_marked(corpus: dict[str, int], cast: Cast) -> None:
    [hit] = find(cast.actor("jan"), "защитные ленты", "ru").hits
    assert [bit.text for bit in hit.snippet if bit.is_match] == ["защитная", "лента"]
    assert "".join(bit.text for bit in hit.snippet).startswith("Выключите")


def test_a_snippet_of_a_long_text_begins_near_the_word() -> None:
    text = "one two three " * 200 + "needle here " + "four five " * 200
    bits = snippet(text, read_question("needle"))
    joined = "".join(bit.text for bit in bits)
    assert joined.startswith("… ")
    assert joined.endswith(" …")
    assert [bit.text for bit in bits if bit.is_match] == ["needle"]
    assert len(joined) < 260


@pytest.mark.parametrize(
    ("subject", "language", "expected"),
    [
        ("Здравствуйте, у нас опять не печатает принтер на складе", "ru", "printer-ru"),
        ("Не могу подключиться к сети из дома через VPN", "ru", "vpn-ru"),
        ("Термінал на касі знову не приймає картки", "uk", "terminal-uk"),
        ("Dzień dobry, drukarka w biurze drukuje białe strony", "pl", "drukarka-pl"),
        ("I forgot my password and cannot sign in", "en", "password-en"),
        ("Please help: lost files, need the backup", "en", "backup-en"),
    ],
)
def test_an_article_is_offered_for_a_subject_in_somebodys_own_words_f194(
    corpus: dict[str, int], cast: Cast, subject: str, language: str, expected: str
) -> None:
    offered = suggest(cast.actor("jan"), subject, language)
    assert offered
    assert offered[0].article == corpus[expected]
    assert offered[0].words


@pytest.mark.parametrize(
    "subject",
    [
        "",
        "   ",
        "help",
        "не работает",
        "Добрый день, вопрос",
        "Invoice for the November conference",
        "\x00",
        "a" * 5000,
    ],
)
def test_nothing_is_offered_where_nothing_fits(corpus: dict[str, int], cast: Cast, subject: str) -> None:
    assert suggest(cast.actor("jan"), subject, "en") == []


def test_offers_are_counted_by_day(corpus: dict[str, int], cast: Cast) -> None:
    jan, printer = cast.actor("jan"), corpus["printer-ru"]
    note_shown(jan, [printer, corpus["vpn-ru"]])
    note_shown(jan, [printer])
    note_opened(jan, printer)
    note_helped(jan, printer)
    note_helped(jan, 999_999)
    row = Article.objects.get(pk=printer).offers.get()
    assert (row.shown, row.opened, row.helped) == (2, 1, 1)


def test_drafts_and_later_versions_are_found_by_editors_only_t21(cast: Cast) -> None:
    section = Section.objects.get(code="faq")
    marek, jan = cast.actor("marek"), cast.actor("jan")
    made = create_article(marek, section, Words("Router", "<p>Blue cable</p>"), publish=True)
    save_article(marek, made, Words("Router", "<p>Blue cable and zebrafinch</p>"))
    assert find(jan, "zebrafinch", "en").hits == []
    assert suggest(jan, "zebrafinch", "en") == []
    [hit] = find(marek, "zebrafinch", "en").hits
    assert hit.is_draft
    publish_article(marek, made, "en")
    assert len(find(jan, "zebrafinch", "en").hits) == 1
    withdraw_article(marek, made)
    assert find(jan, "zebrafinch", "en").hits == []
    assert find(jan, "cable", "en").hits == []
    assert len(find(marek, "cable", "en").hits) == 1


def test_rows_of_articles_that_came_with_the_product_are_made_up_for(cast: Cast) -> None:
    assert find(cast.actor("jan"), "screen", "en").hits == []
    assert catch_up() == ArticleText.objects.count()
    assert catch_up() == 0
    assert find(cast.actor("jan"), "picture of the screen", "en").hits
    assert TextSearch.objects.count() == ArticleText.objects.count()


@pytest.mark.parametrize(
    "typed", ["'", "\\", "&|!()", "a:*", "<script>", "\x00needle", "🗄", "a" * 3000, "-printer", '"unclosed']
)
def test_whatever_is_typed_breaks_nothing(corpus: dict[str, int], cast: Cast, typed: str) -> None:
    find(cast.actor("jan"), typed, "en")
    suggest(cast.actor("jan"), typed, "en")
