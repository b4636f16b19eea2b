"""The bytes of letters, read back by parsers that had no part in writing them."""

from __future__ import annotations

import email.policy
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okno.channels.email import loop
from okno.channels.email.outgoing import headers
from okno.channels.email.outgoing.composing import Composition, File, compose
from okno.channels.email.rules.parsing import parse_letter

DATE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIELDS = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", loop.HEADER]
NASTY = [
    "Marta\r\nBcc: thief@evil.example",
    "Marta\nBcc: thief@evil.example",
    "Marta\rBcc: thief@evil.example",
    "Marta\x00Nowak",
    "Nowak, Marta",
    "Marta; thief@evil.example",
    "Marta <thief@evil.example>",
    '"Marta" <thief@evil.example>, "x',
    'a"b\\"c',
    "thief@evil.example, other@evil.example",
    "evil\u202eelpmaxe.kawa@atram",
    "\u2066Marta\u2069",
    "=?utf-8?q?Marta=0D=0ABcc:_thief=40evil.example?=",
    "=?utf-8?b?bWFydGE8dGhpZWZAZXZpbC5leGFtcGxlPg==?=",
    "Группа: thief@evil.example;",
    "Zażółć gęślą jaźń " * 20,
    "\u2028Subject: other\u2029",
    "\x85Bcc: thief@evil.example",
    " \t ",
    "",
    "😀" * 60,
]


def letter(**changes: object) -> Composition:
    facts: dict[str, object] = {
        "sender": ("Olena Kravets via Vikno", "support@vikno.example"),
        "recipient": ("Marta Nowak", "marta@kawa.example"),
        "reply_to": "support+c1-1-0-abcdefghijklmnopqrst@vikno.example",
        "subject": "Re: Printer burns",
        "token": "[#1042-k7x2m9qa]",
        "header_id": "<0123456789abcdef@vikno.example>",
        "date": DATE,
        "text": "Use water.\n",
        "html": "<p>Use water.</p>",
        "in_reply_to": "<a@kawa.example>",
        "references": ("<a@kawa.example>",),
    }
    return Composition(**(facts | changes))


def check_headers(raw: bytes, expected: list[str] = FIELDS) -> None:
    """Two parsers see the same fields, one From and one To, and the recipient that was meant."""
    head = raw.split(b"\r\n\r\n", 1)[0]
    assert head.isascii()
    assert all(len(line) <= 200 for line in head.split(b"\r\n"))
    assert b"\n" not in head.replace(b"\r\n", b"")
    old = message_from_bytes(raw)
    assert old.keys() == [*expected, "MIME-Version", "Content-Type"]
    recipients = getaddresses([old["To"]])
    assert [address for _name, address in recipients] == ["marta@kawa.example"]
    decoded = str(make_header(decode_header(old["To"])))
    assert [address for _name, address in getaddresses([decoded])] == ["marta@kawa.example"]
    modern = message_from_bytes(raw, policy=email.policy.default)
    assert [each.addr_spec for each in modern["To"].addresses] == ["marta@kawa.example"]
    assert len(modern["From"].addresses) == len(modern["Reply-To"].addresses) == 1
    ours = parse_letter(raw)
    assert [each.address for each in ours.to] == ["marta@kawa.example"]
    assert [each.address for each in ours.from_] == ["support@vikno.example"]
    assert not old.defects


@pytest.mark.parametrize("text", NASTY)
def test_nothing_in_names_and_subjects_becomes_a_header_or_a_recipient_t10(text: str) -> None:
    raw = compose(
        letter(
            sender=(text, "support@vikno.example"),
            recipient=(text, "marta@kawa.example"),
            subject=f"Re: {text}",
            files=(File(text, "application/pdf", b"%PDF"),),
        )
    )
    check_headers(raw)
    decoded = str(make_header(decode_header(message_from_bytes(raw)["Subject"].replace("\r\n ", " "))))
    assert decoded.endswith("[#1042-k7x2m9qa]")
    assert not any(mark in decoded for mark in "\r\n\x00\u202e\u2066\u2028")


@settings(max_examples=150, deadline=None)
@given(name=st.text(max_size=80), subject=st.text(max_size=300), file=st.text(max_size=60))
def test_any_text_keeps_one_recipient_and_the_same_headers_t10(name: str, subject: str, file: str) -> None:
    check_headers(
        compose(
            letter(
                sender=(name, "support@vikno.example"),
                recipient=(name, "marta@kawa.example"),
                subject=subject,
                files=(File(file, "image/png", b"x"),),
            )
        )
    )


@pytest.mark.parametrize(
    "address",
    ["marta@kawa.example\r\nRCPT TO:<x@evil.example>", "a@b.example, c@d.example", "<a@b.example>", "a b@c.example",
     "marta", "", "a@b.example>", "a\x00@b.example", "@b.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_t10(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        compose(letter(recipient=("Marta", address)))


@pytest.mark.parametrize("name", NASTY)
def test_file_names_stay_one_parameter_t10(name: str) -> None:
    raw = compose(letter(files=(File(name, "application/pdf", b"%PDF-1"),)))
    parts = [part for part in message_from_bytes(raw).walk() if not part.is_multipart()]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "application/pdf"]
    assert parts[2].keys() == ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version"]
    (read,) = parse_letter(raw).attachments
    assert read.name
    assert not any(mark in read.name for mark in '\r\n\x00"<>;,/\\\u202e\u2066')
    assert read.content == b"%PDF-1"


@pytest.mark.parametrize(
    ("declared", "sent"),
    [
        ("application/pdf", "application/pdf"),
        ("IMAGE/PNG", "image/png"),
        ("text/html; charset=x", "application/octet-stream"),
        ("message/rfc822", "application/octet-stream"),
        ("multipart/mixed", "application/octet-stream"),
        ("image/png\r\nBcc: x@y.example", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_types_of_files(declared: str, sent: str) -> None:
    raw = compose(letter(files=(File("a.bin", declared, b"\x00\xff" * 500),)))
    (part,) = [part for part in message_from_bytes(raw).walk() if part.get_filename()]
    assert part.get_content_type() == sent
    assert part.get_payload(decode=True) == b"\x00\xff" * 500


def test_structure_of_a_letter_with_picture_and_file() -> None:
    raw = compose(
        letter(
            html='<p><img src="cid:p1@vikno.example"></p>',
            pictures=(File("p.png", "image/png", b"png", "p1@vikno.example"),),
            files=(File("счёт.pdf", "application/pdf", b"%PDF"),),
        )
    )
    parts = [part.get_content_type() for part in message_from_bytes(raw).walk()]
    assert parts == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    read = parse_letter(raw)
    assert [(each.name, each.inline, each.content_id) for each in read.attachments] == [
        ("p.png", True, "p1@vikno.example"),
        ("счёт.pdf", False, ""),
    ]


@pytest.mark.parametrize(
    "text", ["Zażółć", "Привет, мир", "我好" * 3000, "x" * 5000, "a\n.\nb\n..\nFrom here\n", "😀"]
)
def test_bodies_survive_in_seven_bits(text: str) -> None:
    raw = compose(letter(text=text, html=f"<p>{text}</p>"))
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 200
    part = next(part for part in message_from_bytes(raw).walk() if part.get_content_type() == "text/plain")
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")


def test_only_automatic_letters_say_that_they_are() -> None:
    plain, automatic = (message_from_bytes(compose(letter(is_automatic=flag))) for flag in (False, True))
    for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "Precedence"):
        assert plain[name] is None
    assert automatic["Auto-Submitted"] == "auto-replied"
    assert automatic["X-Auto-Response-Suppress"] == "All"
    assert automatic["Precedence"] == "bulk"
    assert not any(name.lower().startswith("list-") for name in automatic)


def test_the_loop_mark_is_known_again_t6() -> None:
    read = message_from_bytes(compose(letter()))
    assert loop.is_ours(read.get_all(loop.HEADER, []))
    assert not loop.is_ours(["", "x", "a" * 24])


def test_ids_that_are_none_stay_out_of_the_chain() -> None:
    nasty = ("<a b@c>", "x@y", "<a\r\nBcc: x@y>", "<ok@kawa.example>", "<é@kawa.example>", "<ok@kawa.example>")
    raw = compose(letter(references=nasty, in_reply_to="<a\r\n b>"))
    read = message_from_bytes(raw)
    assert read["References"] == "<ok@kawa.example>"
    assert read["In-Reply-To"] is None


def test_a_value_with_a_bare_line_break_is_never_written() -> None:
    with pytest.raises(ValueError, match="line break"):
        headers.header_block([("X", "a\nb")])


def test_an_international_address_is_written_in_utf8() -> None:
    raw = compose(letter(recipient=("Марта", "марта@kawa.example")))
    assert [each.address for each in parse_letter(raw).to] == ["марта@kawa.example"]
