"""Verdicts of the mail server count only in letters that this server handed over."""

from __future__ import annotations

import smtplib

import pytest

from okno.channels.email.intake.authentication import came_by_trusted_way
from okno.channels.email.models import Letter
from okno.channels.email.reasons import explain
from okno.channels.email.receiving.smtp import Listeners
from okno.channels.email.receiving.storing import LOCAL_SOCKET
from okno.channels.email.tests.writing import SUPPORT, drain, letter, mailbox, take
from okno.core import settings_store
from okno.core.faults import Invalid
from okno.core.models import SettingValue
from okno.testing.cast import Cast

pytestmark = pytest.mark.django_db
RELAY = "mx.vikno.example"
PROVEN = {"Authentication-Results": f"{RELAY}; dmarc=pass header.from=kawa.example"}


def trust(addresses: str) -> None:
    SettingValue.objects.update_or_create(key="mail.trusted_relays", defaults={"value": addresses})
    settings_store.forget()


@pytest.mark.parametrize(
    ("source", "peer", "relays", "verdict"),
    [
        ("imap", "", "", "aligned"),
        ("pipe", "", "", "aligned"),
        ("lmtp", LOCAL_SOCKET, "", "aligned"),
        ("smtp", "192.0.2.7", "", "unknown"),
        ("smtp", "", "", "unknown"),
        ("smtp", "", "0.0.0.0/0", "unknown"),
        ("smtp", "127.0.0.1", "", "unknown"),
        ("lmtp", "127.0.0.1", "", "unknown"),
        ("smtp", "192.0.2.7", "192.0.2.7", "aligned"),
        ("smtp", "::ffff:192.0.2.7", "192.0.2.7", "aligned"),
        ("lmtp", "10.0.0.9", "192.0.2.7, 10.0.0.0/24", "aligned"),
        ("smtp", "2001:db8::5", "192.0.2.7 2001:db8::/64", "aligned"),
        ("smtp", "192.0.2.8", "192.0.2.7", "unknown"),
        ("smtp", "not an address", "192.0.2.7", "unknown"),
        ("demo", "", "192.0.2.7", "unknown"),
    ],
)
def test_who_handed_the_letter_over_decides_t1(
    cast: Cast, source: str, peer: str, relays: str, verdict: str
) -> None:
    trust(relays)
    taken = take(letter(headers=PROVEN), source=source, peer=peer, box=mailbox(trusted_relay=RELAY))
    assert taken.authentication["verdict"] == verdict
    assert taken.ticket is not None
    assert taken.ticket.participants.get(is_requester=True).is_proven is (verdict == "aligned")
    if verdict == "unknown":
        assert taken.authentication["because"] == "came past the trusted server"
        assert "did not hand it over" in explain(taken.outcome)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("relays", "verdict"), [("", "unknown"), ("127.0.0.1", "aligned")])
def test_a_stranger_at_our_own_port_proves_nothing_t1(cast: Cast, relays: str, verdict: str) -> None:
    trust(relays)
    mailbox(trusted_relay=RELAY)
    listeners = Listeners(smtp="127.0.0.1:0")
    listeners.start()
    try:
        with smtplib.SMTP("127.0.0.1", listeners.ports["smtp"], timeout=20) as client:
            client.sendmail("marta@kawa.example", [SUPPORT], letter(headers=PROVEN))
    finally:
        listeners.stop()
    drain()
    stored = Letter.objects.get()
    assert came_by_trusted_way(stored) is (verdict == "aligned")
    assert stored.authentication["verdict"] == verdict


def test_only_addresses_are_taken_for_trusted_servers(cast: Cast) -> None:
    for wrong in ("mx.vikno.example", "10.0.0.1/8", "10.0.0.256"):
        with pytest.raises(Invalid):
            settings_store.change(cast.actor("olena"), {"mail.trusted_relays": wrong})
    settings_store.change(cast.actor("olena"), {"mail.trusted_relays": "10.0.0.1, 2001:db8::/32"})
