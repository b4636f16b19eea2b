"""Bounces: standard reports and dialects; whom they concern, how final they are, which letter came back."""

import pytest

from okno.channels.email.rules import parse_letter
from okno.channels.email.rules.letter import Bounce
from okno.testing.letters import BOUNCES, CORPUS, CorpusLetter

DIALECTS = [one for one in CORPUS if one.name in BOUNCES]


def report(status: str, *, fields: str = "", returned: str = "") -> Bounce | None:
    raw = (
        f"From: MAILER-DAEMON@b.example\r\nSubject: Report\r\n{fields}MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        "--r\r\n\r\nThe report.\r\n--r\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.b.example\r\n\r\n{status}\r\n--r\r\n{returned}--r--\r\n"
    )
    return parse_letter(raw.encode()).bounce


@pytest.mark.parametrize("letter", DIALECTS, ids=lambda one: one.name)
def test_dialects(letter: CorpusLetter) -> None:
    expected = BOUNCES[letter.name]
    bounce = parse_letter(letter.raw).bounce
    if expected is None:
        assert bounce is None
        return
    assert bounce == Bounce(expected.recipients, expected.status, expected.permanent, expected.original)


@pytest.mark.parametrize(
    ("status", "recipients", "code", "permanent"),
    [
        ("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.1.1\r\n", ["a@b.example"], "5.1.1", True),
        ("Final-Recipient: RFC822;<A@B.example>\r\nAction: Failed (x)\r\nStatus: 5.1.1 (gone)\r\n", ["a@b.example"], "5.1.1", True),
        ("Original-Recipient: rfc822;old@b.example\r\nFinal-Recipient: rfc822;new@c.example\r\nAction: failed\r\n", ["old@b.example"], None, True),
        ("Final-Recipient: rfc822; a@b.example\r\nAction: delayed\r\nStatus: 4.2.2\r\n", ["a@b.example"], "4.2.2", False),
        ("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 4.4.7\r\n", ["a@b.example"], "4.4.7", False),
        ("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nDiagnostic-Code: smtp; 550-5.7.26 no\r\n", ["a@b.example"], "5.7.26", True),
        (
            ("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\nStatus: 5.0.0\r\n\r\n"
            "Final-Recipient: rfc822; ok@b.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\n"
            "Final-Recipient: rfc822; c@b.example\r\nAction: failed\r\nStatus: 5.2.2\r\n"),
            ["a@b.example", "c@b.example"], "5.0.0", True,
        ),
    ],
)  # fmt: skip
def test_standard_reports(status: str, recipients: list[str], code: str | None, permanent: bool) -> None:
    bounce = report(status)
    assert bounce is not None
    assert (bounce.recipients, bounce.status, bounce.permanent) == (recipients, code, permanent)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_success_is_no_bounce(action: str) -> None:
    assert report(f"Final-Recipient: rfc822; a@b.example\r\nAction: {action}\r\nStatus: 2.0.0\r\n") is None


@pytest.mark.parametrize(
    "returned",
    [
        "Content-Type: message/rfc822\r\n\r\nFrom: x@y.example\r\nMessage-ID:\r\n <orig@okno.example>\r\n\r\ntext\r\n",
        "Content-Type: text/rfc822-headers\r\n\r\nMessage-Id: <orig@okno.example>\r\n",
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nTWVzc2FnZS1JRDogPG9yaWdAb2tuby5leGFtcGxlPg0KDQp4\r\n",
    ],
)
def test_the_bounced_letter_is_known(returned: str) -> None:
    bounce = report("Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n", returned=returned)
    assert bounce is not None
    assert bounce.original_message_id == "<orig@okno.example>"


def test_the_bounced_letter_is_known_from_what_the_report_answers() -> None:
    status = "Final-Recipient: rfc822; a@b.example\r\nAction: failed\r\n"
    bounce = report(status, fields="In-Reply-To: <orig@okno.example>\r\n")
    assert bounce is not None
    assert bounce.original_message_id == "<orig@okno.example>"
    bare = report(status)
    assert bare is not None
    assert bare.original_message_id is None


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("Ann <ann@b.example>", "Undelivered Mail Returned to Sender", "I got this message, what does it mean? It could not be delivered to x@y.example"),
        ("Ann <ann@b.example>", "Mail delivery failed", "<x@y.example>: 550 5.1.1 user unknown"),
        ("postmaster@b.example", "New mail server", "We move the mail server on Sunday."),
        ("Ann <ann@b.example>", "Parcel", "My parcel was not delivered to our office."),
    ],
)  # fmt: skip
def test_people_writing_of_bounces_are_people(sender: str, subject: str, text: str) -> None:
    letter = parse_letter(f"From: {sender}\r\nSubject: {subject}\r\n\r\n{text}\r\n".encode())
    assert (letter.kind, letter.bounce) == ("letter", None)


def test_the_text_of_a_bounce_is_whole_t6() -> None:
    letter = parse_letter(next(one.raw for one in CORPUS if one.name == "bounce-qmail"))
    assert "Below this line is a copy of the message" in letter.text
    assert letter.quoted == ""
