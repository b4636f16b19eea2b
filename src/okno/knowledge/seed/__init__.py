"""The knowledge base of the demo: sections, articles in four languages, what readers said of them."""

from __future__ import annotations

from datetime import timedelta

from okno.core import clock
from okno.core.actor import SYSTEM, Actor
from okno.knowledge.models import Article, ArticleText, OfferCount, Section, Version, Vote
from okno.knowledge.operations.articles import Words, create_article, save_article
from okno.knowledge.operations.sections import SectionFacts, create_section
from okno.knowledge.rules import Audience, Right
from okno.knowledge.search import index
from okno.knowledge.seed.articles import ARTICLES, DRAFT
from okno.people.models import Agent, Company

COMMENTS = [
    ("The card terminal shows OFFLINE", False, "Our terminal has no yellow button. Which model is this for?"),
    ("Reset a forgotten password", True, "Worked at the second try, the letter was in junk."),
]


def add_knowledge(agents: dict[str, Agent], kawa: Company) -> None:
    """Writes the demo's articles as if they had come into being over the last weeks."""
    sections = _sections(kawa)
    for place, age, author, texts in ARTICLES:
        _write(sections[place], age, agents[author].as_actor(), texts)
    section, language, title, markup = DRAFT
    create_article(agents["taras"].as_actor(), sections[section], Words(title, markup, language))
    index(ArticleText.objects.filter(search=None))
    _opinions()


def _sections(kawa: Company) -> dict[str, Section]:
    Section.objects.filter(code__in=("faq", "instructions")).update(audience=Audience.PUBLIC)
    known = {section.code: section for section in Section.objects.all()}
    within = known["instructions"]
    printers = {
        "en": "Printers, tills and terminals",
        "ru": "Принтеры, кассы и терминалы",
        "uk": "Принтери, каси й термінали",
        "pl": "Drukarki, kasy i terminale",
    }
    access = {
        "en": "Access, mail and network",
        "ru": "Доступ, почта и сеть",
        "uk": "Доступ, пошта й мережа",
        "pl": "Dostęp, poczta i sieć",
    }
    return {
        **known,
        "printers": create_section(SYSTEM, SectionFacts(names=printers, parent=within, inherits=True)),
        "access": create_section(SYSTEM, SectionFacts(names=access, parent=within, inherits=True)),
        "kawa": create_section(
            SYSTEM,
            SectionFacts(
                names={"en": "For Kawa i Ciasto", "pl": "Dla Kawa i Ciasto", "ru": "Для Kawa i Ciasto", "uk": "Для Kawa i Ciasto"},
                about={"en": "Agreements with the cafes.", "pl": "Ustalenia z kawiarniami.", "ru": "Договорённости с кофейнями.", "uk": "Домовленості з кав'ярнями."},
                audience=Audience.COMPANIES, companies=[kawa],
                roles={Right.VIEW: ["*"], Right.CREATE: ["lead", "specialist"], Right.EDIT: ["lead", "specialist"], Right.MANAGE: ["lead"]},
            ),
        ),
    }  # fmt: skip


def _write(section: Section, age: float, author: Actor, texts: dict[str, tuple[str, str]]) -> None:
    moment = clock.now() - timedelta(days=age)
    article: Article | None = None
    for language, (title, markup) in texts.items():
        words = Words(title, markup, language)
        if article is None:
            article = create_article(author, section, words, publish=True)
        else:
            save_article(author, article, words, publish=True)
    rows = Article.objects.filter(pk=article.pk if article else 0)
    rows.update(created_at=moment, updated_at=moment)
    ArticleText.objects.filter(article__in=rows).update(updated_at=moment)
    Version.objects.filter(text__article__in=rows).update(created_at=moment)


def _opinions() -> None:
    """Votes and offers of the last weeks, the same in every demo."""
    texts = ArticleText.objects.filter(language="en", published__gt=0).order_by("article_id")
    for place, text in enumerate(texts):
        yes, no = (7 * place) % 11 + 2, (5 * place) % 4
        Vote.objects.bulk_create(
            Vote(article_id=text.article_id, voter=f"browser:demo-{place}-{number}", language="en", is_helpful=number < yes)
            for number in range(yes + no)
        )  # fmt: skip
        shown = 4 + (3 * place) % 9
        OfferCount.objects.create(
            article_id=text.article_id, day=clock.now().date() - timedelta(days=place), shown=shown, opened=shown // 2, helped=shown // 4
        )  # fmt: skip
    for title, is_helpful, comment in COMMENTS:
        found = texts.filter(title=title).first()
        if found is not None:
            Vote.objects.create(
                article_id=found.article_id,
                voter=f"browser:demo-{title}",
                language="en",
                is_helpful=is_helpful,
                comment=comment,
            )
