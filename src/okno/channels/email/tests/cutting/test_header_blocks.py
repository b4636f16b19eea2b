"""Header blocks and dividing lines of all programs and languages."""

import pytest

from okno.channels.email.rules.cutting import cut_reply, cut_reply_html
from okno.channels.email.tests.cutting.header_blocks import DIVIDERS, OUTLOOK

ANSWER = "Good morning,\n\nthe second printer works again.\n\nBest regards,\nAnna Nowak\nACME"
BODY = "Please try the other cable.\n\nOkno support"


def block(language: str, bold: str = "", address: bool = True) -> str:
    sender, sent, to, subject, date = OUTLOOK[language]
    who = "Okno Support <support@okno.example>" if address else "Okno Support"
    rows = [(sender, who), (sent, date), (to, "Anna Nowak"), (subject, "Re: [#123] Printer")]
    return "\n".join(f"{bold}{name}:{bold} {value}" for name, value in rows)


@pytest.mark.parametrize("address", [True, False])
@pytest.mark.parametrize("bold", ["", "*"])
@pytest.mark.parametrize("language", OUTLOOK)
def test_outlook(language: str, bold: str, address: bool) -> None:
    head = block(language, bold, address)
    new, quoted = cut_reply(f"{ANSWER}\n\n{head}\n\n{BODY}\n")
    assert new == ANSWER
    assert quoted == f"{head}\n\n{BODY}\n"


@pytest.mark.parametrize("rule", ["________________________________", "-----Original Message-----", "* * *"])
@pytest.mark.parametrize("language", OUTLOOK)
def test_below_a_rule_without_blank_lines(language: str, rule: str) -> None:
    new, quoted = cut_reply(f"{ANSWER}\n{rule}\n{block(language)}\n{BODY}\n")
    assert new == ANSWER
    assert quoted.startswith(rule)


@pytest.mark.parametrize("language", OUTLOOK)
def test_spread_over_blank_lines(language: str) -> None:
    head = block(language).replace("\n", "\r\n\r\n")
    new, _ = cut_reply(f"{ANSWER}\r\n\r\n{head}\r\n\r\n{BODY}")
    assert new.splitlines() == ANSWER.splitlines()


@pytest.mark.parametrize("language", OUTLOOK)
def test_html_of_word(language: str) -> None:
    rows = "<br>".join(
        f"<b><span lang=EN-US>{row.split(':', 1)[0]}:</span></b>{row.split(':', 1)[1].replace('<', '&lt;')}"
        for row in block(language).splitlines()
    )
    new, quoted = cut_reply_html(
        f"<html><body><div class=WordSection1><p class=MsoNormal>It works</p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        f"<p class=MsoNormal>{rows}</p><p class=MsoNormal>Please try</p></div></body></html>"
    )
    assert "It works" in new
    assert "Please try" not in new
    assert OUTLOOK[language][3].strip() not in new
    assert "Please try" in quoted


@pytest.mark.parametrize("divider", DIVIDERS)
def test_divider(divider: str) -> None:
    new, quoted = cut_reply(f"{ANSWER}\n\n{divider}\n\n{BODY}\n")
    assert new == ANSWER
    assert quoted.startswith(divider)


@pytest.mark.parametrize("divider", DIVIDERS)
def test_forward_without_a_comment_is_new(divider: str) -> None:
    letter = f"{divider}\n{block('en-date')}\n\n{BODY}\n"
    assert cut_reply(letter) == (letter, "")


@pytest.mark.parametrize("divider", DIVIDERS)
def test_divider_in_html(divider: str) -> None:
    shown = divider.replace("<", "&lt;").replace(">", "&gt;")
    new, quoted = cut_reply_html(
        f"<div>It works<br><br>{shown}<br><b>From:</b> a@b.example<br><br>Please try</div>"
    )
    assert new == "<div>It works<br></div>"
    assert "Please try" in quoted


PROGRAMS = {
    "gmail forward": "---------- Forwarded message ---------\nFrom: Jan <jan@kowal.example>\nDate: Mon, Nov 3, 2025 at 10:12 AM\nSubject: Hi\nTo: <anna@nowak.example>\n\n\nHello",
    "gmail forward ru": "---------- Forwarded message ---------\nОт: Иван <ivan@petrov.example>\nDate: пн, 3 нояб. 2025 г. в 10:12\nSubject: Привет\nTo: <anna@nowak.example>\n\n\nПривет",
    "apple forward": "Begin forwarded message:\n\nFrom: Jan <jan@kowal.example>\nSubject: Hi\nDate: 3 November 2025 at 10:12:34 CET\nTo: anna@nowak.example\n\nHello",
    "apple forward quoted": "Begin forwarded message:\n\n> From: Jan <jan@kowal.example>\n> Subject: Hi\n> Date: 3 November 2025\n>\n> Hello",
    "thunderbird forward": "-------- Forwarded Message --------\nSubject: \tHi\nDate: \tMon, 3 Nov 2025 10:12:34 +0100\nFrom: \tJan <jan@kowal.example>\nTo: \tanna@nowak.example\n\nHello",
    "thunderbird forward pl": "-------- Wiadomość oryginalna --------\nTemat: \tHej\nData: \tMon, 3 Nov 2025 10:12:34 +0100\nNadawca: \tJan <jan@kowal.example>\nAdresat: \tanna@nowak.example\n\nHej",
    "yandex forward": '-------- Пересылаемое сообщение --------\n03.11.2025, 10:12, "Иван" <ivan@petrov.example>:\n\nПривет\n-------- Конец пересылаемого сообщения --------',
    "mail.ru forward": "-------- Пересылаемое сообщение --------\nОт кого: Иван <ivan@petrov.example>\nКому: anna@nowak.example\nДата: Понедельник, 3 ноября 2025, 10:12 +03:00\nТема: Привет\n\nПривет",
    "the bat forward": "Это пересылаемое сообщение\nОт: Иван <ivan@petrov.example>\nКому: anna@nowak.example\nДата: 3 ноября 2025 г., 10:12:34\nТема: Привет\n===8<===========Исходный текст сообщения===========\nПривет\n===8<===========Конец исходного текста сообщения===========",
    "zimbra": '----- Original Message -----\nFrom: "Jan" <jan@kowal.example>\nTo: "Anna" <anna@nowak.example>\nCc: "Ola" <ola@nowak.example>\nSent: Monday, November 3, 2025 10:12:34 AM\nSubject: Hi\n\nHello',
    "samsung": "-------- Original message --------\nFrom: Jan <jan@kowal.example> \nDate: 03/11/2025  10:12  (GMT+01:00) \nTo: anna@nowak.example \nSubject: Hi \n\nHello",
    "proton": "------- Original Message -------\nOn Monday, November 3rd, 2025 at 10:12 AM, Jan <jan@kowal.example> wrote:\n\n\n> Hello",
    "em client": '------ Original Message ------\nFrom "Jan" <jan@kowal.example>\nTo "Anna" <anna@nowak.example>\nDate 03.11.2025 10:12:34\nSubject Hi\n\nHello',
    "outlook mobile": "________________________________\nFrom: Jan <jan@kowal.example>\nSent: Monday, November 3, 2025 10:12:34 AM\nTo: Anna <anna@nowak.example>\nSubject: Hi\n\nHello",
    "gmx": 'Gesendet: Montag, 03. November 2025 um 10:12 Uhr\nVon: "Jan" <jan@kowal.example>\nAn: anna@nowak.example\nBetreff: Hallo\n\nHallo',
    "webde bold": '*Gesendet:* Montag, 03. November 2025 um 10:12 Uhr\n*Von:* "Jan" <jan@kowal.example>\n*An:* anna@nowak.example\n*Betreff:* Hallo\n\nHallo',
    "notes": "From:\tJan Kowal/Gdansk/ACME\nTo:\tAnna Nowak/Gdansk/ACME@ACME\nDate:\t03.11.2025 10:12\nSubject:\tPrinter\n_____________________________\n\nHello",
    "notes de": "Von:\tJan Kowal/Gdansk/ACME\nAn:\tAnna Nowak/Gdansk/ACME@ACME\nDatum:\t03.11.2025 10:12\nBetreff:\tDrucker\n\nHallo",
    "long recipients": "From: Jan <jan@kowal.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: Anna <anna@nowak.example>; Ola <ola@nowak.example>;\nPiotr <piotr@nowak.example>; Ewa <ewa@nowak.example>\nCc: Support\nSubject: RE: A very long subject about the printer on the second floor\nby the window\nImportance: High\n\nHello",
    "mailto": "From: Jan [mailto:jan@kowal.example] \nSent: Monday, November 03, 2025 10:12 AM\nTo: 'Anna'\nSubject: Hi\n\nHello",
    "one line": "From: Jan <jan@kowal.example> Sent: Monday, November 3, 2025 10:12 AM To: Anna Subject: Hi\n\nHello",
    "value below": "From:\nJan <jan@kowal.example>\nSent:\nMonday, November 3, 2025 10:12 AM\nTo:\nAnna\nSubject:\nHi\n\nHello",
    "mutt forward": "----- Forwarded message from Jan <jan@kowal.example> -----\n\nDate: Mon, 3 Nov 2025 10:12:34 +0100\nFrom: Jan <jan@kowal.example>\nTo: Anna\nSubject: Hi\nMessage-ID: <1@kowal.example>\n\nHello\n\n----- End forwarded message -----",
    "qq": '------------------ 原始邮件 ------------------\n发件人: "王伟" <wei@wang.example>;\n发送时间: 2025年11月3日(星期一) 上午10:12\n收件人: "Anna"<anna@nowak.example>;\n主题: 你好\n\n你好',
    "foxmail": "发件人： 王伟\n发送时间： 2025-11-03 10:12\n收件人： anna\n主题： 你好\n\n你好",
    "naver": '-----Original Message-----\nFrom: "김철수"<kim@cheolsu.example>\nTo: <anna@nowak.example>;\nCc:\nSent: 2025-11-03 (월) 10:12:34 (GMT+09:00)\nSubject: 안녕\n\n안녕',
    "exchange cyrillic": "-----Исходное сообщение-----\nОт: Иван [mailto:ivan@petrov.example]\nОтправлено: 3 ноября 2025 г. 10:12\nКому: Анна\nКопия: Ольга\nТема: Принтер\n\nПривет",
    "unknown language below a rule": "________________________________\nMâi: Jan <jan@kowal.example>\nPôsla: 3/11/2025 10:12\nVarra: Anna\nSujêto: Hi\n\nHello",
    "blackberry": "-----Original Message-----\nFrom: Jan <jan@kowal.example>\nDate: Mon, 3 Nov 2025 10:12:34 \nTo: <anna@nowak.example>\nSubject: Hi\n\nHello",
    "horde": "----- Message from Jan Kowal <jan@kowal.example> ---------\n    Date: Mon, 03 Nov 2025 10:12:34 +0100\n    From: Jan Kowal <jan@kowal.example>\n Subject: Hi\n      To: anna@nowak.example\n\nHello",
    "rackspace": '-----Original Message-----\nFrom: "Jan" <jan@kowal.example>\nSent: Monday, November 3, 2025 10:12am\nTo: anna@nowak.example\nSubject: Hi\n\nHello',
    "bold markdown": "**From:** Jan <jan@kowal.example>\n**Sent:** Monday, November 3, 2025 10:12 AM\n**To:** Anna\n**Subject:** Hi\n\nHello",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_program(name: str) -> None:
    new, quoted = cut_reply(f"{ANSWER}\n\n{PROGRAMS[name]}\n")
    assert new == ANSWER
    assert quoted == f"{PROGRAMS[name]}\n"


@pytest.mark.parametrize("name", [name for name in PROGRAMS if "one line" not in name])
def test_program_forward_only(name: str) -> None:
    assert cut_reply(PROGRAMS[name]) == (PROGRAMS[name], "")


@pytest.mark.parametrize("name", PROGRAMS)
def test_program_in_html(name: str) -> None:
    shown = PROGRAMS[name].replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>\n")
    new, quoted = cut_reply_html(f"<p>It works</p><p>{shown}</p>")
    assert new == "<p>It works</p>"
    assert quoted.startswith("<p>")
