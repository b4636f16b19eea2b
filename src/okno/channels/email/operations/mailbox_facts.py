"""What may stand in the fields of a mailbox."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from okno.channels.email.certificates import LONGEST, certificates_in, plain
from okno.channels.email.models import Mailbox
from okno.channels.email.passwords import sealed
from okno.channels.email.rules.addresses import normalise_address
from okno.core.faults import Invalid

FIELDS = (
    "name", "address", "team", "is_active", "is_default",
    "imap_host", "imap_port", "imap_security", "imap_user", "imap_password", "folders", "after_import", "since",
    "smtp_host", "smtp_port", "smtp_security", "smtp_user", "smtp_password",
    "trusted_certificate", "trusted_relay",
)  # fmt: skip
SECRETS = ("imap_password", "smtp_password")
_HOST = re.compile(r"(?=.{1,253}$)(?:\[?[0-9a-fA-F:.]+\]?|(?:[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?\.?)+)")


def sealed_passwords(mailbox: Mailbox, values: Mapping[str, Any], *, drops: bool = False) -> dict[str, str]:
    """The passwords as they are to be stored. Raises ``Invalid`` when an old one would go to a new server.

    ``drops``: such a one is forgotten instead.
    Whoever may change the server but never saw the password must not be able to have it sent elsewhere.
    """
    stored, problems = {}, {}
    for name in SECRETS:
        side = name.partition("_")[0]
        typed, present = str(values.get(name) or ""), str(getattr(mailbox, name))
        if typed:
            stored[name] = sealed(typed)
            continue
        stored[name] = present if values.get(f"{side}_host", getattr(mailbox, f"{side}_host")) else ""
        if stored[name] and _goes_elsewhere(mailbox, values, side):
            stored[name] = ""
            if drops:
                continue
            problems[name] = [
                _("Enter the password again: the server, its certificate or the user name is another now.")
            ]
    if problems:
        raise Invalid(problems)
    return stored


def _goes_elsewhere(mailbox: Mailbox, values: Mapping[str, Any], side: str) -> bool:
    names = (f"{side}_host", f"{side}_port", f"{side}_user", f"{side}_security")
    shown = plain(str(values.get("trusted_certificate", mailbox.trusted_certificate)))
    is_vouched_for = shown not in {"", mailbox.trusted_certificate}  # by whoever pasted it, for any server
    return is_vouched_for or any(name in values and values[name] != getattr(mailbox, name) for name in names)


def lacks_password(mailbox: Mailbox) -> bool:
    """Whether a server of the mailbox cannot be spoken to, since its password has not been entered."""
    fetches = bool(mailbox.imap_host) and not mailbox.imap_password
    return fetches or (bool(mailbox.smtp_host and mailbox.smtp_user) and not mailbox.smtp_password)


def check(mailbox: Mailbox) -> None:
    """Brings the values into their form and raises ``Invalid`` with what is wrong, field by field."""
    mailbox.name = " ".join(mailbox.name.split())
    mailbox.address = mailbox.address.strip().lower()
    mailbox.folders = list(dict.fromkeys(folder.strip() for folder in mailbox.folders if folder.strip()))
    problems: dict[str, list[str]] = {}
    try:
        mailbox.full_clean(exclude={each.name for each in Mailbox._meta.fields if each.name not in FIELDS})
    except ValidationError as error:
        problems = {name: list(messages) for name, messages in error.message_dict.items()}
    if "address" not in problems and normalise_address(mailbox.address) is None:
        problems["address"] = [_("This is not a mail address.")]
    for side in ("imap", "smtp"):
        problems |= _of_server(mailbox, side)
    mailbox.trusted_certificate = plain(mailbox.trusted_certificate)
    if mailbox.trusted_certificate and "trusted_certificate" not in problems:
        problems |= _of_certificate(mailbox.trusted_certificate)
    if mailbox.trusted_relay and not _HOST.fullmatch(mailbox.trusted_relay):
        problems["trusted_relay"] = [_("Write the name of one server, as it stands in the header.")]
    if problems:
        raise Invalid(problems)


def _of_certificate(text: str) -> dict[str, list[str]]:
    problem = ""
    if "PRIVATE KEY" in text:
        problem = _("This holds a private key. Paste the certificate alone, and make a new key.")
    elif len(text) > LONGEST or not text.isascii() or not certificates_in(text):
        problem = _("This is no certificate: it begins with -----BEGIN CERTIFICATE-----.")
    return {"trusted_certificate": [problem]} if problem else {}


def _of_server(mailbox: Mailbox, side: str) -> dict[str, list[str]]:
    host, port = getattr(mailbox, f"{side}_host").strip(), getattr(mailbox, f"{side}_port")
    setattr(mailbox, f"{side}_host", host)
    problems: dict[str, list[str]] = {}
    if not host:
        return problems
    if not _HOST.fullmatch(host):
        problems[f"{side}_host"] = [_("Write the name of a server, such as mail.example.com.")]
    if not 1 <= port <= 65535:
        problems[f"{side}_port"] = [_("A port is a number from 1 to 65535.")]
    password = getattr(mailbox, f"{side}_password")
    if not mailbox.is_active:
        return problems  # it may wait for its password, and is switched on only with it
    if side == "imap" and not password:
        problems["imap_password"] = [_("Write the password; without it no letter can be fetched.")]
    if side == "smtp" and mailbox.smtp_user and not password:
        problems["smtp_password"] = [_("Write the password that belongs to the user name.")]
    return problems
