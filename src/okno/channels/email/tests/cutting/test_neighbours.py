"""What stands right above and below a quotation must not change where the letter is cut."""

import pytest

from okno.channels.email.rules.cutting import cut_reply

# (name, letter, what is new; None when the letter stays whole)
LETTERS = [
    (
        "bottom unprefixed blank",
        "On Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> q\n> q2\n\n\nA1\n\nA2\n\nBest,\nAnna",
        "A1\n\nA2\n\nBest,\nAnna",
    ),
    (
        "bottom then outlook",
        "On Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> q\n\nA1\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\n\nold",
        "A1",
    ),
    (
        "two bottom",
        "Hi\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> q1\n\nA1\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> q2\n\nA2",
        None,
    ),
    (
        "own log + quote",
        "The log:\n> a\n> b\nPlease look.\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "The log:\n> a\n> b\nPlease look.",
    ),
    (
        "own python + quote",
        "I did\n>>> x\n1\nand\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "I did\n>>> x\n1\nand",
    ),
    (
        "header in text then quote",
        "Hi\n\nFrom: Warsaw\nTo: Berlin\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "Hi\n\nFrom: Warsaw\nTo: Berlin",
    ),
    ("list with -- ", "a\n--\nb?\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old", "a\n--\nb?"),
    ("emoji", "👍\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old", "👍"),
    ("digit", "1\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old", "1"),
    (
        "url",
        "https://x.example/a\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "https://x.example/a",
    ),
    (
        "reply ends colon",
        "My answer is:\nyes\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "My answer is:\nyes",
    ),
    (
        "reply ends colon2",
        "Here it is:\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "Here it is:",
    ),
    (
        "reply date line above",
        "Deadline: 3 Nov 2025\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "Deadline: 3 Nov 2025",
    ),
    (
        "name above w/o blank",
        "Thanks\nAnna Nowak\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "Thanks\nAnna Nowak",
    ),
    ("name above w/o blank tb", "Thanks\nAnna Nowak\nOn 03.11.2025 10:12, Jan wrote:\n> old", "Thanks\nAnna Nowak"),
    ("name above short", "Thanks\nAnna Nowak\nJan Kowal wrote:\n> old", "Thanks\nAnna Nowak"),
    ("name above ru", "Спасибо\nАнна\n03.11.2025 10:12, Иван пишет:\n> old", "Спасибо\nАнна"),
    (
        "mail above",
        "Thanks\nAnna\nanna@x.example\nOn 03.11.2025 10:12, Jan wrote:\n> old",
        "Thanks\nAnna\nanna@x.example",
    ),
    (
        "phone above",
        "Thanks\nAnna\n+48 500 000 000\nOn Mon, Nov 3, 2025 at 10:12 AM Jan <j@x.example> wrote:\n> old",
        "Thanks\nAnna\n+48 500 000 000",
    ),
    (
        "phone above outlook",
        "Thanks\nAnna\n+48 500 000 000\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\n\nold",
        "Thanks\nAnna\n+48 500 000 000",
    ),
    (
        "label sig above outlook",
        "Thanks\nAnna\nPhone: +48 500 000 000\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\n\nold",
        "Thanks\nAnna\nPhone: +48 500 000 000",
    ),
    (
        "label sig above outlook blank",
        "Thanks\nAnna\nEmail: a@x.example\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\n\nold",
        "Thanks\nAnna\nEmail: a@x.example",
    ),
    (
        "tel de",
        "Danke\nTel.: 123\n\nVon: Jan <j@x.example>\nGesendet: Montag, 3. November 2025 10:12\nAn: A\nBetreff: x\n\nold",
        "Danke\nTel.: 123",
    ),
    (
        "outlook no body",
        "ok\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x",
        "ok",
    ),
    (
        "outlook body direct",
        "ok\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\nHello",
        "ok",
    ),
    (
        "intro colon outlook direct",
        "ok, see:\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\nHello",
        "ok, see:",
    ),
    (
        "hello colon",
        "Hello:\nok\n\nFrom: Jan <j@x.example>\nSent: Monday, November 3, 2025 10:12 AM\nTo: A\nSubject: x\n\nold",
        "Hello:\nok",
    ),
    (
        ">From",
        "I say\n>From here on it works\nok\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> old",
        "I say\n>From here on it works\nok",
    ),
    ("trailing >", "ok\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n>\n>\n", "ok"),
    ("blank > inside", "ok\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n\n> a\n\n> b\n\n> c", "ok"),
    (
        "sig below quote long",
        "ok\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> a\n\n-- \nAnna\nACME",
        "ok",
    ),
    ("spaces quote", "ok\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n  > a\n  > b", "ok"),
    ("only sig and quote", "-- \nAnna\n\nOn Mon, 3 Nov 2025 at 10:12, Jan <j@x.example> wrote:\n> a", None),
    (
        "date colon prose then >",
        "Restart at 10:12:\n> it failed\n> again",
        "Restart at 10:12:\n> it failed\n> again",
    ),
]


@pytest.mark.parametrize(("letter", "new"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_neighbours(letter: str, new: str | None) -> None:
    assert cut_reply(letter)[0] == (letter if new is None else new)
