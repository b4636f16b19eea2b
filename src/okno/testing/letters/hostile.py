"""Letters meant to exhaust their reader: floods, depths, heights. Built when asked for, some of them large."""

from __future__ import annotations

import base64
from collections.abc import Callable

from okno.testing.letters.tnef import winmail

_HEAD = b"From: Eve <eve@kawa.example>\r\nTo: support@okno.example\r\nSubject: Hostile\r\nMessage-ID: <eve@kawa.example>\r\n"
MEGABYTE = 1024 * 1024


def _body(content_type: str, body: bytes, encoding: str = "7bit") -> bytes:
    return (
        _HEAD + b"MIME-Version: 1.0\r\nContent-Type: " + content_type.encode() + b"\r\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\r\n\r\n" + body
    )


def _header(name: str, value: bytes) -> bytes:
    rows = [
        row for row in _HEAD.splitlines(keepends=True) if not row.lower().startswith(name.lower().encode() + b":")
    ]
    return b"".join(rows) + name.encode() + b": " + value + b"\r\n\r\nText.\r\n"


def _many_parts(count: int = 10_000) -> bytes:
    return _body(
        'multipart/mixed; boundary="b"', b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * count + b"--b--\r\n"
    )


def _many_files(count: int = 10_000) -> bytes:
    one = b'--b\r\nContent-Type: application/pdf; name="a.pdf"\r\n\r\nx\r\n'
    return _body('multipart/mixed; boundary="b"', one * count + b"--b--\r\n")


def _deep(levels: int = 1000) -> bytes:
    opening = b"".join(
        b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (n, n + 1) for n in range(levels)
    )
    return _body(
        'multipart/mixed; boundary="b0"', opening + b"--b%d\r\n\r\nDeep.\r\n--b%d--\r\n" % (levels, levels)
    )


def _deep_letters(levels: int = 1000) -> bytes:
    return _body("message/rfc822", b"Subject: x\r\nContent-Type: message/rfc822\r\n\r\n" * levels + b"Text.")


def _deep_with_mass() -> bytes:
    """Containers that never end around a large text: outer boundaries are sought in all of it."""
    opening = b"".join(
        b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (n, n + 1) for n in range(60)
    )
    return _body('multipart/mixed; boundary="b0"', opening + b"\r\n--bx" * (4 * MEGABYTE))


def _siblings_without_end() -> bytes:
    one = b'--b\r\nContent-Type: multipart/mixed; boundary="never"\r\n\r\ntext\r\n'
    return _body('multipart/mixed; boundary="b"', one * 900 + b"x" * (30 * MEGABYTE) + b"\r\n--b--\r\n")


HOSTILE: dict[str, Callable[[], bytes]] = {
    "parts-10k": _many_parts,
    "files-10k": _many_files,
    "depth-1k": _deep,
    "letters-in-letters-1k": _deep_letters,
    "depth-with-mass": _deep_with_mass,
    "siblings-without-end": _siblings_without_end,
    "header-100mb-one-line": lambda: _header("X-Long", b"x" * (100 * MEGABYTE)),
    "header-100mb-many-lines": lambda: _header("X-Many", b"y\r\nX-Many: y" * (8 * MEGABYTE)),
    "header-100mb-folded": lambda: _header("Subject", b"y\r\n y" * (20 * MEGABYTE)),
    "header-without-end": lambda: b"Subject: x\r\n" * (4 * MEGABYTE),
    "line-ends-only": lambda: b"\n" * (50 * MEGABYTE),
    "doubled-returns": lambda: _body("text/plain", b"a\r\r\n" * (5 * MEGABYTE)),
    "divs-300": lambda: _body("text/html", b"<div>" * 300 + b"x" + b"</div>" * 300),
    "divs-100k": lambda: _body("text/html", b"<div>" * 100_000 + b"x"),
    "blockquotes-70k": lambda: _body("text/html", b"<blockquote>x" * 70_000),
    "lists-70k": lambda: _body("text/html", b"<ul><li>x" * 70_000),
    "links-70k": lambda: _body("text/html", b"<a href=https://kawa.example>x" * 70_000),
    "html-10mb-text": lambda: _body("text/html", b"<p>" + b"word " * (2 * MEGABYTE) + b"</p>"),
    "html-10mb-tags": lambda: _body("text/html", b"<b>x</b>" * (MEGABYTE * 10 // 8)),
    "html-10mb-open": lambda: _body("text/html", b"<" * (10 * MEGABYTE)),
    "html-10mb-attribute": lambda: _body("text/html", b"<p " + b"a " * (5 * MEGABYTE) + b">x"),
    "html-10mb-scripts": lambda: _body("text/html", b"<script>" * (MEGABYTE * 10 // 8)),
    "html-10mb-entities": lambda: _body("text/html", b"&amp;" * (2 * MEGABYTE)),
    "text-10mb-lines": lambda: _body(
        "text/plain; charset=utf-8", "Строка текста.\r\n".encode() * (MEGABYTE * 10 // 27)
    ),
    "text-10mb-one-line": lambda: _body("text/plain", b"word " * (2 * MEGABYTE)),
    "text-10mb-one-word": lambda: _body("text/plain", b"x" * (10 * MEGABYTE)),
    "text-10mb-quote-marks": lambda: _body("text/plain", b">" * (10 * MEGABYTE)),
    "text-10mb-quoted-lines": lambda: _body("text/plain", b"> q\r\n" * (2 * MEGABYTE)),
    "text-10mb-empty-lines": lambda: _body("text/plain", b"\r\n" * (5 * MEGABYTE)),
    "text-10mb-dashes": lambda: _body("text/plain", b"-" * (10 * MEGABYTE)),
    "text-10mb-flowed": lambda: _body("text/plain; format=flowed; delsp=yes", b"a \r\n" * (MEGABYTE * 10 // 4)),
    "text-10mb-begin": lambda: _body("text/plain", b"begin 644 a\r\n" * (MEGABYTE * 10 // 13)),
    "text-10mb-koi8": lambda: _body("text/plain", "привет мир ".encode("koi8-r") * (MEGABYTE * 10 // 11), "8bit"),
    "text-10mb-random": lambda: _body("text/plain", bytes(range(128, 256)) * (MEGABYTE * 10 // 128), "8bit"),
    "text-10mb-addresses": lambda: _body("text/plain", b"a@b." * (MEGABYTE * 10 // 4)),
    "qp-flood": lambda: _body("text/plain", b"=" * (20 * MEGABYTE), "quoted-printable"),
    "qp-escapes": lambda: _body("text/plain", b"=3D" * (7 * MEGABYTE), "quoted-printable"),
    "base64-padding": lambda: _body("text/plain", b"=" * (20 * MEGABYTE), "base64"),
    "base64-blocks": lambda: _body("text/plain", b"QQ==\r\n" * (3 * MEGABYTE), "base64"),
    "base64-noise": lambda: _body("application/pdf", b"!\r\n" * (7 * MEGABYTE), "base64"),
    "base64-40mb": lambda: _body("application/pdf", base64.b64encode(b"x" * (34 * MEGABYTE)), "base64"),
    "delimiters-false": lambda: _body(
        'multipart/mixed; boundary="b"', b"--b\r\n\r\n" + b"--bb\r\n" * (4 * MEGABYTE)
    ),
    "delimiters-short": lambda: _body('multipart/mixed; boundary="-"', b"-" * (30 * MEGABYTE)),
    "type-parameters": lambda: _body("text/plain" + "; a=b" * 6000, b"x"),
    "type-sections": lambda: _body("text/plain" + "".join(f"; a*{n}*=b" for n in range(3000)), b"x"),
    "type-quotes": lambda: _body('text/plain; a="' + '\\"' * 15_000, b"x"),
    "words-many": lambda: _header("Subject", b"=?utf-8?Q?a?= " * 17_000),
    "words-open": lambda: _header("Subject", b"=?utf-8?Q?a " * 20_000),
    "words-nested": lambda: _header("Subject", b"=?" * 120_000),
    "words-questions": lambda: _header("Subject", b"=?a?q?" + b"?=41" * 60_000),
    "addresses-angles": lambda: _header("From", b"<" * 240_000),
    "addresses-comments": lambda: _header("From", b"(" * 240_000),
    "addresses-quotes": lambda: _header("From", b'"\\' * 120_000),
    "addresses-quotes-open": lambda: _header("From", b'"a' * 120_000),
    "addresses-commas": lambda: _header("To", b"," * 240_000),
    "addresses-names": lambda: _header("To", b"a," * 120_000),
    "addresses-groups": lambda: _header("To", b"a:" * 120_000),
    "addresses-many": lambda: _header("To", b"a@b.example," * 20_000),
    "addresses-words": lambda: _header("From", b"=?utf-8?Q?=22?=," * 14_000),
    "references-many": lambda: _header("References", b"<a@b> " * 40_000),
    "references-open": lambda: _header("References", b"<a" * 120_000),
    "date-long": lambda: _header("Date", b"1 " * 120_000),
    "tnef-attributes": lambda: _body(
        "application/ms-tnef", winmail({}) + b"\x02\x02\x90\x06\x00\x00\x00\x00\x00\x00\x00" * MEGABYTE, "binary"
    ),
    "tnef-properties": lambda: _body(
        "application/ms-tnef",
        winmail({})[:6]
        + b"\x01\x03\x90\x06\x00"
        + (4 * MEGABYTE).to_bytes(4, "little")
        + b"\xff\xff\xff\xff"
        + b"\x01\x00\x01\x00" * MEGABYTE,
        "binary",
    ),
    "calendar-folds": lambda: _body("text/calendar", b"BEGIN:VEVENT\r\nSUMMARY:" + b"a\r\n " * (2 * MEGABYTE)),
    "calendar-quotes": lambda: _body("text/calendar", b"BEGIN:VEVENT\r\nSUMMARY;" + b'"' * (5 * MEGABYTE)),
    "status-groups": lambda: _body(
        "message/delivery-status", b"Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n\r\n" * 200_000
    ),
    "charset-utf7": lambda: _body("text/plain; charset=utf-7", b"+AAA-" * (2 * MEGABYTE)),
    "charset-punycode": lambda: _body("text/plain; charset=punycode", b"a-" + b"9" * MEGABYTE),
    "charset-name": lambda: _body("text/plain; charset=" + "x-" * 10_000, b"\xff" * 100),
    "text-astral-12mb": lambda: _body(
        "text/plain; charset=utf-8", "😀".encode() + b"a\r\n" * (4 * MEGABYTE), "8bit"
    ),
}
