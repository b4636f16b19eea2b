"""The text of HTML letters: what a reader sees, in lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okno.channels.email.rules.html_size import is_too_complex, text_without_tree
from okno.channels.email.rules.html_text import html_to_text
from okno.channels.email.rules.limits import DEFAULT_LIMITS


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("one", "one"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<p>two", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one<br></div><div>two</div>", "one\ntwo"),
        ("a  b\n\tc", "a b c"),
        ("<b>a</b> <i>b</i>", "a b"),
        ("<b>a </b><i> b</i>", "a b"),
        ("a&nbsp;b &lt;c&gt; &amp;", "a b <c> &"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"),
        ("<h1>T</h1>x", "T\n\nx"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n> >\n> > b"),
        ('<a href="https://x.example/a">here</a>', "here <https://x.example/a>"),
        ('<a href="https://x.example/">x.example</a>', "x.example"),
        ('<a href="https://x.example/a">https://x.example/a</a>', "https://x.example/a"),
        ('<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<a href="https://x.example"><img src=a></a>', ""),
        ("<script>x</script><style>y</style><head><title>z</title></head>w", "w"),
        ('<div style="display: none">hidden</div>shown', "shown"),
        ('<p class="MsoNormal">a</p><p class="MsoNormal">b</p>', "a\nb"),
        (
            "<p class=MsoNormal>a<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>b</p>",
            "a\n\nb",
        ),
        ('hi <img alt="😀" src=x><img alt="logo.png" src=y>', "hi 😀"),
        ("<!-- no -->yes<![if !mso]>!<![endif]>", "yes!"),
        ("a<hr>b", "a\n\nb"),
        ("", ""),
        ("   ", ""),
        ("<<<>>>", "<<<>>>"),
    ],
)
def test_text(html: str, text: str) -> None:
    assert html_to_text(html) == text


def test_depth_and_size_are_known_before_parsing_t15() -> None:
    assert not is_too_complex("<div>" * 300 + "x", DEFAULT_LIMITS)
    assert not is_too_complex("<p>" * 50_000 + "<td>" * 40_000, DEFAULT_LIMITS)
    assert is_too_complex("<div>" * 4000, DEFAULT_LIMITS)
    assert is_too_complex("<b></b>" * 60_000, DEFAULT_LIMITS)
    assert is_too_complex("<p " + "a " * 600_000 + ">", DEFAULT_LIMITS)
    assert not is_too_complex('<img src="data:' + "a" * 3_000_000 + '">', DEFAULT_LIMITS)


def test_text_without_a_tree() -> None:
    html = "<head><style>a{}</style></head><p>one &amp; two</p><br><script>x</script ><div>three</div>"
    assert text_without_tree(html).split() == ["one", "&", "two", "three"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='<>/"= abpdivulotrhef\n&;!-', max_size=200))
def test_any_html_gives_storable_text(html: str) -> None:
    for text in (html_to_text(html), text_without_tree(html)):
        text.encode("utf-8")
        assert "\0" not in text
