"""Reports of failed, delayed and successful delivery in the dialects of many mail servers."""

from __future__ import annotations

from dataclasses import dataclass

from okno.testing.letters.building import (
    CorpusLetter,
    crlf,
    envelope,
    headers,
    letter,
    multipart,
    part,
    text_part,
    word,
)

ORIGINAL_ID = "<reply.77@okno.example>"


@dataclass(frozen=True, slots=True)
class CorpusBounce:
    """What is to be read from a bounce of the corpus."""

    recipients: list[str]
    status: str | None
    permanent: bool
    original: str | None = ORIGINAL_ID


_RETURNED = headers(
    [
        ("From", "Support <support@okno.example>"),
        ("To", "gone@kawa.example"),
        ("Subject", "[#1077] Your request"),
        ("Message-ID", ORIGINAL_ID),
    ]
)


def _daemon(
    number: int,
    subject: str,
    sender: str = "MAILER-DAEMON@kawa.example (Mail Delivery System)",
    *more: tuple[str, str | bytes],
) -> list[tuple[str, str | bytes]]:
    return [("Return-Path", "<>"), *envelope(sender, subject, number, *more)]


def _status(recipient: str, action: str, status: str, diagnostic: str) -> bytes:
    return crlf(
        "Reporting-MTA: dns; mx.kawa.example\nArrival-Date: Tue, 1 Sep 2026 10:15:00 +0300\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}\n"
    )


def _report(
    number: int, subject: str, text: str, status: bytes, sender: str, *more: tuple[str, str | bytes]
) -> bytes:
    return letter(
        _daemon(number, subject, sender, ("Auto-Submitted", "auto-replied"), *more),
        multipart(
            "report",
            f"report{number}.kawa",
            text_part(text),
            part("message/delivery-status", status),
            part("text/rfc822-headers", _RETURNED),
            parameters="; report-type=delivery-status",
        ),
    )


def _postfix() -> bytes:
    text = (
        "This is the mail system at host mx.kawa.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n"
        "<gone@kawa.example>: host mx.kawa.example[192.0.2.1] said: 550 5.1.1 User unknown"
    )
    return _report(
        300,
        "Undelivered Mail Returned to Sender",
        text,
        _status("gone@kawa.example", "failed", "5.1.1", "550 5.1.1 User unknown"),
        "MAILER-DAEMON@kawa.example (Mail Delivery System)",
    )


def _postfix_delayed() -> bytes:
    return _report(
        301, "Delayed Mail (still being retried)", "Your message could not be delivered for more than 4 hour(s). It will be retried until it is 5 day(s) old.",
        _status("slow@kawa.example", "delayed", "4.4.1", "connect to mx.kawa.example: Connection timed out"), "MAILER-DAEMON@kawa.example (Mail Delivery System)",
    )  # fmt: skip


def _delivered() -> bytes:
    return _report(
        302,
        "Successful Mail Delivery Report",
        "Your message was successfully delivered.",
        _status("ok@kawa.example", "delivered", "2.0.0", "250 Ok"),
        "MAILER-DAEMON@kawa.example",
    )


def _exchange() -> bytes:
    html = (
        '<html><body><h2>Delivery has failed to these recipients or groups:</h2><p><a href="mailto:gone@nordwind.example">gone@nordwind.example</a><br>'
        "The email address you entered couldn't be found.</p></body></html>"
    )
    return letter(
        _daemon(
            303,
            "Undeliverable: [#1077] Your request",
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@nordwind.example>",
            ("X-MS-Exchange-Message-Is-Ndr", ""),
        ),
        multipart(
            "report",
            "exchange303",
            multipart(
                "alternative",
                "exchange303a",
                text_part("Delivery has failed to these recipients or groups:\n\ngone@nordwind.example\n"),
                text_part(html, kind="html"),
            ),
            part(
                "message/delivery-status",
                _status("gone@nordwind.example", "failed", "5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound"),
            ),
            part("message/rfc822", _RETURNED + b"The text.\r\n"),
            parameters="; report-type=delivery-status",
        ),
    )


def _exchange_ru() -> bytes:
    text = "Сообщение не доставлено следующим получателям или группам:\n\ngone@sklad.example\nАдрес электронной почты не найден.\n\nДиагностические сведения для администраторов:\n\n550 5.1.1 RESOLVER.ADR.RecipNotFound\n\nMessage-ID: <reply.77@okno.example>\n"
    return letter(
        _daemon(
            304,
            word("Недоставленное: [#1077] Ваш запрос"),
            f"{word('Системный администратор')} <postmaster@sklad.example>",
        ),
        text_part(text),
    )


def _qmail() -> bytes:
    text = (
        "Hi. This is the qmail-send program at kawa.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<gone@kawa.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
        "Return-Path: <support@okno.example>\nMessage-ID: <reply.77@okno.example>\nFrom: Support <support@okno.example>\nTo: gone@kawa.example\n\nThe text.\n"
    )
    return letter(_daemon(305, "failure notice", "MAILER-DAEMON@kawa.example"), text_part(text, encoding="7bit"))


def _exim() -> bytes:
    text = (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n"
        "  gone@kawa.example\n    host mx.kawa.example [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<gone@kawa.example>:\n    550 unrouteable address\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: <reply.77@okno.example>\nFrom: Support <support@okno.example>\n\nThe text.\n"
    )
    return letter(
        _daemon(
            306,
            "Mail delivery failed: returning message to sender",
            "Mail Delivery System <Mailer-Daemon@kawa.example>",
            ("X-Failed-Recipients", "gone@kawa.example"),
        ),
        text_part(text, encoding="7bit"),
    )


def _gmail() -> bytes:
    text = "** Address not found **\n\nYour message wasn't delivered to gone@dnipro.example because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n550 5.1.1 The email account that you tried to reach does not exist.\n"
    return letter(
        _daemon(
            307,
            "Delivery Status Notification (Failure)",
            "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            ("X-Failed-Recipients", "gone@dnipro.example"),
            ("Auto-Submitted", "auto-replied"),
            ("In-Reply-To", ORIGINAL_ID),
            ("References", ORIGINAL_ID),
        ),
        multipart(
            "report",
            "gmail307",
            text_part(text),
            part(
                "message/delivery-status",
                _status("gone@dnipro.example", "failed", "5.1.1", "550-5.1.1 does not exist"),
            ),
            part("message/rfc822", _RETURNED),
            parameters="; report-type=delivery-status",
        ),
    )


def _yandex() -> bytes:
    text = "Это письмо отправлено почтовым сервером sklad.example.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может\nбыть отправлено одному или нескольким адресатам. Не удалось доставить.\n\n<gone@sklad.example>: host mx.sklad.example said: 550 5.7.1 No such user!\n"
    return _report(
        308,
        word("Недоставленное сообщение"),
        text,
        _status("gone@sklad.example", "failed", "5.7.1", "550 5.7.1 No such user!"),
        "mailer-daemon@sklad.example",
    )


def _mail_ru() -> bytes:
    text = "Это письмо создано автоматически\nсервером, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n**********************\n\ngone@sklad.example не существует (user not found)\n\n**********************\n"
    return letter(
        _daemon(309, "Mail failure.", "mailer-daemon@corp.sklad.example"),
        multipart("mixed", "mailru309", text_part(text, encoding="base64"), part("message/rfc822", _RETURNED)),
    )


def _sendmail() -> bytes:
    text = "The original message was received at Tue, 1 Sep 2026 10:15:00 +0300\n\n   ----- The following addresses had permanent fatal errors -----\n<gone@kawa.example>\n    (reason: 553 5.3.0 no such mailbox)\n\n   ----- Transcript of session follows -----\n... while talking to mx.kawa.example.:\n<<< 553 5.3.0 no such mailbox\n"
    return letter(
        _daemon(
            310,
            "Returned mail: see transcript for details",
            "Mail Delivery Subsystem <MAILER-DAEMON@mx.kawa.example>",
        ),
        multipart("mixed", "sendmail310", text_part(text), part("message/rfc822", _RETURNED)),
    )


def _ses() -> bytes:
    return _report(
        311,
        "Delivery Status Notification (Failure)",
        "An error occurred while trying to deliver the mail to the following recipients:\ngone@kawa.example\n",
        _status("gone@kawa.example", "failed", "5.1.1", "550 5.1.1 mailbox unavailable"),
        "MAILER-DAEMON@eu-central-1.ses.example",
    )


def _exchange_pl() -> bytes:
    return letter(
        _daemon(312, word("Niedostarczone: [#1077] Zgłoszenie"), "postmaster@kawa.example"),
        text_part(
            "Nie można dostarczyć wiadomości do następujących adresatów:\n\ngone@kawa.example\n\n550 5.1.1 Brak takiego adresata\n\nMessage-ID: <reply.77@okno.example>\n"
        ),
    )


_DAEMON = "mailer-daemon@kawa.example"
BOUNCES: dict[str, CorpusBounce | None] = {
    "bounce-postfix": CorpusBounce(["gone@kawa.example"], "5.1.1", True),
    "bounce-postfix-delayed": CorpusBounce(["slow@kawa.example"], "4.4.1", False),
    "delivered-report": None,
    "bounce-exchange": CorpusBounce(["gone@nordwind.example"], "5.1.10", True),
    "bounce-exchange-ru": CorpusBounce(["gone@sklad.example"], "5.1.1", True),
    "bounce-qmail": CorpusBounce(["gone@kawa.example"], "5.1.1", True),
    "bounce-exim": CorpusBounce(["gone@kawa.example"], "5.0.0", True),
    "bounce-gmail": CorpusBounce(["gone@dnipro.example"], "5.1.1", True),
    "bounce-yandex": CorpusBounce(["gone@sklad.example"], "5.7.1", True),
    "bounce-mail-ru": CorpusBounce(["gone@sklad.example"], None, True),
    "bounce-sendmail": CorpusBounce(["gone@kawa.example"], "5.3.0", True),
    "bounce-ses": CorpusBounce(["gone@kawa.example"], "5.1.1", True),
    "bounce-exchange-pl": CorpusBounce(["gone@kawa.example"], "5.1.1", True),
}

# A bounce's text is the server's; the corpus does not fix it (an empty text stands for "any").
LETTERS = [
    CorpusLetter("bounce-postfix", _postfix, _DAEMON, "Undelivered Mail Returned to Sender", "", kind="bounce"),
    CorpusLetter("bounce-postfix-delayed", _postfix_delayed, _DAEMON, "Delayed Mail (still being retried)", "", kind="bounce" ),
    CorpusLetter("delivered-report", _delivered, _DAEMON, "Successful Mail Delivery Report", "", kind="auto_reply"),
    CorpusLetter("bounce-exchange", _exchange, "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@nordwind.example", "Undeliverable: [#1077] Your request", "", kind="bounce"),
    CorpusLetter("bounce-exchange-ru", _exchange_ru, "postmaster@sklad.example", "Недоставленное: [#1077] Ваш запрос", "", kind="bounce"),
    CorpusLetter("bounce-qmail", _qmail, _DAEMON, "failure notice", "", kind="bounce"),
    CorpusLetter("bounce-exim", _exim, _DAEMON, "Mail delivery failed: returning message to sender", "", kind="bounce" ),
    CorpusLetter("bounce-gmail", _gmail, "mailer-daemon@googlemail.example", "Delivery Status Notification (Failure)", "", kind="bounce"),
    CorpusLetter("bounce-yandex", _yandex, "mailer-daemon@sklad.example", "Недоставленное сообщение", "", kind="bounce" ),
    CorpusLetter("bounce-mail-ru", _mail_ru, "mailer-daemon@corp.sklad.example", "Mail failure.", "", kind="bounce" ),
    CorpusLetter("bounce-sendmail", _sendmail, "mailer-daemon@mx.kawa.example", "Returned mail: see transcript for details", "", kind="bounce"),
    CorpusLetter("bounce-ses", _ses, "mailer-daemon@eu-central-1.ses.example", "Delivery Status Notification (Failure)", "", kind="bounce"),
    CorpusLetter("bounce-exchange-pl", _exchange_pl, "postmaster@kawa.example", "Niedostarczone: [#1077] Zgłoszenie", "", kind="bounce"),
]  # fmt: skip
