"""How the questionnaires are written down: texts stand in the order English, Russian, Ukrainian, Polish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from okno.core.named import said_in
from okno.fields.rules import Kind, Option
from okno.workflow.items import Item
from okno.workflow.operations.forms import FormFacts
from okno.workflow.rules import Check, ItemKind, When

LANGUAGES = ("en", "ru", "uk", "pl")

type Texts = tuple[str, str, str, str]


@dataclass(frozen=True)
class Questionnaire:
    """A request form that is ready to be taken."""

    code: str
    icon: str
    names: dict[str, str]
    abouts: dict[str, str]
    items: Sequence[Item]
    guidances: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called in the language of the reader."""
        return said_in(self.names)

    @property
    def about(self) -> str:
        """For what it is, in the language of the reader."""
        return said_in(self.abouts)

    def facts(self, types: Sequence[str] = (), services: Sequence[str] = ()) -> FormFacts:
        """The form that is made of it."""
        return FormFacts(self.names, self.items, self.guidances, types, services)


def spoken(texts: Texts) -> dict[str, str]:
    """The texts by language."""
    return dict(zip(LANGUAGES, texts, strict=True))


def ask(
    code: str,
    label: Texts,
    hint: Texts | None = None,
    *,
    kind: Kind = Kind.LINE,
    options: Sequence[tuple[str, Texts]] = (),
    required: bool = False,
    when: When | None = None,
) -> Item:
    """A question."""
    return Item(
        code,
        ItemKind.QUESTION,
        spoken(label),
        spoken(hint) if hint else {},
        required,
        kind,
        tuple(Option(each, spoken(names)) for each, names in options),
        when=when,
    )


def heading(code: str, label: Texts, words: Texts | None = None, *, when: When | None = None) -> Item:
    """A heading with an explanation."""
    return Item(code, ItemKind.HEADING, spoken(label), spoken(words) if words else {}, when=when)


def access(code: str, label: Texts, help_text: Texts, *, when: When | None = None) -> Item:
    """Data by which employees get in; it is kept apart from the ticket."""
    return Item(code, ItemKind.CREDENTIALS, spoken(label), spoken(help_text), when=when)


def if_one_of(item: str, *values: str) -> When:
    """When an earlier item has one of these values."""
    return When(item, Check.ONE_OF, values)


YES_NO: Sequence[tuple[str, Texts]] = (
    ("yes", ("Yes", "Да", "Так", "Tak")),
    ("no", ("No", "Нет", "Ні", "Nie")),
)
YES_NO_UNTRIED: Sequence[tuple[str, Texts]] = (
    *YES_NO,
    ("untried", ("Have not tried", "Не пробовали", "Не пробували", "Nie sprawdzano")),
)
