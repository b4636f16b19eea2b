"""HTML of other people: sanitised before it is stored or shown, and turned into text.

Two sanitisers: ``sanitise`` for letters, which keep their looks and are shown in a sandboxed frame with a
policy of its own; ``strict`` for what our editor writes, which stands in our pages and has no looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from html import escape, unescape

import nh3
from selectolax.lexbor import LexborHTMLParser

from okno.core.html_bounds import is_abyss
from okno.core.html_sizes import capped_attribute, capped_style

LETTER_TAGS = nh3.ALLOWED_TAGS | {"font", "center", "u", "figure", "figcaption", "big", "section", "main"}
LETTER_ATTRIBUTES = {
    "*": {"style", "dir", "lang", "align", "valign", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "font": {"color", "size", "face"},
    "table": {"border", "cellpadding", "cellspacing", "width", "height", "bgcolor"},
    "td": {"colspan", "rowspan", "width", "height", "bgcolor"},
    "th": {"colspan", "rowspan", "width", "height", "bgcolor"},
    "tr": {"bgcolor", "height"},
    "ol": {"start", "type"},
    "li": {"value"},
    "blockquote": {"type"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
}
STYLES = {
    "color", "background-color", "font-weight", "font-style", "font-size", "font-family", "text-align",
    "text-decoration", "vertical-align", "border", "border-top", "border-bottom", "border-left", "border-right",
    "border-collapse", "border-spacing", "border-color", "border-style", "border-width", "padding", "padding-left",
    "padding-right", "padding-top", "padding-bottom", "margin", "margin-left", "margin-right", "margin-top",
    "margin-bottom", "width", "height", "max-width", "line-height", "list-style-type", "white-space",
}  # fmt: skip
SILENT = {"script", "style", "title", "head", "template", "noscript", "iframe", "object", "svg", "math"}
"""Elements whose content is not text for people and goes with them."""

EDITOR_TAGS = {
    "p", "br", "b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img",
    "h1", "h2", "h3", "h4", "hr", "span",
}  # fmt: skip
EDITOR_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}, "ol": {"start"}}

MOST_ENTITIES = 100_000
"""Ampersands in one letter; a text of nothing else costs the sanitiser quadratic time too."""

_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_OWN_PICTURE = re.compile(r"/attachments/[\w-]{1,60}/picture/", re.ASCII)
MOST_TURNS = 4
_UNSEEN = re.compile(r"[\x00-\x20]+")  # browsers leave such characters out of an address
_LOOKS = re.compile(r"<(?:table|img|font|h[1-6])[\s>]|background|color:", re.IGNORECASE)
_REMOTE = re.compile(r'<img(?:\s+[a-z-]+="[^"]*+")*?\s+src="\s*(?:https?:)?//', re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"']{1,2000}")


def sanitise(html: str) -> str:
    """A letter's HTML without anything that acts, loads by itself or leaves its place (T12).

    Of HTML that would grow into an abyss, or is full of entities, the text is taken alone (T15).
    """
    return _settled(html, _clean_letter)


def strict(html: str, *, pictures: re.Pattern[str] = _OWN_PICTURE) -> str:
    """What our editor may have written: words, lists, links and our own pictures; no looks at all.

    ``pictures`` is what the address of a picture must be.
    """
    return _settled(html, partial(_clean_own, pictures=pictures))


def _settled(html: str, clean: Callable[[str], str]) -> str:
    """Cleaned until a further cleaning changes nothing: a second parser, the browser's, then finds the same.

    Links around tables are put right in two turns; what does not come to rest is taken as text.
    """
    if is_abyss(html) or html.count("&") > MOST_ENTITIES:
        return from_text(to_text(html))
    cleaned = clean(html)
    for _turn in range(MOST_TURNS):
        before, cleaned = cleaned, clean(cleaned)
        if cleaned == before:
            return cleaned
    return from_text(to_text(html))


def _clean_letter(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(LETTER_TAGS),
        attributes=LETTER_ATTRIBUTES,
        attribute_filter=_of_letter,
        url_schemes={"http", "https", "mailto", "tel", "cid", "data"},
        filter_style_properties=STYLES,
        link_rel="noopener noreferrer nofollow",
        clean_content_tags=SILENT,
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def _clean_own(html: str, *, pictures: re.Pattern[str]) -> str:
    return nh3.clean(
        html,
        tags=EDITOR_TAGS,
        attributes=EDITOR_ATTRIBUTES,
        attribute_filter=partial(_only_own_pictures, pictures=pictures),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        clean_content_tags=SILENT,
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )


def _of_letter(tag: str, attribute: str, value: str) -> str | None:
    """An attribute of a letter: no size beyond its limit, no data but pictures."""
    if attribute == "style":
        return capped_style(value)
    return _only_pictures_as_data(tag, attribute, capped_attribute(attribute, value))


def _only_pictures_as_data(tag: str, attribute: str, value: str) -> str | None:
    bare = _UNSEEN.sub("", value)
    if not bare.lower().startswith("data:"):
        return value
    return bare if tag == "img" and attribute == "src" and _PICTURE.match(bare) else None


def _only_own_pictures(tag: str, attribute: str, value: str, *, pictures: re.Pattern[str]) -> str | None:
    if tag != "img" or attribute != "src":
        return capped_attribute(attribute, value)
    return value if pictures.fullmatch(value) else None


def to_text(html: str) -> str:
    """The text that a reader of the HTML sees, a line for each block; links in the words they are shown with."""
    if is_abyss(html):
        return unescape(_TAG.sub(" ", html)).strip()
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    for node in body.css("script,style,title,template"):
        node.decompose()
    for node in body.css("br"):
        node.replace_with("\n")
    for node in body.css("li"):
        node.insert_before("\n- ")
    for node in body.css("p,div,tr,h1,h2,h3,h4,h5,h6,blockquote,pre,table,ul,ol"):
        node.insert_after("\n")
    lines = [line.strip() for line in body.text().replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def from_text(text: str) -> str:
    """Plain text as HTML: paragraphs, line breaks and links, everything else escaped."""
    paragraphs = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n"))
    return "".join(f"<p>{'<br>'.join(_linked(line) for line in p.split(chr(10)))}</p>" for p in paragraphs)


def _linked(line: str) -> str:
    pieces, end = [], 0
    for match in _LINK.finditer(line):
        url = match.group().rstrip(".,;:!?)]}»”")
        pieces += [escape(line[end : match.start()]), linked(url, url)]
        end = match.start() + len(url)
    return "".join([*pieces, escape(line[end:])])


def linked(url: str, words: str) -> str:
    """A link with these words."""
    safe = escape(url, quote=True)
    return f'<a href="{safe}" target="_blank" rel="noopener noreferrer nofollow">{escape(words, quote=True)}</a>'


def has_looks(html: str) -> bool:
    """Whether the HTML says more than its text does: tables, pictures, colours."""
    return bool(_LOOKS.search(html))


def has_remote_pictures(html: str) -> bool:
    """Whether pictures would be fetched from other servers, which tells the sender who reads when (T17)."""
    return bool(_REMOTE.search(html))


def with_pictures(html: str, urls: Mapping[str, str]) -> str:
    """The HTML with each ``cid:`` picture replaced by the URL of its attachment (RFC 2392)."""
    if "cid:" not in html.lower():
        return html
    return re.sub(r'(src=")cid:([^"]{1,500})(")', _replacer(urls), html, flags=re.IGNORECASE)


def _replacer(urls: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        return f"{match[1]}{escape(urls.get(match[2].strip('<>'), ''), quote=True)}{match[3]}"

    return replace
