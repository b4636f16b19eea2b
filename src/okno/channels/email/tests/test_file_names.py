"""File names: every style of writing them, and nothing unsafe left in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okno.channels.email.rules import parse_letter
from okno.channels.email.rules.file_names import name_for, safe_file_name
from okno.channels.email.rules.parameters import read_value


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("attachment; filename=plain.pdf", "plain.pdf"),
        ('attachment; filename="with space.pdf"', "with space.pdf"),
        ("attachment; filename=unquoted space.pdf", "unquoted space.pdf"),
        ('attachment; filename="semi;colon.pdf"', "semi;colon.pdf"),
        ('attachment; filename="quo\\"te.pdf"', 'quo"te.pdf'),
        ("attachment; filename*=utf-8''%D0%90%D0%BA%D1%82.pdf", "Акт.pdf"),
        ("attachment; filename*=UTF-8'ru'%D0%90%D0%BA%D1%82.pdf; filename=\"akt.pdf\"", "Акт.pdf"),
        ("attachment; filename*=koi8-r''%E1%CB%D4.pdf", "Акт.pdf"),
        ("attachment; filename*0*=utf-8''%D0%90; filename*1*=%D0%BA%D1%82; filename*2=.pdf", "Акт.pdf"),
        ("attachment; filename*1*=%BA; filename*0*=utf-8''%D0", "к"),
        ("attachment; filename*0=one; filename*1=two.pdf", "onetwo.pdf"),
        ('attachment; filename="=?utf-8?B?0JDQutGCLnBkZg==?="', "Акт.pdf"),
        ('attachment; filename="=?utf-8?B?0JDQutGC?= =?utf-8?B?LnBkZg==?="', "Акт.pdf"),
        ("attachment; filename==?utf-8?Q?=D0=90=D0=BA=D1=82.pdf?=", "Акт.pdf"),
        ('attachment; filename="%D0%90%D0%BA%D1%82.pdf"', "Акт.pdf"),
        ('attachment; filename="100%25.pdf"', "100%25.pdf"),
        ("attachment; filename*=''plain.pdf", "plain.pdf"),
        ("attachment; filename*=broken.pdf", "broken.pdf"),
        ("attachment; filename", ""),
        ('attachment; filename="open', "open"),
        ("attachment;;; = ;filename=a.pdf", "a.pdf"),
    ],
)
def test_parameter_styles(written: str, name: str) -> None:
    assert read_value(written)[1].get("filename", "") == name
    assert read_value(written)[0] == "attachment"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\a\\b.doc", "b.doc"), ("a\0b.pdf", "ab.pdf"), ("a\r\nb.pdf", "ab.pdf"), ("gpj\u202eexe.pdf", "gpjexe.pdf"),
        ("..", ""), ("...", ""), ("", ""), ("/", ""), (" a .pdf ", "a.pdf"), ("a.pdf. . ", "a.pdf"), ("a\u200b.pdf", "a.pdf"), ("\ud800x.pdf", "x.pdf"),
        ("e\u0301.pdf", "é.pdf"), (".htaccess", ".htaccess"), ("тест 1.pdf", "тест 1.pdf"), ("😀.png", "😀.png"),
    ],
)  # fmt: skip
def test_safe_names(name: str, safe: str) -> None:
    assert safe_file_name(name) == safe


@pytest.mark.parametrize("stem", ["a", "ж", "漢", "😀"])
def test_long_names_keep_their_extension(stem: str) -> None:
    name = safe_file_name(stem * 5000 + ".docx") or safe_file_name(stem * 500 + ".docx")
    assert len(name) <= 150
    assert len(name.encode()) <= 220
    name = safe_file_name(stem * 900 + ".docx")
    assert name.endswith(".docx")


def test_names_for_the_nameless() -> None:
    assert name_for("image/png", 2) == "image-2.png"
    assert name_for("text/calendar", 1) == "calendar-1.ics"
    assert name_for("application/x-unheard-of", 3) == "attachment-3.bin"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_name_becomes_safe(name: str) -> None:
    safe = safe_file_name(name)
    assert not set("/\\\0\r\n\t\u202e\u2066") & set(safe)
    assert safe not in (".", "..")
    assert safe_file_name(safe) == safe
    safe.encode("utf-8")


def test_names_in_a_letter_that_is_a_forwarded_one() -> None:
    parsed = parse_letter(
        b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n'
        b"Subject: =?utf-8?Q?A/B?=\r\n\r\nInner\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n\r\nNo subject\r\n--x--\r\n"
    )
    assert [one.name for one in parsed.attachments] == ["A-B.eml", "message.eml"]
