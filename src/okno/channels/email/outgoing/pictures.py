"""Pictures that stand in a message's text become parts of the letter, shown by their Content-ID (RFC 2392)."""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from html import escape, unescape
from urllib.parse import urljoin

from django.conf import settings

from okno.channels.email.outgoing.composing import File
from okno.core import files
from okno.tickets.models import Attachment

_IMAGE = re.compile(r"""<img\b(?:[^>"]|"[^"]*")*>""", re.IGNORECASE)
_SOURCE = re.compile(r'\ssrc="([^"]*)"', re.IGNORECASE)
_ALTERNATIVE = re.compile(r'\salt="([^"]*)"', re.IGNORECASE)
_DATA = re.compile(r"data:(image/(?:png|jpe?g|gif|webp));base64,(.*)", re.IGNORECASE | re.DOTALL)
_OWN_LINK = re.compile(r'(<a\b(?:[^>"]|"[^"]*")*?\shref=")(/[^"]*)(")', re.IGNORECASE)


class Pictures:
    """Takes the pictures out of the HTML of one message; only that message's own attachments are looked at."""

    def __init__(self, attachments: list[Attachment], domain: str) -> None:
        self._attachments = attachments
        self._domain = domain
        self.parts: list[File] = []
        self.used: set[int] = set()

    def taken_from(self, html: str) -> str:
        """The HTML with each picture of ours as ``cid:``; one that nobody outside can fetch gives its words."""
        return _IMAGE.sub(self._replace, html)

    def _replace(self, match: re.Match[str]) -> str:
        tag = match.group()
        source = _SOURCE.search(tag)
        url = unescape(source[1]).strip() if source else ""
        content_id = self._from_data(url) or self._from_attachment(url)
        if content_id:
            return _SOURCE.sub(f' src="cid:{content_id}"', tag, count=1)
        if url.lower().startswith(("http://", "https://")):
            return tag
        words = _ALTERNATIVE.search(tag)
        return f"[{words[1]}]" if words and words[1].strip() else ""

    def _from_data(self, url: str) -> str:
        data = _DATA.fullmatch(url)
        if data is None:
            return ""
        try:
            content = base64.b64decode("".join(data[2].split()), validate=True)
        except (binascii.Error, ValueError):
            return ""
        kind = data[1].lower()
        ending = kind.partition("/")[2].replace("jpeg", "jpg")
        return self._add(f"image-{len(self.parts) + 1}.{ending}", kind, content)

    def _from_attachment(self, url: str) -> str:
        for attachment in self._attachments:
            if not attachment.type.startswith("image/"):
                continue
            known = attachment.content_id.strip("<>")
            if attachment.token in url or (known and url == f"cid:{known}"):
                self.used.add(attachment.pk)
                return self._add(attachment.name, attachment.type, files.read(attachment.file))
        return ""

    def _add(self, name: str, kind: str, content: bytes) -> str:
        content_id = f"{secrets.token_hex(10)}@{self._domain}"
        self.parts.append(File(name, kind, content, content_id))
        return content_id


def without_pictures(html: str) -> str:
    """The HTML of an earlier message for quoting: each picture gives its words in brackets, or nothing."""

    def words(match: re.Match[str]) -> str:
        found = _ALTERNATIVE.search(match.group())
        return f"[{found[1]}]" if found and found[1].strip() else ""

    return _IMAGE.sub(words, html)


def with_whole_links(html: str) -> str:
    """Links to our own pages made whole with the configured base URL, never with that of a request (T27)."""
    base = f"{settings.BASE_URL}/"

    def whole(match: re.Match[str]) -> str:
        return f"{match[1]}{escape(urljoin(base, unescape(match[2])), quote=True)}{match[3]}"

    return _OWN_LINK.sub(whole, html)
