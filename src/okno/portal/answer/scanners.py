"""Programs that open the links of letters before people do (W25). Pure.

Nothing depends on this list but a comfort: for a program on it, the page never sends itself. Whatever is not on it
changes nothing either, since opening a page never does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_AGENTS = re.compile(
    r"bot\b|crawl|spider|preview|scan|check|monitor|headless|phantom|proofpoint|barracuda|mimecast|safelinks|"
    r"symantec|trend ?micro|fireeye|trellix|ironport|sophos|forcepoint|zscaler|fortinet|cisco|kaspersky|"
    r"googleimageproxy|bingpreview|microsoft office|ms-office|outlook|facebookexternalhit|whatsapp|telegram|slack|"
    r"curl|wget|python|urllib|requests|httpx|aiohttp|java/|okhttp|go-http|libwww|ruby|node-fetch|axios|php",
    re.IGNORECASE,
)
_AHEAD = ("sec-purpose", "purpose", "x-purpose", "x-moz")
"""Fields by which browsers say that nobody looks yet."""


def is_scanner(headers: Mapping[str, str]) -> bool:
    """Whether a program asks, as far as it says so; one that does not say what it is counts as one."""
    fields = {name.lower(): value for name, value in headers.items()}
    agent = fields.get("user-agent", "")
    if not agent or _AGENTS.search(agent[:1000]):
        return True
    return any("prefetch" in fields.get(name, "") or "preview" in fields.get(name, "") for name in _AHEAD)
