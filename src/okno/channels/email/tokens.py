"""Signed marks that lead a letter back to its ticket: the reply address and the subject token.

The reply address is a sub-address of the mailbox (RFC 5233), one for each recipient of each ticket:
``support+c4k-1z-0-<signature>@vikno.example`` = kind, ticket, person, expiry in base 36. Kind ``c`` is a
participant of the client's side; kind ``a`` an agent, whose address expires, since it lets a letter speak
for the company (T1). The subject token ``[#1042-k7x2m9qa]`` is shorter and therefore never enough by
itself: the sender must belong to the ticket (T2).
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from okno.core import clock, secrets

AGENT_ADDRESS_LIFETIME = timedelta(days=60)
SUBJECT_SIGNATURE = 8
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ADDRESS = re.compile(
    r"\+(?P<kind>[ca])(?P<ticket>[0-9a-z]{1,12})-(?P<person>[0-9a-z]{1,12})"
    r"-(?P<day>[0-9a-z]{1,5})-(?P<signature>[a-z2-7]{20})@"
)
_SUBJECT = re.compile(r"(?i)\[#(?P<number>\d{1,15})-(?P<signature>[a-z2-7]{8})\]")

PersonKind = Literal["c", "a"]


@dataclass(frozen=True)
class ReplyAddress:
    """What a valid reply address says: for which ticket (id) and which participant or agent (id) it was made."""

    kind: PersonKind
    ticket: int
    person: int
    is_expired: bool


def reply_address(mailbox: str, kind: PersonKind, ticket: int, person: int) -> str:
    """The address at which this person's answers to this ticket arrive."""
    local, _at, domain = mailbox.partition("@")
    day = _day(clock.now() + AGENT_ADDRESS_LIFETIME) if kind == "a" else 0
    signature = secrets.sign("reply-address", kind, ticket, person, day)
    return f"{local}+{kind}{_base36(ticket)}-{_base36(person)}-{_base36(day)}-{signature}@{domain}"


def read_reply_address(address: str) -> ReplyAddress | None:
    """What the address says if its signature is ours, else nothing."""
    match = _ADDRESS.search(address.lower())
    if match is None:
        return None
    kind: PersonKind = "a" if match["kind"] == "a" else "c"
    ticket, person, day = int(match["ticket"], 36), int(match["person"], 36), int(match["day"], 36)
    if not secrets.signature_fits(match["signature"], "reply-address", kind, ticket, person, day):
        return None
    return ReplyAddress(kind, ticket, person, is_expired=kind == "a" and day < _day(clock.now()))


def subject_token(number: int) -> str:
    """The token that stands in the subject of each letter of this ticket (F118)."""
    return f"[#{number}-{secrets.sign('subject', number, length=SUBJECT_SIGNATURE)}]"


def read_subject_token(subject: str) -> int | None:
    """The number of the ticket whose token the subject carries, if the signature is ours."""
    for match in _SUBJECT.finditer(subject.lower()):
        number = int(match["number"])
        expected = secrets.sign("subject", number, length=SUBJECT_SIGNATURE)
        if hmac.compare_digest(match["signature"].encode(), expected.encode()):
            return number
    return None


def without_token(subject: str) -> str:
    """The subject as people wrote it."""
    return " ".join(_SUBJECT.sub("", subject).split())


def _day(moment: datetime) -> int:
    return (moment - datetime(2020, 1, 1, tzinfo=UTC)).days


def _base36(value: int) -> str:
    text = ""
    while value:
        value, digit = divmod(value, 36)
        text = DIGITS[digit] + text
    return text or "0"
