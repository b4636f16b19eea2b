"""Letters with files, containers and the formats around mail: names in all styles, TNEF, calendars, signatures."""

from __future__ import annotations

import binascii

from okno.testing.letters.building import (
    CorpusLetter,
    b64,
    crlf,
    digest,
    document,
    envelope,
    file_part,
    letter,
    multipart,
    part,
    picture,
    text_part,
    word,
)
from okno.testing.letters.tnef import winmail

_FROM = "Olena Bondar <olena@dnipro.example>"


LARGE = bytes(range(256)) * 40_960


def _nested() -> bytes:
    inner = multipart("alternative", "n4", text_part("Deep text."), text_part("<p>Deep text.</p>", kind="html"))
    for level in range(3, 0, -1):
        inner = multipart(
            "mixed",
            f"n{level}",
            inner,
            file_part("application/pdf", f"level{level}.pdf", document(f"level {level}")),
        )
    return letter(envelope(_FROM, "Nested", 206), inner)


def _winmail_files() -> bytes:
    content = winmail({"Прайс-лист.xlsx": document("price"), "photo.png": picture(3, 3, 3)})
    return letter(
        envelope("Adam Nowak <adam@kawa.example>", "Prices", 207, ("X-Mailer", "Microsoft Outlook 15.0")),
        multipart(
            "mixed",
            "tnef207",
            text_part("Prices are in the file."),
            file_part("application/ms-tnef", "winmail.dat", content),
        ),
    )


def _winmail_body() -> bytes:
    return letter(
        envelope("Adam Nowak <adam@kawa.example>", "Only winmail", 208),
        part(
            "application/ms-tnef",
            b64(winmail({}, text="The body is inside.\r\n")),
            ("Content-Transfer-Encoding", "base64"),
        ),
    )


_EVENT = (
    "BEGIN:VCALENDAR\r\nPRODID:-//Nordwind//EN\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n"
    'ORGANIZER;CN="Ann Lee":mailto:ann@nordwind.example\r\nDTSTART:20260907T090000Z\r\nDTEND:20260907T093000Z\r\n'
    "SUMMARY:Review of the printers\\, second\r\n  floor\r\nLOCATION:Room 2\r\nUID:1@nordwind.example\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def _invitation() -> bytes:
    return letter(
        envelope("Ann Lee <ann@nordwind.example>", "Review of the printers", 209),
        part(
            "text/calendar; charset=utf-8; method=REQUEST", _EVENT.encode(), ("Content-Transfer-Encoding", "7bit")
        ),
    )


def _invitation_google() -> bytes:
    return letter(
        envelope("Ann Lee <ann@nordwind.example>", "Invitation: Review", 210),
        multipart(
            "mixed",
            "cal210",
            multipart(
                "alternative",
                "cal210a",
                text_part("You have been invited."),
                text_part("<p>You have been invited.</p>", kind="html"),
                part(
                    "text/calendar; charset=UTF-8; method=REQUEST",
                    _EVENT.encode(),
                    ("Content-Transfer-Encoding", "7bit"),
                ),
            ),
            file_part("application/ics", "invite.ics", _EVENT.encode()),
        ),
    )


def _inner_letter() -> bytes:
    return letter(
        envelope("Someone <someone@kawa.example>", word("Старое письмо"), 900),
        text_part("The inner text.", encoding="7bit"),
    )


def _forwarded() -> bytes:
    return letter(
        envelope(_FROM, "Fwd: Старое письмо", 211),
        multipart(
            "mixed",
            "fwd211",
            text_part("Please look at the attached letter."),
            part("message/rfc822", _inner_letter(), ("Content-Disposition", "attachment")),
        ),
    )


def _forwarded_text() -> bytes:
    return letter(
        envelope(_FROM, "Fwd: Old", 212),
        text_part(
            "Look below, please.\n\n---------- Forwarded message ---------\nFrom: Someone <someone@kawa.example>\nDate: Mon, Aug 31, 2026 at 9:00 AM\nSubject: Old\nTo: Olena <olena@dnipro.example>\n\nThe old text."
        ),
    )


def _signed() -> bytes:
    return letter(
        envelope(_FROM, "Signed", 213),
        multipart(
            "signed",
            "smime213",
            text_part("A signed text.", encoding="7bit"),
            file_part("application/pkcs7-signature", "smime.p7s", b"\x30\x82signature"),
            parameters='; protocol="application/pkcs7-signature"; micalg=sha-256',
        ),
    )


def _pgp() -> bytes:
    return letter(
        envelope(_FROM, "...", 214),
        multipart(
            "encrypted",
            "pgp214",
            part(
                "application/pgp-encrypted",
                b"Version: 1\r\n",
                ("Content-Description", "PGP/MIME version identification"),
            ),
            part(
                'application/octet-stream; name="encrypted.asc"',
                b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----\r\n",
            ),
            parameters='; protocol="application/pgp-encrypted"',
        ),
    )


def _uuencoded() -> bytes:
    content = b"line of a file\n" * 10
    rows = [binascii.b2a_uu(content[place : place + 45]).decode() for place in range(0, len(content), 45)]
    text = "Old style:\n\nbegin 644 old.txt\n" + "".join(rows) + "`\nend\n"
    return letter(envelope(_FROM, "uuencode", 215), text_part(text, encoding="7bit"))


def _large() -> bytes:
    return letter(
        envelope(_FROM, "Ten megabytes", 216),
        multipart(
            "mixed",
            "large216",
            text_part("The dump is attached."),
            file_part("application/octet-stream", "dump.bin", LARGE),
        ),
    )


def _html_table() -> bytes:
    html = (
        "<html><body><p>Order:</p><table><tr><th>Item</th><th>Count</th></tr><tr><td>Cups</td><td>12</td></tr></table>"
        '<ul><li>fast</li><li>careful</li></ul><p>More on <a href="https://kawa.example/help">the help page</a>.</p></body></html>'
    )
    return letter(envelope("Adam Nowak <adam@kawa.example>", "Order", 217), text_part(html, kind="html"))


def _nested_divs() -> bytes:
    return letter(
        envelope("Adam Nowak <adam@kawa.example>", "Divs", 218),
        text_part("<div>" * 300 + "In the depth." + "</div>" * 300, kind="html", encoding="base64"),
    )


def _of(
    name: str,
    build: object,
    text: str,
    files: dict[str, bytes],
    *about: str,
) -> CorpusLetter:
    """A letter of this module; `about` is its subject and sender where they are not the usual ones."""
    assert callable(build)
    subject, sender = [*about, *("A file", "olena@dnipro.example")[len(about) :]]
    return CorpusLetter(
        name,
        build,
        sender,
        subject,
        text,
        {file: digest(content) for file, content in files.items()},
        large=name == "file-10-mb",
    )


_ADAM = "adam@kawa.example"


_ANN = "ann@nordwind.example"


LETTERS = [
    _of("nested-containers", _nested, "Deep text.", {f"level{n}.pdf": document(f"level {n}") for n in (1, 2, 3)}, "Nested"),
    _of("winmail-files", _winmail_files, "Prices are in the file.", {"Прайс-лист.xlsx": document("price"), "photo.png": picture(3, 3, 3)}, "Prices", _ADAM),
    _of("winmail-body", _winmail_body, "The body is inside.", {}, "Only winmail", _ADAM),
    _of(
        "invitation-alone", _invitation,
        "Review of the printers, second floor\n2026-09-07 09:00 UTC – 2026-09-07 09:30 UTC\nRoom 2\nAnn Lee <ann@nordwind.example>",
        {"calendar-1.ics": _EVENT.encode()}, "Review of the printers", _ANN,
    ),
    _of("invitation-google", _invitation_google, "You have been invited.", {"invite.ics": _EVENT.encode()}, "Invitation: Review", _ANN),
    _of("forwarded-letter", _forwarded, "Please look at the attached letter.", {"Старое письмо.eml": _inner_letter()}, "Fwd: Старое письмо"),
    _of("forwarded-in-text", _forwarded_text, "Look below, please.", {}, "Fwd: Old"),
    _of("smime-signed", _signed, "A signed text.", {"smime.p7s": b"\x30\x82signature"}, "Signed"),
    _of(
        "pgp-encrypted", _pgp, "",
        {"attachment-1.asc": b"Version: 1\r\n", "encrypted.asc": crlf("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n")},
        "...",
    ),
    _of("uuencoded", _uuencoded, "Old style:", {"old.txt": b"line of a file\n" * 10}, "uuencode"),
    _of("file-10-mb", _large, "The dump is attached.", {"dump.bin": LARGE}, "Ten megabytes"),
    _of(
        "html-table-list-link", _html_table,
        "Order:\n\nItem\tCount\nCups\t12\n\n- fast\n- careful\n\nMore on the help page <https://kawa.example/help>.", {}, "Order", _ADAM,
    ),
    _of("html-300-divs", _nested_divs, "In the depth.", {}, "Divs", _ADAM),
]  # fmt: skip
