"""Time grows with the length of the letter and not faster, whatever stands in it."""

import re
import time
from collections.abc import Callable

import pytest

from okno.channels.email.rules.cutting import (
    arrangement,
    attribution,
    cut_reply,
    cut_reply_html,
    dividers,
    headers_block,
    html,
    html_markers,
    mobile,
    quoting,
    separator,
)

MODULES = (arrangement, attribution, dividers, headers_block, html, html_markers, mobile, quoting, separator)
PATTERNS = {
    f"{module.__name__.rsplit('.', 1)[-1]}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}
SEEDS = [
    "a",
    " ",
    "1",
    "1:",
    "1.",
    "<",
    "<a",
    "@",
    "a@",
    "a b:",
    "> ",
    ">",
    "&gt; ",
    "x_",
    "ydp0",
    "https://a",
    "[mailto:",
    "border-top:",
    "(",
    "a,",
    "12 年 ",
    ";",
]
MEGABYTE = 1_000_000

TEXTS = {
    "prose": "We shall see whether it lasts.\n",
    "quoted": "> a line of the quotation\n",
    "colons": "this line ends with a colon:\n",
    "dates and colons": "On 3.11.2025 at 10:12 jan@kowal.example wrote that it:\n",
    "senders": "From: x\n",
    "recipients": "To: a@b.example\n",
    "unknown heads": "Foo: bar\n",
    "rules": "-----\n",
    "rules and heads": "-----\nFoo: a\n\n",
    "brackets": "<",
    "marks": ">",
    "one line": "a ",
    "at signs": "a@b",
    "digits": "1.",
    "dashes": "-",
    "blank lines": "\n",
    "broken separators": "##- a\n",
    "initials": "JK> a\n",
    "bars": "x:\n| a\n",
    "interleaved": "> a\nb\n",
    "names": "Иван пишет:\n",
    "telephones": "Sent from my iPhone\n",
    "forwards": "a\n---- Forwarded message ----\n",
    "escaped marks": "&gt; ",
    "invisible": "\u200b",
    "arabic": "كتب في ٣ نوفمبر:\n",
    "signatures": "--\n",
    "addresses": "<a@b.example>:\n",
}
MARKUPS = {
    "paragraphs": "<p>We shall see</p>",
    "quotations": "<blockquote>x</blockquote>",
    "nested quotations": "<blockquote>",
    "nested divs": "<div>x",
    "breaks": "a<br>",
    "less-than": "<",
    "gmail": '<div class="gmail_quote">',
    "attributes": '<div a=1 class="x y z" style="border-top:solid #E1E1E1 1.0pt">a: b: c</div>',
    "nested borders": '<div style="border-top:solid #E1E1E1 1.0pt;padding:1">a: b: c',
    "entities": "&amp;",
    "tables": "<table><tr><td>",
    "bold": "<b><i>x",
    "misnested": "<b><p></b>",
    "comments": "<!-- x -->",
    "preformatted": "<pre>a\n",
    "attributions": "<p>On 3.11.2025 at 10:12 jan@kowal.example wrote that it:</p>",
}


def spent(work: Callable[[str], object], subject: str) -> float:
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        work(subject)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_doubles_no_worse_than_twice(name: str) -> None:
    pattern = PATTERNS[name]
    for seed in SEEDS:
        size = 250
        before = 0.0
        for _ in range(8):
            size *= 2
            subject = (seed * (size // len(seed) + 1))[:size] + "!"
            took = spent(lambda text: (pattern.match(text), pattern.search(text)), subject)
            assert took < max(before, 0.01) * 2.6, (seed, size)
            before = took


@pytest.mark.parametrize("name", TEXTS)
def test_a_megabyte_of_text(name: str) -> None:
    seed = TEXTS[name]
    letter = (seed * (MEGABYTE // len(seed) + 1))[:MEGABYTE]
    start = time.process_time()
    cut_reply(letter)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", MARKUPS)
def test_a_megabyte_of_html(name: str) -> None:
    seed = MARKUPS[name]
    letter = (seed * (MEGABYTE // len(seed) + 1))[:MEGABYTE]
    start = time.process_time()
    cut_reply_html(letter)
    assert time.process_time() - start < 2


def test_ten_megabytes() -> None:
    start = time.process_time()
    new, quoted = cut_reply("Yes.\n\nOn 03.11.2025 10:12, Jan wrote:\n" + "> an old line of the letter\n" * 400_000)
    assert (new, len(quoted) > 10_000_000) == ("Yes.", True)
    new, quoted = cut_reply_html('<p>Yes.</p><hr><div id="divRplyFwdMsg">x</div>' + "<p>an old line</p>" * 600_000)
    assert (new, len(quoted) > 10_000_000) == ("<p>Yes.</p>", True)
    assert time.process_time() - start < 6


def test_nesting_is_not_recursion() -> None:
    deep = "<div>" * 3000
    new, quoted = cut_reply_html(f'{deep}Yes.<blockquote type="cite">old</blockquote>')
    assert new.endswith("</div>")
    assert quoted.count("<div>") == 3000
    absurd = "<div>" * 100_000 + "Yes."
    assert cut_reply_html(absurd) == (absurd, "")


def test_formatting_left_open_is_not_repeated_without_end() -> None:
    fonts = "".join(f'<font color="{number}">' for number in range(3000))
    bomb = f"<p>{fonts}" + "<p>x" * 20_000
    assert cut_reply_html(bomb) == (bomb, "")
