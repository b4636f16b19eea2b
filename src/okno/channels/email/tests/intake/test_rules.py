"""The pure rules of the intake."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.channels.email.intake.rules.authentication_results import covers, judge, trusted_results
from okno.channels.email.intake.rules.blacklist import address_fits
from okno.channels.email.intake.rules.digests import content_hash
from okno.channels.email.intake.rules.robots import is_free_mail, is_robot
from okno.channels.email.intake.rules.subjects import bare_subject, first_words, ticket_subject


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: x", "x"),
        ("RE: re: Re : x", "x"),
        ("Re[3]: x", "x"),
        ("Re(2): x", "x"),
        ("Odp: Fwd: x", "x"),
        ("Отв: Пересл: x", "x"),
        ("Відповідь: x", "x"),
        ("回复：x", "x"),
        ("SV: VS: Antw: x", "x"),
        ("Report: x", "Report: x"),
        ("Resolution: x", "Resolution: x"),
        ("Recall: x", "Recall: x"),
        ("", ""),
    ],
)
def test_bare_subject(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_ticket_always_has_a_name(subject: str, text: str) -> None:
    name, _cut = ticket_subject(subject, text, "none")
    assert name.strip()
    assert len(name) <= 5000
    assert "\n" not in first_words(text)


@pytest.mark.parametrize(
    ("address", "robot"),
    [
        ("no-reply@x.example", True),
        ("noreply@x.example", True),
        ("do_not_reply@x.example", True),
        ("no.reply+tag@x.example", True),
        ("orders-noreply@x.example", True),
        ("bounce-123-marta=kawa@x.example", True),
        ("notifications@x.example", True),
        ("norbert@x.example", False),
        ("nora.reply@x.example", False),
        ("replay@x.example", False),
        ("rootman@x.example", False),
        ("marta@kawa.example", False),
    ],
)
def test_robots(address: str, robot: bool) -> None:
    assert is_robot(address) is robot


def test_free_mail() -> None:
    assert is_free_mail("GMail.com")
    assert is_free_mail("ukr.net")
    assert not is_free_mail("kawa.example")


def test_only_the_uppermost_result_of_the_trusted_server_counts() -> None:
    headers = [
        ("Received", "x"),
        ("Authentication-Results", "mx.other.example; dmarc=fail"),
        ("Authentication-Results", "MX.vikno.example 1; dmarc=fail header.from=a.example"),
        ("Authentication-Results", "mx.vikno.example; dmarc=pass header.from=a.example"),
    ]
    assert judge(trusted_results(headers, "mx.vikno.example"), "a.example")[0] == "not_aligned"
    assert trusted_results(headers, "") == ""
    assert trusted_results(headers, "vikno.example") == ""


def test_results_below_the_hop_before_the_trusted_server_are_forged_t1() -> None:
    forged = ("Authentication-Results", "mx.vikno.example; dmarc=pass header.from=a.example")
    own_hop = ("Received", "from evil.example (evil.example [192.0.2.1])\n by mx.vikno.example with ESMTP; Mon")
    inner_hop = ("Received", "from mx.vikno.example by store.vikno.example with LMTP; Mon")
    earlier_hop = ("Received", "from laptop by evil.example with ESMTP; Mon")
    assert trusted_results([inner_hop, own_hop, earlier_hop, forged], "mx.vikno.example") == ""
    for believed in ([inner_hop, forged, own_hop, earlier_hop], [inner_hop, own_hop, forged, earlier_hop]):
        assert "dmarc=pass" in trusted_results(believed, "mx.vikno.example")
    assert trusted_results([own_hop, inner_hop, forged], "mx.vikno.example") == ""


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ("dmarc=pass (p=reject) header.from=a.example", "aligned"),
        ("dmarc=pass header.from=evil.example", "unknown"),
        ("dkim=pass header.d=a.example; spf=fail", "aligned"),
        ("dkim=pass header.d=mail.a.example", "aligned"),
        ("dkim=pass header.i=@a.example", "aligned"),
        ("dkim=pass header.d=evil.example", "unknown"),
        ("dkim=pass header.d=eva.example; spf=softfail smtp.mailfrom=x@a.example", "unknown"),
        ("dkim=pass header.d=eva.example; spf=fail smtp.mailfrom=x@a.example", "not_aligned"),
        ("spf=fail smtp.mailfrom=x@evil.example", "unknown"),
        ("dkim=fail header.d=a.example", "unknown"),
        ("dkim=pass header.d=a.example; spf=fail smtp.mailfrom=x@a.example", "aligned"),
        ("spf=pass smtp.mailfrom=bounce@a.example", "aligned"),
        ("spf=pass smtp.mailfrom=bounce@evil.example", "unknown"),
        ("spf=pass (dkim=pass header.d=a.example) smtp.mailfrom=x@evil.example", "unknown"),
        ("dmarc=fail header.from=a.example; dkim=pass header.d=a.example", "not_aligned"),
        ("dkim=none; spf=none", "unknown"),
        ("arc=pass header.d=a.example", "unknown"),
        ("", "unknown"),
    ],
)
def test_verdicts(results: str, verdict: str) -> None:
    assert judge(results, "a.example")[0] == verdict


@pytest.mark.parametrize(
    "results",
    [
        'spf=pass smtp.mailfrom="x; dkim=pass header.d=a.example"@evil.example',
        'spf=pass smtp.mailfrom="x; dmarc=pass header.from=a.example; y"@evil.example; dmarc=fail',
        'spf=pass smtp.mailfrom="x smtp.mailfrom=b@a.example "@evil.example',
        'spf=pass smtp.mailfrom="x\\"; dkim=pass header.d=a.example; \\""@evil.example',
        'spf=pass (domain of "x) ; dkim=pass header.d=a.example ("@evil.example designates it)',
        "spf=pass (domain of x) ; dkim=pass header.d=a.example )",
        "spf=pass (domain of (x; dkim=pass header.d=a.example )",
        "spf=pass ((nested); dkim=pass header.d=a.example) smtp.mailfrom=x@evil.example",
        "dmarc=fail header.from=a.example; dmarc=pass header.from=a.example",
        'dkim=pass header.i="x header.d=a.example y"@evil.example',
    ],
)
def test_a_sender_writes_no_result_of_his_own_t1(results: str) -> None:
    assert judge(results, "a.example")[0] != "aligned"


def test_quoted_values_are_read() -> None:
    assert (
        judge('dkim=pass reason="good signature" header.d="a.example" header.b="ab/c="', "a.example")[0]
        == "aligned"
    )
    assert judge("dmarc=pass (p=none (sp=none)) header.from=a.example", "a.example")[0] == "aligned"


def test_alignment_is_relaxed_and_no_more() -> None:
    assert covers("a.example", "mail.a.example")
    assert not covers("example", "a.example")
    assert not covers("va.example", "a.example")
    assert not covers("", "a.example")


def test_the_digest_forgets_the_way_and_keeps_the_content() -> None:
    raw = b"From: a@b.c\r\nSubject: x\r\n y\r\nDate: now\r\n\r\nBody\r\n"
    assert content_hash(raw) == content_hash(b"Received: z\nDate: now\nFrom:  a@b.c\nSubject: x y\n\nBody\n\n")
    assert content_hash(raw) != content_hash(raw.replace(b"Body", b"Bodi"))
    assert content_hash(raw) != content_hash(raw.replace(b"Date: now", b"Date: then"))


@given(st.binary(max_size=500))
def test_the_digest_takes_anything(raw: bytes) -> None:
    assert len(content_hash(raw)) == 64


@pytest.mark.parametrize("grow", [lambda n: "*a" * (n // 2), lambda n: "re" * n, lambda n: "no-" * n])
def test_rules_stay_linear_t16(grow: Callable[[int], str]) -> None:
    times = []
    for doubling in range(8):
        text = grow(250 * 2**doubling)
        start = time.perf_counter()
        bare_subject(text)
        is_robot(f"{text}@x.example")
        address_fits(text[:320], "a" * 254 + "@x.example")
        judge(text, "a.example")
        content_hash(text.encode())
        times.append(time.perf_counter() - start)
    assert times[-1] < 0.5
