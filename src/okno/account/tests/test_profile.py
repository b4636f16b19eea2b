"""One's own page: name, language, zone, signature, other devices."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.core.faults import Forbidden
from okno.core.models import Event
from okno.people.models import User
from okno.people.operations.accounts import change_own_card
from okno.people.operations.agents import sign_out_everywhere
from okno.testing.cast import Cast

VALUES = {"name": "Marek L.", "language": "pl", "time_zone": "Europe/Warsaw", "signature": "Marek\r\nVikno"}


def browser_of(user: User) -> Client:
    browser = Client()
    user.refresh_from_db()
    browser.force_login(user)
    return browser


@pytest.mark.django_db
def test_an_employee_changes_his_own_card(cast: Cast) -> None:
    browser = browser_of(cast.marek.user)
    assert browser.post("/account/profile/", VALUES).status_code == 303
    cast.marek.refresh_from_db()
    assert (cast.marek.name, cast.marek.user.language) == ("Marek L.", "pl")
    assert cast.marek.signature.splitlines() == ["Marek", "Vikno"]
    assert Event.objects.get(kind="agent.changed").data == {"fields": ["name", "signature"]}
    assert 'lang="pl"' in browser.get("/account/profile/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"language": "xx"}, "language"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"signature": "x" * 2001}, "signature"),
    ],
)
def test_mistakes_are_said_at_the_field_and_nothing_is_half_written(
    change: dict[str, str], field: str, cast: Cast
) -> None:
    answer = browser_of(cast.marek.user).post("/account/profile/", VALUES | change)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    cast.marek.refresh_from_db()
    assert cast.marek.name == "Marek Lis"
    assert cast.marek.user.language == ""


@pytest.mark.django_db
def test_other_devices_are_signed_out_and_this_one_stays(cast: Cast) -> None:
    here, there, taras = browser_of(cast.marek.user), browser_of(cast.marek.user), browser_of(cast.taras.user)
    assert here.post("/account/sign-out-others/").status_code == 303
    assert here.get("/tickets/").status_code == 200
    assert there.get("/tickets/").status_code == 302
    assert taras.get("/tickets/").status_code == 200
    assert here.get("/account/sign-out-others/").status_code == 405


@pytest.mark.django_db
def test_a_client_has_a_page_without_what_is_for_employees(cast: Cast) -> None:
    jan = cast.jan
    jan.user = User.objects.create_user("jan@nordwind.example", "a long password 1")
    jan.save()
    browser, other = browser_of(jan.user), browser_of(jan.user)
    page = browser.get("/account/profile/").content.decode()
    assert 'name="signature"' not in page
    assert (
        browser.post(
            "/account/profile/", {"language": "pl", "time_zone": "Europe/Warsaw", "name": "Boss"}
        ).status_code
        == 303
    )
    jan.refresh_from_db()
    assert jan.name == "Jan Kowal"
    assert browser.post("/account/sign-out-others/").status_code == 303
    assert browser.get("/account/profile/").status_code == 200
    assert other.get("/account/profile/").status_code == 302


@pytest.mark.django_db
def test_nobody_touches_the_card_or_the_sessions_of_others(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        change_own_card(cast.actor("taras"), cast.marek, name="X", signature="")
    with pytest.raises(Forbidden):
        sign_out_everywhere(cast.actor("taras"), cast.marek)
