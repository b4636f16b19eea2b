"""What the mail programs' own markup says: where a quotation stands, its introduction, a signature."""

import re
from enum import IntEnum

from selectolax.lexbor import LexborNode

BEGINNING = 600  # characters of an element in which its introduction is looked for
MOST_PIECES = 60


class Marker(IntEnum):
    """What an element holds."""

    NONE = 0
    QUOTE = 1  # a quotation and nothing else
    WEAK_QUOTE = 2  # a quotation only when an introduction stands above or inside
    MIXED = 3  # an introduction, a quotation, and perhaps answers between
    INTRO = 4  # the introduction of a quotation
    TAIL = 5  # a quotation begins here and lasts to the end
    SIGNATURE = 6


Attributes = dict[str, str | None]

# Programs that take in others' markup rename its classes: Outlook, Yahoo, Hotmail.
_ADOPTED = re.compile(r"^(?:(?:x_){1,20}|yiv\d{1,20}|ydp[0-9a-f]{6,9}|ecx|m_-?\d{1,25})")

_BY_CLASS: dict[str, Marker] = {
    "gmail_quote": Marker.MIXED,  # Gmail
    "gmail_quote_container": Marker.MIXED,
    "gmail_extra": Marker.MIXED,  # Gmail until 2018
    "gmail_attr": Marker.INTRO,
    "gmail_quote_attribution": Marker.INTRO,  # Mailspring
    "gmail_signature": Marker.SIGNATURE,
    "gmail_signature_prefix": Marker.SIGNATURE,
    "moz-cite-prefix": Marker.INTRO,  # Thunderbird
    "moz-forward-container": Marker.QUOTE,
    "moz-signature": Marker.SIGNATURE,
    "moz-email-headers-table": Marker.TAIL,
    "yahoo_quoted": Marker.QUOTE,  # Yahoo
    "yahoo-quoted": Marker.QUOTE,
    "yahoo-quoted-begin": Marker.INTRO,
    "protonmail_quote": Marker.MIXED,  # Proton
    "protonmail_signature_block": Marker.SIGNATURE,
    "zmail_extra": Marker.QUOTE,  # Zoho
    "zmail_extra_hr": Marker.INTRO,
    "outlookmessageheader": Marker.TAIL,  # Outlook 2000 to 2003
    "ms-outlook-mobile-reference-message": Marker.TAIL,  # Outlook for telephones
    "ms-outlook-mobile-body-separator-line": Marker.TAIL,
    "ms-outlook-mobile-signature": Marker.SIGNATURE,
    "includetail": Marker.QUOTE,  # QQ
    "qmquote": Marker.QUOTE,
    "ntes-reply": Marker.QUOTE,  # 163
    "front-blockquote": Marker.QUOTE,  # Front
    "history_container": Marker.QUOTE,  # Mailbird
    "tutanota_quote": Marker.QUOTE,  # Tuta
    "missive_quote": Marker.MIXED,
    "freshdesk_quote": Marker.MIXED,
    "fd_quoted_content": Marker.QUOTE,
    "zd_quote": Marker.QUOTE,
    "zendesk-quote": Marker.QUOTE,
    "helpscout-quote": Marker.QUOTE,
    "nh_extra": Marker.MIXED,  # o2, wp.pl
    "mail-quote-collapse": Marker.QUOTE,  # Mail.ru
    "mailru-quote": Marker.QUOTE,
    "ukrnet-quote": Marker.QUOTE,
    "nylas-quote": Marker.QUOTE,
    "superhuman-quote": Marker.QUOTE,
    "sh-signature": Marker.SIGNATURE,
    "edo-email-quote": Marker.QUOTE,  # Edison
    "airmail_on": Marker.INTRO,  # Airmail
    "bloop_attribution": Marker.INTRO,
    "bloop_markdown_quote": Marker.QUOTE,
    "bloop_sign": Marker.SIGNATURE,
    "wpemail-quote": Marker.QUOTE,
    "elided-text": Marker.MIXED,
    "quoted_reply": Marker.QUOTE,
    "email_quote": Marker.QUOTE,
    "kayako_quote": Marker.QUOTE,
    "replyforwardmessage": Marker.QUOTE,
    "k9mail-signature": Marker.SIGNATURE,  # K-9
    "applemailsignature": Marker.SIGNATURE,
    "spark-signature": Marker.SIGNATURE,
    "tutanota_signature": Marker.SIGNATURE,
    "aolmail_quote": Marker.QUOTE,
}
_BY_ID: dict[str, Marker] = {
    "divrplyfwdmsg": Marker.TAIL,  # Outlook on the web
    "appendonsend": Marker.TAIL,
    "mail-editor-reference-message-container": Marker.QUOTE,
    "olk_src_body_section": Marker.QUOTE,  # Outlook for Mac
    "ms-outlook-mobile-signature": Marker.SIGNATURE,
    "ms-outlook-mobile-body-separator-line": Marker.TAIL,
    "applemailsignature": Marker.SIGNATURE,
    "composer_signature": Marker.SIGNATURE,  # Samsung
    "reply-intro": Marker.INTRO,  # Roundcube
    "forwardbody1": Marker.QUOTE,
    "_rc_sig": Marker.SIGNATURE,
    "isreplycontent": Marker.QUOTE,  # 163
    "isforwardcontent": Marker.QUOTE,
    "ntes-pcmac-signature": Marker.SIGNATURE,
    "mail-app-auto-quote": Marker.QUOTE,  # Mail.ru
    "mail-app-auto-default-signature": Marker.SIGNATURE,
    "mail-app-auto-signature": Marker.SIGNATURE,
    "ymail_android_signature": Marker.SIGNATURE,  # Yahoo
    "ymail_ios_signature": Marker.SIGNATURE,
    "replymessage": Marker.QUOTE,
    "oriquotemail": Marker.QUOTE,
    "origbody": Marker.QUOTE,
    "hmreplydivider": Marker.TAIL,
    "stopspelling": Marker.TAIL,  # Hotmail
    "zwchr": Marker.TAIL,  # Zimbra
    "protonmail_signature_block": Marker.SIGNATURE,
    "samsung_signature": Marker.SIGNATURE,
}
_BY_NAME: dict[str, Marker] = {
    "quote": Marker.QUOTE,  # GMX, web.de
    "quoted-content": Marker.QUOTE,
    "messagereplysection": Marker.MIXED,  # Spark
    "messagesignaturesection": Marker.SIGNATURE,
}
_BY_DATA_MARKER: dict[str, Marker] = {
    "__divider__": Marker.TAIL,  # Zimbra
    "__headers__": Marker.TAIL,
    "__quoted_text__": Marker.QUOTE,
    "__sig_post__": Marker.SIGNATURE,
    "__sig_pre__": Marker.SIGNATURE,
}
_ID_BEGINNINGS = (("yahoo_quoted", Marker.QUOTE), ("replybody", Marker.QUOTE), ("origmsg", Marker.QUOTE))
_WORD_BORDER = re.compile(
    r"border-(?:top|left) ?: ?(?:solid #?[0-9a-z]{3,8} 1\.?0?pt|#?[0-9a-z]{3,8} 1\.?0?pt solid)"
)
_LEFT_BORDER = re.compile(r"border-left(?:-width|-style)?: ?(?!none|0|medium none)\S")
_HOLDERS = frozenset(
    ("blockquote", "div", "section", "td", "article", "span", "p", "includetail", "table", "font", "hr")
)


def _own(name: str) -> str:
    """A class or an identifier as the program that wrote it spelt it."""
    return _ADOPTED.sub("", name.strip()).casefold()


def _by_names(attributes: Attributes) -> Marker:
    classes = attributes.get("class")
    for name in classes.split()[:12] if classes else ():
        marker = _BY_CLASS.get(_own(name))
        if marker:
            return marker
    identifier = _own(attributes.get("id") or "")
    if identifier:
        marker = _BY_ID.get(identifier)
        if marker:
            return marker
        for beginning, meaning in _ID_BEGINNINGS:
            if identifier.startswith(beginning):
                return meaning
    marker = _BY_NAME.get((attributes.get("name") or "").casefold())
    if marker:
        return marker
    if (attributes.get("data-smartmail") or "") == "gmail_signature":
        return Marker.SIGNATURE
    return _BY_DATA_MARKER.get((attributes.get("data-marker") or "").casefold(), Marker.NONE)


def _is_word_border(node: LexborNode, style: str) -> bool:
    """Whether the element is the box that Outlook draws around "From, Sent, To, Subject"."""
    if "border-top" not in style or not _WORD_BORDER.search(style.replace(": ", ":")):
        return False
    text = beginning(node)
    return text.count(":") + text.count("：") > 1 and ("padding" in style or "@" in text)


def _blockquote(attributes: Attributes, style: str) -> Marker:
    cited = (attributes.get("type") or "").casefold() == "cite" or (attributes.get("cite") or "").startswith("mid:")
    if cited or _LEFT_BORDER.search(style):
        return Marker.QUOTE
    if style and "border:none" in style.replace(" ", "") and "40px" in style:
        return Marker.NONE  # Gmail's indentation
    return Marker.WEAK_QUOTE


def marker_of(node: LexborNode, tag: str) -> Marker:
    """What the element holds, judged by its tag and attributes."""
    if tag not in _HOLDERS:
        return Marker.NONE
    if tag == "includetail":
        return Marker.QUOTE
    attributes = node.attributes
    marker = _by_names(attributes) if attributes else Marker.NONE
    if tag == "blockquote":
        named = marker in (Marker.MIXED, Marker.QUOTE)
        return Marker.QUOTE if named else _blockquote(attributes, (attributes.get("style") or "").casefold())
    if marker or tag != "div":
        return marker
    style = attributes.get("style")
    return Marker.TAIL if style and _is_word_border(node, style.casefold()) else Marker.NONE


def keeps_breaks(node: LexborNode) -> bool:
    """Whether line ends inside the element are shown."""
    style = node.attributes.get("style")
    return bool(style) and "white-space" in str(style) and "pre" in str(style)


def beginning(node: LexborNode) -> str:
    """The first words of an element, without reading all of it."""
    pieces: list[str] = []
    size = 0
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            piece = inner.text_content or ""
            pieces.append(piece[:BEGINNING])
            size += len(piece)
            if size > BEGINNING or len(pieces) > MOST_PIECES:
                break
    return " ".join(pieces)


def is_mixed(node: LexborNode) -> bool:
    """Whether answers can stand in the element beside the quotation: it holds a quotation of its own."""
    child = node.first_child
    while child is not None:
        tag = child.tag
        if tag == "blockquote":
            return True
        if tag == "div" and "gmail_attr" in (child.attributes.get("class") or "") and "-----" in beginning(child):
            return False  # a forwarded letter
        child = child.next
    return False
