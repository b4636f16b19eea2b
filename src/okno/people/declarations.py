"""Settings of the client base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import phonenumbers
from babel import Locale
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from okno.core.settings_store import Setting, declare


class Countries(Mapping[str, str]):
    """The countries that have telephone numbers, as choices in the language of the reader."""

    def __getitem__(self, key: str) -> str:
        return self._names()[key]

    def __iter__(self) -> Iterator[str]:
        names = self._names()
        return iter(sorted(names, key=lambda code: (bool(code), names[code])))

    def __len__(self) -> int:
        return len(phonenumbers.SUPPORTED_REGIONS) + 1

    def _names(self) -> dict[str, str]:
        names = Locale.parse(get_language() or "en", sep="-").territories
        known = {code: names.get(code, code) for code in phonenumbers.SUPPORTED_REGIONS}
        return {"": gettext("none: such numbers stay as they are written"), **known}


PHONE_COUNTRY = declare(
    Setting(
        key="clients.phone_country",
        kind=str,
        default="",
        label=_("Country of telephone numbers"),
        help=_("Numbers without a country code belong to it, and its own are shown without the code."),
        group="clients",
        choices=Countries(),
    )
)
COPY_TO_COMPANY = declare(
    Setting(
        key="clients.copy_to_company",
        kind=str,
        default="contact_without_email",
        label=_("Answers to the general e-mail of the company"),
        help=_("When an answer to a client goes to the general address on the card of the company."),
        group="clients",
        choices={
            "contact_without_email": _("instead of a contact who has no e-mail"),
            "without_contact": _("also if the ticket has no contact"),
            "always": _("always, beside the contact"),
        },
    )
)
