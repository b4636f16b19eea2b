"""Access details in the portal: given with a request or later, seen to be there, taken back, never read (F198)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.testing.cast import Cast
from okno.tickets.models import Ticket, TicketSecret
from okno.tickets.operations import secrets

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
NEW = "/portal/requests/new/"
VALUE = "Kanarienvogel-9"


def test_a_new_request_brings_its_password_along(cast: Cast, browser: Browser) -> None:
    jan = browser("jan")
    form = {"subject": "Shop", "text": "Down", "once": "k", "secret_label": "Shop, admin", "secret_value": VALUE}
    sent = jan.post(NEW, form, follow=True)
    secret = TicketSecret.objects.get()
    assert (secret.ticket.subject, secret.label, secret.contact) == ("Shop", "Shop, admin", cast.jan)
    assert secrets.reveal(cast.actor("olena"), secret.pk) == VALUE
    assert VALUE not in sent.content.decode()
    jan.post(NEW, form)
    assert TicketSecret.objects.count() == 1


def test_without_one_nothing_is_asked_for(cast: Cast, browser: Browser) -> None:
    page = browser("jan").get(NEW).content.decode()
    field = page[page.index('name="secret_value"') - 200 : page.index('name="secret_value"') + 400]
    assert 'type="password"' in field
    assert 'autocomplete="off"' in field
    assert browser("jan").post(NEW, {"subject": "a", "text": "b", "once": "k"}).status_code == 303
    assert not TicketSecret.objects.exists()


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"secret_label": "Shop"}, "id_secret_value_error"),
        ({"secret_value": VALUE}, "id_secret_label_error"),
        ({"secret_label": "x" * 101, "secret_value": VALUE}, "id_secret_label_error"),
        ({"secret_label": "Shop", "secret_value": "x" * 8001}, "id_secret_value_error"),
        ({"subject": "", "secret_label": "Shop", "secret_value": VALUE}, "id_secret_value_error"),
    ],
)
def test_what_is_wrong_is_said_and_no_page_brings_the_value_back(
    cast: Cast, browser: Browser, given: dict[str, str], wrong: str
) -> None:
    form = {"subject": "Shop", "text": "Words that stay", "once": "k", **given}
    answer = browser("jan").post(NEW, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="{wrong}"' in page
    assert "Words that stay" in page
    assert VALUE not in page
    assert "x" * 8001 not in page
    assert '<details class="portal-more" open>' in page
    assert not Ticket.objects.exists()


def test_it_is_given_later_seen_and_taken_back(cast: Cast, browser: Browser, ticket: Ticket) -> None:
    jan, url = browser("jan"), f"/portal/requests/{ticket.number}/secrets/"
    assert url in jan.get(f"/portal/requests/{ticket.number}/").content.decode()
    refused = jan.post(url, {"secret_label": "", "secret_value": VALUE})
    assert refused.status_code == 422
    assert VALUE not in refused.content.decode()
    assert jan.post(url, {"secret_label": "VPN", "secret_value": VALUE}).status_code == 303
    part = jan.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "VPN" in part
    assert "given by you" in part
    assert VALUE not in part
    secret = TicketSecret.objects.get()
    assert secret.ciphertext not in part
    assert jan.post(f"{url}{secret.pk}/erase/").status_code == 303
    secret.refresh_from_db()
    assert (secret.ciphertext, secret.erased_because) == ("", "asked")
    assert "erased" in jan.get(url).content.decode()


def test_nobody_elses_and_nothing_of_the_house_t14_t20(cast: Cast, browser: Browser, ticket: Ticket) -> None:
    of_olena = secrets.keep(cast.actor("olena"), ticket, "Kanarienkey", VALUE)
    of_jan = secrets.keep(cast.actor("jan"), ticket, "VPN", VALUE)
    url = f"/portal/requests/{ticket.number}/secrets/"
    assert "Kanarienkey" not in browser("jan").get(url).content.decode()
    assert browser("jan").post(f"{url}{of_olena.pk}/erase/").status_code == 404
    marta = browser("marta")
    assert marta.get(url).status_code == 404
    assert marta.post(url, {"secret_label": "VPN", "secret_value": "x"}).status_code == 404
    assert marta.post(f"{url}{of_jan.pk}/erase/").status_code == 404
    of_jan.refresh_from_db()
    assert of_jan.erased_at is None
