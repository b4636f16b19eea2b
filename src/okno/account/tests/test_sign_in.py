"""Signing in: one message for every mistake, limits, a new session, links below our own address."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import Client

from okno.account.forms import SECONDS
from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.core import files
from okno.people.models import User
from okno.testing.cast import PASSWORD, Cast

MARK = re.compile(r'name="csrf(?:middlewaretoken|-token)"[^>]*>')


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def queue(settings: Any) -> None:
    """Letters go through the queue, as in the product; test runs put a list in its place."""
    settings.MAILERS = {"default": {"BACKEND": "okno.channels.email.backend.QueueBackend"}}
    Mailbox.objects.create(name="Vikno", address="help@vikno.example", is_default=True)


def sign_in(browser: Client, address: str = "olena@vikno.example", password: str = PASSWORD, **more: Any) -> Any:
    return browser.post("/account/login/", {"login": address, "password": password}, **more)


def test_a_password_lets_one_in_and_leads_where_one_wanted_to_go(cast: Cast) -> None:
    browser = Client()
    away = browser.get("/tickets/?section=mine")
    page = browser.get(away["Location"])
    assert 'value="/tickets/?section=mine"' in page.content.decode()
    answer = browser.post(
        "/account/login/", {"login": "OLENA@vikno.example", "password": PASSWORD, "next": "/tickets/?section=mine"}
    )
    assert answer["Location"] == "/tickets/?section=mine"
    assert browser.get("/tickets/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site_t27(target: str, cast: Cast) -> None:
    answer = Client().post(
        "/account/login/", {"login": "olena@vikno.example", "password": PASSWORD, "next": target}
    )
    assert answer["Location"] == "/"


def test_an_unknown_address_and_a_wrong_password_look_the_same_t25(cast: Cast) -> None:
    known, unknown = Client(), Client()
    one = sign_in(known, password="wrong password")
    other = sign_in(unknown, "nobody@vikno.example", "wrong password")
    assert one.status_code == other.status_code == 200
    strip = [MARK.sub("", page.content.decode()).replace("nobody@", "olena@") for page in (one, other)]
    assert strip[0] == strip[1]
    assert 'role="alert"' in strip[0]


class Counting(Argon2PasswordHasher):
    """The real hash, counted: it is what an attempt costs, a thousand times more than all the rest."""

    done = 0

    def encode(self, *args: Any, **kwargs: Any) -> str:
        Counting.done += 1
        return super().encode(*args, **kwargs)

    def verify(self, *args: Any, **kwargs: Any) -> bool:
        Counting.done += 1
        return super().verify(*args, **kwargs)


@pytest.mark.parametrize("deactivated", [False, True])
def test_every_attempt_costs_one_hash_t25(deactivated: bool, cast: Cast, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    cast.olena.user.set_password(PASSWORD)
    cast.olena.user.is_active = not deactivated
    cast.olena.user.save()
    for address in ("olena@vikno.example", "nobody@vikno.example"):
        Counting.done = 0
        sign_in(Client(), address, "wrong password")
        assert Counting.done == 1, address


def test_the_session_is_a_new_one_after_signing_in_t25(cast: Cast) -> None:
    browser = Client()
    browser.get("/account/login/")
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies["okno_session"] = session.session_key
    sign_in(browser)
    assert browser.session.session_key != session.session_key
    assert not Client().session.exists(session.session_key)


def test_attempts_are_limited_t25(cast: Cast) -> None:
    browser = Client()
    for _attempt in range(5):
        assert sign_in(browser, password="wrong password").status_code == 200
    answer = sign_in(browser)
    assert answer.status_code == 200
    assert browser.get("/tickets/").status_code == 302, "even the right password waits now"
    assert "Too many failed login attempts" in answer.content.decode()
    assert sign_in(Client(REMOTE_ADDR="10.1.1.1"), "taras@vikno.example").status_code == 302


def test_many_attempts_do_not_push_out_the_limits_of_others_t25(cast: Cast) -> None:
    for _attempt in range(5):
        sign_in(Client(), password="wrong password")
    for number in range(1000):
        cache.set(f"limit-{number}", [time.time()], 300)
    sign_in(late := Client())
    assert late.get("/tickets/").status_code == 302
    assert cache.get("limit-0")


@pytest.mark.usefixtures("queue")
def test_nobody_is_flooded_with_links_t25(cast: Cast) -> None:
    asked = [Client().post("/account/password/reset/", {"email": "marek@vikno.example"}) for _ in range(6)]
    unknown = [Client().post("/account/password/reset/", {"email": "nobody@vikno.example"}) for _ in range(6)]
    codes = [[answer.status_code for answer in answers] for answers in (asked, unknown)]
    assert codes == [[302, 302, 302, 429, 429, 429]] * 2
    assert OutgoingLetter.objects.count() == 3


def test_too_many_requests_have_a_page(cast: Cast) -> None:
    browser = Client()
    answers = [browser.get("/account/password/reset/") for _ in range(1)]
    posts = [
        browser.post("/account/password/reset/", {"email": f"x{number}@vikno.example"}) for number in range(21)
    ]
    assert answers[0].status_code == 200
    assert posts[0].status_code == 302
    assert posts[-1].status_code == 429
    assert "Too many attempts" in posts[-1].content.decode()


@pytest.mark.usefixtures("queue")
def test_the_link_of_a_reset_letter_stands_below_our_address_t27(cast: Cast) -> None:
    answer = Client().post(
        "/account/password/reset/", {"email": "marek@vikno.example"}, headers={"host": "evil.example"}
    )
    assert answer["Location"] == "/account/password/reset/done/"
    letter = OutgoingLetter.objects.get()
    raw = files.read(letter.raw).decode()
    assert (letter.kind, letter.recipient, letter.ticket) == ("account", "marek@vikno.example", None)
    assert "evil.example" not in raw
    assert "http://127.0.0.1:8000/account/password/reset/key/" in raw
    assert "Auto-Submitted" in raw


@pytest.mark.usefixtures("queue")
def test_asking_for_a_reset_tells_nobody_who_has_an_account_t25(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("okno.account.forms.time.sleep", waited.append)
    times, pages = [], []
    for address in ("marek@vikno.example", "nobody@vikno.example"):
        started = time.perf_counter()
        answer = Client().post("/account/password/reset/", {"email": address}, follow=True)
        times.append(time.perf_counter() - started + waited[-1])
        pages.append(MARK.sub("", answer.content.decode()))
    assert pages[0] == pages[1]
    assert len(waited) == 2
    assert min(times) >= SECONDS
    assert OutgoingLetter.objects.count() == 1


@pytest.mark.usefixtures("queue")
def test_nobody_reads_a_letter_about_an_account_here(cast: Cast) -> None:
    Client().post("/account/password/reset/", {"email": "marek@vikno.example"})
    letter = OutgoingLetter.objects.get()
    browser = Client()
    browser.force_login(cast.olena.user)
    assert browser.get("/manage/deliveries/").status_code == 200
    shown = browser.get(f"/manage/deliveries/{letter.delivery_id}/")
    assert "/password/reset/key/" not in shown.content.decode()
    for part in ("raw/", "frame/"):
        assert browser.get(f"/manage/deliveries/{letter.delivery_id}/{part}").status_code == 404


@pytest.mark.usefixtures("queue")
def test_a_password_is_changed_and_the_person_hears_of_it(cast: Cast) -> None:
    browser, elsewhere = Client(), Client()
    for each in (browser, elsewhere):
        sign_in(each)
    chosen = "four quite ordinary words"
    wrong = browser.post(
        "/account/password/change/", {"oldpassword": "no", "password1": chosen, "password2": "other"}
    )
    assert wrong.content.decode().count("field-error") >= 2
    answer = browser.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen}
    )
    assert answer.status_code == 302
    assert browser.get("/tickets/").status_code == 200
    assert elsewhere.get("/tickets/").status_code == 302
    raw = files.read(OutgoingLetter.objects.get().raw).decode()
    assert "password of your account was changed" in raw
    assert chosen not in raw


@pytest.mark.parametrize("password", ["short", "password123", "1234567890", "olena@vikno.example"])
def test_weak_passwords_are_refused(password: str, cast: Cast) -> None:
    browser = Client()
    sign_in(browser)
    answer = browser.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": password, "password2": password}
    )
    assert answer.status_code == 200
    assert "id_password1_error" in answer.content.decode()


def test_nobody_registers_or_changes_his_address_by_himself(cast: Cast) -> None:
    browser = Client()
    assert "Accounts are made for you" in browser.get("/account/signup/").content.decode()
    browser.post("/account/signup/", {"email": "new@evil.example", "password1": "x" * 12, "password2": "x" * 12})
    assert not User.objects.filter(email="new@evil.example").exists()
    sign_in(browser)
    for path in (
        "/account/email/",
        "/account/confirm-email/",
        "/account/confirm-email/abc/",
        "/account/login/code/confirm/",
    ):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"action_add": "", "email": "new@evil.example"}).status_code == 404


def test_signing_out_ends_the_session(cast: Cast) -> None:
    browser = Client()
    sign_in(browser)
    assert "Sign out" in browser.get("/account/logout/").content.decode()
    browser.post("/account/logout/")
    assert browser.get("/tickets/").status_code == 302
