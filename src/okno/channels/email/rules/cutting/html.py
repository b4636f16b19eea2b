"""Cutting the reply out of an HTML letter."""

from html import escape
from itertools import accumulate

from selectolax.lexbor import LexborHTMLParser, LexborNode

from okno.channels.email.rules.cutting.division import divide
from okno.channels.email.rules.cutting.html_reader import Reader
from okno.channels.email.rules.cutting.quoting import mark_quotations
from okno.core.html_bounds import is_abyss

DEEPEST = 4000  # nested elements; this parser stands more than the sanitiser does
_KEPT_OF_BODY = ("style", "class", "dir", "lang", "bgcolor", "text")


class _Splitter:
    """Writes the tree out twice: once what is new, once what is quoted; both with the elements around it."""

    def __init__(self, reader: Reader, sides: list[bool]) -> None:
        self.new: list[str] = []
        self.quoted: list[str] = []
        self._reader = reader
        self._leaf_sides = [sides[line] for line in reader.line_of]
        self._sums = [0, *accumulate(self._leaf_sides)]
        self._position = 0
        self._passed = False  # the walk of the reader stopped above this place

    def split(self, body: LexborNode) -> None:
        """Writes the children of the body."""
        node = body.first_child
        stack: list[LexborNode] = []
        while node is not None:
            inner = self._write(node)
            if inner is not None:
                stack.append(node)
                node = inner
                continue
            following = node.next
            while following is None and stack:
                node = stack.pop()
                self._both(f"</{node.tag}>")
                following = node.next
            node = following

    def _both(self, markup: str) -> None:
        self.new.append(markup)
        self.quoted.append(markup)

    def _write(self, node: LexborNode) -> LexborNode | None:
        """Writes a node that is on one side; the first child of a node that is on both."""
        stopped = self._reader.stopped_at
        if self._passed or (stopped is not None and node.mem_id == stopped.mem_id):
            self._passed = True
            self.quoted.append(node.html or "")
            return None
        known = self._reader.ranges.get(node.mem_id)
        if known is None:
            self._write_leaf(node)
            return None
        first, end = known
        quoted = self._sums[end] - self._sums[first]
        holds_stop = stopped is not None and end == len(self._leaf_sides) and _contains(node, stopped)
        if quoted in (0, end - first) and not (holds_stop and quoted == 0):
            (self.quoted if quoted else self.new).append(node.html or "")
            self._position = end
            self._passed = self._passed or holds_stop
            return None
        self._both(_opening_tag(node))
        return node.first_child

    def _write_leaf(self, node: LexborNode) -> None:
        if node.mem_id in self._reader.split:
            for piece in (node.text_content or "").splitlines(keepends=True):
                (self.quoted if self._leaf_sides[self._position] else self.new).append(escape(piece, quote=False))
                self._position += 1
            return
        side = self._leaf_sides[self._position]
        (self.quoted if side else self.new).append(node.html or "")
        self._position += 1


def _contains(node: LexborNode, inner: LexborNode) -> bool:
    above = inner.parent
    while above is not None:
        if above.mem_id == node.mem_id:
            return True
        above = above.parent
    return False


def _opening_tag(node: LexborNode) -> str:
    attributes = "".join(
        f' {name}="{escape(value)}"' if value is not None else f" {name}" for name, value in node.attributes.items()
    )
    return f"<{node.tag}{attributes}>"


def _wrapped(markup: str, parser: LexborHTMLParser, body: LexborNode) -> str:
    """A part with the styles of the letter's head and what the body said of itself."""
    styles = "".join(style.html or "" for style in parser.head.css("style")) if parser.head else ""
    said = {name: value for name, value in body.attributes.items() if name in _KEPT_OF_BODY and value}
    if said:
        attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in said.items())
        markup = f"<div{attributes}>{markup}</div>"
    return styles + markup


def cut_reply_html(html: str) -> tuple[str, str]:
    """What the person newly wrote and what is quoted around it, each as an HTML fragment.

    The rules are those of the plain text; the programs' markup of quotations and signatures comes before
    their words. A letter of which nothing is cut is given back as it is.
    """
    if not html or is_abyss(html, DEEPEST):
        return html, ""
    parser = LexborHTMLParser(html)
    body = parser.body
    if body is None or body.first_child is None:
        return html, ""
    reader = Reader()
    reader.read(body)
    mark_quotations(reader.lines, [len(line.text) for line in reader.lines])
    sides = divide(reader.lines)
    if sides is None:
        return html, ""
    splitter = _Splitter(reader, sides)
    splitter.split(body)
    return _wrapped("".join(splitter.new), parser, body), _wrapped("".join(splitter.quoted), parser, body)
