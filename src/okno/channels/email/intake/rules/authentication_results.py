"""Reading Authentication-Results (RFC 8601) of the one server that we believe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

Verdict = Literal["aligned", "not_aligned", "unknown"]
_QUOTED = re.compile(r'"([^"\\();]*+)"')
_PLAIN = re.compile(r"[\w.@+-]+", re.ASCII)
_RESULT = re.compile(r"(?i)\s*(dmarc|dkim|spf|arc)\s*(?:/\d+)?\s*=\s*([a-z]+)(.*)", re.DOTALL)
_BY = re.compile(r"(?i)(?:^|\s)by\s+([^\s;()]{1,253})")
_PROPERTY = re.compile(
    r"(?i)\b(header\.from|header\.d|header\.i|smtp\.mailfrom|smtp\.helo)\s*=\s*\"?([^\s;\"]{1,320})"
)


def trusted_results(headers: Iterable[tuple[str, str]], server: str) -> str:
    """The uppermost result of the server, which that server itself put there; older ones below may be forged.

    Fields are added at the top (RFC 8601, 5). So nothing counts that stands below the hop before the server's
    own: it was in the letter when the server got it.
    """
    wanted = server.strip().lower()
    passed_server = False
    for name, value in headers:
        if name.lower() == "received":
            if passed_server:
                return ""
            by = _BY.search(value)
            passed_server = by is not None and by[1].lower().rstrip(".") == wanted
        if name.lower() != "authentication-results" or not wanted:
            continue
        author, _semicolon, results = value.partition(";")
        word = author.strip().split()
        if word and word[0].lower() == wanted:
            return results
    return ""


def judge(results: str, from_domain: str) -> tuple[Verdict, dict[str, str]]:
    """Whether the results vouch for the domain in From, by DMARC or else by an aligned DKIM or SPF pass."""
    pieces = _pieces(results)
    if pieces is None:
        return "unknown", {"because": "ambiguous results"}
    facts: dict[str, str] = {}
    aligned = refuted = False
    for piece in pieces:
        match = _RESULT.match(piece)
        if match is None:
            continue
        method, result = match[1].lower(), match[2].lower()
        properties = {name.lower(): value.lower() for name, value in _PROPERTY.findall(match[3])}
        fits = _is_aligned(method, properties, from_domain)
        if method == "dmarc" and not fits:
            result = "other_domain"
        if facts.get(method) != "pass" or (result == "pass" and fits):
            facts[method] = result
        aligned = aligned or (method in {"dkim", "spf"} and result == "pass" and fits)
        refuted = refuted or (method == "spf" and result == "fail" and fits)
    return _verdict(facts, aligned, refuted), facts


def _pieces(results: str) -> list[str] | None:
    """The single results without comments; nothing where a sender may have put one of them there.

    A sender chooses the local part of his address, which a server may repeat: between quotation marks it may
    hold semicolons, brackets and spaces, and so a result of his own making. Nor is there ever more than one
    verdict by DMARC, which judges the one domain in From.
    """
    bare = _QUOTED.sub(lambda quoted: quoted[1] if _PLAIN.fullmatch(quoted[1]) else "_", results)
    if '"' in bare or "\\" in bare:
        return None
    kept: list[str] = []
    depth = 0
    for part in re.split(r"([()])", bare):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if depth < 0:
            return None
        kept.append(part if depth == 0 and part != ")" else " ")
    pieces = "".join(kept).split(";")
    policies = sum(1 for piece in pieces if piece.strip().lower().startswith("dmarc"))
    return None if depth or policies > 1 else pieces


def _verdict(facts: Mapping[str, str], aligned: bool, refuted: bool) -> Verdict:
    """DMARC has the last word; without it, a host that the very domain in From disowns makes the sender false.

    A signature that does not hold counts as none (RFC 6376, 6.1), and ``softfail`` is a doubt (RFC 7208, 8.5):
    lists and forwarders bring about both.
    """
    if facts.get("dmarc") == "pass":
        return "aligned"
    if facts.get("dmarc") == "fail":
        return "not_aligned"
    if aligned:
        return "aligned"
    return "not_aligned" if refuted else "unknown"


def _is_aligned(method: str, properties: Mapping[str, str], from_domain: str) -> bool:
    if method == "dkim":
        signer = properties.get("header.d") or properties.get("header.i", "")
        return covers(signer.rpartition("@")[2], from_domain)
    if method == "spf":
        return covers(properties.get("smtp.mailfrom", "").rpartition("@")[2], from_domain)
    return method != "dmarc" or properties.get("header.from", from_domain).rpartition("@")[2] == from_domain


def covers(domain: str, from_domain: str) -> bool:
    """Whether one of the two domains is the other or lies within it (relaxed alignment, RFC 7489, 3.1)."""
    first, second = domain.strip(".").lower(), from_domain.strip(".").lower()
    if first.count(".") < 1 or second.count(".") < 1:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")
