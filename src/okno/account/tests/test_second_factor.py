"""The second factor: enrolment and sign-in with computed codes (RFC 6238), recovery codes, secrets at rest."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from okno.testing.cast import PASSWORD, Cast


def code_of(secret: str, moment: float | None = None) -> str:
    """The code of six digits that an authenticator app shows at a moment."""
    counter = struct.pack(">Q", int(moment or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def secrets_on(page: str) -> list[str]:
    return re.findall(r"data-secret>([^<]+)<", page)


@pytest.fixture
def olena(cast: Cast) -> Client:
    cache.clear()
    browser = Client()
    browser.post("/account/login/", {"login": "olena@vikno.example", "password": PASSWORD})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def secret(olena: Client) -> str:
    """The key of the authenticator app, enrolled."""
    page = olena.get("/account/2fa/totp/activate/").content.decode()
    key: str = secrets_on(page)[0]
    answer = olena.post("/account/2fa/totp/activate/", {"code": code_of(key)})
    assert answer["Location"] == "/account/2fa/recovery-codes/"
    cache.clear()  # a code works once; the tests do not wait for the next half minute
    return key


def half_way(address: str = "olena@vikno.example") -> tuple[Client, Any]:
    browser = Client()
    return browser, browser.post("/account/login/", {"login": address, "password": PASSWORD})


@pytest.mark.django_db
def test_the_picture_of_the_key_is_allowed_by_our_policy(olena: Client) -> None:
    answer = olena.get("/account/2fa/totp/activate/")
    assert 'src="data:image/svg+xml;base64,' in answer.content.decode()
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]
    wrong = olena.post("/account/2fa/totp/activate/", {"code": "000000"}).content.decode()
    assert "id_code_error" in wrong
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
def test_a_password_alone_is_not_enough_any_more(secret: str) -> None:
    browser, answer = half_way()
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert browser.get("/tickets/").status_code == 302
    assert "One more step" in browser.get("/account/2fa/authenticate/").content.decode()
    wrong = browser.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "id_code_error" in wrong.content.decode()
    assert browser.get("/tickets/").status_code == 302
    browser.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert browser.get("/tickets/").status_code == 200


@pytest.mark.django_db
def test_a_code_works_once(secret: str) -> None:
    code = code_of(secret)
    browser, _answer = half_way()
    browser.post("/account/2fa/authenticate/", {"code": code})
    assert browser.get("/tickets/").status_code == 200
    thief, _answer = half_way()
    thief.post("/account/2fa/authenticate/", {"code": code})
    assert thief.get("/tickets/").status_code == 302


@pytest.mark.django_db
def test_guessing_codes_is_limited_t25(secret: str) -> None:
    browser, _answer = half_way()
    for _attempt in range(6):
        browser.post("/account/2fa/authenticate/", {"code": "000000"})
    browser.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert browser.get("/tickets/").status_code == 302


@pytest.mark.django_db
def test_a_recovery_code_lets_one_in_once(secret: str, olena: Client) -> None:
    codes = secrets_on(olena.get("/account/2fa/recovery-codes/").content.decode())
    assert len(codes) == 10
    assert codes[0] in olena.get("/account/2fa/recovery-codes/download/").content.decode()
    browser, _answer = half_way()
    browser.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert browser.get("/tickets/").status_code == 200
    again, _answer = half_way()
    again.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert again.get("/tickets/").status_code == 302
    page = olena.get("/account/2fa/recovery-codes/").content.decode()
    assert "9 of 10 are left" in page


@pytest.mark.django_db
def test_secrets_are_encrypted_at_rest_t28(secret: str, olena: Client) -> None:
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert Authenticator.objects.count() == 2
    assert secret not in stored
    assert secrets_on(olena.get("/account/2fa/recovery-codes/").content.decode())[0] not in stored


@pytest.mark.django_db
def test_every_page_of_the_second_factor_is_drawn(secret: str, olena: Client) -> None:
    index = olena.get("/account/2fa/").content.decode()
    assert "10 codes are left" in index
    for path in ("recovery-codes/generate/", "totp/deactivate/", "webauthn/", "webauthn/add/"):
        answer = olena.get(f"/account/2fa/{path}", follow=True)
        assert answer.status_code == 200
        assert "<h1" in answer.content.decode()
    olena.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    _browser, answer = half_way()
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_important_steps_ask_again_after_a_while(cast: Cast) -> None:
    cache.clear()
    browser = Client()
    browser.force_login(cast.marek.user)
    answer = browser.get("/account/2fa/totp/activate/")
    assert answer["Location"].startswith("/account/reauthenticate/")
    page = browser.get(answer["Location"]).content.decode()
    assert "Is it you?" in page
    wrong = browser.post(answer["Location"], {"password": "wrong"}).content.decode()
    assert "id_password_error" in wrong
    right = browser.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/account/2fa/totp/activate/"})
    assert right["Location"] == "/account/2fa/totp/activate/"
