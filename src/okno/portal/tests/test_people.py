"""Who takes part in a request, who may be brought in, and whom of ours a client sees (F13, F148)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from okno.core import settings_store
from okno.people.models import Affiliation
from okno.testing.cast import Cast
from okno.tickets.models import Ticket, Watcher
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


def of_marta(cast: Cast) -> Ticket:
    message = NewMessage(text="No milk foam", channel="portal")
    return create_ticket(cast.actor("marta"), NewTicket("Coffee machine", message, "portal", contact=cast.marta))


def see_all(cast: Cast, *names: str) -> None:
    for name in names:
        Affiliation.objects.filter(contact=getattr(cast, name)).update(sees_company=True)


def url(ticket: Ticket, end: str = "") -> str:
    return f"/portal/requests/{ticket.number}/{end}"


def test_a_colleague_is_brought_in_and_leaves_again(cast: Cast, browser: Browser) -> None:
    ticket = of_marta(cast)
    see_all(cast, "marta")
    marta, piotr = browser("marta"), browser("piotr")
    assert piotr.get(url(ticket)).status_code == 404
    assert "Piotr Zając" in marta.get(url(ticket)).content.decode()
    assert marta.post(url(ticket, "colleagues/"), {"colleague": cast.piotr.pk}).status_code == 303
    assert "Leave the request" in piotr.get(url(ticket)).content.decode()
    assert piotr.post(url(ticket, "leave/")).status_code == 303
    assert piotr.get(url(ticket)).status_code == 404


def test_nobody_of_another_company_is_named_or_brought_in_t14(cast: Cast, browser: Browser) -> None:
    ticket = of_marta(cast)
    marta = browser("marta")
    assert "Piotr" not in marta.get(url(ticket)).content.decode(), (
        "whoever sees only his own learns of no colleague"
    )
    see_all(cast, "marta")
    for stranger in (cast.jan.pk, cast.anna.pk, 0):
        assert marta.post(url(ticket, "colleagues/"), {"colleague": stranger}).status_code == 404
    assert "Jan Kowal" not in marta.get(url(ticket)).content.decode()


def test_who_sees_the_company_tells_colleagues_requests_apart(cast: Cast, browser: Browser) -> None:
    ticket = of_marta(cast)
    see_all(cast, "piotr")
    piotr = browser("piotr")
    text = piotr.get("/portal/requests/").content.decode()
    assert "Coffee machine" in text
    assert "Marta Nowak" in text
    assert 'name="whose"' in text
    assert "Coffee machine" not in piotr.get("/portal/requests/?whose=mine").content.decode()
    assert "Coffee machine" in piotr.get("/portal/requests/?whose=others").content.decode()
    assert 'name="whose"' not in browser("marta").get("/portal/requests/").content.decode()
    assert "new: " not in text, "what is said to colleagues is no news of one's own"
    assert ticket.participants.count() == 1


def test_the_responsible_is_shown_where_the_setting_says_so_f13_f148(cast: Cast, browser: Browser) -> None:
    ticket, olena = of_marta(cast), cast.actor("olena")
    assign(olena, ticket, agent=cast.taras, team=None)
    Watcher.objects.create(ticket=ticket, agent=cast.marek)
    marta = browser("marta")
    for shown, seen in (([], ()), (["assignee"], ("Taras Vovk",)), (["watchers"], ("Marek Lis",))):
        settings_store.change(olena, {"portal.shown": shown})
        text = marta.get(url(ticket)).content.decode()
        assert [name for name in ("Taras Vovk", "Marek Lis") if name in text] == list(seen)
