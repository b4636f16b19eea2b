"""Whether the domain in From vouches for a letter: told by the relay we believe, or found out by DKIM here."""

from __future__ import annotations

import ipaddress
import logging

from okno.channels.email.declarations import TRUSTED_RELAYS, VERIFY_DKIM, networks
from okno.channels.email.intake.case import Authentication, Case
from okno.channels.email.intake.rules.authentication_results import covers, judge, trusted_results
from okno.channels.email.models import Letter
from okno.channels.email.receiving.storing import LOCAL_SOCKET
from okno.core import logs

log = logs.get(__name__)
_library_log = logging.getLogger("okno.dkim")
_library_log.setLevel(logging.CRITICAL)  # what is wrong with letters of strangers is no error of ours
RESOLVER_SECONDS = 3.0
MOST_SIGNATURES = 3
MOST_SIGNATURES_READ = 20


def authenticate(case: Case) -> Authentication:
    """The verdict on the sender's domain; without anybody to ask it is unknown, and nothing is assumed."""
    if case.form_writer is not None:
        return Authentication("unknown", {"because": "written by a form"})
    sender = case.parsed.sender
    domain = sender.address.rpartition("@")[2] if sender else ""
    mailbox = case.letter.mailbox
    if not domain or len(case.parsed.from_) > 1 or _froms(case) > 1:
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


def _froms(case: Case) -> int:
    """How many From fields there are: a second one on top would hide the signed one."""
    return sum(1 for name, _value in case.parsed.headers if name.strip().lower() == "from")


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
    """A valid signature of the sender's domain speaks for it; anything else says nothing, as relays break them.

    Signatures of other domains are not asked for; one that leaves the end of the body open (``l=``) lets anybody
    write there and counts for nothing (RFC 6376, 8.2).
    """
    facts = {"dkim": "other_domain"}
    for number, tags in _signatures(raw, domain):
        facts = {"dkim": "partial" if "l" in tags else _checked(raw, number), "signer": tags["d"]}
        if facts["dkim"] == "pass":
            return Authentication("aligned", facts)
    return Authentication("unknown", facts)


def _signatures(raw: bytes, domain: str) -> list[tuple[int, dict[str, str]]]:
    """The first signatures that speak for the domain: their numbers among all, and their tags."""
    from dkim import rfc822_parse
    from dkim.util import InvalidTagValueList, parse_tag_value

    try:
        written = [value for name, value in rfc822_parse(raw)[0] if name.lower() == b"dkim-signature"]
    except Exception:  # the library's own parser may fall over anything; the letter then proves nothing
        return []
    found = []
    for number, value in enumerate(written[:MOST_SIGNATURES_READ]):
        try:
            pairs = parse_tag_value(value).items()
        except InvalidTagValueList:
            continue
        tags = {name.decode("ascii", "replace"): tag.decode("ascii", "replace").lower() for name, tag in pairs}
        if covers(tags.get("d", ""), domain):
            found.append((number, tags))
    return found[:MOST_SIGNATURES]


def _checked(raw: bytes, number: int) -> str:
    """What becomes of one signature: pass, fail (also where no key is to be had), or temperror."""
    import dkim

    try:
        is_valid = dkim.DKIM(raw, logger=_library_log, timeout=int(RESOLVER_SECONDS)).verify(number)
    except dkim.ValidationError:
        return "fail"
    except Exception as error:  # the library raises many kinds; none of them may hold up a letter
        log.info("a DKIM signature could not be checked", error=str(error)[:200])
        return "temperror"
    return "pass" if is_valid else "fail"
