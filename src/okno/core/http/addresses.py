"""Where a request comes from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The IP address of whoever asks: that of the connection, or the one that our own proxy names last.

    A header that a client wrote himself is never believed: without a proxy none is read, and with one only what
    the proxy added at the end counts.
    """
    given = str(request.META.get("REMOTE_ADDR", ""))
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        given = named or given
    return given if _is_address(given) else ""


def network_of(address: str) -> str:
    """What counts as one place: the address itself, of IPv6 the network of 64 bits that one connection has."""
    if not _is_address(address):
        return ""
    known = ipaddress.ip_address(address)
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped is not None:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
