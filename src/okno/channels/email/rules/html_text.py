"""The text of an HTML letter: paragraphs, line breaks, lists, tables, quotations and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from okno.channels.email.rules.charsets import clean_text
from okno.channels.email.rules.html_size import is_too_complex, text_without_tree
from okno.channels.email.rules.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SKIPPED = frozenset(
    {
        "script",
        "style",
        "head",
        "title",
        "template",
        "noscript",
        "-comment",
        "-doctype",
        "select",
        "textarea",
        "object",
        "iframe",
        "svg",
        "math",
    }
)
_BLOCKS = frozenset(
    {
        "div",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "center",
        "address",
        "dt",
        "dd",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "main",
        "nav",
        "aside",
        "caption",
        "body",
        "html",
    }
)
_PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "dl", "hr"})
_WITH_ATTRIBUTES = frozenset({"a", "p", "img", "ol", "div", "span", "td", "li"})
_SPACE = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|mso-hide\s{0,9}:\s{0,9}all", re.IGNORECASE)
_MAX_EMOJI = 8
_MAX_QUOTES = 20


def html_to_text(html: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """Readable text of an HTML letter, as its reader would see it; quotations get `> `, links their address.

    Of HTML that is too large or too deep no tree is built: tags are dropped and only line breaks kept.
    """
    if not html.strip():
        return ""
    if is_too_complex(html, limits):
        return text_without_tree(html)
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    writer = _Writer()
    if root is not None:
        _walk(root, writer)
    return clean_text(writer.text())


def _walk(root: LexborNode, writer: _Writer) -> None:
    """Depth first without recursion: letters nest hundreds of elements."""
    node: LexborNode | None = root
    path: list[tuple[LexborNode, str]] = []
    while node is not None or path:
        if node is None:
            node, tag = path.pop()
            writer.close(tag)
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            writer.write(node.text_content or "")
        elif tag not in _SKIPPED and writer.open(tag, node.attributes if tag in _WITH_ATTRIBUTES else None):
            path.append((node, tag))
            node = node.first_child
            continue
        node = node.next


class _Writer:
    """Takes elements and texts in the order of the document and writes lines."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._blank_due = False
        self._quotes = 0
        self._preformatted = 0
        self._lists: list[int] = []
        self._links: list[tuple[str, int]] = []
        self._cells = 0
        self._tight: list[bool] = []

    def open(self, tag: str, attributes: dict[str, str | None] | None) -> bool:
        """Begin an element; False when it is not to be shown or has nothing inside."""
        if attributes and _HIDDEN.search((attributes.get("style") or "")[:500]):
            return False
        if tag == "br":
            self._end_line(force=True)
            return False
        if tag == "img":
            self._image(attributes or {})
            return False
        if tag in _PARAGRAPHS:
            self._open_paragraph(tag, attributes or {})
        elif tag in _BLOCKS:
            self._end_line()
            self._cells = 0 if tag == "tr" else self._cells
        elif tag == "li":
            self._open_item()
        elif tag in ("td", "th"):
            if self._cells and self._line:
                self._line.append("\t")
            self._cells += 1
        elif tag == "a":
            self._links.append(((attributes or {}).get("href") or "", len(self._line)))
        return True

    def close(self, tag: str) -> None:
        """End an element that was begun."""
        if tag in _PARAGRAPHS:
            self._end_line()
            tight = tag == "p" and self._tight.pop()
            self._blank_due = self._blank_due or not (tight or (tag in ("ul", "ol") and len(self._lists) > 1))
            self._quotes -= tag == "blockquote"
            self._preformatted -= tag == "pre"
            if tag in ("ul", "ol"):
                self._lists.pop()
        elif tag in _BLOCKS or tag == "li":
            self._end_line()
        elif tag == "a" and self._links:
            self._close_link()

    def write(self, text: str) -> None:
        """Add text to the line; white space is collapsed unless it is preformatted."""
        if self._preformatted:
            first, *rest = text.split("\n")
            self._add(first)
            for line in rest:
                self._end_line(force=True)
                self._add(line)
            return
        text = _SPACE.sub(" ", text)
        if text == " " and not self._line:
            return
        if text.startswith(" ") and (not self._line or self._line[-1].endswith((" ", "\t"))):
            text = text[1:]
        self._add(text)

    def text(self) -> str:
        """All that was written."""
        self._end_line()
        joined = "\n".join(line.rstrip() for line in self._lines)
        return _BLANK_LINES.sub("\n\n", joined).strip("\n").replace("\xa0", " ")

    def _add(self, text: str) -> None:
        if not text:
            return
        if not self._line and self._blank_due:
            if self._lines and self._lines[-1].strip(" >"):
                self._lines.append("> " * min(self._quotes, _MAX_QUOTES))
            self._blank_due = False
        self._line.append(text)

    def _end_line(self, *, force: bool = False) -> None:
        if not self._line and not force:
            return
        line = "".join(self._line)
        # A paragraph with nothing but a no-break space is Word's empty line.
        self._lines.append("> " * min(self._quotes, _MAX_QUOTES) + (line if line.strip() else ""))
        self._line.clear()

    def _open_paragraph(self, tag: str, attributes: dict[str, str | None]) -> None:
        self._end_line()
        tight = False
        if tag == "p":
            # Word's paragraphs have no space between them.
            tight = (attributes.get("class") or "").startswith("Mso")
            self._tight.append(tight)
        if not (tight or (tag in ("ul", "ol") and self._lists)):
            self._blank_due = True
        self._quotes += tag == "blockquote"
        self._preformatted += tag == "pre"
        if tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else 0)

    def _open_item(self) -> None:
        self._end_line()
        indent = "  " * max(0, min(len(self._lists), 8) - 1)
        if self._lists and self._lists[-1]:
            self._add(f"{indent}{self._lists[-1]}. ")
            self._lists[-1] += 1
        else:
            self._add(f"{indent}- ")

    def _close_link(self) -> None:
        href, start = self._links.pop()
        shown = "".join(self._line[start:]).strip()
        if href.lower().startswith(("http://", "https://")) and shown and not _same_link(href, shown):
            self._line.append(f" <{href[:2000]}>")

    def _image(self, attributes: dict[str, str | None]) -> None:
        # Pictures that stand for one character (emoji) carry it as their alternative text.
        alternative = attributes.get("alt") or ""
        if (
            alternative
            and len(alternative) <= _MAX_EMOJI
            and not any(c.isascii() or c.isalpha() for c in alternative)
        ):
            self.write(alternative)


def _same_link(href: str, shown: str) -> bool:
    return _bare_link(href) == _bare_link(shown)


def _bare_link(link: str) -> str:
    return link.strip().lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
