"""Signatures that we check ourselves: real ones, of a real key that a real name server hands out."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator

import dkim
import dns.resolver
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from okno.channels.email.tests.writing import letter, take
from okno.core import settings_store
from okno.core.models import SettingValue
from okno.testing.cast import Cast
from okno.testing.names import NameServer
from okno.tickets import access

pytestmark = pytest.mark.django_db
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
DER = KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
RECORD = f"v=DKIM1; k=rsa; p={base64.b64encode(DER).decode()}"


@pytest.fixture(autouse=True)
def names(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[NameServer]:
    SettingValue.objects.create(key="mail.verify_dkim", value=True)
    settings_store.forget()
    records = {
        f"s1._domainkey.{domain}": RECORD for domain in ("kawa.example", "evil.example", "mail.kawa.example")
    }
    with NameServer(records) as server:
        monkeypatch.setattr(dns.resolver, "default_resolver", server.resolver())
        yield server


def signed(raw: bytes, domain: str = "kawa.example", selector: str = "s1", **more: bool) -> bytes:
    made: bytes = dkim.sign(raw, selector.encode(), domain.encode(), PEM, **more)
    return made + raw


def test_a_signature_of_the_senders_domain_proves_the_sender_t1(cast: Cast, names: NameServer) -> None:
    taken = take(signed(letter()), source="smtp", peer="192.0.2.1")
    assert taken.authentication == {"verdict": "aligned", "dkim": "pass", "signer": "kawa.example"}
    assert names.asked == ["s1._domainkey.kawa.example"]
    assert access.visible_to(cast.actor("marta")).get() == taken.ticket


@pytest.mark.parametrize(
    ("forge", "dkim_says"),
    [
        ("body", "fail"),
        ("subject", "fail"),
        ("other_domain", "other_domain"),
        ("no_key", "fail"),
        ("partial", "partial"),
        ("second_from", None),
        ("garbage", "other_domain"),
    ],
)
def test_a_signature_that_does_not_hold_proves_nobody_t1(cast: Cast, forge: str, dkim_says: str | None) -> None:
    raw = signed(letter())
    if forge == "body":
        raw = raw.replace(b"Gdynia", b"Sopot ")
    elif forge == "subject":
        raw = raw.replace(b"Subject: The oven", b"Subject: Another")
    elif forge == "other_domain":
        raw = signed(letter(), "evil.example")
    elif forge == "no_key":
        raw = signed(letter(), selector="s2")
    elif forge == "partial":
        raw = signed(letter(), length=True) + b"\nSend the money elsewhere.\n"
    elif forge == "second_from":
        raw = b"From: Piotr <piotr@kawa.example>\n" + raw
    elif forge == "garbage":
        raw = b"DKIM-Signature: ;;=;d=\xff\n" + letter()
    taken = take(raw)
    assert taken.authentication["verdict"] == "unknown"
    assert taken.authentication.get("dkim") == dkim_says
    assert taken.ticket is not None
    assert not taken.ticket.participants.get(is_requester=True).is_proven


def test_one_good_signature_among_others_is_enough_t1(cast: Cast, names: NameServer) -> None:
    raw = signed(signed(letter(), "mail.kawa.example"), "evil.example")
    taken = take(b"DKIM-Signature: v=1; a=rsa-sha256; d=kawa.example; s=gone; b=AA==; bh=AA==; h=from\n" + raw)
    assert taken.authentication["verdict"] == "aligned"
    assert taken.authentication["signer"] == "mail.kawa.example"
    assert not [name for name in names.asked if "evil" in name]


def test_nobody_is_asked_where_that_is_not_wanted(cast: Cast, names: NameServer) -> None:
    SettingValue.objects.update(value=False)
    settings_store.forget()
    assert take(signed(letter())).authentication["verdict"] == "unknown"
    assert names.asked == []


def test_a_silent_name_server_holds_no_letter_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with NameServer({}, is_silent=True) as silent:
        monkeypatch.setattr(dns.resolver, "default_resolver", silent.resolver())
        started = time.monotonic()
        taken = take(signed(letter()))
        assert time.monotonic() - started < 8
        assert silent.asked
    assert (taken.state, taken.authentication["dkim"]) == ("done", "fail")
