"""Whose data is erased, and who erases it where. Packages above register what they hold of people, since only they
know."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from okno.people.models import Contact, ContactAddress
from okno.people.phones import is_number, national_digits

GONE = "•••"
"""What stands where a name, an address or a telephone stood in a text that stays."""

SHORTEST_WORD = 3
CARD = 100
"""The place of the card itself in the order: what comes behind it knows the person by the ids alone."""


@dataclass(frozen=True)
class Person:
    """Whose data goes: the contact with the duplicates merged into it, and what the person is called anywhere."""

    contacts: tuple[int, ...]
    addresses: tuple[str, ...]
    names: re.Pattern[str]
    called: str
    texts: str

    def without(self, text: str) -> str:
        """The text with every name, address and telephone of the person made unreadable."""
        return self.names.sub(GONE, text) if text else text

    def without_in(self, value: Any) -> Any:
        """The same for data of any depth."""
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, dict):
            return {self.without(str(key)): self.without_in(each) for key, each in value.items()}
        return [self.without_in(each) for each in value] if isinstance(value, list) else value


@dataclass(frozen=True)
class Eraser:
    """A part of the work. ``count`` says how much there is; ``erase`` does some of it, behind the given id.

    ``erase`` returns the last id that it came to and how many it did; none means that it is finished.
    """

    name: str
    label: str | Promise
    count: Callable[[Person], int]
    erase: Callable[[Person, int], tuple[int, int]]
    order: int


_erasers: dict[str, Eraser] = {}


def register_eraser(eraser: Eraser) -> None:
    """Has a part of the data erased with a person."""
    _erasers[eraser.name] = eraser


def erasers() -> list[Eraser]:
    """All parts, in the order in which they are erased: what is found by others goes before these."""
    return sorted(_erasers.values(), key=lambda each: (each.order, each.name))


def person_of(contact: Contact, texts: str) -> Person:
    """What must be found of the person, read from the card before it is emptied."""
    cards = [contact, *_duplicates(contact)]
    ids = tuple(card.pk for card in cards)
    found = ContactAddress.objects.filter(contact__in=ids).values_list("address", flat=True)
    addresses = tuple(dict.fromkeys([*found, *(card.copy_address for card in cards if card.copy_address)]))
    return Person(ids, tuple(found), _pattern(cards, addresses), anonymous(contact), texts)


def anonymous(contact: Contact) -> str:
    """How the card is called afterwards, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Erased person %(number)d") % {"number": contact.pk}


def _duplicates(contact: Contact) -> list[Contact]:
    found: list[Contact] = []
    waiting = [contact.pk]
    while waiting:
        rows = list(Contact.objects.filter(merged_into=waiting.pop()))
        found += rows
        waiting += [row.pk for row in rows]
    return found


def _pattern(cards: list[Contact], addresses: tuple[str, ...]) -> re.Pattern[str]:
    words: set[str] = set(addresses)
    for card in cards:
        words |= {card.name, *(word for word in re.split(r"\W+", card.name) if len(word) >= SHORTEST_WORD)}
        words |= set(card.phones)
    known = sorted(filter(None, words), key=len, reverse=True)
    dialled = [_dialled(phone) for card in cards for phone in card.phones if is_number(phone)]
    alternatives = "|".join([*dialled, *(re.escape(word) for word in known)]) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _dialled(phone: str) -> str:
    """The number however it is written: with or without its country code, with spaces and dashes."""
    return r"(?:\+?[0-9]{1,3}[\s().-]{0,2})?\(?0?" + r"[\s().-]{0,2}".join(national_digits(phone))
