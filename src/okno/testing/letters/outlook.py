"""Letters as Outlook writes them, old and new, with Word's HTML."""

from __future__ import annotations

from okno.testing.letters.building import (
    CorpusLetter,
    answers,
    digest,
    document,
    envelope,
    file_part,
    letter,
    multipart,
    picture,
    text_part,
    word,
)

_LOGO = picture(20, 90, 200)


_ASKED = "Please tell us the number of your invoice and the model of the printer."


_WORD_HEAD = (
    '<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>'
    '<meta http-equiv="Content-Type" content="text/html; charset={charset}"><meta name="Generator" content="Microsoft Word 15">'
    "<!--[if !mso]><style>v\\:* {{behavior:url(#default#VML);}}</style><![endif]--><style><!--\n"
    "/* Style Definitions */\np.MsoNormal, li.MsoNormal {{margin:0cm; font-size:11.0pt;}}\n--></style></head>"
    '<body lang="EN-US" link="#0563C1" vlink="#954F72"><div class="WordSection1">'
)


def _word_paragraphs(*lines: str) -> str:
    return "".join(f'<p class="MsoNormal">{line or "<o:p>&nbsp;</o:p>"}<o:p></o:p></p>' for line in lines)


def _outlook_2016() -> bytes:
    new = "Guten Tag,\n\ndie Rechnung hat die Nummer 4712.\n\nMit freundlichen Grüßen\nJürgen Weiß"
    quote = (
        "-----Ursprüngliche Nachricht-----\nVon: Okno Support <support@okno.example>\n"
        f"Gesendet: Dienstag, 1. September 2026 10:15\nAn: Jürgen Weiß\nBetreff: [#1004] Drucker\n\n{_ASKED}\n"
    )
    html = (
        _WORD_HEAD.format(charset="iso-8859-1")
        + _word_paragraphs(
            "Guten Tag,", "", "die Rechnung hat die Nummer 4712.", "", "Mit freundlichen Grüßen", "Jürgen Weiß", ""
        )
        + '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">'
        "<b>Von:</b> Okno Support &lt;support@okno.example&gt; <br><b>Gesendet:</b> Dienstag, 1. September 2026 10:15<br>"
        "<b>An:</b> Jürgen Weiß<br><b>Betreff:</b> [#1004] Drucker<o:p></o:p></p></div></div>"
        + _word_paragraphs("", _ASKED)
        + "</div></body></html>"
    )
    return letter(
        envelope(
            f"{word('Jürgen Weiß', 'iso-8859-1', 'Q')} <j.weiss@nordwind.example>",
            "AW: [#1004] Drucker",
            4,
            *answers(4),
            ("Thread-Index", "AdrKx0000000000000000000000000=="),
            ("X-Mailer", "Microsoft Outlook 16.0"),
        ),
        multipart(
            "alternative",
            "----=_NextPart_000_0004_01DA0000.00000000",
            text_part(f"{new}\n\n{quote}", charset="iso-8859-1"),
            text_part(html, charset="iso-8859-1", kind="html"),
            preamble=b"This is a multipart message in MIME format.\r\n\r\n",
        ),
    )


def _outlook_365() -> bytes:
    quote = (
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
        '<font face="Calibri, sans-serif" style="font-size:11pt" color="#000000"><b>From:</b> Okno Support '
        "&lt;support@okno.example&gt;<br><b>Sent:</b> Tuesday, September 1, 2026 10:15 AM<br><b>To:</b> Ann Lee "
        "&lt;ann@nordwind.example&gt;<br><b>Subject:</b> [#1005] Printer</font><div>&nbsp;</div></div>"
        f"<div>{_ASKED}</div>"
    )
    html = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style type="text/css" '
        'style="display:none;"> P {margin-top:0;margin-bottom:0;} </style></head><body dir="ltr">'
        '<div class="elementToProof" style="font-family: Aptos">It is a Nordprint 300.</div>'
        f'<div class="elementToProof"><br></div>{quote}</body></html>'
    )
    text = (
        "It is a Nordprint 300.\n\n________________________________\nFrom: Okno Support <support@okno.example>\n"
        f"Sent: Tuesday, September 1, 2026 10:15 AM\nTo: Ann Lee <ann@nordwind.example>\nSubject: [#1005] Printer\n\n{_ASKED}\n"
    )
    return letter(
        envelope(
            "Ann Lee <ann@nordwind.example>",
            "Re: [#1005] Printer",
            5,
            *answers(5),
            ("X-MS-Exchange-Organization-SCL", "-1"),
            ("X-Auto-Response-Suppress", "DR, RN, NRN"),
        ),
        multipart(
            "alternative",
            "_000_AM0PR01MB0000000000EURP_",
            text_part(text),
            text_part(html, kind="html"),
        ),
    )


def _outlook_html_only() -> bytes:
    html = (
        _WORD_HEAD.format(charset="koi8-r")
        + _word_paragraphs("Добрый день!", "", "Не открывается 1С на складе.", "С уважением, Пётр")
        + "</div></body></html>"
    )
    return letter(
        envelope(f"{word('Пётр Лунин', 'koi8-r')} <p.lunin@sklad.example>", word("Не открывается 1С", "koi8-r"), 6),
        text_part(html, charset="koi8-r", kind="html"),
    )


def _outlook_signature_logo() -> bytes:
    html = (
        _WORD_HEAD.format(charset="windows-1250")
        + _word_paragraphs(
            "Dzień dobry,", "drukarka nie działa.", '<img width="8" src="cid:image001.png@01DB0000.12345678">'
        )
        + "</div></body></html>"
    )
    return letter(
        envelope(
            f"{word('Łukasz Żak', 'iso-8859-2', 'Q')} <l.zak@kawa.example>",
            word("Drukarka nie działa", "iso-8859-2", "Q"),
            7,
        ),
        multipart(
            "mixed",
            "_005_mixed_",
            multipart(
                "related",
                "_004_related_",
                multipart(
                    "alternative",
                    "_000_alt_",
                    text_part(
                        "Dzień dobry,\ndrukarka nie działa.\n[cid:image001.png@01DB0000.12345678]",
                        charset="iso-8859-2",
                    ),
                    text_part(html, charset="windows-1250", kind="html"),
                ),
                file_part(
                    "image/png",
                    "image001.png",
                    _LOGO,
                    ("Content-Description", "image001.png"),
                    ("Content-Disposition", 'inline; filename="image001.png"; size=100'),
                    ("Content-ID", "<image001.png@01DB0000.12345678>"),
                ),
                parameters=';\r\n\ttype="multipart/alternative"',
            ),
            file_part("application/pdf", "faktura.pdf", document("faktura")),
        ),
    )


_FILES_LOGO = {"image001.png": digest(_LOGO), "faktura.pdf": digest(document("faktura"))}


LETTERS = [
    CorpusLetter(
        "outlook-2016-reply-de", _outlook_2016, "j.weiss@nordwind.example", "AW: [#1004] Drucker",
        "Guten Tag,\n\ndie Rechnung hat die Nummer 4712.\n\nMit freundlichen Grüßen\nJürgen Weiß", quotes=True,
    ),
    CorpusLetter("outlook-365-reply", _outlook_365, "ann@nordwind.example", "Re: [#1005] Printer", "It is a Nordprint 300.", quotes=True),
    CorpusLetter(
        "outlook-html-only-koi8", _outlook_html_only, "p.lunin@sklad.example", "Не открывается 1С",
        "Добрый день!\n\nНе открывается 1С на складе.\nС уважением, Пётр",
    ),
    CorpusLetter(
        "outlook-signature-logo-pl", _outlook_signature_logo, "l.zak@kawa.example", "Drukarka nie działa",
        "Dzień dobry,\ndrukarka nie działa.\n[cid:image001.png@01DB0000.12345678]", _FILES_LOGO,
    ),
]  # fmt: skip
