"""Which certificates the servers of a mailbox may have: the machine's authorities, and one that was pasted."""

from __future__ import annotations

import ssl

from okno.channels.email.models import Mailbox

LONGEST = 100_000
"""Characters of what is pasted."""


def tls_context(mailbox: Mailbox) -> ssl.SSLContext:
    """Certificates are checked against the machine's authorities (or ``SSL_CERT_FILE``) and the pasted one.

    The name of the server must stand in its certificate in any case: nothing is ever trusted unseen.
    """
    context = ssl.create_default_context()
    if mailbox.trusted_certificate:
        context.load_verify_locations(cadata=mailbox.trusted_certificate)
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # a server's own certificate is trusted as it is
    return context


def plain(text: str) -> str:
    """What was pasted, with line ends of one kind and nothing around it."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def certificates_in(text: str) -> int:
    """How many certificates the text holds; none where it cannot be read as such."""
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError):
        return 0
    return context.cert_store_stats()["x509"]
