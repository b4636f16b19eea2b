"""HTML that costs quadratic time or endless memory is known before a parser touches it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from okno.core import html
from okno.core.html_bounds import is_abyss, measured

MANY = 20_000
ABYSSES = {
    "div": "<div>" * MANY,
    "slash": "<div/>" * MANY,
    "line end": "<DIV\n>" * MANY,
    "pre": "<pre>" * MANY,
    "dl": "<dl>" * MANY,
    "details": "<details>" * MANY,
    "unheard of": "<x-y>" * MANY,
    "cells": "<table><tr><td>" * MANY,
    "end tag of another": "<div></b>" * MANY,
    "end tag in a comment": "<div><!--</div>-->" * MANY,
    "end tag in a value": '<div title="</div>">' * MANY,
    "end tag in a raw text": "<div><textarea></div></textarea>" * MANY,
    "end tag beyond a table": "<div><div><table></div></div></table>" * MANY,
    "end tag beyond a block": "<span><h1></span></h1>" * MANY,
    "end tag that looks alike": "<blockquote></bloc\u212aquote>" * MANY,
    "end tag in CDATA": "<div><svg><![CDATA[></svg></div>]]></svg>" * MANY,
    "end tag in a selection": "<div><select></div></select>" * MANY,
    "list in a list": "<ul><li><ul></li>" * MANY,
    "looks that differ": "".join(f"<em title={number}>" for number in range(MANY)),
    "looks that are repeated": f"<p>{'<font>' * 1000}</p>{'<p>x' * MANY}",
}
SOUND = {
    "closed": "<div><p>x</p></div>" * MANY,
    "paragraphs without end": "<div>" + "<p>x" * MANY + "</div>",
    "lists without end": "<ul>" + "<li>x" * MANY + "</ul>",
    "tables": "<table><tr><td><b>x</b></td></tr></table>" * MANY,
    "cells without end": "<table>" + "<tr><td><a href=x>x</a><td>y" * MANY + "</table>",
    "comments": "<!--[if mso]><p><![endif]--><div>x</div>" * MANY,
    "blocks in spans": "<span><div>x</div></span>" * MANY,
}


@pytest.mark.parametrize("name", sorted(ABYSSES))
def test_abysses_are_known_and_cost_little_t15(name: str) -> None:
    started = time.process_time()
    assert is_abyss(ABYSSES[name])
    for clean in (html.sanitise, html.strict):
        assert len(clean(ABYSSES[name])) < 2 * len(ABYSSES[name]) + 100
    html.to_text(ABYSSES[name])
    assert time.process_time() - started < 10, (
        "the worst takes some 2.5 s in four passes; a square would be minutes"
    )


@pytest.mark.parametrize("name", sorted(SOUND))
def test_long_letters_are_no_abysses_t15(name: str) -> None:
    started = time.process_time()
    assert not is_abyss(SOUND[name])
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "piece", ["<b", '<a "', "<a =", "<!--", "<!", "<title>", "<a/", "<a x='", "</p", "<td>", "</li>"]
)
def test_measuring_grows_in_proportion_t16(piece: str) -> None:
    """The worst that stands in the stack before it makes the search for what an end tag closes long."""
    before = "<p><li><ul><dialog>" + "<span>" * 1400
    started = time.process_time()
    measured(before + piece * 50_000)
    assert time.process_time() - started < 10


NAMES = [
    *("div", "b", "i", "font", "p", "li", "dd", "table", "tr", "td", "caption", "h1", "form", "button", "marquee"),
    *("span", "textarea", "title", "svg", "select", "ruby", "ul"),
]
TAGS = st.sampled_from([f"<{end}{name}>" for name in NAMES for end in ("", "/")])
ODD = st.sampled_from(["<!--", "-->", "<!-->", '<b x="</div>">', "<p x=", '"', ">", "<![CDATA[", "]]>", "x", "</ "])


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS | ODD, min_size=2, max_size=8))
def test_no_tree_is_deeper_than_was_measured(pieces: list[str]) -> None:
    """A table counts as one and makes four: itself, its body, its row and its cell."""
    source = "".join(pieces) * 40
    assert _depth(source) <= 4 * measured(source).deepest + 12


def _depth(source: str) -> int:
    deepest = 0
    waiting = [(LexborHTMLParser(source).root, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        child = node.child if node is not None else None
        while child is not None:
            if not child.tag.startswith("-"):
                waiting.append((child, depth + 1))
            child = child.next
    return deepest
