"""What may stand in the fields of companies and contacts."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from okno.core.text import one_line
from okno.people.declarations import PHONE_COUNTRY
from okno.people.phones import read_phone

DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
NAME_LIMIT = 200
CALLED_LIMIT = 80
PHONE_LIMIT = 60
MOST_PHONES = 20
TEXT_LIMIT = 5000
SITE_LIMIT = 300


class Problems(dict[str, list[str]]):
    """Mistakes by field."""

    def add(self, field: str, message: str) -> None:
        """Notes a mistake at a field."""
        self.setdefault(field, []).append(message)

    def check_name(self, value: str) -> str:
        """A name in one line."""
        name = one_line(value)
        if not name:
            self.add("name", _("Write the name."))
        if len(name) > NAME_LIMIT:
            self.add("name", _("No more than %(limit)d characters.") % {"limit": NAME_LIMIT})
        return name

    def check_names(self, names: Mapping[str, str]) -> dict[str, str]:
        """The names of a row in further languages, in one line each."""
        known = dict(settings.LANGUAGES)
        if unknown := sorted(set(names) - set(known)):
            self.add("names", _("There is no such language: “%(language)s”.") % {"language": unknown[0][:20]})
        if any(len(name) > CALLED_LIMIT for name in names.values()):
            self.add("names", _("No more than %(limit)d characters.") % {"limit": CALLED_LIMIT})
        return {language: text for language, name in names.items() if (text := one_line(name))}

    def check_phones(self, values: Iterable[str]) -> list[str]:
        """Telephone numbers in E.164 and each once; what is no number is kept as it was written."""
        region = PHONE_COUNTRY()
        phones = list(dict.fromkeys(read_phone(one_line(value), region) for value in values if value.strip()))
        if any(len(phone) > PHONE_LIMIT for phone in phones):
            self.add("phones", _("No more than %(limit)d characters.") % {"limit": PHONE_LIMIT})
        if len(phones) > MOST_PHONES:
            self.add("phones", _("No more than %(limit)d numbers.") % {"limit": MOST_PHONES})
        return phones

    def check_text(self, field: str, value: str) -> str:
        """A text of several lines."""
        text = value.strip().replace("\r\n", "\n")
        if len(text) > TEXT_LIMIT:
            self.add(field, _("No more than %(limit)d characters.") % {"limit": TEXT_LIMIT})
        return text

    def check_line(self, field: str, value: str, limit: int) -> str:
        """A text in one line, which may be empty."""
        line = one_line(value)
        if len(line) > limit:
            self.add(field, _("No more than %(limit)d characters.") % {"limit": limit})
        return line

    def check_site(self, value: str) -> str:
        """The address of a web site; ``https`` where nothing is said."""
        url = value.strip()
        if not url:
            return ""
        if "://" not in url:
            url = f"https://{url}"
        try:
            URLValidator(schemes=["http", "https"])(url)
        except ValidationError:
            self.add("site_url", _("This is not the address of a web site."))
        return url[:SITE_LIMIT]

    def check_language(self, value: str) -> str:
        """A language of the product, or none."""
        if value and value not in dict(settings.LANGUAGES):
            self.add("language", _("Choose one of: %(words)s.") % {"words": ", ".join(dict(settings.LANGUAGES))})
        return value

    def check_time_zone(self, value: str) -> str:
        """A zone of the IANA database, or none."""
        if value and value not in zoneinfo.available_timezones():
            self.add("time_zone", _("There is no such time zone. Write one such as Europe/Warsaw."))
        return value

    def check_addresses(self, field: str, values: Iterable[str]) -> list[str]:
        """Mail addresses in lower case, each once."""
        addresses = list(dict.fromkeys(value.strip().lower() for value in values if value.strip()))
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                self.add(field, _("“%(address)s” is not a mail address.") % {"address": address})
        return addresses

    def check_domains(self, values: Iterable[str]) -> list[str]:
        """Mail domains in lower case, each once."""
        domains = list(dict.fromkeys(value.strip().lower().lstrip("@") for value in values if value.strip()))
        for domain in domains:
            if not DOMAIN.fullmatch(domain):
                self.add("domains", _("“%(domain)s” is not a mail domain.") % {"domain": domain})
        return domains


class PlainFacts(Protocol):
    """Facts that companies and contacts have in common; ``None`` leaves a fact as it is."""

    @property
    def name(self) -> str | None: ...

    @property
    def phones(self) -> Sequence[str] | None: ...

    @property
    def language(self) -> str | None: ...

    @property
    def time_zone(self) -> str | None: ...

    @property
    def note(self) -> str | None: ...

    @property
    def is_active(self) -> bool | None: ...


def plain_columns(facts: PlainFacts, problems: Problems) -> dict[str, Any]:
    """The columns of these facts, checked."""
    checks: dict[str, Callable[[Any], Any]] = {
        "name": problems.check_name,
        "phones": problems.check_phones,
        "language": problems.check_language,
        "time_zone": problems.check_time_zone,
        "note": lambda value: problems.check_text("note", value),
        "is_active": bool,
    }
    given = {name: getattr(facts, name) for name in checks}
    return {name: checks[name](value) for name, value in given.items() if value is not None}
