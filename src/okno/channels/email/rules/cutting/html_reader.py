"""Reading an HTML letter into lines, with the leaves of the tree that make up each of them."""

from selectolax.lexbor import LexborNode

from okno.channels.email.rules.cutting.arrangement import introduces
from okno.channels.email.rules.cutting.html_markers import Marker, is_mixed, keeps_breaks, marker_of
from okno.channels.email.rules.cutting.lines import MOST_LINES, Line, Role, fold
from okno.channels.email.rules.cutting.quoting import split_mark
from okno.channels.email.rules.cutting.separator import OPENING

TEXT, COMMENT = "-text", "-comment"
_BLOCK_NAMES = """
address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section table tbody tfoot thead tr ul caption includetail
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_CELLS = frozenset(("td", "th"))
_PICTURES = frozenset(("img", "svg", "video", "object", "picture", "canvas", "iframe", "input"))
_SILENT = frozenset(("style", "script", "title", "meta", "link", "head", "template", "noscript", "base"))
_LOOKED_AT = 700  # characters of a plain quotation in which an introduction is looked for


class Reader:
    """Walks over the tree once, without recursion, and gathers the lines.

    `ranges` holds, for every element that was entered, its leaves as a half-open range; a leaf
    is a node without children, or a quotation that was not entered. `line_of` tells the line of each
    leaf, and `split` the texts of which every line is a leaf. After the beginning of a quotation without
    end the walk stops: the rest has no leaves.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.line_of: list[int] = []
        self.ranges: dict[int, tuple[int, int]] = {}
        self.split: set[int] = set()
        self.stopped_at: LexborNode | None = None
        self._parts: list[str] = []
        self._filled = False
        self._worded = False
        self._picture = False
        self._gap = True
        self._role = Role.PLAIN
        self._tail = False
        self._intro = 0
        self._signature = 0
        self._preformatted = 0
        self._open: list[tuple[LexborNode, str, int, Marker, bool]] = []

    def read(self, body: LexborNode) -> None:
        """Reads the children of the body."""
        node = body.first_child
        while node is not None and self.stopped_at is None:
            inner = self._enter(node)
            if inner is not None:
                node = inner
                continue
            if self.stopped_at is not None:
                break
            following = node.next
            while following is None and self._open:
                node = self._leave()
                following = node.next
            node = following
        while self._open:
            self._leave()
        self._end_line()
        last = max(len(self.lines) - 1, 0)
        if self.line_of and not self.lines:
            self.lines.append(Line(""))
        self.line_of = [min(index, last) for index in self.line_of]

    def _leaf(self) -> None:
        self.line_of.append(len(self.lines))

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Takes in a node; the first child when its children are to be read."""
        tag = node.tag or ""
        if tag == TEXT:
            self._text(node)
            return None
        if tag == COMMENT or tag in _SILENT:
            self._leaf()
            return None
        marker = marker_of(node, tag)
        if marker is Marker.MIXED and not is_mixed(node):
            marker = Marker.QUOTE
        if marker in (Marker.QUOTE, Marker.WEAK_QUOTE):
            self._quotation(node, marker)
            return None
        if marker is Marker.TAIL:
            self._end_line()
            self._tail = True
            if self._worded:
                self.lines.append(Line("", role=Role.TAIL))
                self.stopped_at = node
                return None
        return self._element(node, tag, marker)

    def _element(self, node: LexborNode, tag: str, marker: Marker) -> LexborNode | None:
        if tag in _BLOCKS:
            self._end_line()
            self._gap = True
        elif tag in _CELLS:
            self._parts.append(" ")
        child = node.first_child
        if child is None:
            self._childless(node, tag)
            return None
        self._intro += marker in (Marker.INTRO, Marker.MIXED)
        self._signature += marker is Marker.SIGNATURE
        preformatted = tag == "pre" or keeps_breaks(node)
        self._preformatted += preformatted
        self._open.append((node, tag, len(self.line_of), marker, preformatted))
        return child

    def _childless(self, node: LexborNode, tag: str) -> None:
        self._leaf()
        if tag == "br":
            self._filled = True
            self._end_line()
        elif tag == "hr":
            self.lines.append(Line("", role=Role.TAIL if self._tail else Role.RULE, gap=True))
        elif tag in _PICTURES and not _is_invisible(node):
            self._begin_line()
            self._picture = True

    def _leave(self) -> LexborNode:
        node, tag, first, marker, preformatted = self._open.pop()
        if tag in _BLOCKS:
            self._end_line()
            self._gap = True
        self._intro -= marker in (Marker.INTRO, Marker.MIXED) and self._intro > 0
        self._signature -= marker is Marker.SIGNATURE
        self._preformatted -= preformatted
        self.ranges[node.mem_id] = (first, len(self.line_of))
        return node

    def _text(self, node: LexborNode) -> None:
        text = node.text_content or ""
        if not self._preformatted or "\n" not in text:
            self._leaf()
            if text and not text.isspace():
                self._begin_line()
                self._parts.append(text)
            elif self._parts:
                self._parts.append(" ")
            return
        self.split.add(node.mem_id)
        for piece in text.splitlines(keepends=True):
            self._leaf()
            self._begin_line()
            self._parts.append(piece)
            if piece.endswith(("\n", "\r")):
                self._filled = True
                self._end_line()

    def _begin_line(self) -> None:
        """The first words of a line tell which element it belongs to."""
        if self._parts and self._role is not Role.PLAIN:
            return
        if self._tail:
            self._role = Role.TAIL
        elif self._intro:
            self._role = Role.INTRO
        elif self._signature and not self._parts:
            self._role = Role.SIGNATURE

    def _quotation(self, node: LexborNode, marker: Marker) -> None:
        """A quotation is one leaf and one line; answers are never inside it."""
        self._end_line()
        self._leaf()
        self._gap = True
        whole = node.text(deep=True, separator="\n")
        text = whole[:_LOOKED_AT]
        if not text.strip() and node.css_first("img") is None:
            return
        if self._intro:
            self._intro = 0
        strong = marker is Marker.QUOTE or introduces(text)
        at = whole.find(OPENING)
        mark = " ".join(whole[at : at + _LOOKED_AT].split("\n")[:2]) if at >= 0 else ""
        self.lines.append(Line(fold(mark), depth=1, gap=True, strong=strong))

    def _end_line(self) -> None:
        raw = "".join(self._parts)
        text = " ".join(raw.split()) if raw else ""
        folded = fold(text) if text else ""
        if len(self.lines) >= MOST_LINES:
            pass
        elif folded or self._picture:
            self._worded = True
            depth, rest, mark = split_mark(folded, raw)
            self.lines.append(Line(rest, depth, self._gap, self._role, picture=self._picture, mark=mark))
            self._gap = False
        elif self._filled:
            self.lines.append(Line(""))
            self._gap = True
        self._parts.clear()
        self._filled = self._picture = False
        self._role = Role.PLAIN


def _is_invisible(node: LexborNode) -> bool:
    """Whether a picture is there to count readers."""
    attributes = node.attributes
    return (attributes.get("width") or "").strip() in ("0", "1") or (attributes.get("height") or "").strip() in (
        "0",
        "1",
    )
