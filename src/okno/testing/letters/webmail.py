"""Letters as web mail and telephones write them: Yandex, Mail.ru, ukr.net, the Polish portals, Zimbra and others."""

from __future__ import annotations

from okno.testing.letters.building import (
    CorpusLetter,
    answers,
    crlf,
    digest,
    document,
    envelope,
    file_part,
    letter,
    multipart,
    one_word,
    part,
    text_part,
    word,
)

_ASKED = "Please tell us the number of your invoice."
_ASKED_RU = "Пожалуйста, сообщите номер счёта."
_ASKED_UK = "Будь ласка, повідомте номер рахунку."
_ASKED_PL = "Prosimy o podanie numeru faktury."


def _yandex() -> bytes:
    html = (
        "<div>Номер счёта 5001.</div><div>\xa0</div><div>--\xa0<br />Ирина</div><div>\xa0</div>"
        '<div>01.09.2026, 10:15, "Okno Support" &lt;support@okno.example&gt;:</div>'
        f"<blockquote><p>{_ASKED_RU}</p></blockquote>"
    )
    return letter(
        envelope(
            f"{one_word('Ирина Орлова')} <irina@sklad.example>",
            one_word("Re: Счёт"),
            20,
            *answers(20),
            ("X-Mailer", "Yamail [ http://yandex.ru ] 5.0"),
        ),
        text_part(html, kind="html", encoding="base64"),
    )


def _yandex_fresh() -> bytes:
    return letter(
        envelope(f"{one_word('Ирина Орлова')} <irina@sklad.example>", one_word("Нужен акт сверки"), 21),
        multipart(
            "mixed",
            "----==--bound.100.myt5",
            text_part(
                "<div>Добрый день!</div><div>Нужен акт сверки за август.</div>", kind="html", encoding="base64"
            ),
            part(
                f'application/pdf;\r\n\tname="{one_word("реквизиты.pdf")}"',
                b"JVBERg==\r\n",
                ("Content-Disposition", f'attachment;\r\n\tfilename="{one_word("реквизиты.pdf")}"'),
                ("Content-Transfer-Encoding", "base64"),
            ),
        ),
    )


def _mail_ru() -> bytes:
    text = (
        "Здравствуйте! Счёт 5002.\n\n--\nКирилл Белов\n\n"
        f">Вторник, 1 сентября 2026, 10:15 +03:00 от Okno Support <support@okno.example>:\n>\n>{_ASKED_RU}\n"
    )
    html = (
        '<HTML><BODY><div class="js-helper js-readmsg-msg"><div>Здравствуйте! Счёт 5002.</div><div>&nbsp;</div>'
        '<div data-signature-widget="container"><div>--<br>Кирилл Белов</div></div><div>&nbsp;</div>'
        '<blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">Вторник, 1 сентября 2026, 10:15 '
        f'+03:00 от Okno Support &lt;support@okno.example&gt;:<br>&nbsp;<div id="">{_ASKED_RU}</div></blockquote></div></BODY></HTML>'
    )
    return letter(
        envelope(
            f"{one_word('Кирилл Белов')} <kirill@sklad.example>",
            one_word("Re: Счёт 5002"),
            22,
            *answers(22),
            ("X-Mailer", "Mail.Ru Mailer 1.0"),
        ),
        multipart(
            "alternative",
            "--ALT--5aB1788230115",
            text_part(text, encoding="base64"),
            text_part(html, kind="html", encoding="base64"),
        ),
    )


def _ukr_net() -> bytes:
    html = (
        '<html><body><span style="display:block;" class="xfmc1"><span style="font-family:Arial">Дякую, рахунок 5003.</span>'
        '<br /><br /><br /><i><span style="font-size:10pt;">1 вересня 2026, 10:15:15, від "Okno Support" &lt;'
        '<a href="mailto:support@okno.example">support@okno.example</a>&gt;:</span></i><br /><br />'
        f'<blockquote style="border-left:1px solid #cccccc;margin:0 0 0 0.8ex;padding-left:1ex;">{_ASKED_UK}</blockquote></span></body></html>'
    )
    text = f'Дякую, рахунок 5003.\n\n\n1 вересня 2026, 10:15:15, від "Okno Support" <support@okno.example>:\n\n> {_ASKED_UK}\n'
    return letter(
        envelope(
            f"{word('Ганна Їжак')} <hanna@dnipro.example>",
            word("Re: Рахунок"),
            23,
            *answers(23),
            ("X-Mailer", "mail.ukr.net 5.0"),
        ),
        multipart(
            "alternative",
            "----ukrnet000023",
            text_part(text, encoding="base64"),
            text_part(html, kind="html", encoding="base64"),
        ),
    )


def _portal_pl(number: int, name: str, attribution: str) -> bytes:
    new = f"Dzień dobry, numer faktury to {number}/2026."
    text = f"{new}\n\n{attribution}\n\n> {_ASKED_PL}\n"
    html = f"<p>{new}</p><div>{attribution.replace('<', '&lt;')}</div><blockquote>{_ASKED_PL}</blockquote>"
    return letter(
        envelope(
            f"{word(name)} <{'klient' + str(number)}@kawa.example>",
            f"Re: Faktura {number}",
            number,
            *answers(number),
        ),
        multipart("alternative", f"=_portal_{number}", text_part(text), text_part(html, kind="html")),
    )


def _o2() -> bytes:
    return _portal_pl(
        24, "Zofia Wójcik", "Dnia 1 września 2026 10:15 Okno Support <support@okno.example> napisał(a):"
    )


def _wp() -> bytes:
    return _portal_pl(25, "Michał Kość", "Dnia 01-09-2026 o godz. 10:15 Okno Support napisał(a):")


def _onet() -> bytes:
    return _portal_pl(
        26, "Grażyna Śliwa", "W dniu 2026-09-01 10:15:15 użytkownik Okno Support <support@okno.example> napisał:"
    )


def _zimbra() -> bytes:
    text = (
        'It works again, thank you.\n\n----- Original Message -----\nFrom: "Okno Support" <support@okno.example>\n'
        f'To: "Tom Hill" <tom@nordwind.example>\nSent: Tuesday, September 1, 2026 10:15:15 AM\nSubject: [#1027] Proxy\n\n{_ASKED}\n'
    )
    return letter(
        envelope(
            '"Tom Hill" <tom@nordwind.example>',
            "Re: [#1027] Proxy",
            27,
            *answers(27),
            ("X-Mailer", "Zimbra 8.8.15 (ZimbraWebClient - FF)"),
        ),
        text_part(text, encoding="7bit"),
    )


def _k9() -> bytes:
    text = f"Ok, zrobione.\n\nDnia 1 września 2026 10:15:15 CEST, Okno Support <support@okno.example> napisał/a:\n>{_ASKED_PL}\n"
    return letter(
        envelope(
            "Adam Nowak <adam@kawa.example>", "Re: Hasło", 28, *answers(28), ("User-Agent", "K-9 Mail for Android")
        ),
        text_part(text, encoding="8bit"),
    )


def _samsung() -> bytes:
    text = (
        "Danke, es geht wieder.\n\n-------- Ursprüngliche Nachricht --------\nVon: Okno Support <support@okno.example>\n"
        f"Datum: 01.09.26 10:15 (GMT+01:00)\nAn: Eva Kurz <eva@nordwind.example>\nBetreff: [#1029] VPN\n\n{_ASKED}\n"
    )
    return letter(
        envelope("Eva Kurz <eva@nordwind.example>", "Re: [#1029] VPN", 29, *answers(29)),
        multipart(
            "alternative",
            "--_com.samsung.android.email_29",
            text_part(text, encoding="base64"),
            text_part(
                '<html><body dir="auto">Danke, es geht wieder.<div><br></div><div align="left" dir="auto" '
                'style="font-size:100%;color:#000000"><div>-------- Ursprüngliche Nachricht --------</div><div>Von: Okno Support '
                "&lt;support@okno.example&gt; </div><div>Datum: 01.09.26 10:15 (GMT+01:00) </div><div>An: Eva Kurz "
                f"&lt;eva@nordwind.example&gt; </div><div>Betreff: [#1029] VPN </div><div><br></div></div>{_ASKED}</body></html>",
                kind="html",
                encoding="base64",
            ),
        ),
    )


def _outlook_com() -> bytes:
    return letter(
        envelope(
            "Lena Roth <lena@nordwind.example>", "New keyboard", 30, ("X-Priority", "1"), ("Importance", "high")
        ),
        multipart(
            "alternative",
            "_000_VI1PR0000000000000eurprd_",
            text_part("Please send me a new keyboard."),
            text_part("<html><body><div>Please send me a <b>new</b> keyboard.</div></body></html>", kind="html"),
        ),
    )


def _roundcube() -> bytes:
    text = f"W dniu 2026-09-01 10:15, Okno Support napisał(a):\n> {_ASKED_PL}\n\nNumer to 31/2026.\n"
    return letter(
        envelope(
            "Ewa Lis <ewa@kawa.example>", "Re: Faktura", 31, *answers(31), ("User-Agent", "Roundcube Webmail/1.6")
        ),
        part("text/plain; charset=UTF-8;\r\n format=flowed", crlf(text), ("Content-Transfer-Encoding", "8bit")),
    )


def _telephone_pictures() -> bytes:
    return letter(
        envelope("Igor <igor@dnipro.example>", word("Фото помилки"), 32, ("X-Mailer", "Xiaomi Mail")),
        multipart(
            "mixed",
            "----phone32",
            multipart(
                "alternative",
                "----phone32a",
                text_part("Ось фото.", encoding="base64"),
                text_part("<p>Ось фото.</p>", kind="html", encoding="base64"),
            ),
            file_part("image/jpeg", "IMG_20260901_101515.jpg", document("photo")),
        ),
    )


LETTERS = [
    CorpusLetter("yandex-reply", _yandex, "irina@sklad.example", "Re: Счёт", "Номер счёта 5001.", quotes=True),
    CorpusLetter("yandex-file", _yandex_fresh, "irina@sklad.example", "Нужен акт сверки", "Добрый день!\nНужен акт сверки за август.", {"реквизиты.pdf": digest(b"%PDF")}),
    CorpusLetter("mail-ru-reply", _mail_ru, "kirill@sklad.example", "Re: Счёт 5002", "Здравствуйте! Счёт 5002.", quotes=True),
    CorpusLetter("ukr-net-reply", _ukr_net, "hanna@dnipro.example", "Re: Рахунок", "Дякую, рахунок 5003.", quotes=True),
    CorpusLetter("o2-reply", _o2, "klient24@kawa.example", "Re: Faktura 24", "Dzień dobry, numer faktury to 24/2026.", quotes=True),
    CorpusLetter("wp-reply", _wp, "klient25@kawa.example", "Re: Faktura 25", "Dzień dobry, numer faktury to 25/2026.", quotes=True),
    CorpusLetter("onet-reply", _onet, "klient26@kawa.example", "Re: Faktura 26", "Dzień dobry, numer faktury to 26/2026.", quotes=True),
    CorpusLetter("zimbra-reply", _zimbra, "tom@nordwind.example", "Re: [#1027] Proxy", "It works again, thank you.", quotes=True),
    CorpusLetter("k9-reply-raw-subject", _k9, "adam@kawa.example", "Re: Hasło", "Ok, zrobione.", quotes=True),
    CorpusLetter("samsung-reply", _samsung, "eva@nordwind.example", "Re: [#1029] VPN", "Danke, es geht wieder.", quotes=True),
    CorpusLetter("outlook-com-fresh", _outlook_com, "lena@nordwind.example", "New keyboard", "Please send me a new keyboard."),
    CorpusLetter("roundcube-reply-below", _roundcube, "ewa@kawa.example", "Re: Faktura", "Numer to 31/2026.", quotes=True),
    CorpusLetter("telephone-pictures", _telephone_pictures, "igor@dnipro.example", "Фото помилки", "Ось фото.", {"IMG_20260901_101515.jpg": digest(document("photo"))}),
]  # fmt: skip
