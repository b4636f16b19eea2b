"""Attributions of all programs and languages, in every place they can stand in."""

import textwrap

import pytest

from okno.channels.email.rules.cutting import cut_reply, cut_reply_html
from okno.channels.email.tests.cutting.attributions import SURE, WEAK

ANSWER = "Good morning,\n\nthe second printer works again, thank you.\n\nBest regards,\nAnna"
QUOTED = "> Please try the other cable.\n>\n> Okno support"
BARE = "Please try the other cable.\n\nOkno support"
ALL = SURE + WEAK


def ids(rows: list[tuple[str, str]]) -> list[str]:
    return [name for name, _ in rows]


@pytest.mark.parametrize(("name", "line"), ALL, ids=ids(ALL))
def test_the_answer_above(name: str, line: str) -> None:
    new, quoted = cut_reply(f"{ANSWER}\n\n{line}\n\n{QUOTED}\n")
    assert new == ANSWER
    assert quoted == f"{line}\n\n{QUOTED}\n"


@pytest.mark.parametrize(("name", "line"), ALL, ids=ids(ALL))
def test_the_answer_below(name: str, line: str) -> None:
    new, quoted = cut_reply(f"{line}\n{QUOTED}\n\n{ANSWER}\n")
    assert new == ANSWER
    assert quoted == f"{line}\n{QUOTED}\n"


@pytest.mark.parametrize(("name", "line"), SURE, ids=ids(SURE))
def test_without_quotation_marks(name: str, line: str) -> None:
    new, quoted = cut_reply(f"{ANSWER}\n\n{line}\n\n{BARE}\n")
    assert new == ANSWER
    assert quoted == f"{line}\n\n{BARE}\n"


@pytest.mark.parametrize("width", [40, 56, 72])
@pytest.mark.parametrize(("name", "line"), SURE, ids=ids(SURE))
def test_wrapped(name: str, line: str, width: int) -> None:
    wrapped = "\r\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
    new, _ = cut_reply(f"{ANSWER}\r\n\r\n{wrapped}\r\n{QUOTED}\r\n")
    assert new == ANSWER


@pytest.mark.parametrize(("name", "line"), SURE, ids=ids(SURE))
def test_in_html_without_any_markup(name: str, line: str) -> None:
    shown = line.replace("<", "&lt;").replace(">", "&gt;")
    new, quoted = cut_reply_html(f"<p>It works</p><p>{shown}</p><div><p>Please try</p></div>")
    assert new == "<p>It works</p>"
    assert "Please try" in quoted


@pytest.mark.parametrize(("name", "line"), ALL, ids=ids(ALL))
def test_in_html_above_a_plain_quotation(name: str, line: str) -> None:
    shown = line.replace("<", "&lt;").replace(">", "&gt;")
    new, quoted = cut_reply_html(
        f"<div>It works</div><div><br></div><div>{shown}</div><blockquote>Please try</blockquote>"
    )
    assert new == "<div>It works</div>"
    assert "Please try" in quoted
