"""Whole letters: the corpus, the shapes of MIME, and agreement with the standard library on sound letters."""

import email
import hashlib
from datetime import UTC, datetime

import pytest

from okno.channels.email.rules import parse_letter
from okno.channels.email.rules.dates import parse_date
from okno.channels.email.rules.flowed import unflow
from okno.channels.email.rules.identifiers import first_message_id, message_ids
from okno.channels.email.rules.limits import DEFAULT_LIMITS
from okno.channels.email.rules.problems import Problems
from okno.channels.email.rules.splitting import Part, split_letter
from okno.channels.email.rules.transfer import decode_transfer
from okno.channels.email.rules.words import decode_words
from okno.testing.letters import CORPUS, CorpusLetter

HEAD = b"From: Adam <adam@kawa.example>\r\nSubject: Test\r\nMessage-ID: <1@kawa.example>\r\nMIME-Version: 1.0\r\n"


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().split("\n")]


def test_the_corpus_is_large_enough() -> None:
    names = [letter.name for letter in CORPUS]
    assert len(set(names)) == len(names) >= 100


@pytest.mark.parametrize("letter", CORPUS, ids=lambda letter: letter.name)
def test_corpus(letter: CorpusLetter) -> None:
    parsed = parse_letter(letter.raw)
    assert parsed.sender is not None
    assert parsed.sender.address == letter.sender
    assert parsed.subject == letter.subject
    assert parsed.kind == letter.kind, parsed.kind_reason
    assert parsed.kind_reason
    if letter.text or letter.kind == "letter":
        assert lines(parsed.text) == lines(letter.text)
        assert {one.name: one.sha256 for one in parsed.attachments} == letter.files
    assert bool(parsed.quoted) or not letter.quotes
    for one in parsed.attachments:
        assert hashlib.sha256(one.content).hexdigest() == one.sha256
        assert one.size == len(one.content)
    assert not any("could not be read" in problem for problem in parsed.problems)


@pytest.mark.parametrize(
    "letter", [one for one in CORPUS if not one.name.startswith("broken")], ids=lambda one: one.name
)
def test_sound_letters_split_as_in_the_standard_library(letter: CorpusLetter) -> None:
    """The leaves of the tree and their bytes are those of `email` with its compat32 policy."""
    problems = Problems()
    ours = [
        (
            part.content_type,
            None if part.content_type.startswith("message/") else _content(part, letter.raw),
        )
        for part in _leaves(split_letter(letter.raw, DEFAULT_LIMITS, problems))
    ]
    assert ours == _standard_leaves(letter.raw)
    assert problems.all() == []


def _leaves(part: Part) -> list[Part]:
    return [leaf for child in part.children for leaf in _leaves(child)] if part.children else [part]


def _standard_leaves(raw: bytes) -> list[tuple[str, bytes | None]]:
    found = []
    waiting = [email.message_from_bytes(raw)]
    while waiting:
        part = waiting.pop(0)
        if part.is_multipart() and part.get_content_maintype() == "multipart":
            waiting[:0] = part.get_payload()
            continue
        if part.get_content_maintype() == "message":  # reports and letters in letters are leaves to us
            found.append((part.get_content_type(), None))
        else:
            found.append((part.get_content_type(), part.get_payload(decode=True)))
    return found


def _content(part: Part, raw: bytes) -> bytes:
    return decode_transfer(raw[part.start : part.end], part.fields.first("Content-Transfer-Encoding"), Problems())


def test_header_facts() -> None:
    parsed = parse_letter(
        b"Return-Path: <Bounce@Kawa.example>\r\nFrom: Adam <adam@kawa.example>\r\nTo: a@okno.example, B <b@okno.example>\r\n"
        b"Cc: c@okno.example\r\nReply-To: other@kawa.example\r\nDate: Tue, 1 Sep 2026 10:15:00 +0300\r\nMessage-ID:\r\n <1@kawa.example>\r\n"
        b"In-Reply-To: <a@okno.example> (as discussed)\r\nReferences: <first@okno.example>\r\n\t<a@okno.example>\r\n"
        b"X-Loop: okno\r\nList-Id: Users <users.kawa.example>\r\nPrecedence: List\r\nAuto-Submitted: No\r\n\r\nText\r\n"
    )
    assert [one.address for one in parsed.to] == ["a@okno.example", "b@okno.example"]
    assert [one.address for one in parsed.cc] == ["c@okno.example"]
    assert [one.address for one in parsed.reply_to] == ["other@kawa.example"]
    assert parsed.date == datetime(2026, 9, 1, 7, 15, tzinfo=UTC)
    assert parsed.message_id == "<1@kawa.example>"
    assert parsed.in_reply_to == "<a@okno.example>"
    assert parsed.references == ["<first@okno.example>", "<a@okno.example>"]
    assert (parsed.return_path, parsed.x_loop, parsed.precedence) == ("bounce@kawa.example", ["okno"], "list")
    assert (parsed.auto_submitted, parsed.list_id) == ("no", "Users <users.kawa.example>")
    assert parsed.header("x-LOOP") == "okno"
    assert parsed.header("X-None") == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("plain", "plain"),
        ("=?utf-8?Q?caf=C3=A9?=", "café"),
        ("=?UTF-8?b?Y2Fmw6k=?= bar", "café bar"),
        ("=?utf-8?Q?a?= =?utf-8?Q?b?=", "ab"),
        ("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
        ("=?utf-8?Q?a?= x =?utf-8?Q?b?=", "a x b"),
        ("=?utf-8?Q?=D0?= =?utf-8?Q?=97?=", "З"),
        ("=?utf-8?B?0?= =?utf-8?B?Jc=?=", "З"),
        ("=?utf-8*en?Q?lang?=", "lang"),
        ("=?utf-8?Q?under_score?=", "under score"),
        ("=?utf-8?Q?two words?=", "two words"),
        ("=?utf-8?Q?what?=", "what"),
        ("=?utf-8?Q?really??= yes", "really? yes"),
        ("=?no-such-charset?Q?abc?=", "abc"),
        ("=?utf-8?Q?never ended", "=?utf-8?Q?never ended"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?utf-8?B?!!!!?=", ""),
        ("=?utf-8?Q?=00=ED=A0=80?=", "\ufffd\ufffd\ufffd\ufffd"),
        ("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        ("=?koi8-r?B?8NLJ18XU?=", "Привет"),
        ("=?utf-8?Q?line=0D=0ABcc:_x?=", "line Bcc: x"),
        ("=? =? ?= =??=", "=? =? ?= =??="),
    ],
)
def test_encoded_words(written: str, read: str) -> None:
    assert decode_words(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Tue, 1 Sep 2026 10:15:00 +0300", "2026-09-01T07:15:00+00:00"),
        ("1 Sep 2026 10:15 GMT", "2026-09-01T10:15:00+00:00"),
        ("Tue, 01 Sep 2026 10:15:00 +0300 (MSK)", "2026-09-01T07:15:00+00:00"),
        ("Tue, 1 Sep 26 10:15:00 -0500", "2026-09-01T15:15:00+00:00"),
        ("Tue, 1 Sep 2026 10:15:00 GMT+3", "2026-09-01T07:15:00+00:00"),
        ("Tue, 1 Sep 2026 10:15:00 +03:00", "2026-09-01T07:15:00+00:00"),
        ("Tue, 1 Sep 2026 10:15:00 EEST", "2026-09-01T07:15:00+00:00"),
        ("2026-09-01T10:15:00Z", "2026-09-01T10:15:00+00:00"),
        ("2026-09-01 10:15:00 +0300", "2026-09-01T07:15:00+00:00"),
        ("2026-09-01T10:15:00.123+02:00", "2026-09-01T08:15:00+00:00"),
        ("01.09.2026 10:15", "2026-09-01T10:15:00+00:00"),
        ("Вт, 1 сент 2026 10:15:00 +0300", "2026-09-01T07:15:00+00:00"),
        ("wt., 1 wrz 2026 10:15:00 +0200", "2026-09-01T08:15:00+00:00"),
        ("Tue Sep  1 10:15:00 2026", "2026-09-01T10:15:00+00:00"),
        ("Tue, 1 Sep 2026 23:59:60 +0000", "2026-09-01T23:59:59+00:00"),
    ],
)
def test_dates(written: str, read: str) -> None:
    moment, problem = parse_date(written, datetime(2026, 10, 1, tzinfo=UTC))
    assert problem is None
    assert moment is not None
    assert moment.isoformat() == read


@pytest.mark.parametrize(
    "written",
    [
        "Thu, 1 Jan 1970 00:00:00 +0000",
        "Mon, 1 Jan 2109 00:00:00 +0000",
        "32 Foo 2026",
        "yesterday",
        "99999999999999 Jan 1",
        "Tue, 31 Feb 2026 25:61:00",
    ],
)
def test_absurd_dates(written: str) -> None:
    moment, problem = parse_date(written, datetime(2026, 10, 1, tzinfo=UTC))
    assert moment is None
    assert problem
    assert parse_date("") == (None, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<a@b>", ["<a@b>"]),
        ("<a@b><c@d>", ["<a@b>", "<c@d>"]),
        ("<a@b>, <c@d> (comment)", ["<a@b>", "<c@d>"]),
        ("<broken\r\n .id@b>", ["<broken.id@b>"]),
        ("a@b c@d", ["<a@b>", "<c@d>"]),
        ("<a@b> <a@b>", ["<a@b>"]),
        ("Your message of Tuesday <a@b>", ["<a@b>"]),
        ("<>", []),
        ("<open", []),
        ("", []),
    ],
)
def test_message_ids(written: str, read: list[str]) -> None:
    assert message_ids(written) == read


def test_lone_message_id_and_many_references() -> None:
    assert first_message_id("no-brackets") == "<no-brackets>"
    assert first_message_id("two words") is None
    many = message_ids(" ".join(f"<{n}@b>" for n in range(900)), 500)
    assert (len(many), many[0], many[-1]) == (500, "<0@b>", "<899@b>")


def test_flowed_text() -> None:
    assert unflow("one \ntwo\n> a \n> b\n-- \nme", delete_space=False) == "one two\n> a b\n-- \nme"
    assert unflow("漢 \n字", delete_space=True) == "漢字"
    assert unflow(" >stuffed\n  space", delete_space=False) == ">stuffed\n space"


def test_alternative_takes_the_last_html_and_the_plain_text() -> None:
    parsed = parse_letter(
        HEAD
        + b'Content-Type: multipart/alternative; boundary="a"\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nplain\r\n--a\r\n'
        b"Content-Type: text/html\r\n\r\n<p>first</p>\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>last</p>\r\n--a--\r\n"
    )
    assert parsed.text == "plain"
    assert parsed.html_full == "<p>last</p>"


def test_alternative_with_an_empty_plain_text_is_read_from_html() -> None:
    parsed = parse_letter(
        HEAD
        + b'Content-Type: multipart/alternative; boundary="a"\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\n \r\n--a\r\n'
        b"Content-Type: text/html\r\n\r\n<p>Only here</p>\r\n--a--\r\n"
    )
    assert parsed.text == "Only here"


def test_a_picture_named_by_the_html_is_inline_and_others_are_not() -> None:
    parsed = parse_letter(
        HEAD
        + b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\nContent-Type: text/html\r\n\r\n<img src="cid:one%40x">\r\n--a\r\n'
        b"Content-Type: image/png\r\nContent-ID: <one@x>\r\nContent-Disposition: attachment; filename=one.png\r\n\r\n1\r\n--a\r\n"
        b"Content-Type: image/png\r\nContent-ID: <two@x>\r\nContent-Disposition: inline; filename=two.png\r\n\r\n2\r\n--a--\r\n"
    )
    assert [(one.name, one.inline, one.content_id) for one in parsed.attachments] == [
        ("one.png", True, "one@x"),
        ("two.png", False, "two@x"),
    ]


def test_a_letter_that_is_one_file() -> None:
    parsed = parse_letter(
        HEAD + b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n"
    )
    assert (parsed.text, parsed.attachments[0].name, parsed.attachments[0].content) == ("", "a.pdf", b"%PDF")


def test_a_named_text_is_a_file_beside_another_text() -> None:
    parsed = parse_letter(
        HEAD
        + b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n--a\r\nContent-Type: text/plain\r\n\r\nbody\r\n--a\r\n'
        b"Content-Type: text/plain; name=notes.txt\r\n\r\nnotes\r\n--a\r\nContent-Type: text/html\r\n"
        b"Content-Disposition: attachment; filename=page.html\r\n\r\n<p>page\r\n--a--\r\n"
    )
    assert parsed.text == "body"
    assert [one.name for one in parsed.attachments] == ["notes.txt", "page.html"]


@pytest.mark.parametrize(
    "raw",
    [b"", b"\n", b"\x00", b"\xff\xfe", b"From ", b":", b": x", b"a:", b"\r\r\r", b"--", b"Content-Type: multipart/mixed\n\n", b" folded\nx",
     b"Content-Type: multipart/mixed; boundary=\"\"\n\n--\nx", b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n\n=",
     b"Date: \xff\nFrom: \xff\nSubject: =?\xff?b?\xff?=\n\n\xff", b"\x1f\x8b\x08" * 10, b"{}", b"<html><body>hello"],
)  # fmt: skip
def test_what_is_no_letter(raw: bytes) -> None:
    parsed = parse_letter(raw)
    assert parsed.problems
    assert not any("could not be read:" in problem for problem in parsed.problems)
    assert parsed.kind == "letter"


def test_what_is_no_letter_is_text() -> None:
    parsed = parse_letter(b"Just a text\nwithout any header.\n")
    assert parsed.text == "Just a text\nwithout any header."
    assert "the letter has no header" in parsed.problems
