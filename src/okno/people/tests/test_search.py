"""Finding a client while one types: by name, address, company, telephone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from okno.core.actor import SYSTEM
from okno.people.models import Contact
from okno.people.search import MOST, find_clients
from okno.testing.cast import Cast, company, contact


def names(cast: Cast, words: str, who: str = "olena") -> list[str]:
    return [each.name for each in find_clients(cast.actor(who), words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("marta", ["Marta Nowak"]),
        ("  MARTA   nowak ", ["Marta Nowak"]),
        ("zając", ["Piotr Zając"]),
        ("ZAJĄC", ["Piotr Zając"]),
        ("петр", ["Анна Петрова"]),
        ("ПЕТР", ["Анна Петрова"]),
        ("jan@nord", ["Jan Kowal"]),
        ("Anna.Petrova@MAIL.example", ["Анна Петрова"]),
        ("kawa", ["Marta Nowak", "Piotr Zając", "Kawa i Ciasto"]),
        ("nordwind.ex", ["Nordwind"]),
        ("+48 58 555 01 22", ["Marta Nowak"]),
        ("48585550122", ["Marta Nowak"]),
        ("58 555-01-22", ["Marta Nowak"]),
        ("(22) 555 01 71", ["Jan Kowal"]),
        ("0048 22 555 01 71", ["Jan Kowal"]),
        ("55501", ["Jan Kowal", "Marta Nowak"]),
        ("5550", []),
        ("m", []),
        ("", []),
        ("   ", []),
        ("%%", []),
        ("__", []),
        ("\\\\", []),
        ("nobody", []),
    ],
)
def test_what_is_found(cast: Cast, words: str, found: list[str]) -> None:
    assert names(cast, words) == found


def test_only_employees_look_for_clients(cast: Cast) -> None:
    assert names(cast, "marta", "marta") == []
    assert find_clients(SYSTEM, "marta") == []


def test_each_person_once_with_company_and_address(cast: Cast) -> None:
    both = contact("Kawa Nordwind", "kawa@kawa.example", cast.kawa, cast.nordwind)
    found = [each for each in find_clients(cast.actor("olena"), "kawa") if each.contact == both.pk]
    assert [(each.name, each.note) for each in found] == [("Kawa Nordwind", "Kawa i Ciasto · kawa@kawa.example")]
    alone = find_clients(cast.actor("olena"), "anna")[0] if names(cast, "anna") else None
    assert alone is not None
    assert (alone.company, alone.note) == (None, "anna.petrova@mail.example")


def test_whoever_is_no_longer_a_client_is_not_offered(cast: Cast) -> None:
    Contact.objects.filter(pk=cast.marta.pk).update(is_active=False)
    assert names(cast, "marta") == []


def test_the_list_is_short_in_order_and_costs_the_same(cast: Cast) -> None:
    for number in range(2 * MOST):
        contact(f"Kowalski {number:02}", f"k{number}@mail.example", cast.nordwind)
        company(f"Kowalski i S-ka {number:02}")
    with CaptureQueriesContext(connection) as asked:
        found = names(cast, "kowalski")
    assert found == [f"Kowalski {n:02}" for n in range(MOST)] + [f"Kowalski i S-ka {n:02}" for n in range(MOST)]
    assert len(asked) <= 6


@pytest.mark.parametrize("words", ["x" * 100_000, "\x00\x00", "a\x00b", "'; DROP", "\ud800\ud800"])
def test_hostile_words_find_nothing_and_break_nothing(cast: Cast, words: str) -> None:
    assert names(cast, words) == []
