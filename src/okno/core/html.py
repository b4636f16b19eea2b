"""HTML of other people: sanitised before it is stored, and turned into text."""

from __future__ import annotations

import nh3
from selectolax.lexbor import LexborHTMLParser

TAGS = nh3.ALLOWED_TAGS | {"font", "center", "u", "figure", "figcaption", "big", "section", "article", "main"}
ATTRIBUTES = {
    "*": {"class", "style", "dir", "lang", "align", "valign", "title"},
    "a": {"href", "name"},
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
SCHEMES = {"http", "https", "mailto", "tel", "cid", "data"}


def sanitise(html: str) -> str:
    """HTML without anything that acts, loads by itself or leaves its place (T12); unknown tags keep their text."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        filter_style_properties=STYLES,
        link_rel="noopener noreferrer nofollow",
        clean_content_tags={
            "script",
            "style",
            "title",
            "head",
            "template",
            "noscript",
            "iframe",
            "object",
            "svg",
        },
    )


def to_text(html: str) -> str:
    """The text that a reader of the HTML sees, a line for each block."""
    tree = LexborHTMLParser(html)
    if tree.body is None:
        return ""
    for node in tree.body.css("br"):
        node.replace_with("\n")
    for node in tree.body.css("p,div,li,tr,h1,h2,h3,h4,h5,h6,blockquote,pre,table"):
        node.insert_after("\n")
    lines = (line.strip() for line in tree.body.text().replace("\xa0", " ").split("\n"))
    return "\n".join(lines).strip()
