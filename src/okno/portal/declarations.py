"""Settings of the portal's pages."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from okno.core.settings_store import Setting, declare

_ADVICE = {
    "en": (
        "Say in the subject what it is about, in a few words.\n"
        "Describe in detail: what you did, what you expected, what happened instead.\n"
        "Give an example by its own number: of the order, the device, the call; not a telephone number.\n"
        "Attach screenshots, or links to them and to the page where it happens.\n"
        "One request for one topic: so each is solved sooner."
    ),
    "ru": (
        "Коротко скажите в теме, о чём обращение.\n"
        "Опишите подробно: что вы сделали, чего ожидали и что произошло.\n"
        "Приведите пример с его собственным номером: заказа, устройства, звонка, а не номером телефона.\n"
        "Приложите снимки экрана или ссылки на них и на страницу, где это происходит.\n"
        "Одно обращение на одну тему: так каждое решится быстрее."
    ),
    "uk": (
        "Коротко скажіть у темі, про що звернення.\n"
        "Опишіть докладно: що ви зробили, чого очікували і що сталося.\n"
        "Наведіть приклад із його власним номером: замовлення, пристрою, дзвінка, а не номером телефону.\n"
        "Додайте знімки екрана або посилання на них і на сторінку, де це відбувається.\n"
        "Одне звернення на одну тему: так кожне вирішиться швидше."
    ),
    "pl": (
        "W temacie wystarczy kilka słów o tym, czego dotyczy zgłoszenie.\n"
        "Opis niech będzie dokładny: co zrobiono, czego oczekiwano i co się stało.\n"
        "Warto podać przykład z jego własnym numerem: zamówienia, urządzenia, połączenia, a nie numer telefonu.\n"
        "Można załączyć zrzuty ekranu albo linki do nich i do strony, na której to się dzieje.\n"
        "Jedno zgłoszenie na jeden temat: tak każde zostanie szybciej rozwiązane."
    ),
}
_LABELS = {
    "en": _("Advice beside the form, in English"),
    "ru": _("Advice beside the form, in Russian"),
    "uk": _("Advice beside the form, in Ukrainian"),
    "pl": _("Advice beside the form, in Polish"),
}

GUIDANCE: Final = {
    language: declare(
        Setting(
            key=f"portal.guidance_{language}",
            kind=str,
            default=advice,
            label=_LABELS[language],
            help=_("What whoever writes a request is told; each line is one piece of advice. Empty: no advice."),
            group="portal",
        )
    )
    for language, advice in _ADVICE.items()
}
"""Guidance to the author (F28, F191), a text for each language of the portal."""


def guidance_in(language: str) -> list[str]:
    """The advice in the reader's language, piece by piece."""
    setting = GUIDANCE.get(language.split("-", maxsplit=1)[0], GUIDANCE["en"])
    return [line.strip() for line in setting().splitlines() if line.strip()]
