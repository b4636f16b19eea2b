"""Letters as people's programs write them: Gmail, Outlook, Apple Mail and the rest, fresh ones and replies."""

from __future__ import annotations

from okno.testing.letters.building import (
    CorpusLetter,
    answers,
    crlf,
    digest,
    envelope,
    file_part,
    letter,
    multipart,
    part,
    picture,
    text_part,
    word,
)

_LOGO = picture(20, 90, 200)


_ASKED = "Please tell us the number of your invoice and the model of the printer."


_ASKED_RU = "Пожалуйста, сообщите номер счёта и модель принтера."


def _gmail_web() -> bytes:
    new = "Hello,\n\nthe invoice is 4711, the printer is a Nordprint 300.\n\nThanks,\nOlena"
    quote = f"On Tue, Sep 1, 2026 at 10:15 AM Okno Support <support@okno.example>\nwrote:\n\n> {_ASKED}\n>\n> --\n> Okno Support\n"
    html = (
        '<div dir="ltr"><div>Hello,</div><div><br></div><div>the invoice is 4711, the printer is a Nordprint 300.</div>'
        "<div><br></div><div>Thanks,</div><div>Olena</div></div><br>"
        '<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, Sep 1, 2026 at 10:15 AM '
        'Okno Support &lt;<a href="mailto:support@okno.example">support@okno.example</a>&gt; wrote:<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);'
        f'padding-left:1ex">{_ASKED}<br><br>-- <br>Okno Support</blockquote></div>'
    )
    return letter(
        envelope("Olena Bondar <olena@dnipro.example>", "Re: [#1001] Printer", 1, *answers(1)),
        multipart(
            "alternative",
            "000000000000a1b2c3061f00d1e2",
            text_part(f"{new}\n\n{quote}"),
            text_part(html, kind="html"),
        ),
    )


def _gmail_android() -> bytes:
    new = "Да, всё заработало. Спасибо!"
    quote = f"вт, 1 сент. 2026 г., 10:15 Okno Support <support@okno.example>:\n\n> {_ASKED_RU}\n"
    html = (
        f'<div dir="auto">{new}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">вт, 1 сент. 2026 г., '
        '10:15 Okno Support &lt;<a href="mailto:support@okno.example">support@okno.example</a>&gt;:<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{_ASKED_RU}</blockquote></div>'
    )
    return letter(
        envelope(
            f"{word('Олег Коваль')} <oleg@dnipro.example>", f"{word('Re: Не печатает принтер')}", 2, *answers(2)
        ),
        multipart(
            "alternative",
            "0000000000007f01d2061f00",
            text_part(f"{new}\n\n{quote}", encoding="base64"),
            text_part(html, kind="html", encoding="base64"),
        ),
    )


def _gmail_inline_picture() -> bytes:
    html = '<div dir="ltr"><div>This is what I see:</div><div><img src="cid:ii_m1x2" alt="image.png" width="300"><br></div></div>'
    return letter(
        envelope("Olena Bondar <olena@dnipro.example>", "Error on the screen", 3),
        multipart(
            "related",
            "0000000000000rel",
            multipart(
                "alternative",
                "0000000000000alt",
                text_part("This is what I see:\n[image: image.png]"),
                text_part(html, kind="html"),
            ),
            file_part(
                "image/png",
                "image.png",
                _LOGO,
                ("Content-Disposition", 'attachment; filename="image.png"'),
                ("X-Attachment-Id", "ii_m1x2"),
                ("Content-ID", "<ii_m1x2>"),
            ),
        ),
    )


def _apple_mail() -> bytes:
    new = "The logs are attached.\n\nRegards,\nMaria"
    html = '<html><body dir="auto">The logs are attached.<div><br></div><div>Regards,</div><div>Maria</div></body></html>'
    return letter(
        envelope("Maria Sol <maria@nordwind.example>", "Logs", 8, ("X-Mailer", "Apple Mail (2.3774)")),
        multipart(
            "alternative",
            "Apple-Mail=_11111111-2222-3333",
            text_part(new, charset="us-ascii", encoding="7bit"),
            multipart(
                "mixed",
                "Apple-Mail=_44444444-5555-6666",
                text_part(html, charset="us-ascii", kind="html", encoding="7bit"),
                part(
                    "text/plain;\r\n\tname=system.log;\r\n\tx-unix-mode=0644",
                    b"Sep 1 10:15:00 disk full\r\n",
                    ("Content-Disposition", "attachment;\r\n\tfilename=system.log"),
                    ("Content-Transfer-Encoding", "7bit"),
                ),
                text_part(
                    "<html><body><div></div></body></html>", charset="us-ascii", kind="html", encoding="7bit"
                ),
            ),
        ),
    )


def _apple_between() -> bytes:
    return letter(
        envelope("Maria Sol <maria@nordwind.example>", "Two pictures", 9, ("X-Mailer", "Apple Mail (2.3774)")),
        multipart(
            "mixed",
            "Apple-Mail-Between",
            text_part("First the front:", charset="us-ascii", encoding="7bit"),
            file_part(
                "image/png", "front.png", picture(1, 1, 1), ("Content-Disposition", "inline; filename=front.png")
            ),
            text_part("and then the back:", charset="us-ascii", encoding="7bit"),
            file_part(
                "image/png", "back.png", picture(2, 2, 2), ("Content-Disposition", "inline; filename=back.png")
            ),
            text_part("Which one is wrong?", charset="us-ascii", encoding="7bit"),
        ),
    )


def _iphone() -> bytes:
    new = "Уже не нужно, спасибо\n\nОтправлено с iPhone"
    quote = f"> 1 сент. 2026 г., в 10:15, Okno Support <support@okno.example> написал(а):\n> \n> {_ASKED_RU}\n"
    return letter(
        envelope(
            f"{word('Анна Ким')} <anna@dnipro.example>",
            word("Re: Заявка 1010"),
            10,
            *answers(10),
            ("X-Mailer", "iPhone Mail (22A3354)"),
        ),
        text_part(f"{new}\n\n{quote}"),
    )


def _thunderbird() -> bytes:
    flowed = (
        "Bonjour,\n\nça marche maintenant, merci beaucoup pour cette réponse qui est \nvraiment rapide et précise."
    )
    quote = f"Le 01/09/2026 à 10:15, Okno Support a écrit :\n> {_ASKED}\n"
    return letter(
        envelope(
            f"{word('Éloïse Noël', 'utf-8', 'Q')} <eloise@nordwind.example>",
            "Re: Imprimante",
            11,
            *answers(11),
            ("User-Agent", "Mozilla Thunderbird"),
        ),
        part(
            "text/plain; charset=UTF-8; format=flowed",
            crlf(f"{flowed}\n\n{quote}"),
            ("Content-Transfer-Encoding", "8bit"),
        ),
    )


def _bat() -> bytes:
    quote = f"Вы писали 1 сентября 2026 г., 10:15:15:\n\n> {_ASKED_RU}\n"
    body = f"Здравствуйте, Okno,\n\n{quote}\nНомер счёта 4713.\n"
    return letter(
        envelope(
            f"{word('Семён', 'windows-1251')} <semen@sklad.example>",
            word("Re: Принтер", "windows-1251"),
            12,
            *answers(12),
            ("X-Mailer", "The Bat! (v11) Professional"),
        ),
        text_part(body, charset="windows-1251", encoding="8bit"),
    )


LETTERS = [
    CorpusLetter(
        "gmail-web-reply", _gmail_web, "olena@dnipro.example", "Re: [#1001] Printer",
        "Hello,\n\nthe invoice is 4711, the printer is a Nordprint 300.\n\nThanks,\nOlena", quotes=True,
    ),
    CorpusLetter("gmail-android-reply-ru", _gmail_android, "oleg@dnipro.example", "Re: Не печатает принтер", "Да, всё заработало. Спасибо!", quotes=True),
    CorpusLetter(
        "gmail-inline-picture", _gmail_inline_picture, "olena@dnipro.example", "Error on the screen",
        "This is what I see:\n[image: image.png]", {"image.png": digest(_LOGO)},
    ),
    CorpusLetter(
        "apple-mail-file-in-alternative", _apple_mail, "maria@nordwind.example", "Logs",
        "The logs are attached.\n\nRegards,\nMaria", {"system.log": digest(b"Sep 1 10:15:00 disk full\r\n")},
    ),
    CorpusLetter(
        "apple-mail-text-between-files", _apple_between, "maria@nordwind.example", "Two pictures",
        "First the front:\n\nand then the back:\n\nWhich one is wrong?",
        {"front.png": digest(picture(1, 1, 1)), "back.png": digest(picture(2, 2, 2))},
    ),
    CorpusLetter("iphone-reply-ru", _iphone, "anna@dnipro.example", "Re: Заявка 1010", "Уже не нужно, спасибо", quotes=True),
    CorpusLetter(
        "thunderbird-flowed-fr", _thunderbird, "eloise@nordwind.example", "Re: Imprimante",
        "Bonjour,\n\nça marche maintenant, merci beaucoup pour cette réponse qui est vraiment rapide et précise.", quotes=True,
    ),
    CorpusLetter("the-bat-reply-below", _bat, "semen@sklad.example", "Re: Принтер", "Здравствуйте, Okno,\n\nНомер счёта 4713.", quotes=True),
]  # fmt: skip
