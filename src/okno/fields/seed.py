"""Attributes of the demo company: what a service company wants to know of tickets, clients and their people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from okno.core.actor import SYSTEM
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute
from okno.fields.rules import Limits, Option

LANGUAGES = ("en", "ru", "uk", "pl")
MODEL, PLACE, CAUSE, ON_SITE = "device-model", "floor", "cause", "on-site"
WORKPLACES, CLASS, CALL = "workplaces", "contract-class", "best-time"
CONTRACT, BIRTHDAY = "contract-number", "birthday"

OPTIONS: dict[str, Sequence[tuple[str, tuple[str, ...]]]] = {
    CAUSE: [
        ("hardware", ("Hardware", "Оборудование", "Обладнання", "Sprzęt")),
        ("software", ("Software", "Программа", "Програма", "Oprogramowanie")),
        ("network", ("Network", "Сеть", "Мережа", "Sieć")),
        ("handling", ("Handling", "Обращение", "Користування", "Obsługa")),
    ],
    CLASS: [
        ("basic", ("Basic", "Базовый", "Базовий", "Podstawowa")),
        ("standard", ("Standard", "Стандартный", "Стандартний", "Standardowa")),
        ("premium", ("Premium", "Премиальный", "Преміальний", "Premium")),
    ],
}

ATTRIBUTES: Sequence[tuple[str, str, str, tuple[str, ...], Mapping[str, Any]]] = [
    (
        MODEL, "ticket", "line", ("Device model", "Модель устройства", "Модель пристрою", "Model urządzenia"),
        {
            "types": ["incident", "request"], "for_clients": "filled",
            "helps": ("It stands on the back of the device.", "Написана на задней стороне устройства.",
                      "Написана на задньому боці пристрою.", "Jest z tyłu urządzenia."),
        },
    ),
    (PLACE, "ticket", "line", ("Floor or room", "Этаж или комната", "Поверх або кімната", "Piętro lub pokój"),
     {"types": ["incident", "request"], "for_clients": "filled", "limits": Limits(longest=60)}),
    (CAUSE, "ticket", "list", ("Cause", "Причина", "Причина", "Przyczyna"), {"types": ["incident"]}),
    (ON_SITE, "ticket", "checkbox", ("Visit to the client", "Выезд к клиенту", "Виїзд до клієнта", "Wizyta u klienta"), {}),
    (WORKPLACES, "company", "number", ("Workplaces", "Рабочих мест", "Робочих місць", "Stanowisk pracy"),
     {"limits": Limits(least=0)}),
    (CLASS, "company", "list", ("Contract class", "Класс договора", "Клас договору", "Klasa umowy"), {"default": "basic"}),
    (CONTRACT, "company", "line", ("Contract no.", "Номер договора", "Номер договору", "Nr umowy"), {"limits": Limits(longest=40)}),
    (BIRTHDAY, "contact", "date", ("Birthday", "День рождения", "День народження", "Urodziny"), {}),
    (CALL, "contact", "line", ("Best time to call", "Когда звонить", "Коли телефонувати", "Kiedy dzwonić"), {}),
]  # fmt: skip
"""Code, what has it, kind, names in the four languages, and the rest."""


def add_attributes() -> None:
    """Makes the attributes of the demo."""
    for code, target, kind, names, rest in ATTRIBUTES:
        more = dict(rest)
        helps = more.pop("helps", ())
        options = [Option(each, _by_language(words)) for each, words in OPTIONS.get(code, ())]
        create_attribute(
            SYSTEM,
            AttributeFacts(
                code=code,
                target=target,
                kind=kind,
                names=_by_language(names),
                helps=_by_language(helps),
                options=options,
                **more,
            ),
        )


def _by_language(words: Sequence[str]) -> dict[str, str]:
    return dict(zip(LANGUAGES, words, strict=False))
