"""Telephone numbers of all countries: how they are read, kept, shown and dialled.

A number is kept in E.164 (ITU-T E.164), with ``;ext=`` for an extension as in RFC 3966; a text that is no number is
kept as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

KEPT = re.compile(r"\+[0-9]{5,15}(;ext=[0-9]{1,10})?")


def read_phone(text: str, region: str = "") -> str:
    """What is kept of a number as somebody wrote it.

    ``region`` is the country (ISO 3166, ``PL``) whose number one without a country code is; without it such a one
    stays as it was written.
    """
    written = " ".join(text.split())
    if KEPT.fullmatch(written):
        return written
    number = _parsed(re.sub(r"^00", "+", written), region)
    if number is None:
        return written
    extension = f";ext={number.extension}" if number.extension else ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164) + extension


def is_number(kept: str) -> bool:
    """Whether it could be read as a number; else it is a text as it was written."""
    return KEPT.fullmatch(kept) is not None


@dataclass(frozen=True)
class Telephone:
    """A number for a page: how it is read, and the target of a link that dials it, empty where it is no number."""

    text: str
    link: str

    @classmethod
    def of(cls, kept: str, region: str = "") -> Telephone:
        """A kept number as people of that country read it: their own in the national form, others international."""
        number = _parsed(kept, "") if is_number(kept) else None
        if number is None:
            return cls(kept, "")
        is_own = bool(region) and phonenumbers.region_code_for_number(number) == region
        form = PhoneNumberFormat.NATIONAL if is_own else PhoneNumberFormat.INTERNATIONAL
        return cls(phonenumbers.format_number(number, form), f"tel:{kept}")


def national_digits(kept: str) -> str:
    """The digits of a number within its country, as they are dialled from abroad."""
    number = _parsed(kept, "")
    return phonenumbers.national_significant_number(number) if number is not None else re.sub(r"\D", "", kept)


def _parsed(text: str, region: str) -> PhoneNumber | None:
    try:
        number = phonenumbers.parse(text.replace(";ext=", " ext. "), region or None)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None
