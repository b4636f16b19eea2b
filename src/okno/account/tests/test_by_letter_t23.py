"""Links in letters: single-use, hashed, scoped, expiring, revocable; nobody learns who has an account (T23, T25)."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from okno.account.slowly import SECONDS
from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.outgoing.personal import send_invitation
from okno.core import clock, files, settings_store
from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.models import Event
from okno.people.links import LIFETIMES, Purpose, find_link, forget_old_links, make_link
from okno.people.models import Affiliation, Contact, PersonalLink, User
from okno.people.operations.portal_access import (
    change_login,
    give_access,
    invite,
    revoke_access,
    set_levels,
    set_password,
)
from okno.testing.cast import Cast, contact

pytestmark = pytest.mark.django_db
URL = re.compile(r"https?://[^\s\"<]+/account/(?:link|invitation|registration)/[\w-]+/")
PASSWORD = "sunny tomato river 9"
MARK = re.compile(r'name="csrf(?:middlewaretoken|-token)"[^>]*>|data-drawn-at="\d+"')


@pytest.fixture(autouse=True)
def _world(settings: Any) -> Iterator[None]:
    """Letters go through the queue, as in the product; nobody has asked too often yet."""
    cache.clear()
    settings_store.forget()
    settings.MAILERS = {"default": {"BACKEND": "okno.channels.email.backend.QueueBackend"}}
    Mailbox.objects.create(name="Vikno", address="help@vikno.example", is_default=True)
    yield
    settings_store.forget()


def last_letter(address: str) -> str:
    letter = OutgoingLetter.objects.filter(recipient=address).latest("id")
    return files.read(letter.raw).decode()


def link_in(address: str) -> str:
    """The path of the link in the last letter to this address."""
    import email
    import email.policy

    letter = email.message_from_string(last_letter(address), policy=email.policy.default)
    body = letter.get_body(("plain",))
    assert body is not None
    [url] = URL.findall(body.get_content())
    return "/" + url.split("/", 3)[3]


def secret_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def accept(browser: Client, path: str, password: str = PASSWORD, again: str | None = None) -> Any:
    secret = secret_of(path)
    values = {"secret": secret, "password": password, "again": password if again is None else again}
    return browser.post("/account/invitation/", values)


def test_an_invitation_is_opened_accepted_and_leads_into_the_portal_f145(cast: Cast) -> None:
    settings_store.change(SYSTEM, {"portal.default_level": ["company"]})
    send_invitation(cast.actor("olena"), cast.marta)
    path = link_in("marta@kawa.example")
    browser = Client()
    page = browser.get(path)
    assert page.status_code == 200
    assert "Marta Nowak" in page.content.decode()
    assert (page["Referrer-Policy"], page["Cache-Control"]) == (
        "strict-origin", "max-age=0, no-cache, no-store, must-revalidate, private"
    )  # fmt: skip
    answer = accept(browser, path)
    assert (answer.status_code, answer["Location"]) == (302, "/portal/")
    assert browser.get("/account/profile/").status_code == 200
    assert Affiliation.objects.get(contact=cast.marta).level == {"company"}
    assert Event.objects.filter(kind="contact.access_accepted", actor_id=cast.marta.pk).exists()
    assert Client().login(email="marta@kawa.example", password=PASSWORD)


def test_to_open_a_link_changes_nothing_and_it_works_once_t23(cast: Cast) -> None:
    send_invitation(cast.actor("olena"), cast.marta)
    path = link_in("marta@kawa.example")
    before = PersonalLink.objects.values().get()
    for _each in range(3):
        assert Client().get(path).status_code == 200
        assert Client().head(path).status_code == 200
    assert PersonalLink.objects.values().get() == before
    assert accept(Client(), path, "short").status_code == 422
    assert accept(Client(), path, again="another one 12").status_code == 422
    assert PersonalLink.objects.values().get() == before
    assert accept(Client(), path).status_code == 302
    assert accept(Client(), path, "another password 1").status_code == 404
    assert Client().get(path).status_code == 404
    assert Client().login(email="marta@kawa.example", password=PASSWORD)


def test_only_a_hash_is_stored_and_it_has_at_least_128_bits_t23(cast: Cast) -> None:
    link, secret = invite(SYSTEM, cast.marta)
    assert len(secret) * 6 >= 128
    assert secret not in str(PersonalLink.objects.values().get(pk=link.pk))
    assert secret not in str(list(Event.objects.values()))
    assert len({invite(SYSTEM, cast.marta)[1] for _each in range(50)}) == 50


@pytest.mark.parametrize(
    "value", ["", " ", "x", "a" * 31, "a" * 33, "a" * 5000, "\x00" * 32, "й" * 32, None, [], ["a" * 32], 7]
)
def test_what_is_no_secret_finds_no_link_t23(cast: Cast, value: Any) -> None:
    invite(SYSTEM, cast.marta)
    with pytest.raises(NotVisible):
        find_link(Purpose.INVITATION, value)


def test_bad_secrets_in_forms_are_refused_in_the_same_words_t23(cast: Cast) -> None:
    _link, secret = invite(SYSTEM, cast.marta)
    bodies = set()
    values = {"password": PASSWORD, "again": PASSWORD}
    for given in ({}, {"secret": ""}, {"secret": [secret, secret]}, {"secret[]": secret}, {"secret": "b" * 32}):
        answer = Client().post("/account/invitation/", values | given)
        assert answer.status_code == 404
        bodies.add(MARK.sub("", answer.content.decode()))
    assert len(bodies) == 1
    assert not Client().login(email="marta@kawa.example", password=PASSWORD)


def test_a_link_is_for_one_purpose_and_has_its_time_t23(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _link, secret = invite(SYSTEM, cast.marta)
    for other in (Purpose.SIGN_IN, Purpose.REGISTRATION):
        with pytest.raises(NotVisible):
            find_link(other, secret)
    now = clock.now()
    for age, works in (
        (LIFETIMES[Purpose.INVITATION] - timedelta(minutes=1), True),
        (LIFETIMES[Purpose.INVITATION], False),
    ):
        monkeypatch.setattr(clock, "now", lambda age=age: now + age)
        if works:
            assert find_link(Purpose.INVITATION, secret)
        else:
            with pytest.raises(NotVisible):
                find_link(Purpose.INVITATION, secret)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=60))
    assert forget_old_links() == 1


def test_another_letter_another_login_a_password_and_revoking_end_a_link_t23(cast: Cast) -> None:
    olena = cast.actor("olena")
    cast.marta.addresses.create(address="boss@kawa.example", position=1)
    ends = [
        lambda: invite(olena, cast.marta),
        lambda: set_password(olena, cast.marta),
        lambda: change_login(olena, cast.marta, "boss@kawa.example"),
        lambda: revoke_access(olena, cast.marta),
    ]
    for end in ends:
        _link, secret = invite(olena, cast.marta)
        assert find_link(Purpose.INVITATION, secret)
        end()
        with pytest.raises(NotVisible):
            find_link(Purpose.INVITATION, secret)


def test_no_secret_is_written_into_a_log_t23(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    send_invitation(cast.actor("olena"), cast.marta)
    path = link_in("marta@kawa.example")
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert accept(strict, path).status_code == 403
    assert accept(Client(), path, "short").status_code == 422
    accept(Client(), path)
    assert Client().get(path).status_code == 404
    shown = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    warned = [
        record for record in caplog.records if record.levelno >= logging.ERROR or record.name.startswith("okno")
    ]
    assert not [text for record in warned if secret_of(path) in (text := record.getMessage())], shown


def ask(browser: Client, address: str) -> Any:
    return browser.post("/account/link/", {"email": address})


def test_a_link_to_sign_in_works_in_the_browser_that_asked_and_nowhere_else_t23(cast: Cast) -> None:
    give_access(SYSTEM, cast.marta)
    browser, forwarded = Client(), Client()
    assert ask(browser, "Marta@kawa.example").status_code == 200
    path = link_in("marta@kawa.example")
    elsewhere = forwarded.get(path)
    assert 'name="secret"' not in elsewhere.content.decode()
    assert forwarded.post("/account/link/follow/", {"secret": secret_of(path)}).status_code == 409
    assert "sessionid" not in forwarded.cookies
    assert forwarded.get("/account/profile/").status_code == 302
    assert 'name="secret"' in browser.get(path).content.decode()
    answer = browser.post("/account/link/follow/", {"secret": secret_of(path)})
    assert (answer.status_code, answer["Location"]) == (302, "/portal/")
    assert browser.get("/account/profile/").status_code == 200
    assert browser.post("/account/link/follow/", {"secret": secret_of(path)}).status_code == 404


def test_a_second_factor_is_asked_for_after_a_link_too_t23(cast: Cast) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = give_access(SYSTEM, cast.marta).user
    assert user is not None
    TOTP.activate(user, generate_totp_secret())
    browser = Client()
    ask(browser, "marta@kawa.example")
    answer = browser.post("/account/link/follow/", {"secret": secret_of(link_in("marta@kawa.example"))})
    assert "/2fa/authenticate" in answer["Location"]
    assert browser.get("/account/profile/").status_code == 302


def test_who_asks_for_a_link_learns_nothing_t25(cast: Cast) -> None:
    """Same status, same words, same cookie, and no quicker for those who have no account."""
    give_access(SYSTEM, cast.marta)
    answers, times = [], []
    for address in ("marta@kawa.example", "jan@nordwind.example", "nobody@x.example", "olena@vikno.example"):
        started = time.monotonic()
        answers.append((ask(Client(), address), address))
        times.append(time.monotonic() - started)
    bodies = {MARK.sub("", each.content.decode()).replace(address, "") for each, address in answers}
    assert len(bodies) == 1
    assert {each.status_code for each, _address in answers} == {200}
    assert {tuple(sorted(each.cookies)) for each, _address in answers} == {tuple(sorted(answers[0][0].cookies))}
    assert min(times) >= SECONDS
    assert set(OutgoingLetter.objects.values_list("recipient", flat=True)) == {"marta@kawa.example"}


def test_a_mailbox_is_not_flooded_with_links_t25(cast: Cast) -> None:
    give_access(SYSTEM, cast.marta)
    answers = [ask(Client(), "marta@kawa.example").status_code for _each in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert OutgoingLetter.objects.count() == 3
    assert [ask(Client(), "nobody@x.example").status_code for _each in range(4)] == [200, 200, 200, 429]


def test_no_letter_can_leave_and_nobody_outside_learns_it_t25(cast: Cast) -> None:
    give_access(SYSTEM, cast.marta)
    Mailbox.objects.update(is_active=False)
    assert ask(Client(), "marta@kawa.example").status_code == 200
    assert not PersonalLink.objects.exists()
    with pytest.raises(Conflict, match="no active mailbox"):
        send_invitation(cast.actor("olena"), cast.piotr)
    assert Contact.objects.get(pk=cast.piotr.pk).user is None, "neither the letter nor the access"


def test_a_shut_portal_lets_no_client_in_and_every_employee(cast: Cast) -> None:
    password = set_password(SYSTEM, give_access(SYSTEM, cast.marta))
    browser = Client()
    assert (
        browser.post("/account/login/", {"login": "marta@kawa.example", "password": password})["Location"]
        == "/portal/"
    )
    assert browser.get("/account/profile/").status_code == 200
    settings_store.change(SYSTEM, {"portal.is_open": False})
    assert browser.get("/account/profile/").status_code == 302
    refused = Client().post("/account/login/", {"login": "marta@kawa.example", "password": password})
    assert refused["Location"] == "/account/inactive/"
    assert Client().get("/account/link/").status_code == 404
    assert (
        Client().post("/account/login/", {"login": "olena@vikno.example", "password": "okno-demo-2026"})["Location"]
        == "/"
    )


def test_clients_land_in_the_portal_wherever_they_wanted_to_go_t27(cast: Cast) -> None:
    password = set_password(SYSTEM, give_access(SYSTEM, cast.marta))
    for wanted, landed in (
        ("", "/portal/"), ("/tickets/", "/portal/"), ("/manage/", "/portal/"), ("//evil.example", "/portal/"),
        ("https://evil.example/portal/", "/portal/"), ("/portal/requests/7/", "/portal/requests/7/"),
        ("/account/profile/", "/account/profile/"), ("/\\evil.example", "/portal/"),
    ):  # fmt: skip
        values = {"login": "marta@kawa.example", "password": password, "next": wanted}
        assert Client().post("/account/login/", values)["Location"] == landed, wanted
    browser = Client()
    browser.force_login(User.objects.get(email="marta@kawa.example"))
    assert browser.get("/")["Location"] == "/portal/"


def test_links_for_clients_begin_with_the_address_of_the_portal_t27(cast: Cast) -> None:
    settings_store.change(SYSTEM, {"portal.address": "https://help.vikno.example"})
    send_invitation(cast.actor("olena"), cast.marta)
    assert "https://help.vikno.example/account/invitation/" in last_letter("marta@kawa.example").replace("=\n", "")
    for address, start in (
        ("marta@kawa.example", "https://help.vikno.example/"),
        ("olena@vikno.example", "http://127.0.0.1"),
    ):
        Client().post("/account/password/reset/", {"email": address}, headers={"host": "evil.example"})
        letter = last_letter(address).replace("=\n", "")
        assert f"{start}" in letter
        assert "evil.example" not in letter


@pytest.mark.parametrize("value", [
    "help.example.com", "https://", "ftp://x.example", "https://x.example/portal", "https://a@x.example", "https://x .example",
    "javascript:alert(1)", "https://x.example:99999", "https://x.example:", "https://x.example?q", "https://x\"y.example",
])  # fmt: skip
def test_what_is_no_address_of_a_portal_is_refused_t27(value: str, db: None) -> None:
    with pytest.raises(Invalid):
        settings_store.change(SYSTEM, {"portal.address": value})


def register(address: str) -> Any:
    return Client().post("/account/signup/", {"email": address})


def finish(path: str, name: str = "Zofia Maj") -> Any:
    values = {"secret": secret_of(path), "name": name, "password": PASSWORD, "again": PASSWORD}
    return Client().post("/account/registration/", values)


def test_nobody_registers_while_it_is_off_f223(cast: Cast) -> None:
    assert "Accounts are made for you" in register("zofia@kawa.example").content.decode()
    assert not OutgoingLetter.objects.exists()
    _link, secret = make_link(Purpose.REGISTRATION, "zofia@kawa.example")
    assert finish(secret).status_code == 409
    assert not Contact.objects.filter(name="Zofia Maj").exists()


def test_an_account_exists_only_after_its_address_is_proven_f223(cast: Cast) -> None:
    settings_store.change(SYSTEM, {"portal.registration": "known", "portal.default_level": ["company"]})
    people = Contact.objects.count()
    for address in ("zofia@kawa.example", "jan@nordwind.example", "zofia@x.example", "olena@vikno.example"):
        assert register(address).status_code == 200
    assert (User.objects.filter(agent=None).count(), Contact.objects.count()) == (0, people)
    assert set(OutgoingLetter.objects.values_list("recipient", flat=True)) == {
        "zofia@kawa.example",
        "jan@nordwind.example",
    }
    assert finish(link_in("zofia@kawa.example"))["Location"] == "/portal/"
    zofia = Contact.objects.get(name="Zofia Maj")
    assert list(zofia.companies.all()) == [cast.kawa]
    assert zofia.affiliations.get().level == {"company"}
    assert finish(link_in("jan@nordwind.example"), "Somebody else")["Location"] == "/portal/"
    jan = Contact.objects.get(pk=cast.jan.pk)
    assert (jan.name, jan.user.email if jan.user else "") == ("Jan Kowal", "jan@nordwind.example")


def test_who_asks_to_register_learns_nothing_t25(cast: Cast) -> None:
    settings_store.change(SYSTEM, {"portal.registration": "known"})
    give_access(SYSTEM, cast.marta)
    bodies, times = set(), []
    for address in ("marta@kawa.example", "new@kawa.example", "nobody@x.example", "olena@vikno.example"):
        started = time.monotonic()
        answer = register(address)
        times.append(time.monotonic() - started)
        bodies.add((answer.status_code, MARK.sub("", answer.content.decode()).replace(address, "")))
    assert len(bodies) == 1
    assert min(times) >= SECONDS
    assert "You have one already" in last_letter("marta@kawa.example").replace("=\n", "")


def test_who_may_let_clients_in_f145_f158(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        give_access(cast.actor("marek"), cast.marta)
    with pytest.raises(Forbidden):
        set_levels(cast.actor("marta"), cast.marta, {cast.kawa.pk: {"company"}})
    give_access(cast.actor("taras"), cast.marta)
    set_levels(cast.actor("taras"), cast.marta, {cast.kawa.pk: {"company", "reports"}})
    assert Affiliation.objects.get(contact=cast.marta).level == {"company", "reports"}
    for wrong in ({cast.nordwind.pk: {"company"}}, {cast.kawa.pk: {"everything"}}):
        with pytest.raises(Invalid):
            set_levels(cast.actor("taras"), cast.marta, wrong)


def test_a_login_is_one_of_the_contacts_own_addresses_and_nobodys_else_f145(cast: Cast) -> None:
    cast.marta.addresses.create(address="olena@vikno.example", position=1)
    for login in ("somebody@x.example", "olena@vikno.example", "no address", " "):
        with pytest.raises(Invalid):
            give_access(SYSTEM, cast.marta, login)
    nobody = contact("Nobody", "x@y.example")
    nobody.addresses.all().delete()
    with pytest.raises(Invalid):
        give_access(SYSTEM, nobody)
    Contact.objects.filter(pk=cast.marta.pk).update(is_active=False)
    with pytest.raises(Conflict):
        give_access(SYSTEM, cast.marta)


def test_revoked_access_ends_sessions_and_comes_back_with_the_same_levels(cast: Cast) -> None:
    olena = cast.actor("olena")
    password = set_password(olena, give_access(olena, cast.marta))
    set_levels(olena, cast.marta, {cast.kawa.pk: {"company"}})
    browser = Client()
    browser.post("/account/login/", {"login": "marta@kawa.example", "password": password})
    assert browser.get("/account/profile/").status_code == 200
    revoke_access(olena, cast.marta)
    assert browser.get("/account/profile/").status_code == 302
    assert not Client().login(email="marta@kawa.example", password=password)
    give_access(olena, cast.marta)
    assert browser.get("/account/profile/").status_code == 302, "sessions of before stay ended"
    assert Client().login(email="marta@kawa.example", password=password)
    assert Affiliation.objects.get(contact=cast.marta).level == {"company"}
