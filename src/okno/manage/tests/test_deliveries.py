"""The page of deliveries: what it shows, to whom, and what can be done there."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.core import deliveries
from okno.core.drains import run_until_empty
from okno.core.models import Delivery
from okno.people.models import Role
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage


@pytest.fixture
def letter(cast: Cast) -> OutgoingLetter:
    """An answer that waits for a server."""
    Mailbox.objects.create(name="Vikno Service", address="support@vikno.example")
    create_ticket(
        cast.actor("olena"),
        NewTicket(
            subject="Oven <b>cold</b>",
            message=NewMessage(html="<p>We come <i>at nine</i>.</p>"),
            channel="desk",
            contact=cast.marta,
            assignee=cast.olena,
        ),
    )
    run_until_empty("events", "deliveries")
    return OutgoingLetter.objects.get()


@pytest.fixture
def olena(cast: Cast, client: Client) -> Client:
    client.force_login(cast.olena.user)
    return client


def paths(pk: int) -> list[str]:
    return ["/manage/deliveries/"] + [f"/manage/deliveries/{pk}/{end}" for end in ("", "frame/", "raw/")]


def test_the_list_says_what_waits_and_why(olena: Client, letter: OutgoingLetter) -> None:
    page = olena.get("/manage/deliveries/").content.decode()
    assert "marta@kawa.example" in page
    assert "No mailbox has an SMTP server" in page
    assert "<b>cold</b>" not in page
    assert "marta@kawa.example" in olena.get("/manage/deliveries/?state=waiting").content.decode()
    failed = olena.get("/manage/deliveries/?state=failed").content.decode()
    assert "marta@kawa.example" not in failed
    assert "Nothing has failed" in failed
    assert olena.get("/manage/deliveries/?state=other").status_code == 400


def test_a_live_refresh_gets_the_rows_only(olena: Client, letter: OutgoingLetter) -> None:
    part = olena.get("/manage/deliveries/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="deliveries"')
    facts = olena.get(f"/manage/deliveries/{letter.delivery_id}/", headers={"HX-Request": "true"}).content.decode()
    assert facts.lstrip().startswith('<section id="delivery-facts"')


def test_pages_go_by_key(olena: Client, db: None) -> None:
    for number in range(120):
        deliveries.queue("test", [f"c{number}@kawa.example"], f"Letter {number}")
    seen: list[str] = []
    url = "/manage/deliveries/"
    for _page in range(3):
        page = olena.get(url).content.decode()
        seen += re.findall(r"data-row-link>(c\d+@kawa.example)<", page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        url = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"c{number}@kawa.example" for number in reversed(range(120))]
    assert url == ""
    for nonsense in ("x", "-1", "9" * 40, "٣"):
        assert olena.get("/manage/deliveries/", {"before": nonsense}).status_code == 200


def test_one_delivery_in_full(olena: Client, letter: OutgoingLetter) -> None:
    page = olena.get(f"/manage/deliveries/{letter.delivery_id}/").content.decode()
    assert "No mailbox has an SMTP server" in page
    assert letter.header_id.strip("<>") in page
    assert "<b>cold</b>" not in page
    frame = olena.get(f"/manage/deliveries/{letter.delivery_id}/frame/")
    assert "<i>at nine</i>" in frame.content.decode()
    policy = frame["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    raw = olena.get(f"/manage/deliveries/{letter.delivery_id}/raw/")
    assert raw["Content-Disposition"].startswith("attachment")
    assert letter.header_id.encode() in raw.content


def test_resend_and_cancel(olena: Client, letter: OutgoingLetter) -> None:
    url = f"/manage/deliveries/{letter.delivery_id}/"
    answer = olena.post(f"{url}cancel/", {"next": "/manage/deliveries/?state=waiting"}, follow=True)
    assert answer.redirect_chain == [("/manage/deliveries/?state=waiting", 302)]
    assert "It will not be sent." in answer.content.decode()
    assert Delivery.objects.get().state == "cancelled"
    refused = olena.post(f"{url}cancel/", follow=True)
    assert "It has left already" in refused.content.decode()
    again = olena.post(f"{url}resend/", {"next": "https://evil.example/"}, follow=True)
    assert again.redirect_chain == [(url, 302)]
    assert Delivery.objects.get().state == "queued"
    assert "Olena Kravets had it sent again" in again.content.decode()
    assert olena.get(f"{url}resend/").status_code == 405
    assert olena.post("/manage/deliveries/99999/resend/").status_code == 404


def test_strangers_clients_and_other_roles_stay_out_t14(cast: Cast, client: Client, letter: OutgoingLetter) -> None:
    for path in paths(letter.delivery_id):
        assert client.get(path).status_code in {302, 404}
    for name in ("taras", "marek"):
        client.force_login(getattr(cast, name).user)
        for path in paths(letter.delivery_id):
            assert client.get(path).status_code == 403
        assert client.post(f"/manage/deliveries/{letter.delivery_id}/resend/").status_code == 403
        assert client.post(f"/manage/deliveries/{letter.delivery_id}/cancel/").status_code == 403
    assert Delivery.objects.get().state == "queued"


def test_the_right_to_mail_alone_shows_no_words_of_other_peoples_tickets_t21(
    cast: Cast, client: Client, letter: OutgoingLetter
) -> None:
    Role.objects.filter(code="specialist").update(rights=["mail.manage"])
    assert not Ticket.objects.filter(assignee=cast.marek).exists()
    client.force_login(cast.marek.user)
    listing = client.get("/manage/deliveries/").content.decode()
    assert "No mailbox has an SMTP server" in listing
    assert "cold" not in listing
    page = client.get(f"/manage/deliveries/{letter.delivery_id}/").content.decode()
    assert "cold" not in page
    assert "at nine" not in page
    assert client.get(f"/manage/deliveries/{letter.delivery_id}/frame/").status_code == 404
    assert client.get(f"/manage/deliveries/{letter.delivery_id}/raw/").status_code == 404
