"""T34: what is read is what was written: long texts, long subjects, all planes of Unicode."""

import base64

import pytest

from okno.channels.email.rules import parse_letter

PLANES = (
    "".join(chr(0x10000 * plane + 0x61) for plane in range(17))
    + "".join(map(chr, range(0x20, 0x7F)))
    + "čжש漢あ한😀👩‍👩‍👧"
)


def letter(text: str, subject: str = "Test") -> bytes:
    return (
        b"From: a@b.example\r\nSubject: =?utf-8?B?"
        + base64.b64encode(subject.encode())
        + b"?=\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(text.encode())
    )


@pytest.mark.parametrize(
    "text", ["word " * 2_000_000 + "end", "слово " * 900_000 + "конец", "😀" * 2_500_000, "line\n" * 99_000 + "end"]
)
def test_a_body_of_ten_megabytes_is_whole_t34(text: str) -> None:
    parsed = parse_letter(letter(text))
    assert parsed.full_text == text
    assert parsed.text == text
    assert parsed.problems == ["the letter has no Message-ID"]


def test_all_planes_of_unicode_t34() -> None:
    parsed = parse_letter(letter(f"x {PLANES} y", PLANES))
    assert parsed.text == f"x {PLANES} y"
    assert parsed.subject == PLANES.strip()


def test_a_subject_of_five_thousand_characters_t34() -> None:
    subject = "Очень длинная тема 😀 " * 250
    assert parse_letter(letter("x", subject)).subject == subject.strip()
    assert (
        parse_letter(b"From: a@b.example\r\nSubject: " + subject.encode() + b"\r\n\r\nx").subject == subject.strip()
    )


def test_nul_and_surrogates_are_replaced_t34() -> None:
    raw = b'From: "a\0b" <a@b.example>\r\nSubject: =?utf-7?Q?+2AA-x?= \0\r\nContent-Type: text/html; charset=utf-7\r\n\r\n<p>+2AAAAA- &#xD800; &#0; x'
    parsed = parse_letter(raw)
    for text in (
        parsed.subject,
        parsed.text,
        parsed.html,
        parsed.full_text,
        parsed.html_full,
        *[value for _, value in parsed.headers],
        parsed.from_[0].name,
    ):
        text.encode("utf-8")
        assert "\0" not in text
