"""Letters that break the rules as real programs do, and still say something."""

from __future__ import annotations

import base64

from okno.testing.letters.building import (
    CorpusLetter,
    b64,
    crlf,
    envelope,
    headers,
    letter,
    multipart,
    part,
    text_part,
)

_FROM = "Adam Nowak <adam@kawa.example>"


def _split_character() -> bytes:
    raw = "Заявка на ремонт".encode()
    words = " ".join(f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in (raw[:7], raw[7:15], raw[15:]))
    return letter(envelope(_FROM, words, 400), text_part("Text."))


def _unpadded_word() -> bytes:
    code = base64.b64encode("Zażółć gęślą".encode()).decode().rstrip("=")
    return letter(envelope(_FROM, f"=?UTF-8?b?{code}?=", 401), text_part("Text."))


def _spaces_in_word() -> bytes:
    return letter(envelope(_FROM, "=?utf-8?Q?Nowe has=C5=82o do poczty?=", 402), text_part("Text."))


def _words_in_quotes() -> bytes:
    name = base64.b64encode("Адам Новак".encode()).decode()
    return letter(envelope(f'"=?utf-8?B?{name}?=" <adam@kawa.example>', "Quoted word", 403), text_part("Text."))


def _no_message_id() -> bytes:
    fields = [field for field in envelope(_FROM, "No id", 404) if field[0] != "Message-ID"]
    return letter(fields, text_part("Text."))


def _empty_body() -> bytes:
    return letter(envelope(_FROM, "Everything is in the subject", 405), text_part("", encoding="7bit"))


def _no_blank_line() -> bytes:
    return (
        headers(envelope(_FROM, "No empty line", 406))[:-2] + b"The body begins at once.\r\nIt has two lines.\r\n"
    )


def _mbox_line() -> bytes:
    return b"From adam@kawa.example Tue Sep  1 10:15:00 2026\r\n" + letter(
        envelope(_FROM, "From a mailbox file", 407), text_part("Text.")
    )


def _carriage_returns() -> bytes:
    return letter(
        envelope(_FROM, "Old Macintosh", 408), text_part("One line.\nTwo lines.", encoding="7bit")
    ).replace(b"\r\n", b"\r")


def _mixed_line_ends() -> bytes:
    raw = letter(envelope(_FROM, "Mixed ends", 409), text_part("One line.\nTwo lines.", encoding="7bit"))
    head, _, body = raw.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n", 3) + b"\r\n\n" + body.replace(b"\r\n", b"\n")


def _no_end_boundary() -> bytes:
    raw = letter(
        envelope(_FROM, "Cut off", 410),
        multipart("mixed", "cut410", text_part("The first part."), text_part("<p>The second")),
    )
    return raw[: raw.rindex(b"<p>The")]


def _no_boundary_named() -> bytes:
    raw = letter(envelope(_FROM, "No boundary", 411), multipart("mixed", "lost411", text_part("It is still here.")))
    return raw.replace(b'; boundary="lost411"', b"")


def _damaged_base64() -> bytes:
    body = b64(crlf("The text survives damage.")).replace(b"\r\n", b"!!\r\n\r\n").rstrip(b"=\r\n!")
    return letter(
        envelope(_FROM, "Damage", 412),
        part("text/plain; charset=utf-8", body, ("Content-Transfer-Encoding", "base64")),
    )


def _base64_with_footer() -> bytes:
    body = (
        b64(crlf("The text before.\n "))
        + b"_______________________________________________\r\nusers mailing list, at your service.\r\n"
    )
    return letter(
        envelope(_FROM, "Footer", 413),
        part("text/plain; charset=utf-8", body, ("Content-Transfer-Encoding", "base64")),
    )


def _nul() -> bytes:
    return letter(
        envelope(_FROM, "NUL\0 inside", 414),
        part("text/plain; charset=utf-8", b"Before\0after", ("Content-Transfer-Encoding", "binary")),
    )


def _several_from() -> bytes:
    return letter(
        envelope("Adam <adam@kawa.example>, Ewa <ewa@kawa.example>", "Two writers", 415), text_part("Text.")
    )


def _name_like_address() -> bytes:
    return letter(envelope('"boss@dnipro.example" <adam@kawa.example>', "Whose name", 416), text_part("Text."))


def _comma_in_name() -> bytes:
    return letter(envelope("Nowak, Adam <adam@kawa.example>", "A comma", 417), text_part("Text."))


def _absurd_date() -> bytes:
    fields = [
        (name, "Thu, 01 Jan 1970 00:00:00 +0000" if name == "Date" else value)
        for name, value in envelope(_FROM, "Old date", 418)
    ]
    return letter(fields, text_part("Text."))


def _long_subject() -> bytes:
    return letter(envelope(_FROM, "long " * 1000, 419), text_part("Text."))


def _no_content_type() -> bytes:
    return headers(envelope(_FROM, "Plain as in 1982", 420)) + b"No MIME at all.\r\n"


def _double_returns() -> bytes:
    return letter(envelope(_FROM, "Doubled", 421), text_part("One line.\nTwo lines.", encoding="7bit")).replace(
        b"\r\n", b"\r\r\n"
    )


def _fold_without_space() -> bytes:
    return letter(envelope(_FROM, "A subject that was\r\nbroken by hand", 422), text_part("Text."))


def _of(name: str, build: object, subject: str, text: str = "Text.") -> CorpusLetter:
    assert callable(build)
    return CorpusLetter(f"broken-{name}", build, "adam@kawa.example", subject, text)


LETTERS = [
    _of("split-character", _split_character, "Заявка на ремонт"),
    _of("unpadded-word", _unpadded_word, "Zażółć gęślą"),
    _of("spaces-in-word", _spaces_in_word, "Nowe hasło do poczty"),
    _of("words-in-quotes", _words_in_quotes, "Quoted word"),
    _of("no-message-id", _no_message_id, "No id"),
    _of("empty-body", _empty_body, "Everything is in the subject", ""),
    _of("no-blank-line", _no_blank_line, "No empty line", "The body begins at once.\nIt has two lines."),
    _of("mbox-line", _mbox_line, "From a mailbox file"),
    _of("carriage-returns", _carriage_returns, "Old Macintosh", "One line.\nTwo lines."),
    _of("mixed-line-ends", _mixed_line_ends, "Mixed ends", "One line.\nTwo lines."),
    _of("no-end-boundary", _no_end_boundary, "Cut off", "The first part."),
    _of("no-boundary-named", _no_boundary_named, "No boundary", "It is still here."),
    _of("damaged-base64", _damaged_base64, "Damage", "The text survives damage."),
    _of("base64-with-footer", _base64_with_footer, "Footer", "The text before."),
    _of("nul", _nul, "NUL\ufffd inside", "Before\ufffdafter"),
    _of("several-from", _several_from, "Two writers"),
    _of("name-like-address", _name_like_address, "Whose name"),
    _of("comma-in-name", _comma_in_name, "A comma"),
    _of("absurd-date", _absurd_date, "Old date"),
    _of("long-subject", _long_subject, ("long " * 1000).strip()),
    _of("no-content-type", _no_content_type, "Plain as in 1982", "No MIME at all."),
    _of("doubled-returns", _double_returns, "Doubled", "One line.\nTwo lines."),
    _of("fold-without-space", _fold_without_space, "A subject that was broken by hand"),
]
