"""Settings of the mail channel."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.settings_store import Setting, declare

GROUP = "mail"


def between(lowest: int, highest: int) -> Callable[[int], str | None]:
    """The check of a setting that is a number."""

    def problem(value: int) -> str | None:
        if lowest <= value <= highest:
            return None
        return _("Write a number from %(lowest)d to %(highest)d.") % {"lowest": lowest, "highest": highest}

    return problem


CREATE_CONTACTS = declare(
    Setting(
        key="mail.create_contacts",
        kind=bool,
        default=True,
        label=gettext_lazy("Create contacts from unknown addresses"),
        help=gettext_lazy(
            "The sender of a letter becomes a contact, of the company whose mail domain the address has."
        ),
        group=GROUP,
    )
)


def networks(written: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """The networks of a list of addresses parted by commas or spaces; raises ``ValueError`` for what is none."""
    return [ipaddress.ip_network(each) for each in written.replace(",", " ").split()]


def _relays_problem(value: str) -> str | None:
    try:
        networks(value)
    except ValueError as error:
        return _("This is no list of IP addresses: %(error)s") % {"error": error}
    return None


TRUSTED_RELAYS = declare(
    Setting(
        key="mail.trusted_relays",
        kind=str,
        default="",
        label=gettext_lazy("IP addresses of the mail servers in front"),
        help=gettext_lazy(
            "Only letters that these hand over by SMTP or LMTP may bring Authentication-Results that are believed. "
            "Letters fetched by IMAP or taken from a pipe always may. Networks such as 10.0.0.0/24 will do too."
        ),
        group=GROUP,
        check=_relays_problem,
    )
)
VERIFY_DKIM = declare(
    Setting(
        key="mail.verify_dkim",
        kind=bool,
        default=False,
        label=gettext_lazy("Check DKIM signatures here"),
        help=gettext_lazy(
            "Asks the domain name system for keys. Not needed where the mail server in front checks them."
        ),
        group=GROUP,
    )
)
SIZE_LIMIT = declare(
    Setting(
        key="mail.size_limit",
        kind=int,
        default=50,
        label=gettext_lazy("Largest letter, in megabytes"),
        help=gettext_lazy("A larger one is refused by SMTP, and left on the server, with a note here, by IMAP."),
        group=GROUP,
        check=between(1, 200),
    )
)
