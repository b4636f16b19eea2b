"""Any bytes are read: no exception, valid JSON, nothing that cannot be stored, in bounded time."""

import io
import json
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from okno.channels.email import parse_command
from okno.channels.email.rules import may_be_auto_answered, parse_letter
from okno.channels.email.rules.letter import ParsedLetter
from okno.testing.letters import CORPUS

RAWS = [letter.raw for letter in CORPUS if not letter.large]
PIECES = [
    b"\r\n", b"\n", b"\r", b"\0", b"--", b"boundary=", b'"', b"=?utf-8?B?", b"?=", b"<", b">", b";", b",", b"\xff", b"\xd0", b"multipart/mixed", b"message/rfc822",
    b"Content-Type: ", b"Content-Transfer-Encoding: base64\r\n", b"charset=utf-16", b"charset=utf-7", b"+2AA-", b"\x1b$B", b"begin 644 x\n", b"Content-Type: text/html\r\n", b"=00", b"%00",
]  # fmt: skip


def check(raw: bytes) -> ParsedLetter:
    start = time.process_time()
    letter = parse_letter(raw)
    assert time.process_time() - start < 2
    assert not [problem for problem in letter.problems if "could not be read:" in problem]
    may_be_auto_answered(letter)
    line = json.dumps(parse_command._facts("x", letter), ensure_ascii=False)
    line.encode("utf-8")
    assert "\\u0000" not in line
    for _, value in letter.headers:
        value.encode("utf-8")
    for one in letter.attachments:
        assert one.name
        assert not set("/\\\0\r\n") & set(one.name)
    return letter


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes(raw: bytes) -> None:
    check(raw)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*PIECES, b"a", b" ", b":", b"From: a@b.example\r\n", b"\r\n\r\n", b"--b\r\n", b"boundary=b"]
        ),
        max_size=40,
    )
)
def test_any_order_of_the_pieces_of_letters(pieces: list[bytes]) -> None:
    check(b"".join(pieces))


def test_damaged_letters_of_the_corpus() -> None:
    source = random.Random(20260901)
    for _ in range(1500):
        raw = bytearray(source.choice(RAWS))
        for _ in range(source.randint(1, 8)):
            place = source.randrange(len(raw))
            what = source.randrange(4)
            if what == 0:
                raw[place] = source.randrange(256)
            elif what == 1:
                del raw[place : place + source.randrange(1, 60)]
            elif what == 2:
                raw[place:place] = source.choice(PIECES)
            else:
                raw[place:place] = raw[: source.randrange(1, 400)]
            if not raw:
                raw = bytearray(b"\n")
        check(bytes(raw))


def test_letters_cut_off_anywhere() -> None:
    source = random.Random(7)
    for raw in RAWS:
        for _ in range(4):
            check(raw[: source.randrange(len(raw))])


def test_letters_put_together() -> None:
    source = random.Random(8)
    for _ in range(150):
        check(b"\r\n".join(source.choice(RAWS) for _ in range(3)))


def test_the_command_writes_one_line_a_letter() -> None:
    out = io.StringIO()
    parse_command.run(["/absent\ud800"], True, out)
    assert len(out.getvalue().splitlines()) == 1
    out.getvalue().encode("utf-8")
