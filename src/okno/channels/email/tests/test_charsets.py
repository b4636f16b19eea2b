"""Charsets: declared, mis-declared, unknown, and nothing unstorable in the result (T34)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okno.channels.email.rules.charsets import clean_text, codec_of, decode_bytes

RU = "Не печатает принтер на складе, помогите пожалуйста."
PL = "Drukarka nie działa, proszę o pomoc w księgowości."


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("UTF-8", "utf-8"), ('"utf8"', "utf-8"), ("us-ascii", "cp1252"), ("iso-8859-1", "cp1252"), ("Windows-1251", "cp1251"), ("win-1251", "cp1251"),
        ("cp-1251", "cp1251"), ("x-sjis", "cp932"), ("gb2312", "gb18030"), ("ks_c_5601-1987", "cp949"), ("koi8-ru", "koi8-u"), ("x-mac-cyrillic", "mac-cyrillic"),
        ("unknown-8bit", None), ("default", None), ("", None), ("hex", None), ("zip", None), ("punycode", None), ("unicode_escape", None), ("rot13", None), ("x" * 100, None),
    ],
)  # fmt: skip
def test_names(name: str, codec: str | None) -> None:
    assert codec_of(name) == codec


@pytest.mark.parametrize("real", ["windows-1251", "koi8-r", "cp866", "iso-8859-5", "utf-8"])
@pytest.mark.parametrize(
    "declared", ["", "unknown-8bit", "us-ascii", "iso-8859-1", "utf-8", "no-such-thing", "default"]
)
@pytest.mark.parametrize("text", [RU, RU.upper(), "Привет, Олег!", "Заявка № 5: «срочно» — отгрузка"])
def test_cyrillic_is_found_whatever_is_declared(real: str, declared: str, text: str) -> None:
    if "№" in text and real not in ("windows-1251", "utf-8"):
        text = text.replace("№", "N").translate({ord("«"): '"', ord("»"): '"', ord("—"): "-"})
    assert decode_bytes(text.encode(real), declared)[0] == text


@pytest.mark.parametrize("real", ["windows-1250", "iso-8859-2", "utf-8"])
@pytest.mark.parametrize("declared", ["", "us-ascii", "utf-8", "default"])
def test_polish_is_found_whatever_is_declared(real: str, declared: str) -> None:
    text, problem = decode_bytes(PL.encode(real), declared)
    assert text == PL
    assert problem or (real, declared) == ("utf-8", "utf-8")


@pytest.mark.parametrize(
    ("text", "charset"),
    [(RU, "koi8-r"), (RU, "windows-1251"), (PL, "iso-8859-2"), ("Grüße, Jörg", "iso-8859-1"), ("naïve café", "iso-8859-15"), ("您好！谢谢", "gb18030"),
     ("日本語のテキスト", "iso-2022-jp"), ("日本語のテキスト", "shift_jis"), ("한국어 문장", "euc-kr"), ("繁體中文", "big5"), ("źle", "utf-7"), ("ÄÖÜ", "iso-8859-1"),
     ("Ω ≈ √", "utf-8"), ("Ж", "windows-1251"), ("да", "koi8-r")],
)  # fmt: skip
def test_true_declarations_are_believed(text: str, charset: str) -> None:
    assert decode_bytes(text.encode(charset), charset) == (text, None)


def test_damaged_utf8_stays_utf8() -> None:
    raw = RU.encode()[:-3]
    text, problem = decode_bytes(raw + "и".encode()[:1], "utf-8")
    assert text.startswith(RU[:40])
    assert problem == "damaged utf-8"


def test_byte_order_marks() -> None:
    assert decode_bytes(b"\xef\xbb\xbf" + RU.encode(), "windows-1251")[0] == RU
    assert decode_bytes(RU.encode("utf-16"), "")[0] == RU


def test_nothing_unstorable_survives_t34() -> None:
    assert clean_text("a\0b\ud800c\udfff") == "a\ufffdb\ufffdc\ufffd"
    assert decode_bytes(b"+2AA-", "utf-7")[0] == "\ufffd"
    assert decode_bytes(b"a\0b", "")[0] == "a\ufffdb"


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        [
            "",
            "utf-8",
            "utf-7",
            "koi8-r",
            "windows-1251",
            "gb18030",
            "iso-2022-jp",
            "utf-16",
            "hz",
            "big5",
            "euc-kr",
            "x",
        ]
    ),
)
def test_any_bytes_give_storable_text_t34(data: bytes, declared: str) -> None:
    text, _ = decode_bytes(data, declared)
    assert "\0" not in text
    text.encode("utf-8")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200).map(clean_text))
def test_utf8_comes_through_unchanged_t34(text: str) -> None:
    assert decode_bytes(text.encode(), "utf-8")[0] == text.removeprefix("\ufeff")
