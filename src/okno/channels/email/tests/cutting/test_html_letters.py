"""HTML letters of all programs."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from okno.channels.email.rules.cutting import cut_reply_html
from okno.channels.email.tests.cutting.html_letters import HEADS, PROGRAMS


def text(html: str) -> str:
    body = LexborHTMLParser(html).body
    return " ".join(body.text(separator=" ").split()) if body else ""


@pytest.mark.parametrize("name", PROGRAMS)
def test_new_and_quoted(name: str) -> None:
    new, quoted = cut_reply_html(PROGRAMS[name])
    assert text(new) == "NEW"
    assert "OLD" in text(quoted)
    assert "NEW" not in quoted


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_is_lost(name: str) -> None:
    new, quoted = cut_reply_html(PROGRAMS[name])
    whole = text(PROGRAMS[name]).split()
    assert sorted(text(new).split() + text(quoted).split()) == sorted(whole)


@pytest.mark.parametrize(
    "name", [name for name in PROGRAMS if not name.startswith(("apple forward", "google groups", "superhuman"))]
)
def test_without_an_answer_it_stays_whole(name: str) -> None:
    html = PROGRAMS[name].replace("NEW", "")
    assert cut_reply_html(html) == (html, "")


@pytest.mark.parametrize("name", PROGRAMS)
def test_cutting_again_changes_nothing(name: str) -> None:
    new, _ = cut_reply_html(PROGRAMS[name])
    assert cut_reply_html(new) == (new, "")


def test_markup_around_the_new_part_stays() -> None:
    new, quoted = cut_reply_html(
        '<html><head><style>p{color:red}</style></head><body dir="rtl" style="font-size:12pt"><div class="a" style="color:blue">'
        f'<p>NEW <img src="cid:1"> <b>bold</b></p><hr><p>{HEADS}</p><p>OLD</p></div></body></html>'
    )
    assert new == (
        '<style>p{color:red}</style><div dir="rtl" style="font-size:12pt"><div class="a" style="color:blue">'
        '<p>NEW <img src="cid:1"> <b>bold</b></p></div></div>'
    )
    assert quoted.startswith(
        '<style>p{color:red}</style><div dir="rtl" style="font-size:12pt"><div class="a" style="color:blue"><hr>'
    )


def test_a_picture_is_an_answer() -> None:
    new, _ = cut_reply_html(f'<div><img src="cid:1" width="400"></div><hr><p>{HEADS}</p><p>OLD</p>')
    assert new == '<div><img src="cid:1" width="400"></div>'


def test_a_counting_picture_is_no_answer() -> None:
    html = f'<div><img src="https://x.example" width="1" height="1"></div><p>{HEADS}</p><p>OLD</p>'
    assert cut_reply_html(html) == (html, "")


INTERLEAVED = {
    "thunderbird": '<div class="moz-cite-prefix">On 3.11.2025 10:12, Jan wrote:</div><blockquote type="cite">Q1</blockquote><p>A1</p><blockquote type="cite">Q2</blockquote><p>A2</p>',
    "gmail": '<div dir="ltr"><div class="gmail_quote"><div class="gmail_attr">On Mon, Jan wrote:</div><blockquote class="gmail_quote">Q1</blockquote><div>A1</div><blockquote class="gmail_quote">Q2</blockquote><div>A2</div></div></div>',
    "apple": '<div>Hello</div><blockquote type="cite"><div>On 3 Nov 2025, at 10:12, Jan wrote:</div>Q1</blockquote><div>A1</div><blockquote type="cite">Q2</blockquote><div>A2</div>',
    "marks": "<div>Jan wrote:<br>&gt; Q1<br>A1<br>&gt; Q2<br>A2</div>",
}


@pytest.mark.parametrize("name", INTERLEAVED)
def test_interleaved_stays_whole(name: str) -> None:
    assert cut_reply_html(INTERLEAVED[name]) == (INTERLEAVED[name], "")


def test_interleaved_but_for_the_end() -> None:
    html = INTERLEAVED["thunderbird"].replace("<p>A2</p>", "")
    new, quoted = cut_reply_html(html)
    assert "A1" in new
    assert "Q1" in new
    assert "Q2" in quoted


WHOLE = {
    "a quotation of the person": "<p>As the poet said</p><blockquote>all is well</blockquote><p>so it is</p>",
    "indented by gmail": '<div>First</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>indented</div></blockquote>',
    "nothing": "",
    "blank": "<div><br></div>",
    "not html": "5 < 6 and 7 > 3",
    "frames": "<frameset><frame src=x></frameset>",
    "newsletter": "<table><tr><td><h1>News</h1><p>From: our shop</p></td></tr><tr><td><hr><p>Unsubscribe: here</p></td></tr></table>",
    "border of a person": '<p>Look:</p><div style="border-top:solid #E1E1E1 1.0pt;padding:3.0pt">a box without heads</div>',
    "outlook signature": '<div>It works</div><div id="Signature"><p>Best regards,<br>Anna</p></div>',
    "list": "<ul><li>From: here</li><li>To: there</li></ul>",
}


@pytest.mark.parametrize("name", WHOLE)
def test_stays_whole(name: str) -> None:
    assert cut_reply_html(WHOLE[name]) == (WHOLE[name], "")
