"""Bricks for letters of our own making, in the shapes that real programs write."""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.charset import QP, Charset
from email.header import Header
from functools import lru_cache

CRLF = b"\r\n"
Headers = list[tuple[str, str | bytes]]


@dataclass(frozen=True, slots=True)
class CorpusLetter:
    """One letter and what is to be read from it: sender, subject, new text, files by name (SHA-256), kind."""

    name: str
    build: Callable[[], bytes] = field(repr=False)
    sender: str
    subject: str
    text: str
    files: dict[str, str] = field(default_factory=dict)
    kind: str = "letter"
    quotes: bool = False
    large: bool = False

    @property
    def raw(self) -> bytes:
        """The letter as it travels, CRLF at the ends of its lines; built when it is first asked for."""
        return _built(self.build)


@lru_cache(maxsize=512)
def _built(build: Callable[[], bytes]) -> bytes:
    return build()


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def word(text: str, charset: str = "utf-8", encoding: str = "B") -> str:
    """Text as encoded words of RFC 2047 in lines of proper length."""
    how = Charset(charset)
    if encoding == "Q":
        how.header_encoding = QP
    return Header(text, how, maxlinelen=75).encode(linesep="\r\n")


def one_word(text: str, charset: str = "utf-8") -> str:
    """Text as a single encoded word however long it gets, as many programs write it."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode('ascii')}?="


def crlf(text: str, charset: str = "utf-8") -> bytes:
    """Text as 8-bit lines."""
    return text.replace("\n", "\r\n").encode(charset)


def b64(content: bytes, width: int = 76) -> bytes:
    """Base64 in lines."""
    letters = base64.b64encode(content)
    return CRLF.join(letters[place : place + width] for place in range(0, len(letters), width)) + CRLF


def qp(text: str, charset: str = "utf-8") -> bytes:
    """Quoted-printable of text, lines within 76 characters."""
    lines = []
    for line in text.split("\n"):
        raw = line.encode(charset)
        escaped = [f"={byte:02X}" if byte > 126 or byte == 61 or byte < 32 else chr(byte) for byte in raw]
        if escaped and escaped[-1] == " ":
            escaped[-1] = "=20"
        row = ""
        for piece in escaped:
            if len(row) + len(piece) > 75:
                lines.append(row + "=")
                row = ""
            row += piece
        lines.append(row)
    return "\r\n".join(lines).encode("ascii")


def headers(fields: Headers) -> bytes:
    """A header block with its empty line."""
    rows = []
    for name, value in fields:
        raw = value if isinstance(value, bytes) else value.encode("utf-8")
        rows.append(name.encode("ascii") + b": " + raw + CRLF)
    return b"".join(rows) + CRLF


def part(content_type: str, body: bytes, *extra: tuple[str, str | bytes]) -> bytes:
    """A part of a multipart letter, or the body of a whole one, with its own headers."""
    return headers([("Content-Type", content_type), *extra]) + body


def text_part(
    text: str, *, charset: str = "utf-8", kind: str = "plain", encoding: str = "quoted-printable"
) -> bytes:
    """A text part in any charset and transfer encoding."""
    body = {
        "quoted-printable": lambda: qp(text, charset),
        "base64": lambda: b64(crlf(text, charset)),
        "8bit": lambda: crlf(text, charset),
        "7bit": lambda: crlf(text, charset),
    }[encoding]()
    return part(f"text/{kind}; charset={charset}", body, ("Content-Transfer-Encoding", encoding))


def file_part(content_type: str, name: str, content: bytes, *extra: tuple[str, str | bytes]) -> bytes:
    """A file with a plain ASCII name."""
    return part(
        f'{content_type}; name="{name}"',
        b64(content),
        ("Content-Transfer-Encoding", "base64"),
        *(extra or (("Content-Disposition", f'attachment; filename="{name}"'),)),
    )


def multipart(subtype: str, boundary: str, *parts: bytes, parameters: str = "", preamble: bytes = b"") -> bytes:
    """A multipart part with its Content-Type header."""
    mark = b"--" + boundary.encode("ascii")
    body = preamble + b"".join(mark + CRLF + one + CRLF for one in parts) + mark + b"--" + CRLF
    return part(f'multipart/{subtype}; boundary="{boundary}"{parameters}', body)


def letter(fields: Headers, body: bytes) -> bytes:
    """A whole letter: its header and a body that brings its own content headers."""
    return headers([*fields, ("MIME-Version", "1.0")])[:-2] + body


def envelope(sender: str, subject: str, number: int, *more: tuple[str, str | bytes]) -> Headers:
    """The usual fields of a letter to the desk, with a date and an id that differ by number."""
    domain = sender.rpartition("@")[2].rstrip(">")
    return [
        ("From", sender),
        ("To", "support@okno.example"),
        ("Subject", subject),
        ("Date", f"Tue, {number % 28 + 1:02} Sep 2026 {number % 24:02}:15:{number % 60:02} +0300"),
        ("Message-ID", f"<letter.{number}@{domain}>"),
        *more,
    ]


def answers(number: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """The fields by which a reply names the letter it answers."""
    original = f"<ticket.{number}@okno.example>"
    return ("In-Reply-To", original), ("References", f"<first.{number}@okno.example>\r\n {original}")


def picture(red: int, green: int, blue: int) -> bytes:
    """A small PNG of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\0" + bytes((red, green, blue)) * 8) * 8
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def document(title: str) -> bytes:
    """A small file that begins like a PDF."""
    return (
        b"%PDF-1.4\n% " + title.encode("utf-8") + b"\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n" + bytes(range(256))
    )
