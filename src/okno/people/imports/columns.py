"""What the columns of a file can hold, and what their headings let one guess: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Target:
    """Something that a column can hold, with the words by which it is known; ``many``: in several columns."""

    code: str
    label: str | Promise
    headings: tuple[str, ...]
    many: bool = False


NAME = ("name", "full name", "contact", "имя", "фио", "контакт", "контактное лицо", "наименование", "название",
        "ім'я", "піб", "назва", "контактна особа", "nazwa", "imię i nazwisko", "osoba", "firma")  # fmt: skip
EMAIL = ("email", "e-mail", "mail", "e-mail address", "почта", "эл. почта", "электронная почта", "пошта",
         "електронна пошта", "адрес почты", "adres e-mail", "poczta")  # fmt: skip
PHONE = ("phone", "telephone", "mobile", "mobile phone", "phone number", "телефон", "мобильный", "тел",
         "мобильный телефон", "мобільний", "telefon", "komórka", "tel")  # fmt: skip
NOTE = (
    "note",
    "notes",
    "comment",
    "примечание",
    "заметка",
    "комментарий",
    "примітка",
    "нотатка",
    "notatka",
    "uwagi",
)
LANGUAGE = ("language", "язык", "мова", "język")
ZONE = ("time zone", "timezone", "часовой пояс", "часовий пояс", "strefa czasowa")
RESPONSIBLE = ("responsible", "responsible manager", "manager", "ответственный", "ответственный менеджер",
               "менеджер", "відповідальний", "відповідальний менеджер", "opiekun", "opiekun klienta")  # fmt: skip

CONTACTS = (
    Target("name", _("Name"), tuple(each for each in NAME if each not in {"firma", "наименование", "nazwa"})),
    Target("first_name", _("First name"), ("first name", "given name", "имя", "ім'я", "imię")),
    Target("last_name", _("Last name"), ("last name", "surname", "family name", "фамилия", "прізвище", "nazwisko")),
    Target("email", _("E-mail"), EMAIL, many=True),
    Target("phone", _("Phone"), PHONE, many=True),
    Target("company", _("Company"), ("company", "organisation", "organization", "client", "компания", "организация",
                                      "клиент", "компанія", "організація", "клієнт", "firma", "klient")),
    Target("job_title", _("Job title"), ("job title", "position", "title", "должность", "посада", "stanowisko")),
    Target("language", _("Language"), LANGUAGE),
    Target("time_zone", _("Time zone"), ZONE),
    Target("copy_address", _("Copy of answers to"), ("copy", "copy to", "копия", "копія", "kopia")),
    Target("responsible", _("Responsible manager"), RESPONSIBLE),
    Target("note", _("Note"), NOTE),
)  # fmt: skip
COMPANIES = (
    Target("name", _("Name"), ("name", "company", "organisation", "organization", "компания", "организация",
                               "наименование", "название", "компанія", "організація", "назва", "firma", "nazwa")),
    Target("domains", _("Mail domains"), ("domain", "domains", "mail domain", "домен", "домены", "домени", "domena",
                                          "domeny"), many=True),
    Target("email", _("E-mail"), EMAIL),
    Target("phone", _("Phone"), PHONE, many=True),
    Target("category", _("Category"), ("category", "категория", "категорія", "kategoria")),
    Target("site_url", _("Website"), ("site", "website", "url", "www", "сайт", "strona", "strona www")),
    Target("address", _("Address"), ("address", "адрес", "адреса", "adres")),
    Target("language", _("Language"), LANGUAGE),
    Target("time_zone", _("Time zone"), ZONE),
    Target("parent", _("Parent company"), ("parent", "parent company", "холдинг", "головная компания",
                                           "головна компанія", "firma nadrzędna")),
    Target("responsible", _("Responsible manager"), RESPONSIBLE),
    Target("note", _("Note"), NOTE),
)  # fmt: skip
TARGETS: Mapping[str, tuple[Target, ...]] = {"contacts": CONTACTS, "companies": COMPANIES}


def guessed(targets: Sequence[Target], headings: Sequence[str], sample: Sequence[Sequence[str]]) -> dict[str, str]:
    """What each column holds, by its heading, else by an address in its first rows; what is unclear is left out."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for place, heading in enumerate(headings):
        target = _by_heading(targets, heading, taken) or _by_values(targets, [row[place] for row in sample], taken)
        if target is not None:
            found[str(place)] = target.code
            taken.add(target.code)
    return found


def heading_word(heading: str) -> str:
    """A heading as it is compared: small letters, single spaces, no point or number behind it."""
    word = re.sub(r"[\s_:.]+", " ", heading.casefold().replace("’", "'")).strip(" .")
    return re.sub(r" ?[0-9]+$", "", word)


def _by_heading(targets: Sequence[Target], heading: str, taken: set[str]) -> Target | None:
    word = heading_word(heading)
    fitting = (each for each in targets if word in each.headings and (each.many or each.code not in taken))
    return next(fitting, None)


def _by_values(targets: Sequence[Target], values: Sequence[str], taken: set[str]) -> Target | None:
    filled = [value for value in values if value]
    if not filled or not all(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value) for value in filled):
        return None
    email = next(each for each in targets if each.code == "email")
    return email if email.many or "email" not in taken else None


def mistake_in(targets: Sequence[Target], mapping: Mapping[str, str]) -> str | Promise:
    """Why the columns cannot be taken so, or nothing."""
    known = {each.code: each for each in targets}
    chosen = [code for code in mapping.values() if code]
    if unknown := next((code for code in chosen if code not in known), ""):
        return _("There is no field “%(code)s”.") % {"code": unknown}
    twice = next((code for code in chosen if chosen.count(code) > 1 and not known[code].many), "")
    if twice:
        return _("“%(name)s” is chosen for several columns.") % {"name": known[twice].label}
    named = {"name", "first_name", "last_name", "email"} if "first_name" in known else {"name"}
    if not named & set(chosen):
        return _("Say which column holds the name.")
    return ""


def values_of(mapping: Mapping[str, str], row: Sequence[str]) -> dict[str, list[str]]:
    """What the row says of each field: the filled cells of its columns."""
    found: dict[str, list[str]] = {}
    for place, code in sorted(mapping.items(), key=lambda pair: int(pair[0])):
        if code and int(place) < len(row):
            found.setdefault(code, [])
            if cell := row[int(place)]:
                found[code].append(cell)
    return found
