"""What the page of a ticket offers of its lifecycle: ways, windows that ask, rests, warnings, service and priority."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from okno.calendars.loading import default_schedule
from okno.core import clock
from okno.desk.tickets.resting import rests
from okno.people.models import Role
from okno.testing.cast import Cast
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.editing import change_priority
from okno.tickets.operations.messages import NewMessage
from okno.tickets.operations.status import change_status
from okno.workflow import catalogue
from okno.workflow.models import Impact, Lifecycle, Priority, Service, Transition, Urgency

pytestmark = pytest.mark.django_db
OFFERED = re.compile(r'role="menuitem" type="button" data-digit[^>]*>.*?</span>([^<…]+?)\s*[<…]', re.DOTALL)


def tomorrow_morning() -> datetime:
    """As whoever works here sees it: near midnight, the server's day is another."""
    with timezone.override(ZoneInfo(settings.DISPLAY_TIME_ZONE)):
        return next(rest.until for rest in rests() if rest.code == "tomorrow")


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    message = NewMessage(text="Since noon", channel="email", contact=cast.jan)
    made = create_ticket(cast.actor("olena"), NewTicket("Lamp", message, "email", contact=cast.jan))
    return change_status(cast.actor("olena"), made, "open")


@pytest.fixture
def at(cast: Cast) -> Callable[..., HttpResponse]:
    """Asks an address of the ticket as somebody; values make it a form that is sent."""

    def ask(ticket: Ticket, path: str = "", by: str = "olena", **values: str) -> HttpResponse:
        browser = Client(headers={"HX-Request": "true"})
        browser.force_login(getattr(cast, by).user)
        address = f"/tickets/{ticket.number}/{path}"
        return browser.post(address, values) if values else browser.get(address)

    return ask


def asking(before: str, after: str, **changes: object) -> None:
    """The way between two statuses of a request asks for something from now on."""
    Transition.objects.filter(before__code=before, after__code=after).update(**changes)
    Lifecycle.objects.update(version=uuid4())
    catalogue.forget()


def test_exactly_the_ways_of_the_lifecycle_are_offered_by_name(
    ticket: Ticket, at: Callable[..., HttpResponse]
) -> None:
    offered = OFFERED.findall(at(ticket, "head/").content.decode())
    assert offered == ["Ask the client", "Postpone", "Propose a solution", "Close"]
    row = Transition.objects.get(lifecycle=ticket.type.lifecycle, before__code="open", after__code="closed")
    row.roles.set([Role.objects.get(code="administrator")])
    asking("open", "closed")
    assert "Close" not in OFFERED.findall(at(ticket, "head/", by="marek").content.decode())


def test_a_way_that_asks_opens_a_window_and_keeps_what_was_typed(
    cast: Cast, ticket: Ticket, at: Callable[..., HttpResponse]
) -> None:
    asking("open", "resolved", comment="required", comment_is_public=True, required=["service"])
    printers = Service.objects.create(code="printers", names={"en": "Printers"})
    catalogue.forget()
    page = at(ticket, "status/resolved/").content.decode()
    assert "The client gets it." in page
    assert "Printers" in page
    refused = at(ticket, "status/resolved/", comment="  ", service=str(printers.pk), version=str(ticket.version))
    assert refused.status_code == 422
    assert 'id="id_comment_error"' in refused.content.decode()
    assert f'value="{printers.pk}" selected' in refused.content.decode()
    refused = at(ticket, "status/resolved/", comment="New toner", service="", version=str(ticket.version))
    assert 'id="id_service_error"' in refused.content.decode()
    assert "New toner" in refused.content.decode()
    taken = at(ticket, "status/resolved/", comment="New toner", service=str(printers.pk))
    assert "dialog:close" in taken["HX-Trigger"]
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.service) == ("resolved", printers)
    assert [(each.text, each.is_public) for each in ticket.messages.order_by("id")][-1] == ("New toner", True)


def test_a_comment_written_for_colleagues_is_not_sent_when_the_way_became_public_t20(
    ticket: Ticket, at: Callable[..., HttpResponse]
) -> None:
    asking("open", "postponed", comment="required")
    page = at(ticket, "status/postponed/").content.decode()
    assert "Only colleagues see it." in page
    told = re.findall(r'name="comment_is_public" value="(\d)"', page)
    asking("open", "postponed", comment_is_public=True)
    words = {"when": "tomorrow", "comment": "He never pays"}
    refused = at(ticket, "status/postponed/", **words, comment_is_public="".join(told))
    again = refused.content.decode()
    assert (refused.status_code, "Who sees the comment was changed" in again) == (422, True)
    assert ("The client gets it." in again, "He never pays" in again) == (True, True)
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.messages.filter(text="He never pays").exists()) == ("open", False)
    told = re.findall(r'name="comment_is_public" value="(\d)"', again)
    assert at(ticket, "status/postponed/", **words, comment_is_public="".join(told)).status_code == 200
    assert ticket.messages.get(text="He never pays").is_public


def test_a_way_that_is_gone_meanwhile_is_refused_in_words(
    cast: Cast, ticket: Ticket, at: Callable[..., HttpResponse]
) -> None:
    change_status(cast.actor("taras"), ticket, "closed")
    refused = at(ticket, "status/resolved/")
    assert refused.status_code == 409
    assert "no way leads there" in refused.content.decode()


def test_postponing_by_a_choice_by_an_own_time_and_back(ticket: Ticket, at: Callable[..., HttpResponse]) -> None:
    assert at(ticket, "status/postponed/", when="tomorrow", comment="He is away").status_code == 200
    ticket.refresh_from_db()
    assert (ticket.state, ticket.until_at) == ("postponed", tomorrow_morning())
    head = at(ticket, "head/").content.decode()
    assert "Postponed until" in head
    assert "data-countdown" in head
    empty = at(ticket, "status/postponed/", when="own", until="")
    assert (empty.status_code, 'id="id_until_error"' in empty.content.decode()) == (422, True)
    past = at(ticket, "status/postponed/", when="own", until="2020-01-01T10:00")
    assert (past.status_code, "still to come" in past.content.decode()) == (422, True)
    zone = ZoneInfo(settings.DISPLAY_TIME_ZONE)
    later = (clock.now() + timedelta(days=40)).astimezone(zone).replace(second=0, microsecond=0)
    assert at(ticket, "status/postponed/", when="own", until=later.strftime("%Y-%m-%dT%H:%M")).status_code == 200
    ticket.refresh_from_db()
    assert ticket.until_at == later
    assert at(ticket, "resume/", version=str(ticket.version)).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.until_at) == ("open", None)


def test_mornings_begin_when_work_does() -> None:
    friday, zone = datetime(2026, 11, 20, 15, 0, tzinfo=UTC), ZoneInfo(default_schedule().zone_for(""))
    with timezone.override(zone):
        found = {rest.code: rest.until.astimezone(zone) for rest in rests(friday)}
    assert found["hour"] == friday + timedelta(hours=1)
    assert [found[code].weekday() for code in ("tomorrow", "week")] == [0, 4]
    assert "monday" not in found, "tomorrow morning is Monday already, and is offered once"
    assert [found[code].hour for code in ("tomorrow", "week")] == [9, 9]


def test_answer_and_resolve_in_one_press_f183(cast: Cast, ticket: Ticket, at: Callable[..., HttpResponse]) -> None:
    asking("open", "resolved", comment="required", comment_is_public=True)
    page = at(ticket, "").content.decode()
    assert re.search(r'name="then" value="resolved"', page)
    sent = at(ticket, "answer/", html="<p>Done</p>", then="resolved", last_seen="")
    assert sent.status_code == 200
    assert 'hx-target="#send-menu"' in sent.content.decode()
    ticket.refresh_from_db()
    assert ticket.state == "resolved"
    assert "closes by itself" not in at(ticket, "head/").content.decode()
    assert "by itself on" in at(ticket, "head/").content.decode()
    change_status(cast.actor("olena"), ticket, "open")
    assert at(ticket, "answer/", html="<p>Later</p>", then="postponed:tomorrow", last_seen="").status_code == 200
    ticket.refresh_from_db()
    assert ticket.until_at == tomorrow_morning()


def test_sending_anyway_still_takes_the_ticket_further(
    cast: Cast, ticket: Ticket, at: Callable[..., HttpResponse]
) -> None:
    stale = at(ticket, "answer/", html="<p>Done</p>", then="resolved", last_seen="0")
    assert stale.status_code == 409
    assert 'value="1:resolved"' in stale.content.decode()
    assert at(ticket, "answer/", html="<p>Done</p>", anyway="1:resolved", last_seen="0").status_code == 200
    ticket.refresh_from_db()
    assert ticket.state == "resolved"


def test_service_impact_and_urgency_make_the_priority_until_somebody_chooses_f211(
    cast: Cast, ticket: Ticket, at: Callable[..., HttpResponse]
) -> None:
    network = Service.objects.create(code="network", names={"en": "Network"})
    wifi = Service.objects.create(code="wifi", names={"en": "Wi-Fi"}, parent=network)
    catalogue.forget()
    company, now = Impact.objects.get(code="company"), Urgency.objects.get(code="now")
    chosen = {"service": str(wifi.pk), "impact": str(company.pk), "urgency": str(now.pk)}
    assert "\u2003Wi-Fi" in at(ticket, "matter/").content.decode()
    assert "Critical" in at(ticket, f"matter/computed/?impact={company.pk}&urgency={now.pk}").content.decode()
    assert at(ticket, "matter/", **chosen, version=str(ticket.version)).status_code == 200
    ticket.refresh_from_db()
    assert (ticket.service, ticket.priority.code) == (wifi, "critical")
    facts = at(ticket, "facts/").content.decode()
    assert "Network / Wi-Fi" in facts
    assert "chosen by hand" not in facts
    change_priority(cast.actor("taras"), ticket, Priority.objects.get(code="low"))
    assert "chosen by hand" in at(ticket, "facts/").content.decode()
    assert "stays" in at(ticket, "matter/").content.decode()
    assert at(ticket, "matter/use-computed/", version="").status_code == 200
    ticket.refresh_from_db()
    assert (ticket.priority.code, ticket.priority_is_manual) == ("critical", False)
    assert at(ticket, "matter/", by="marek", service="999999").status_code == 422


def test_another_type_says_before_and_after_what_becomes_of_the_status(
    cast: Cast, ticket: Ticket, at: Callable[..., HttpResponse]
) -> None:
    assert "Call-back (the status becomes “New”)" in at(ticket, "facts/").content.decode()
    assert "Question (" not in at(ticket, "facts/").content.decode()
    moved = at(ticket, "type/", type="call-back", version=str(ticket.version))
    assert "so the ticket is" in moved["HX-Trigger"]
