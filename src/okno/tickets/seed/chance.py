"""What chance decides for tickets in bulk: words, moments, fates. The same seed gives the same tickets."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

from okno.core.search.rules import Analysis, analysed
from okno.core.search.rules.vectors import analysed_once
from okno.tickets.seed.phrases import Phrases
from okno.tickets.seed.phrases.english import ENGLISH
from okno.tickets.seed.phrases.polish import POLISH
from okno.tickets.seed.phrases.russian import RUSSIAN
from okno.tickets.seed.phrases.ukrainian import UKRAINIAN

LANGUAGES = [ENGLISH, POLISH, RUSSIAN, UKRAINIAN]
SYLLABLES = ["ba", "cor", "dil", "fen", "gra", "hel", "ix", "kan", "lor", "mi", "nov", "ort", "pra", "qui", "ros", "sol", "tam", "ul", "ver", "zen"]  # fmt: skip
PRODUCTS = 20_000
SENTENCES = 1_200
"""Made once for each language and chosen from; what makes a ticket unlike all others are its product and code."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text and the words that search knows it by, in one or several pieces."""

    shown: str
    words: list[Analysis]


class Chance:
    """One sequence of decisions."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        triples = itertools.product(SYLLABLES, repeat=3)
        names = ["".join(syllables).capitalize() for syllables in triples]
        self.random.shuffle(names)
        self.products = [f"{name} {self.random.choice((3, 5, 7, 20, 100, 365))}" for name in names]
        self.products = (self.products * (PRODUCTS // len(self.products) + 1))[:PRODUCTS]
        fixed = [*self.products, *(each for phrases in LANGUAGES for each in phrases.greetings)]
        self._known = {each: analysed(each) for each in fixed}
        self.subjects = {each.language: self._sentences(each, each.subjects) for each in LANGUAGES}
        self.asking = {each.language: self._sentences(each, each.asking) for each in LANGUAGES}
        self.answering = {each.language: self._sentences(each, each.answering) for each in LANGUAGES}
        self._shares = [each.share for each in LANGUAGES]

    def language(self) -> Phrases:
        """The language of a ticket, by its share."""
        return self.random.choices(LANGUAGES, self._shares)[0]

    def product(self) -> str:
        """An invented product; a few are everywhere and most are rare, as words are (Zipf)."""
        return self.products[int(PRODUCTS ** self.random.random()) - 1]

    def subject(self, phrases: Phrases) -> Text:
        """The subject of a ticket."""
        return self.random.choice(self.subjects[phrases.language])

    def asked(self, phrases: Phrases, code: str) -> Text:
        """A client's words; one in forty is long."""
        count = self.random.randint(10, 30) if self.random.random() < 0.025 else self.random.randint(1, 5)
        return self._put_together(phrases, self.asking, count, code)

    def answered(self, phrases: Phrases, code: str) -> Text:
        """An agent's words."""
        return self._put_together(phrases, self.answering, self.random.randint(1, 3), code)

    def _put_together(self, phrases: Phrases, source: dict[str, list[Text]], count: int, code: str) -> Text:
        chosen = self.random.choices(source[phrases.language], k=count)
        greeting, product = self.random.choice(phrases.greetings), self.product()
        shown = f"{greeting}\n\n{' '.join(each.shown for each in chosen)}\n\n{product}, {code}"
        said = [piece for each in chosen for piece in each.words]
        return Text(shown, [self._known[greeting], *said, self._known[product], analysed_once(code)])

    def _sentences(self, phrases: Phrases, templates: list[str]) -> list[Text]:
        filled = [self.random.choice(templates).format(**self._filling(phrases)) for _each in range(SENTENCES)]
        made = [each[0].upper() + each[1:] for each in filled]
        return [Text(each, [analysed(each)]) for each in made]

    def _filling(self, phrases: Phrases) -> dict[str, str]:
        return {
            "thing": self.random.choice(phrases.things),
            "place": self.random.choice(phrases.places),
            "name": self.product(),
        }
