"""What may stand in the fields of companies and contacts."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from okno.core.text import one_line

DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
NAME_LIMIT = 200
CALLED_LIMIT = 80
PHONE_LIMIT = 40


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

    def check_phone(self, value: str) -> str:
        """A telephone number as it was written."""
        phone = " ".join(value.split())
        if len(phone) > PHONE_LIMIT:
            self.add("phone", _("No more than %(limit)d characters.") % {"limit": PHONE_LIMIT})
        return phone

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
