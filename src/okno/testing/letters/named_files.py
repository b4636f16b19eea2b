"""Files whose names are written in every style there is."""

from __future__ import annotations

from urllib.parse import quote

from okno.testing.letters.building import (
    CorpusLetter,
    b64,
    digest,
    document,
    envelope,
    file_part,
    letter,
    multipart,
    one_word,
    part,
    picture,
    text_part,
    word,
)

_ACT = document("act")


_FROM = "Olena Bondar <olena@dnipro.example>"


def _named(number: int, disposition: str, content_type: str = "application/pdf") -> bytes:
    return letter(
        envelope(_FROM, "A file", number),
        multipart(
            "mixed",
            f"names{number}",
            text_part("See the file."),
            part(
                content_type,
                b64(_ACT),
                ("Content-Disposition", disposition),
                ("Content-Transfer-Encoding", "base64"),
            ),
        ),
    )


def _name_2231() -> bytes:
    return _named(200, f"attachment; filename*=utf-8''{quote('Акт сверки № 5.pdf')}")


def _name_2231_sections() -> bytes:
    encoded = quote("Очень длинное название договора поставки кофе.pdf")
    return _named(
        201,
        f"attachment;\r\n filename*0*=utf-8''{encoded[:60]};\r\n filename*1*={encoded[60:120]};\r\n filename*2*={encoded[120:]}",
    )


def _name_2047() -> bytes:
    name = word("Zamówienie na źródło światła.pdf", "iso-8859-2", "Q")
    return _named(202, f'attachment; filename="{name}"', f'application/pdf; name="{name}"')


def _name_raw() -> bytes:
    return letter(
        envelope(_FROM, "A file", 203),
        multipart(
            "mixed",
            "names203",
            text_part("See the file."),
            part(
                "application/pdf",
                b64(_ACT),
                ("Content-Disposition", b'attachment; filename="' + "Договор.pdf".encode("windows-1251") + b'"'),
                ("Content-Transfer-Encoding", "base64"),
            ),
        ),
    )


def _name_type_only() -> bytes:
    return _named(204, "attachment", 'application/pdf; name="only-in-type.pdf"')


def _name_path() -> bytes:
    return _named(205, 'attachment; filename="..\\\\..\\\\windows\\\\system32\\\\evil\u202efdp.pdf"')


def _two_names() -> bytes:
    return letter(
        envelope(_FROM, "Two files of one name", 219),
        multipart(
            "mixed",
            "two219",
            text_part("Two scans."),
            file_part("image/png", "scan.png", picture(4, 4, 4)),
            part(
                f'image/png; name="{one_word("скан.png")}"',
                b64(picture(5, 5, 5)),
                ("Content-Transfer-Encoding", "base64"),
            ),
        ),
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


LETTERS = [
    _of("name-rfc2231", _name_2231, "See the file.", {"Акт сверки № 5.pdf": _ACT}),
    _of("name-rfc2231-sections", _name_2231_sections, "See the file.", {"Очень длинное название договора поставки кофе.pdf": _ACT}),
    _of("name-rfc2047", _name_2047, "See the file.", {"Zamówienie na źródło światła.pdf": _ACT}),
    _of("name-raw-cp1251", _name_raw, "See the file.", {"Договор.pdf": _ACT}),
    _of("name-in-type", _name_type_only, "See the file.", {"only-in-type.pdf": _ACT}),
    _of("name-path-and-bidi", _name_path, "See the file.", {"evilfdp.pdf": _ACT}),
    _of("files-nameless-disposition", _two_names, "Two scans.", {"scan.png": picture(4, 4, 4), "скан.png": picture(5, 5, 5)}, "Two files of one name"),
]  # fmt: skip
