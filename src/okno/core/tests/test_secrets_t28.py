"""T28: signatures and secrets: what fits, what is refused, what cannot be read."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okno.core import secrets

SIGNED = secrets.sign("test", "ticket", 7)


@pytest.mark.parametrize(
    "signature", [SIGNED, SIGNED.upper(), SIGNED[:16], secrets.sign("test", "ticket", 7, length=52)]
)
def test_a_signature_fits_in_any_case_and_from_sixteen_characters_on_t28(signature: str) -> None:
    assert secrets.signature_fits(signature, "test", "ticket", 7)


@pytest.mark.parametrize(
    ("signature", "purpose", "parts"),
    [
        ("", "test", ("ticket", 7)),
        (SIGNED[:15], "test", ("ticket", 7)),
        (SIGNED[:-1] + ("a" if SIGNED[-1] != "a" else "b"), "test", ("ticket", 7)),
        (SIGNED + "a" * 1000, "test", ("ticket", 7)),
        (" " + SIGNED, "test", ("ticket", 7)),
        (SIGNED, "Test", ("ticket", 7)),
        (SIGNED, "other", ("ticket", 7)),
        (SIGNED, "", ("ticket", 7)),
        (SIGNED, "test", ("ticket", 8)),
        (SIGNED, "test", ("ticket7",)),
        (SIGNED, "test", ("ticket", 7, "")),
        (SIGNED, "test", ()),
        ("é" * 20, "test", ("ticket", 7)),
        ("\ud800" * 20, "test", ("ticket", 7)),
        ("\x00" * 20, "test", ("ticket", 7)),
        ("=" * 20, "test", ("ticket", 7)),
    ],
)
def test_any_other_signature_is_refused_t28(signature: str, purpose: str, parts: tuple[object, ...]) -> None:
    assert not secrets.signature_fits(signature, purpose, *parts)


@given(st.text())
def test_no_text_is_a_signature_or_breaks_the_check_t28(text: str) -> None:
    assert not secrets.signature_fits(text, "test", "of nobody")


def test_another_key_makes_other_signatures_t28(settings: Any) -> None:
    settings.SECRET_KEY = "another key"
    assert not secrets.signature_fits(SIGNED, "test", "ticket", 7)


@pytest.mark.parametrize("secret", ["", "a", "пароль 🔑", "x" * 10_000, "line\nline\x00"])
def test_a_secret_comes_back_and_never_looks_the_same_t28(secret: str) -> None:
    stored = [secrets.encrypt("mailbox", secret) for _time in range(2)]
    assert [secrets.decrypt("mailbox", each) for each in stored] == [secret, secret]
    assert stored[0] != stored[1]
    assert not secret or secret.encode() not in base64.b64decode(stored[0]) or len(secret) < 2


def damaged(stored: str) -> str:
    raw = bytearray(base64.b64decode(stored))
    raw[-1] ^= 1
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize(
    "stored",
    ["", "====", "not base64!", "é", "AAAA", damaged(secrets.encrypt("mailbox", "s")), secrets.encrypt("mailbox", "s")[:-8], "hunter2", base64.b64encode(b"x" * 11).decode()],
    ids=range(9),  # two of them differ from process to process
)  # fmt: skip
def test_what_is_damaged_is_unreadable_and_says_so_t28(stored: str) -> None:
    with pytest.raises(secrets.SecretUnreadable):
        secrets.decrypt("mailbox", stored)


def test_another_purpose_or_key_cannot_read_t28(settings: Any) -> None:
    stored = secrets.encrypt("mailbox", "s")
    with pytest.raises(secrets.SecretUnreadable):
        secrets.decrypt("webhook", stored)
    settings.SECRET_KEY = "another key"
    with pytest.raises(secrets.SecretUnreadable):
        secrets.decrypt("mailbox", stored)


def test_the_key_file_is_for_its_owner_and_is_never_replaced_t28(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    secrets.make_key_file(path)
    key = path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(key) >= 43
    secrets.make_key_file(path)
    assert path.read_text() == key


def test_tokens_are_long_all_different_and_stored_only_as_a_hash_t23() -> None:
    tokens = {secrets.random_token() for _time in range(500)}
    assert len(tokens) == 500
    assert min(map(len, tokens)) >= 22
    assert {len(secrets.hashed(token)) for token in tokens} == {64}
    assert len({secrets.hashed(token) for token in tokens}) == 500
