"""How large a tree some HTML would grow into, told from its tags before anything builds the tree (T15).

Parsers take quadratic time for elements nested very deep, and repeat formatting elements that were never closed
in every following paragraph. The bound is never too low, whatever the HTML: a start tag always counts, and an end
tag only where a parser is sure to obey it (WHATWG HTML, 13.2.5 and 13.2.6), so not inside comments, values, raw
texts, or across the border of a table cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

DEEPEST = 1500
"""Levels of nested elements; a letter of today's programs has less than a hundred."""

MOST_REPEATED = 500_000
"""Open formatting elements times tags: so many elements a parser may have to make of them."""

_HARMLESS = 700
"""Tags of which nothing bad can be built."""

_MOST_STEPS = 2_000_000
"""Elements passed in search of those that end tags close; beyond, no end tag is believed any more."""

_ATTRIBUTE = (
    r"=?[^\t\n\f\r />=]*+"
    r"(?:[\t\n\f\r ]*+=[\t\n\f\r ]*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?![\"'])[^\t\n\f\r >]*+))?+"
)
_TOKEN = re.compile(
    rf"<(?P<end>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)(?:[\t\n\f\r /]++|(?=[^>]){_ATTRIBUTE})*+(?:>|\Z)"
    r"|(?P<comment><!--)|(?P<other><(?:[!?]|/(?=[^a-zA-Z])))"
)
_START = re.compile(r"<([a-zA-Z][^\t\n\f\r />]*+)")
_COMMENT_END = re.compile(r"(?<=<!--)-?>|--!?>")

_NEVER_NESTED = frozenset({
    "tr", "tbody", "thead", "tfoot", "html", "head", "body",
    "area", "base", "basefont", "bgsound", "br", "col", "colgroup", "embed", "frame", "hr", "image", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
"""Elements that hold nothing, or stand nowhere but in a table, which counts for them."""

_FORMATTING = frozenset({
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "li",
    "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul",
})  # fmt: skip
"""Elements whose end tags close whatever is open within them; end tags of others do not pass them."""

_OTHER_BLOCKS = frozenset({"dialog", "search"})
"""The same for some parsers, so that neither the one nor the other is relied upon."""

_BORDERS = frozenset({"table", "td", "th", "caption", "object", "applet", "marquee", "button"})
_CELLS = frozenset({"td", "th", "caption"})
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_OTHER_RULES = frozenset({"svg", "math", "template", "select", "noscript", "frameset", "plaintext"})
"""From here on tags mean other things, so no end tag is believed any more. Letters hardly ever hold them."""


def is_abyss(html: str, deepest: int = DEEPEST) -> bool:
    """Whether the tree would be deeper or larger than any letter needs."""
    tags = html.count("<")
    if tags <= _HARMLESS:
        return False
    size = measured(html, deepest)
    return size.deepest > deepest or (size.formatting > 1 and size.formatting * tags > MOST_REPEATED)


@dataclass
class Size:
    """The deepest nesting, and the most formatting elements that were open at once; never too low."""

    deepest: int = 0
    formatting: int = 0


@dataclass
class _Level:
    """What is open within a border, in its order."""

    border: str
    names: list[str] = field(default_factory=list)


@dataclass
class _Walk:
    """What is open, the outermost level first."""

    size: Size = field(default_factory=Size)
    levels: list[_Level] = field(default_factory=lambda: [_Level("")])
    depth: int = 0
    formatting: int = 0
    steps: int = 0
    is_deaf: bool = False

    def start(self, name: str) -> None:
        name = name.lower()
        if name in _NEVER_NESTED and not self.is_deaf:
            return
        if name == "p":
            self._close("p")
        elif name == "li":
            self._close("li", past=frozenset({"address", "div", "p"}))
        if name in _CELLS and self.levels[-1].border in _CELLS:
            self._leave(self.levels[-1].border)
        if name in _BORDERS:
            self.levels.append(_Level(name))
        else:
            self.levels[-1].names.append(name)
        if name not in _CELLS or self.is_deaf:
            self._deeper(1, name)
        self.is_deaf = self.is_deaf or name in _OTHER_RULES

    def end(self, name: str) -> None:
        if self.is_deaf or not name.isascii():
            return
        name = name.lower()
        if name in _BORDERS:
            self._leave(name)
        elif name == "li":
            self._close("li", past=_BLOCKS - {"ul", "ol"})
        else:
            self._close(name, past=_BLOCKS if name in _BLOCKS else frozenset())

    def _close(self, name: str, past: frozenset[str] = _BLOCKS) -> None:
        """Ends the innermost element of this name, unless a block stands in the way that this does not pass."""
        names = self.levels[-1].names
        if name not in names:
            return
        for at in range(len(names) - 1, -1, -1):
            if names[at] == name:
                del names[at]
                self._deeper(-1, name)
                return
            self.steps += 1
            self.is_deaf = self.is_deaf or self.steps > _MOST_STEPS
            if names[at] in _OTHER_BLOCKS or (names[at] in _BLOCKS and names[at] not in past):
                return

    def _leave(self, border: str) -> None:
        """A border ends if it is the innermost; a table takes its cells along. What is open inside stays open."""
        at = len(self.levels) - 1
        while border == "table" and at > 0 and self.levels[at].border in _CELLS:
            at -= 1
        if self.levels[at].border != border:
            return
        for level in self.levels[at:]:
            self.levels[at - 1].names += level.names
        del self.levels[at:]
        if border not in _CELLS:
            self._deeper(-1, border)

    def _deeper(self, by: int, name: str) -> None:
        self.depth += by
        self.size.deepest = max(self.size.deepest, self.depth)
        if name in _FORMATTING:
            self.formatting += by
            self.size.formatting = max(self.size.formatting, self.formatting)


def measured(html: str, enough: int = DEEPEST) -> Size:
    """The size of the tree that the HTML makes; the walk ends where it is deeper than ``enough``."""
    walk = _Walk()
    position = 0
    while (token := _TOKEN.search(html, position)) is not None and walk.size.deepest <= enough:
        position = token.end()
        name = token["name"]
        if name is None:
            position = _past_other(html, token, walk)
        elif token["end"]:
            walk.end(name)
        else:
            walk.start(name)
            if name.lower() in _RAW and not walk.is_deaf:
                position = _past_raw(html, position, name, walk)
    return walk.size


def _past_other(html: str, token: re.Match[str], walk: _Walk) -> int:
    """Behind a comment or a declaration; whatever looks like a start tag in it counts."""
    if token["comment"]:
        end = _COMMENT_END.search(html, token.end())
        until = end.end() if end else len(html)
    else:
        walk.is_deaf = walk.is_deaf or html.startswith("<![CDATA[", token.start())
        until = html.find(">", token.end()) + 1 or len(html)
    _count_starts(html, token.end(), until, walk)
    return until


def _past_raw(html: str, start: int, name: str, walk: _Walk) -> int:
    """Where the text of a script, a style, a title ends. A script with a comment may end elsewhere."""
    end = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE | re.ASCII).search(html, start)
    until = end.start() if end else len(html)
    walk.is_deaf = walk.is_deaf or (name.lower() == "script" and html.find("<!--", start, until) >= 0)
    _count_starts(html, start, until, walk)
    return until


def _count_starts(html: str, start: int, until: int, walk: _Walk) -> None:
    for match in _START.finditer(html, start, until):
        walk.start(match[1])
