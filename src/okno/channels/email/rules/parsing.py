"""A raw letter to plain facts. Never raises: what is wrong with a letter is told in its `problems`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from okno.channels.email.rules.addresses import parse_addresses
from okno.channels.email.rules.body import Body, read_body
from okno.channels.email.rules.bounces import Report, find_report
from okno.channels.email.rules.charsets import clean_text
from okno.channels.email.rules.dates import parse_date
from okno.channels.email.rules.headers import Fields, decode_field
from okno.channels.email.rules.html_size import is_too_complex
from okno.channels.email.rules.html_text import html_to_text
from okno.channels.email.rules.identifiers import first_message_id, message_ids
from okno.channels.email.rules.kinds import classify, first_token, read_return_path
from okno.channels.email.rules.letter import Address, Kind, ParsedLetter
from okno.channels.email.rules.limits import DEFAULT_LIMITS, Limits
from okno.channels.email.rules.problems import Problems
from okno.channels.email.rules.splitting import Part, split_letter

_MEASURED_FOR_LINE_ENDS = 65_536
_SOMETHING = re.compile(rb"\S")
_MAX_SUBJECT = 50_000


@dataclass(slots=True)
class _Facts:
    """The header of a letter read into facts."""

    addresses: dict[str, list[Address]] = field(default_factory=dict)
    subject: str = ""
    date: datetime | None = None
    message_id: str | None = None
    in_reply_to: str | None = None
    references: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Texts:
    """The body cut into what is new and what is quoted."""

    new: str = ""
    quoted: str = ""
    html: str = ""
    html_quoted: str = ""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The kind of a letter, the reason for it, and the delivery report it is, if any."""

    kind: Kind
    reason: str
    report: Report | None


def parse_letter(raw: bytes, *, limits: Limits = DEFAULT_LIMITS) -> ParsedLetter:
    """Everything about a letter that can be had from its bytes; no bytes make it fail."""
    problems = Problems()
    try:
        return _parse(raw, limits, problems)
    except (MemoryError, RecursionError) as error:
        problems.add(f"the letter could not be read: {type(error).__name__}")
    except Exception as error:  # the promise holds for what no one has thought of
        problems.add(f"the letter could not be read: {type(error).__name__}: {error}"[:300])
    return replace(_EMPTY, problems=problems.all())


def _parse(raw: bytes, limits: Limits, problems: Problems) -> ParsedLetter:
    if len(raw) > limits.letter_bytes:
        problems.add("the letter is too large; its end was not read")
        raw = raw[: limits.letter_bytes]
    raw = _with_usual_line_ends(raw)
    root = split_letter(raw, limits, problems)
    if _SOMETHING.search(raw) is None:
        problems.add("the letter is empty")
    elif not len(root.fields):
        problems.add("the letter has no header")
    root.fields.charset = root.fields.charset or _charset_within(root)
    body = _guarded(lambda: read_body(root, raw, limits, problems), Body(), "body", problems)
    facts = _Facts()
    _guarded(lambda: _read_header(facts, root.fields, limits, problems), None, "header", problems)
    judged = _judge(root, raw, body, limits, problems)
    texts = _Texts(new=body.text, html=body.html)
    if judged.kind != "bounce":
        texts = _guarded(lambda: _cut(body, limits, problems), texts, "quotation", problems)
    return _letter(root.fields, (facts, body, texts, judged), problems)


def _judge(root: Part, raw: bytes, body: Body, limits: Limits, problems: Problems) -> _Verdict:
    nothing: Report | None = None
    report = _guarded(lambda: find_report(root, raw, body.text, limits), nothing, "delivery report", problems)
    unknown: tuple[Kind, str] = ("letter", "the kind could not be found out")
    kind, reason = _guarded(lambda: classify(root.fields, report, body.calendar_method), unknown, "kind", problems)
    return _Verdict(kind, reason, report)


def _guarded[T](step: Callable[[], T], otherwise: T, what: str, problems: Problems) -> T:
    """A step of reading whose failure costs that step only."""
    try:
        return step()
    except Exception as error:  # one step must not cost the rest of the letter
        problems.add(f"the {what} could not be read: {type(error).__name__}: {error}"[:300])
        return otherwise


def _with_usual_line_ends(raw: bytes) -> bytes:
    """Lone carriage returns and doubled ones, as some gateways write them, to usual line ends."""
    head = raw[:_MEASURED_FOR_LINE_ENDS]
    if b"\r\r\n" in head:
        raw = raw.replace(b"\r\r\n", b"\r\n")
    if b"\r" in head and b"\n" not in head:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw


def _charset_within(root: Part) -> str:
    """The charset of the first text of the letter, in which an unencoded header is written too."""
    waiting = list(root.children)
    while waiting:
        part = waiting.pop(0)
        if part.fields.charset:
            return part.fields.charset
        waiting[:0] = part.children
    return ""


def _read_header(facts: _Facts, fields: Fields, limits: Limits, problems: Problems) -> None:
    for name in ("From", "To", "Cc", "Reply-To"):
        found, wrong = parse_addresses(", ".join(fields.all(name)[:50]), limits.addresses)
        facts.addresses[name] = found
        for problem in wrong:
            problems.add(f"{name}: {problem}")
    _check_sender(facts, fields, problems)
    facts.subject = fields.decoded("Subject")[:_MAX_SUBJECT]
    facts.date, wrong_date = parse_date(fields.first("Date"))
    if wrong_date:
        problems.add(wrong_date)
    facts.message_id = first_message_id(fields.first("Message-ID"))
    if facts.message_id is None:
        problems.add("the letter has no Message-ID")
    facts.in_reply_to = next(iter(message_ids(fields.first("In-Reply-To"))), None)
    facts.references = message_ids(" ".join(fields.all("References")[:20]), limits.references)
    facts.headers = fields.everything()


def _check_sender(facts: _Facts, fields: Fields, problems: Problems) -> None:
    senders = facts.addresses["From"]
    if not senders:
        facts.addresses["From"], _ = parse_addresses(fields.first("Sender"))
        problems.add(
            "the letter has no sender address" if not facts.addresses["From"] else "Sender stands for From"
        )
    elif len(senders) > 1:
        problems.add("several addresses in From; the first is the sender")
    if len(fields.all("From")) > 1:
        problems.add("several From headers")


def _cut(body: Body, limits: Limits, problems: Problems) -> _Texts:
    """What is new apart from what is quoted; without plain text, the HTML decides."""
    from okno.channels.email.rules.cutting import cut_reply, cut_reply_html

    html, html_quoted = body.html, ""
    if is_too_complex(body.html, limits):
        problems.add("the HTML is too large to look for quoted text")
    elif body.html.strip():
        html, html_quoted = cut_reply_html(body.html)
    if body.text_from_html and html_quoted.strip():
        return _Texts(html_to_text(html, limits), html_to_text(html_quoted, limits), html, html_quoted)
    new, quoted = body.text, ""
    if body.text.count("\n") > limits.cut_lines:
        problems.add("the text has too many lines to look for quoted text")
    else:
        new, quoted = cut_reply(body.text)
    return _Texts(new, quoted, html, html_quoted)


def _letter(fields: Fields, found: tuple[_Facts, Body, _Texts, _Verdict], problems: Problems) -> ParsedLetter:
    facts, body, texts, verdict = found
    report = verdict.report
    return ParsedLetter(
        from_=facts.addresses.get("From", []),
        to=facts.addresses.get("To", []),
        cc=facts.addresses.get("Cc", []),
        reply_to=facts.addresses.get("Reply-To", []),
        subject=facts.subject,
        date=facts.date,
        message_id=facts.message_id,
        in_reply_to=facts.in_reply_to,
        references=facts.references,
        text=clean_text(texts.new).strip("\n"),
        quoted=clean_text(texts.quoted).strip("\n"),
        full_text=body.text.strip("\n"),
        html=clean_text(texts.html),
        html_quoted=clean_text(texts.html_quoted),
        html_full=body.html,
        attachments=body.attachments,
        kind=verdict.kind,
        kind_reason=verdict.reason,
        bounce=report.bounce if report else None,
        headers=facts.headers,
        problems=problems.all(),
        auto_submitted=first_token(fields.first("Auto-Submitted")),
        precedence=first_token(fields.first("Precedence")),
        list_id=decode_field(fields.first("List-Id")),
        x_loop=[decode_field(value) for value in fields.all("X-Loop")[:20]],
        return_path=read_return_path(fields.first("Return-Path")),
    )


_EMPTY = ParsedLetter(
    from_=[], to=[], cc=[], reply_to=[], subject="", date=None, message_id=None, in_reply_to=None, references=[],
    text="", quoted="", full_text="", html="", html_quoted="", html_full="", attachments=[], kind="letter",
    kind_reason="the letter could not be read", bounce=None, headers=[], problems=[],
)  # fmt: skip
