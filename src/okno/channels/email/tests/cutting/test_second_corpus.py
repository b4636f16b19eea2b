"""The second corpus: letters as somebody else would make them up, in text and turned into HTML in two ways."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from okno.channels.email.rules.cutting import cut_reply, cut_reply_html
from okno.channels.email.tests.cutting.second_corpus import HTML, LETTERS, WHOLE
from okno.channels.email.tests.cutting.third_corpus import ANSWER, QUOTATIONS


def lines(html: str) -> list[str]:
    body = LexborHTMLParser(html).body
    return [line.strip() for line in (body.text(separator="\n") if body else "").split("\n") if line.strip()]


def shown(letter: str) -> str:
    plain = letter.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(("letter", "new"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_text(letter: str, new: str) -> None:
    assert cut_reply(letter)[0].strip() == new


@pytest.mark.parametrize(("letter", "new"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_text_in_divs(letter: str, new: str) -> None:
    html = "".join(f"<div>{line or '<br>'}</div>" for line in shown(letter).splitlines())
    assert lines(cut_reply_html(html)[0]) == [line for line in new.split("\n") if line]


@pytest.mark.parametrize(("letter", "new"), [row[1:] for row in LETTERS], ids=[row[0] for row in LETTERS])
def test_text_with_breaks(letter: str, new: str) -> None:
    html = "<div>" + shown(letter).replace("\n", "<br>\n") + "</div>"
    assert lines(cut_reply_html(html)[0]) == [line for line in new.split("\n") if line]


@pytest.mark.parametrize("letter", [row[1] for row in WHOLE], ids=[row[0] for row in WHOLE])
def test_whole(letter: str) -> None:
    assert cut_reply(letter) == (letter, "")


@pytest.mark.parametrize("html", [row[1] for row in HTML], ids=[row[0] for row in HTML])
def test_html(html: str) -> None:
    new, quoted = cut_reply_html(html)
    assert lines(new) == ["NEW"]
    assert "OLD" in quoted


@pytest.mark.parametrize("quotation", [row[1] for row in QUOTATIONS], ids=[row[0] for row in QUOTATIONS])
def test_more_introductions(quotation: str) -> None:
    assert cut_reply(f"{ANSWER}\n\n{quotation}") == (ANSWER, quotation.lstrip("\n"))


@pytest.mark.parametrize("quotation", [row[1] for row in QUOTATIONS], ids=[row[0] for row in QUOTATIONS])
def test_more_introductions_in_html(quotation: str) -> None:
    new, _ = cut_reply_html("<p>It works</p><div>" + shown(quotation).replace("\n", "<br>") + "</div>")
    assert lines(new) == ["It works"]


@pytest.mark.parametrize("quotation", [row[1] for row in QUOTATIONS], ids=[row[0] for row in QUOTATIONS])
def test_more_introductions_alone_stay_whole(quotation: str) -> None:
    assert cut_reply(quotation) == (quotation, "")
