"""What holds for every letter: nothing is lost, the new part is never blank, cutting again changes nothing."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from okno.channels.email.rules.cutting import cut_reply, cut_reply_html, separator_line
from okno.channels.email.rules.cutting.lines import fold
from okno.channels.email.tests.cutting.attributions import SURE, WEAK
from okno.channels.email.tests.cutting.header_blocks import DIVIDERS
from okno.channels.email.tests.cutting.html_letters import PROGRAMS
from okno.channels.email.tests.cutting.test_signatures import MOBILE

SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
PIECES = [
    "",
    " ",
    "\u00a0",
    "Yes.",
    "It works, thank you: see below",
    "Why?",
    "> Does it work?",
    ">> deeper",
    ">",
    "JK> old",
    "| bar",
    "--",
    "-- ",
    "---",
    "________________________________",
    "From: Jan <jan@kowal.example>",
    "Sent: Monday, November 3, 2025 10:12 AM",
    "To: Anna",
    "Subject: Hi",
    "Message-ID: <1@kowal.example>",
    "wrote:",
    "Anna",
    separator_line("ru"),
    "##- x",
    "-------- Конец пересылаемого сообщения --------",
    *(line for _, line in (SURE + WEAK)[::9]),
    *DIVIDERS[::11],
    *MOBILE[::17],
]
LINES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=14)
LETTERS = st.builds(lambda lines, end: end.join(lines), LINES, st.sampled_from(["\n", "\r\n", "\n\n"]))

OPEN = [
    "<div>",
    "</div>",
    "<blockquote>",
    '<blockquote type="cite">',
    "</blockquote>",
    '<div class="gmail_quote">',
    '<div class="gmail_attr">',
    '<div id="divRplyFwdMsg">',
    '<div class="moz-cite-prefix">',
    '<div class="gmail_signature">',
    "<br>",
    "<hr>",
    "<p>",
    "<pre>",
    "<table><tr><td>",
    "</table>",
    "<b>",
    "<style>p{}</style>",
    "<!-- x -->",
    '<img src="cid:1">',
    "&gt; old<br>",
    "\n",
]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(OPEN),
        st.sampled_from(PIECES).map(lambda text: text.replace("<", "&lt;").replace(">", "&gt;")),
    ),
    max_size=24,
).map("".join)


def content(text: str) -> list[str]:
    return [line for line in text.splitlines() if fold(line)]


def words(html: str) -> list[str]:
    body = LexborHTMLParser(html).body
    return sorted("".join((body.text() if body else "").split()))


@SETTINGS
@given(LETTERS)
def test_no_line_is_lost_and_the_order_stays(letter: str) -> None:
    new, quoted = cut_reply(letter)
    whole = content(letter)
    assert sorted(content(new) + content(quoted)) == sorted(whole)
    for part in (new, quoted):
        rest = iter(whole)
        assert all(line in rest for line in content(part))


@SETTINGS
@given(LETTERS)
def test_new_is_blank_only_when_the_letter_is(letter: str) -> None:
    new, _ = cut_reply(letter)
    assert bool(content(new)) == bool(content(letter))


@SETTINGS
@given(st.sampled_from([line for _, line in SURE]), st.sampled_from(MOBILE), st.booleans())
def test_cutting_again_changes_nothing(line: str, mobile: str, below: bool) -> None:
    quotation = f"{line}\n> Does it work?\n> Jan"
    letter = f"{quotation}\n\nYes.\n\n{mobile}" if below else f"Yes.\n\n{mobile}\n\n{quotation}"
    new, _ = cut_reply(letter)
    assert new == "Yes."
    assert cut_reply(new) == (new, "")


@SETTINGS
@given(MARKUP)
def test_no_word_of_html_is_lost(html: str) -> None:
    new, quoted = cut_reply_html(html)
    assert sorted(words(new) + words(quoted)) == words(html)


@SETTINGS
@given(MARKUP)
def test_new_html_is_blank_only_when_the_letter_is(html: str) -> None:
    new, _ = cut_reply_html(html)
    assert bool(words(new) or "<img" in new) == bool(words(html) or "<img" in html)


@SETTINGS
@given(MARKUP)
def test_parts_are_well_formed(html: str) -> None:
    new, quoted = cut_reply_html(html)
    if quoted:
        for part in (new, quoted):
            body = LexborHTMLParser(part).body
            assert body is not None
            assert words(part) == sorted("".join(body.text().split()))


@SETTINGS
@given(st.sampled_from(sorted(PROGRAMS)), st.integers(0, 400))
def test_letters_cut_off_anywhere_are_read(name: str, size: int) -> None:
    html = PROGRAMS[name][:size]
    new, quoted = cut_reply_html(html)
    assert sorted(words(new) + words(quoted)) == words(html)


@SETTINGS
@given(st.binary(max_size=200))
def test_rubbish_is_read(rubbish: bytes) -> None:
    text = rubbish.decode("latin-1")
    cut_reply(text)
    cut_reply_html(text)
