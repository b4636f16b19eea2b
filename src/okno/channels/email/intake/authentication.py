"""Whether the domain in From vouches for a letter: told by the relay we believe, or found out by DKIM here."""

from __future__ import annotations

import ipaddress

from okno.channels.email.declarations import TRUSTED_RELAYS, VERIFY_DKIM, networks
from okno.channels.email.intake.case import Authentication, Case
from okno.channels.email.intake.rules.authentication_results import covers, judge, trusted_results
from okno.channels.email.models import Letter
from okno.channels.email.receiving.storing import LOCAL_SOCKET
from okno.core import logs

log = logs.get(__name__)
RESOLVER_SECONDS = 3.0


def authenticate(case: Case) -> Authentication:
    """The verdict on the sender's domain; without anybody to ask it is unknown, and nothing is assumed."""
    if case.form_writer is not None:
        return Authentication("unknown", {"because": "written by a form"})
    sender = case.parsed.sender
    domain = sender.address.rpartition("@")[2] if sender else ""
    mailbox = case.letter.mailbox
    if not domain or len(case.parsed.from_) > 1:
        return Authentication("unknown", {"because": "no single sender"})
    because = "nobody to ask"
    if mailbox is not None and mailbox.trusted_relay:
        results = trusted_results(case.parsed.headers, mailbox.trusted_relay)
        if results and came_by_trusted_way(case.letter):
            verdict, facts = judge(results, domain)
            return Authentication(verdict, {**facts, "told_by": mailbox.trusted_relay})
        if results:
            because = "came past the trusted server"
            case.reason["results_unbelieved"] = True
    if VERIFY_DKIM() and case.parsed.header("DKIM-Signature"):
        return _by_signature(case.raw, domain)
    return Authentication("unknown", {"because": because})


def came_by_trusted_way(letter: Letter) -> bool:
    """Whether our own mail server handed the letter over, so that what it wrote at the top is its own (T1).

    What was fetched from the mailbox or came by the pipe lay on that server. To the ports anybody may connect
    and write such headers himself: there only the listed addresses count, and the socket file of the machine.
    """
    if letter.source in {"imap", "pipe"} or letter.peer == LOCAL_SOCKET:
        return True
    try:
        peer = ipaddress.ip_address(letter.peer)
        trusted = networks(TRUSTED_RELAYS())
    except ValueError:
        return False
    plain = getattr(peer, "ipv4_mapped", None) or peer
    return any(plain in network for network in trusted)


def _by_signature(raw: bytes, domain: str) -> Authentication:
    """A valid signature of the sender's domain speaks for it; anything else says nothing, as relays break them."""
    import dkim

    try:
        check = dkim.DKIM(raw, timeout=int(RESOLVER_SECONDS))
        is_valid = bool(check.verify())
        signer = (check.domain or b"").decode("ascii", "replace").lower()
    except Exception as error:  # the library raises many kinds; none of them may hold up a letter
        log.info("a DKIM signature could not be checked", error=str(error)[:200])
        return Authentication("unknown", {"dkim": "temperror"})
    if is_valid and covers(signer, domain):
        return Authentication("aligned", {"dkim": "pass", "signer": signer})
    return Authentication("unknown", {"dkim": "pass" if is_valid else "fail", "signer": signer})
