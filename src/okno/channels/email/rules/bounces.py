"""Reports of failed delivery: those of RFC 3464 in RFC 6522, and the many that follow no standard."""

from __future__ import annotations

import re
from dataclasses import dataclass

from okno.channels.email.rules.addresses import normalise_address
from okno.channels.email.rules.bounce_words import (
    BOUNCE_SUBJECTS,
    BOUNCE_TEXTS,
    COPY_MARKERS,
    DELAY_WORDS,
    DIAGNOSTIC_MARKERS,
)
from okno.channels.email.rules.headers import Fields, read_fields
from okno.channels.email.rules.identifiers import first_message_id
from okno.channels.email.rules.letter import Bounce
from okno.channels.email.rules.limits import Limits
from okno.channels.email.rules.problems import Problems
from okno.channels.email.rules.reading import PartReader
from okno.channels.email.rules.splitting import Part

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.])([45])\d{2}(?=[ -])")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=/~&'*!#$-]{1,64}+@[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){1,8}+")
_MESSAGE_ID = re.compile(r"^[> \t]{0,8}Message-ID:[ \t]{0,8}(<[^<>\s]{3,500}>)", re.IGNORECASE | re.MULTILINE)
_SENDERS = ("mailer-daemon", "postmaster", "mail-daemon", "maildaemon", "mailerdaemon", "microsoftexchange")
_TEXT_LOOKED_AT = 60_000
_MAX_RECIPIENTS = 100
_REPORT_TYPES = ("message/delivery-status", "message/global-delivery-status")
_RETURNED_TYPES = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/global",
    "message/global-headers",
    "message/partial",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a letter says about delivery: a failure, or only that a letter arrived or was read."""

    bounce: Bounce | None
    reason: str


def find_report(root: Part, raw: bytes, text: str, limits: Limits) -> Report | None:
    """The delivery report a letter is, or None for every other letter."""
    parts = _leaves(root)
    reader = PartReader(raw, limits, Problems())
    status = next((part for part in parts if part.content_type in _REPORT_TYPES), None)
    if status is not None:
        return _standard(status, parts, root, reader, text)
    if any(part.content_type == "message/disposition-notification" for part in parts):
        return Report(None, "read receipt")
    return _other(root, parts, reader, text)


def _leaves(root: Part) -> list[Part]:
    found = []
    waiting = [root]
    while waiting:
        part = waiting.pop()
        found.append(part)
        waiting.extend(reversed(part.children))
    return found


def _standard(status: Part, parts: list[Part], root: Part, reader: PartReader, text: str) -> Report:
    groups = _groups(reader.text(status))
    recipients: list[str] = []
    codes: list[str] = []
    actions: set[str] = set()
    for group in groups:
        action = group.first("Action").lower().split(" ")[0]
        address = _recipient(group)
        if not action and not address:
            continue
        actions.add(action)
        if action in ("failed", "delayed", ""):
            recipients += [address] if address else []
            found = _STATUS.search(group.first("Status")) or _STATUS.search(group.first("Diagnostic-Code"))
            codes += [found.group(0)] if found else []
    if actions and actions <= {"delivered", "relayed", "expanded"}:
        return Report(None, "delivery report: delivered")
    recipients = recipients or _recipients_of_text(_before_diagnostics(_own_words(text)))
    code = codes[0] if codes else _code_of_text(_own_words(text))
    permanent = ("failed" in actions or not actions) and not (code or "5").startswith("4")
    bounce = Bounce(_distinct(recipients), code, permanent, _original_id(parts, root, reader, text))
    return Report(bounce, "delivery report: failed" if permanent else "delivery report: delayed")


def _groups(text: str) -> list[Fields]:
    groups = []
    for block in re.split(r"\n[ \t]*\n", text.strip()[:_TEXT_LOOKED_AT])[: _MAX_RECIPIENTS + 1]:
        fields, _, _ = read_fields(block.strip("\n").encode("utf-8", "replace"), 50)
        groups.append(Fields(fields))
    return groups


def _recipient(group: Fields) -> str | None:
    for name in ("Original-Recipient", "Final-Recipient", "X-Actual-Recipient"):
        _, _, value = group.first(name).rpartition(";")
        address = normalise_address(value.strip().strip("<>"))
        if address:
            return address
    return None


def _other(root: Part, parts: list[Part], reader: PartReader, text: str) -> Report | None:
    """Bounces without a standard report: known by a header, or by two of sender, subject and wording."""
    fields = root.fields
    own = _own_words(text)
    listed = fields.first("X-Failed-Recipients")
    reason = _evidence(fields, own) if not listed else "X-Failed-Recipients"
    if reason is None:
        return None
    recipients = _recipients_of_text(listed) or _recipients_of_text(_before_diagnostics(own))
    code = _code_of_text(own)
    delayed = any(word in own.lower() for word in DELAY_WORDS) or any(
        word in fields.decoded("Subject").lower() for word in DELAY_WORDS
    )
    permanent = not delayed and not (code or "5").startswith("4")
    original = _original_id(parts, root, reader, text)
    return Report(Bounce(_distinct(recipients), code, permanent, original), f"bounce without a report: {reason}")


def _evidence(fields: Fields, own: str) -> str | None:
    sender = fields.first("From").lower()
    local = sender.rpartition("<")[2].partition("@")[0].strip(' "')
    by_sender = local.startswith(_SENDERS) or fields.first("Return-Path").strip() == "<>"
    subject = fields.decoded("Subject").lower()
    by_subject = subject.startswith(BOUNCE_SUBJECTS)
    by_text = any(phrase in own.lower() for phrase in BOUNCE_TEXTS)
    if by_sender and by_text:
        return "sender and wording"
    if by_sender and by_subject:
        return "sender and subject"
    return None


def _own_words(text: str) -> str:
    """What the mail server says itself, without the copy of the letter below it."""
    return _before(text[:_TEXT_LOOKED_AT], COPY_MARKERS)


def _before_diagnostics(own: str) -> str:
    return _before(own, DIAGNOSTIC_MARKERS)


def _before(text: str, markers: tuple[str, ...]) -> str:
    small = text.lower()
    ends = [place for marker in markers if (place := small.find(marker)) > 0]
    return text[: min(ends)] if ends else text


def _recipients_of_text(text: str) -> list[str]:
    found = (normalise_address(one.group(0).strip(".'")) for one in _ADDRESS.finditer(text))
    return [one for one in found if one and not one.startswith(("mailer-daemon@", "postmaster@"))]


def _code_of_text(text: str) -> str | None:
    found = _STATUS.search(text)
    if found:
        return found.group(0)
    reply = _REPLY_CODE.search(text)
    return f"{reply.group(1)}.0.0" if reply else None


def _original_id(parts: list[Part], root: Part, reader: PartReader, text: str) -> str | None:
    """The bounced letter's id: from the returned header, from the text, or from what the report answers."""
    for part in parts:
        if part.content_type in _RETURNED_TYPES:
            flat = reader.data(part)[:_TEXT_LOOKED_AT].replace(b"\r\n", b"\n").lstrip(b"\n")
            fields, _, _ = read_fields(flat.partition(b"\n\n")[0], 500)
            found = first_message_id(Fields(fields).first("Message-ID"))
            if found:
                return found
    written = _MESSAGE_ID.search(text[:_TEXT_LOOKED_AT])
    if written:
        return written.group(1)
    for name in ("X-Original-Message-ID", "In-Reply-To", "References"):
        found = first_message_id(root.fields.first(name))
        if found:
            return found
    return None


def _distinct(recipients: list[str]) -> list[str]:
    return list(dict.fromkeys(recipients))[:_MAX_RECIPIENTS]
