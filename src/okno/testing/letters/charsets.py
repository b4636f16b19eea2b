"""The same kind of letter in many charsets: declared, mis-declared, not declared at all."""

from __future__ import annotations

from functools import partial

from okno.testing.letters.building import CorpusLetter, b64, crlf, envelope, letter, part, qp, text_part, word

_RU = ("Не работает почта", "Здравствуйте! С утра не работает почта на складе. Ошибка 550. Помогите, пожалуйста.")
_UK = ("Не працює пошта", "Добрий день! Зранку не працює пошта. Її вимкнули? Допоможіть, будь ласка, з'ясувати.")
_PL = (
    "Nie działa poczta",
    "Dzień dobry! Od rana nie działa poczta w księgowości. Proszę o pomoc, źródło błędu nieznane.",
)
_DE = ("Störung", "Guten Tag! Seit heute früh läuft die Poststelle nicht. Können Sie helfen? Grüße, Jörg Weiß")
_ZH = ("邮件无法使用", "您好！今天早上开始邮件无法使用，请帮助我们检查一下。谢谢！")
_TW = ("郵件無法使用", "您好！今天早上開始郵件無法使用，請幫助我們檢查一下。謝謝！")
_JA = ("メールが使えません", "お世話になっております。今朝からメールが使えません。ご確認をお願いいたします。")
_KO = ("메일이 안 됩니다", "안녕하세요. 오늘 아침부터 메일이 안 됩니다. 확인 부탁드립니다.")


def _declared(text: tuple[str, str], charset: str, encoding: str, number: int) -> bytes:
    return letter(
        envelope("Sender <sender@kawa.example>", word(text[0], charset), number),
        text_part(text[1], charset=charset, encoding=encoding),
    )


def _written_as(text: tuple[str, str], real: str, declared: str, number: int) -> bytes:
    """A letter whose declaration does not tell the truth, its subject written raw in the real charset."""
    content_type = f"text/plain; charset={declared}" if declared else "text/plain"
    return letter(
        [
            (name, value if name != "Subject" else text[0].encode(real))
            for name, value in envelope("Sender <sender@kawa.example>", "", number)
        ],
        part(content_type, crlf(text[1], real), ("Content-Transfer-Encoding", "8bit")),
    )


def _no_mime() -> bytes:
    rows = envelope("Sender <sender@kawa.example>", "", 58)
    head = b"".join(
        name.encode() + b": " + (_RU[0].encode("koi8-r") if name == "Subject" else str(value).encode()) + b"\r\n"
        for name, value in rows
    )
    return head + b"\r\n" + crlf(_RU[1], "koi8-r")


def _html_meta() -> bytes:
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><body><p>{_RU[1]}</p></body></html>'
    return letter(
        envelope("Sender <sender@kawa.example>", word(_RU[0], "windows-1251", "Q"), 59),
        part("text/html", b64(html.encode("windows-1251")), ("Content-Transfer-Encoding", "base64")),
    )


def _mixed_words() -> bytes:
    subject = f"{word('Заявка ', 'koi8-r')} {word('на ремонт ', 'windows-1251', 'Q')} {word('кофемашины')}"
    return letter(
        envelope("Sender <sender@kawa.example>", subject, 60),
        part("text/plain; charset=utf-8", qp("Текст заявки."), ("Content-Transfer-Encoding", "quoted-printable")),
    )


def _of(name: str, text: tuple[str, str], build: partial[bytes]) -> CorpusLetter:
    return CorpusLetter(name, build, "sender@kawa.example", text[0], text[1])


_DECLARED = [
    ("koi8-r", _RU, "koi8-r", "8bit"), ("koi8-u", _UK, "koi8-u", "base64"), ("windows-1251", _RU, "windows-1251", "quoted-printable"),
    ("windows-1251-uk", _UK, "windows-1251", "8bit"), ("cp866", _RU, "cp866", "8bit"), ("iso-8859-5", _RU, "iso-8859-5", "base64"),
    ("iso-8859-2", _PL, "iso-8859-2", "quoted-printable"), ("windows-1250", _PL, "windows-1250", "8bit"),
    ("iso-8859-1", _DE, "iso-8859-1", "quoted-printable"), ("iso-8859-15", _DE, "iso-8859-15", "8bit"),
    ("gb18030", _ZH, "gb18030", "base64"), ("gb2312", _ZH, "gb2312", "8bit"), ("big5", _TW, "big5", "base64"),
    ("shift-jis", _JA, "shift_jis", "base64"), ("iso-2022-jp", _JA, "iso-2022-jp", "7bit"), ("euc-kr", _KO, "euc-kr", "8bit"),
    ("utf-7", _PL, "utf-7", "7bit"), ("utf-8", _UK, "utf-8", "8bit"),
]  # fmt: skip
_WRONG = [
    ("cp1251-as-latin1", _RU, "windows-1251", "iso-8859-1"), ("cp1251-as-ascii", _RU, "windows-1251", "us-ascii"),
    ("koi8-as-unknown", _RU, "koi8-r", "unknown-8bit"), ("cp1251-undeclared", _UK, "windows-1251", ""),
    ("utf8-as-latin1", _RU, "utf-8", "iso-8859-1"), ("utf8-undeclared", _PL, "utf-8", ""), ("cp1250-undeclared", _PL, "windows-1250", ""),
    ("iso2-as-utf8", _PL, "iso-8859-2", "utf-8"), ("koi8-as-cp1251", _RU, "koi8-r", "windows-1251"), ("cp1251-as-koi8", _RU, "windows-1251", "koi8-r"),
]  # fmt: skip

LETTERS = [
    *(
        _of(f"charset-{name}", text, partial(_declared, text, charset, encoding, 100 + number))
        for number, (name, text, charset, encoding) in enumerate(_DECLARED)
    ),
    *(
        _of(f"charset-wrong-{name}", text, partial(_written_as, text, real, declared, 130 + number))
        for number, (name, text, real, declared) in enumerate(_WRONG)
    ),
    CorpusLetter("charset-no-mime-koi8", _no_mime, "sender@kawa.example", *_RU),
    CorpusLetter("charset-html-meta", _html_meta, "sender@kawa.example", *_RU),
    CorpusLetter(
        "charset-mixed-words", _mixed_words, "sender@kawa.example", "Заявка на ремонт кофемашины", "Текст заявки."
    ),
]
