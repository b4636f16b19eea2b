"""The HTML of an article: cleaned when it is saved, and made ready for a page when it is read (T12).

An article holds what our editor writes, and pictures of its own. Headings get anchors for the table of contents. A
link that stands alone in a paragraph becomes a player, if it leads to a video of the article itself or to a host
that an administrator has named; nothing else is ever embedded (F247).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from markupsafe import escape
from selectolax.lexbor import LexborHTMLParser, LexborNode

from okno.core import html
from okno.knowledge.declarations import VIDEO_HOSTS, hosts_in
from okno.knowledge.models import ArticleFile

OWN_PICTURE = re.compile(r"/help/files/[\w-]{1,60}/picture/", re.ASCII)
OWN_FILE = re.compile(r"(?:https?://[^/\s]+)?/help/files/([\w-]{1,60})/", re.ASCII)
PICTURE = re.compile(r"/help/files/([\w-]{1,60})/picture/", re.ASCII)
MOST_HEADINGS = 200
SANDBOX = "allow-scripts allow-same-origin allow-presentation allow-popups"
"""What a player of another host may do: play, in its own origin; it reaches neither our page nor the window."""


@dataclass(frozen=True)
class Heading:
    """A line of the table of contents."""

    anchor: str
    text: str
    level: int


@dataclass
class Page:
    """An article made ready: its HTML, its headings, the origins from which its page may embed players."""

    html: str
    headings: list[Heading] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    played: set[str] = field(default_factory=set)


def clean(markup: str) -> str:
    """What may be kept of an article's HTML."""
    return html.strict(markup, pictures=OWN_PICTURE)


def page_of(markup: str, videos: Iterable[ArticleFile] = (), hosts: Iterable[str] = ()) -> Page:
    """The cleaned HTML as a page shows it."""
    parser = LexborHTMLParser(f"<body>{markup}</body>")
    body = parser.body
    page = Page("")
    if body is None:
        return page
    for number, node in enumerate(body.css("h1,h2,h3,h4"), 1):
        words = " ".join(node.text().split())
        if words and number <= MOST_HEADINGS:
            node.attrs["id"] = f"part-{number}"
            page.headings.append(Heading(f"part-{number}", words, int((node.tag or "h2")[1])))
    for link in body.css("a"):
        if (link.attributes.get("href") or "").startswith("#"):
            link.attrs["target"] = "_self"
    _embed(body, page, {video.token: video for video in videos}, set(hosts))
    page.html = body.inner_html or ""
    return page


def whole_page(markup: str, files: Iterable[ArticleFile]) -> Page:
    """The same with the players that the settings allow, and below the text those videos that no link shows."""
    videos = [file for file in files if file.is_video]
    page = page_of(markup, videos, hosts_in(VIDEO_HOSTS()))
    page.html += "".join(player_of(video) for video in videos if video.token not in page.played)
    return page


def _embed(body: LexborNode, page: Page, videos: dict[str, ArticleFile], hosts: set[str]) -> None:
    for paragraph in body.css("p"):
        link = paragraph.css_first("a")
        if link is None or paragraph.text().strip() != link.text().strip():
            continue
        address = (link.attributes.get("href") or "").strip()
        player = _own_player(address, videos, page) or _foreign_player(address, link.text().strip(), hosts, page)
        if player:
            paragraph.replace_with(LexborHTMLParser(player).css_first("figure") or paragraph)


def _own_player(address: str, videos: dict[str, ArticleFile], page: Page) -> str:
    found = OWN_FILE.fullmatch(address)
    video = videos.get(found[1]) if found else None
    if video is None:
        return ""
    page.played.add(video.token)
    return player_of(video)


def player_of(video: ArticleFile) -> str:
    """A player for an uploaded video; nothing is fetched until it is wanted."""
    return (
        f'<figure class="player"><video controls preload="metadata" src="/help/files/{escape(video.token)}/" '
        f'aria-label="{escape(video.name)}"></video><figcaption>{escape(video.name)}</figcaption></figure>'
    )


def _foreign_player(address: str, words: str, hosts: set[str], page: Page) -> str:
    embedded = embed_address(address, hosts)
    if not embedded:
        return ""
    parts = urlsplit(embedded)
    page.origins.append(f"https://{parts.netloc}")
    return (
        f'<figure class="player"><iframe src="{escape(embedded)}" title="{escape(words)}" loading="lazy" '
        f'sandbox="{SANDBOX}" referrerpolicy="strict-origin-when-cross-origin" allowfullscreen></iframe></figure>'
    )


def embed_address(address: str, hosts: set[str]) -> str:
    """The address of a player for a page of a video, if it is on one of the hosts; nothing otherwise."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme != "https" or host not in hosts or port or parts.username or parts.password:
        return ""
    known = _PLAYERS.get(host.removeprefix("www.").removeprefix("m."))
    return (
        known(parts.path, parse_qs(parts.query), host)
        if known
        else f"https://{host}{parts.path}{_query(parts.query)}"
    )


def _query(query: str) -> str:
    return f"?{query}" if query else ""


def _youtube(path: str, query: dict[str, list[str]], host: str) -> str:
    named = re.fullmatch(r"/(?:embed|shorts|live)/([\w-]{6,20})/?", path, re.ASCII)
    key = named[1] if named else query.get("v", [""])[0] if path == "/watch" else ""
    return f"https://{host}/embed/{key}" if re.fullmatch(r"[\w-]{6,20}", key, re.ASCII) else ""


def _vimeo(path: str, _query: dict[str, list[str]], host: str) -> str:
    key = path.strip("/").removeprefix("video/")
    return f"https://player.vimeo.com/video/{key}" if re.fullmatch(r"[0-9]{4,15}", key, re.ASCII) else ""


_PLAYERS: dict[str, Callable[[str, dict[str, list[str]], str], str]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "vimeo.com": _vimeo,
}
"""Hosts whose pages of videos are not the players themselves; the player stays on the named host or its own."""
