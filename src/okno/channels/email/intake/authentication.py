"""Whether the domain in From vouches for a letter: told by the relay we believe, or found out by DKIM here."""

from __future__ import annotations

from okno.channels.email.declarations import VERIFY_DKIM
from okno.channels.email.intake.case import Authentication, Case
from okno.channels.email.intake.rules.authentication_results import covers, judge, trusted_results
from okno.core import logs

log = logs.get(__name__)
RESOLVER_SECONDS = 3.0


def authenticate(case: Case) -> Authentication:
    """The verdict on the sender's domain; without anybody to ask it is unknown, and nothing is assumed."""
    sender = case.parsed.sender
    domain = sender.address.rpartition("@")[2] if sender else ""
    mailbox = case.letter.mailbox
    if not domain or len(case.parsed.from_) > 1:
        return Authentication("unknown", {"because": "no single sender"})
    if mailbox is not None and mailbox.trusted_relay:
        results = trusted_results(case.parsed.headers, mailbox.trusted_relay)
        if results:
            verdict, facts = judge(results, domain)
            return Authentication(verdict, {**facts, "told_by": mailbox.trusted_relay})
    if VERIFY_DKIM() and case.parsed.header("DKIM-Signature"):
        return _by_signature(case.raw, domain)
    return Authentication("unknown", {"because": "nobody to ask"})


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
