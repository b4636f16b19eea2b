"""Letters nobody wrote: vacation answers, list mail, newsletters, monitoring."""

from __future__ import annotations

from okno.testing.letters.bounces import ORIGINAL_ID
from okno.testing.letters.building import (
    CorpusLetter,
    answers,
    crlf,
    envelope,
    letter,
    multipart,
    part,
    text_part,
    word,
)


def _simple(number: int, sender: str, subject: str, text: str, *more: tuple[str, str | bytes]) -> bytes:
    return letter(envelope(sender, subject, number, *more), text_part(text))


def _vacation_rfc() -> bytes:
    return letter(
        [
            ("Return-Path", "<>"),
            *envelope(
                "Ann Lee <ann@nordwind.example>",
                "Auto: Your request",
                320,
                ("Auto-Submitted", "auto-replied (vacation)"),
                *answers(1),
            ),
        ],
        text_part("I am away until Monday."),
    )


def _exchange_oof() -> bytes:
    return _simple(
        321,
        "Ann Lee <ann@nordwind.example>",
        "Automatic reply: [#1001] Printer",
        "I am out of office.",
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        *answers(1),
    )


def _oof_ru() -> bytes:
    return _simple(
        322,
        "Ирина <irina@sklad.example>".replace("Ирина", word("Ирина")),
        word("Автоответ: [#1001] Принтер"),
        "Я в отпуске до понедельника.",
    )


def _oof_pl() -> bytes:
    return _simple(
        323,
        "Adam Nowak <adam@kawa.example>",
        word("Odpowiedź automatyczna: [#1001] Drukarka"),
        "Jestem na urlopie.",
    )


def _oof_old() -> bytes:
    return _simple(
        324,
        "Oleg <oleg@dnipro.example>",
        word("У відпустці"),
        "Мене немає на роботі.",
        ("Precedence", "bulk"),
        ("X-Autoreply", "yes"),
    )


def _receipt() -> bytes:
    return letter(
        envelope("Ann Lee <ann@nordwind.example>", "Read: [#1001] Printer", 325, ("In-Reply-To", ORIGINAL_ID)),
        multipart(
            "report",
            "mdn325",
            text_part("Your message was read on Tuesday."),
            part(
                "message/disposition-notification",
                crlf(
                    "Final-Recipient: rfc822; ann@nordwind.example\nDisposition: manual-action/MDN-sent-manually; displayed\n"
                ),
            ),
            parameters="; report-type=disposition-notification",
        ),
    )


def _servicenow() -> bytes:
    return _simple(
        326,
        "IT Service Desk <itsm@nordwind.example>",
        "INC0012345 has been updated",
        "The incident was reopened: the proxy is down again.",
        ("Auto-Submitted", "auto-generated"),
        ("X-ServiceNow-Generated", "true"),
        ("Precedence", "bulk"),
    )


def _monitoring() -> bytes:
    return _simple(
        327,
        "zabbix@nordwind.example",
        "PROBLEM: disk full on srv-1",
        "Disk space is below 5%.",
        ("Auto-Submitted", "auto-generated"),
    )


def _mailing_list() -> bytes:
    return _simple(
        328,
        "Tom Hill <tom@nordwind.example>",
        "[users] Question on VPN",
        "Does anyone know how to set it up?",
        ("List-Id", "Users of Nordwind <users.lists.nordwind.example>"),
        ("List-Post", "<mailto:users@lists.nordwind.example>"),
        ("Precedence", "list"),
    )


def _newsletter() -> bytes:
    html = '<html><body><div style="display:none">Preview text</div><h1>September offers</h1><p>Coffee at half price.</p></body></html>'
    return letter(
        envelope(
            "Kawa News <news@kawa.example>",
            "September offers",
            329,
            ("List-Unsubscribe", "<https://kawa.example/unsubscribe>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ),
        text_part(html, kind="html"),
    )


LETTERS = [
    CorpusLetter("vacation-rfc3834", _vacation_rfc, "ann@nordwind.example", "Auto: Your request", "I am away until Monday.", kind="auto_reply"),
    CorpusLetter("vacation-exchange", _exchange_oof, "ann@nordwind.example", "Automatic reply: [#1001] Printer", "I am out of office.", kind="auto_reply"),
    CorpusLetter("vacation-ru", _oof_ru, "irina@sklad.example", "Автоответ: [#1001] Принтер", "Я в отпуске до понедельника.", kind="auto_reply"),
    CorpusLetter("vacation-pl", _oof_pl, "adam@kawa.example", "Odpowiedź automatyczna: [#1001] Drukarka", "Jestem na urlopie.", kind="auto_reply"),
    CorpusLetter("vacation-uk-old", _oof_old, "oleg@dnipro.example", "У відпустці", "Мене немає на роботі.", kind="auto_reply"),
    CorpusLetter("read-receipt", _receipt, "ann@nordwind.example", "Read: [#1001] Printer", "Your message was read on Tuesday.", kind="auto_reply"),
    CorpusLetter("servicenow", _servicenow, "itsm@nordwind.example", "INC0012345 has been updated", "The incident was reopened: the proxy is down again."),
    CorpusLetter("monitoring", _monitoring, "zabbix@nordwind.example", "PROBLEM: disk full on srv-1", "Disk space is below 5%."),
    CorpusLetter("mailing-list", _mailing_list, "tom@nordwind.example", "[users] Question on VPN", "Does anyone know how to set it up?", kind="list"),
    CorpusLetter("newsletter", _newsletter, "news@kawa.example", "September offers", "September offers\n\nCoffee at half price.", kind="list"),
]  # fmt: skip
