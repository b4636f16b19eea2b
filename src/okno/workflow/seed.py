"""The demo's services, and the three request forms that are asked about them (F195, F196)."""

from __future__ import annotations

from dataclasses import replace

from okno.core.actor import SYSTEM
from okno.workflow.models import Service
from okno.workflow.operations.forms import create_form
from okno.workflow.operations.services import ServiceFacts, create_service
from okno.workflow.questionnaires import questionnaire
from okno.workflow.questionnaires.writing import Texts, spoken

SERVICES: list[tuple[str, str, Texts]] = [
    ("hosting", "", ("Servers and hosting", "Серверы и хостинг", "Сервери та хостинг", "Serwery i hosting")),
    ("server", "hosting", ("Own server", "Собственный сервер", "Власний сервер", "Własny serwer")),
    ("website", "hosting", ("Website", "Сайт", "Сайт", "Strona internetowa")),
    ("mail-service", "", ("Mail", "Почта", "Пошта", "Poczta")),
    (
        "workplace",
        "",
        (
            "Workplace and printers",
            "Рабочее место и принтеры",
            "Робоче місце та принтери",
            "Stanowisko pracy i drukarki",
        ),
    ),
    ("internet", "", ("Internet and network", "Интернет и сеть", "Інтернет і мережа", "Internet i sieć")),
]

FORMS = [("server-unavailable", "server"), ("mail", "mail-service"), ("network", "internet")]
"""Which questionnaire is asked about which service."""


def add_services() -> None:
    """Writes the catalogue of services."""
    known: dict[str, Service] = {}
    for code, parent, names in SERVICES:
        known[code] = create_service(SYSTEM, ServiceFacts(spoken(names), known.get(parent), code))


def add_request_forms() -> None:
    """Takes three of the ready questionnaires, each for incidents of its service."""
    for code, service in FORMS:
        found = questionnaire(code)
        if found is not None:
            create_form(SYSTEM, replace(found.facts(["incident"], [service]), code=code))
