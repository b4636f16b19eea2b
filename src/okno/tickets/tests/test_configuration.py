"""Administrators change types, statuses, lifecycles, priorities and services, and no ticket is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from okno.core import clock
from okno.core.faults import Conflict, Fault, Forbidden, Invalid
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import StatusInterval, Ticket
from okno.tickets.operations.classifying import classify
from okno.tickets.operations.status import change_status
from okno.tickets.operations.timers import run_timers
from okno.tickets.tests.standing import at, new_ticket, told
from okno.workflow import catalogue
from okno.workflow.lifecycles import lifecycle_of, read
from okno.workflow.models import Impact, Lifecycle, Priority, Service, Status, TicketType, Urgency
from okno.workflow.operations.drawing import PlaceFacts
from okno.workflow.operations.lifecycles import (
    LifecycleFacts,
    change_lifecycle,
    copy_lifecycle,
    create_lifecycle,
    delete_lifecycle,
)
from okno.workflow.operations.priorities import (
    NameFacts,
    PriorityFacts,
    change_priority,
    create_level,
    create_priority,
    delete_priority,
    make_default_priority,
    matrix,
    set_matrix,
    switch_priority,
)
from okno.workflow.operations.services import (
    ServiceFacts,
    change_service,
    create_service,
    delete_service,
    reorder_services,
)
from okno.workflow.operations.statuses import (
    StatusFacts,
    change_status_row,
    create_status,
    delete_status,
    make_default_status,
    reorder_statuses,
    switch_status,
)
from okno.workflow.operations.types import (
    TypeFacts,
    change_type_row,
    create_type,
    delete_type,
    make_default_type,
    moves_to_lifecycle,
    switch_type,
)
from okno.workflow.rules import State, Way


def by(model: Any, code: str) -> Any:
    return model.objects.get(code=code)


def facts_of(code: str = "request") -> LifecycleFacts:
    """What a lifecycle says now."""
    row = by(Lifecycle, code)
    rules = read(row)
    places = [
        PlaceFacts(place.code, place.is_initial, place.is_held, place.hours, place.then) for place in rules.places
    ]
    return LifecycleFacts(row.names, places, rules.ways, rules.reopen_days)


def without(facts: LifecycleFacts, code: str, **more: Any) -> LifecycleFacts:
    places = [place for place in facts.places if place.status != code]
    ways = [way for way in facts.ways if code not in {way.before, way.after}]
    return replace(facts, places=places, ways=ways, **more)


def audit(kind: str) -> dict[str, Any]:
    """The data of the last event of a kind."""
    found: dict[str, Any] = Event.objects.filter(kind=kind).latest("id").data
    return found


def test_only_who_may_change_settings(cast: Cast) -> None:
    lead = cast.actor("taras")
    service, priority = Service.objects.create(code="x"), by(Priority, "low")
    acts: list[Callable[[], object]] = [
        lambda: create_status(lead, StatusFacts({"en": "X"}, "open")),
        lambda: change_lifecycle(lead, by(Lifecycle, "request"), facts_of()),
        lambda: create_type(lead, TypeFacts({"en": "X"}, by(Lifecycle, "request"))),
        lambda: create_priority(lead, PriorityFacts({"en": "X"}, 1)),
        lambda: set_matrix(lead, {}),
        lambda: create_service(lead, ServiceFacts({"en": "X"})),
        lambda: delete_service(lead, service),
        lambda: make_default_priority(lead, priority),
        lambda: reorder_statuses(lead, [], []),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert not Event.objects.filter(kind__startswith="workflow").exists()


def test_a_status_is_made_changed_and_told(cast: Cast) -> None:
    olena = cast.actor("olena")
    status = create_status(olena, StatusFacts({"en": " Waiting  for parts ", "pl": "Czeka na części"}, "open"))
    assert (status.code, status.names["en"]) == ("waiting-for-parts", "Waiting for parts")
    assert audit("workflow.created") == {"what": "status", "code": status.code, "name": "Waiting for parts"}
    change_status_row(olena, status, StatusFacts(status.names, "open", colour="teal", pauses_clock=True))
    assert audit("workflow.changed")["fields"] == {
        "colour": {"before": "primary", "after": "teal"},
        "pauses_clock": {"before": False, "after": True},
    }
    assert catalogue.STATUSES.by_code(status.code).colour == "teal"
    other = create_status(olena, StatusFacts({"ru": "В мастерской"}, "closed", pauses_clock=True))
    assert (other.code, other.name, other.pauses_clock, other.counts_in_workload) == (
        "status",
        "В мастерской",
        False,
        False,
    )
    make_default_status(olena, status)
    assert [row.code for row in Status.objects.filter(state="open", is_default=True)] == [status.code]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (StatusFacts({"en": " "}, "open"), "names"),
        (StatusFacts({"en": "x" * 81}, "open"), "names"),
        (StatusFacts({"en": "oPEN"}, "open"), "names"),
        (StatusFacts({"xx": "Klingon"}, "open"), "names"),
        (StatusFacts({"en": "X"}, "asleep"), "state"),
        (StatusFacts({"en": "X"}, "open", colour="#fff"), "colour"),
        (StatusFacts({"en": "X"}, "open", code="Open!"), "code"),
        (StatusFacts({"en": "X"}, "open", code="open"), "code"),
    ],
)
def test_mistakes_are_named_at_their_field(cast: Cast, facts: StatusFacts, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        create_status(cast.actor("olena"), facts)
    assert list(caught.value.fields) == [field]


def test_what_is_in_use_goes_only_when_another_takes_its_place(cast: Cast) -> None:
    olena, ticket = cast.actor("olena"), new_ticket(cast)
    with clock.frozen_at(clock.now() + timedelta(minutes=1)):
        change_status(olena, ticket, "waiting")
    waiting = by(Status, "waiting")
    parts = create_status(olena, StatusFacts({"en": "Parts"}, "waiting"))
    with pytest.raises(Conflict) as caught:
        switch_status(olena, waiting, is_active=False)
    assert "Incident" in caught.value.message
    with pytest.raises(Conflict) as caught:
        delete_status(olena, waiting)
    assert caught.value.code == "is_default"
    make_default_status(olena, parts)
    with pytest.raises(Conflict) as caught:
        delete_status(olena, waiting)
    assert {use["count"] for use in caught.value.details["uses"] if use["label"] == "Tickets"} == {1}
    with pytest.raises(Invalid) as invalid:
        delete_status(olena, waiting, by(Status, "open"))
    assert list(invalid.value.fields) == ["replacement"]
    with pytest.raises(Invalid):
        change_status_row(olena, waiting, StatusFacts(waiting.names, "open"))
    delete_status(olena, waiting, parts)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.state) == (parts, "waiting")
    assert ticket.intervals.filter(status=parts, left_at=None).count() == 1
    assert lifecycle_of(ticket.type_id).place("parts") is not None
    assert audit("workflow.deleted")["replaced_by"] == "parts"
    change_status(olena, ticket, "open")
    assert not Status.objects.filter(code="waiting").exists()


def test_a_lifecycle_is_saved_whole(cast: Cast) -> None:
    olena, ticket = cast.actor("olena"), new_ticket(cast)
    create_status(olena, StatusFacts({"en": "Workshop"}, "open"))
    row, facts = by(Lifecycle, "request"), facts_of()
    ways = [
        *facts.ways,
        Way("new", "workshop", names={"en": "Take apart"}, roles=frozenset({"lead"})),
        Way("workshop", "resolved"),
    ]
    changed = replace(facts, places=[*facts.places, PlaceFacts("workshop")], ways=ways, reopen_days=0)
    change_lifecycle(olena, row, changed, expected_version=str(row.version))
    told_of = audit("lifecycle.changed")
    assert told_of["statuses"]["added"] == ["workshop"]
    assert told_of["transitions"]["added"] == ["new>workshop", "workshop>resolved"]
    assert told_of["fields"] == ["reopen_days"]
    with pytest.raises(Conflict):
        change_status(cast.actor("marek"), ticket, "workshop")
    change_status(cast.actor("taras"), ticket, "workshop")
    with pytest.raises(Conflict):
        change_lifecycle(olena, row, facts, expected_version=str(row.version))
    assert read(by(Lifecycle, "request")).reopen_days == 0


def test_nobody_is_left_in_a_status_that_is_taken_out(cast: Cast) -> None:
    olena = cast.actor("olena")
    tickets = [new_ticket(cast) for _each in range(3)]
    for ticket in tickets[:2]:
        change_status(olena, ticket, "resolved")
    row, facts = by(Lifecycle, "request"), without(facts_of(), "resolved")
    with pytest.raises(Conflict) as caught:
        change_lifecycle(olena, row, facts)
    assert caught.value.details == {"tickets": {"resolved": 2}}
    assert read(row).place("resolved") is not None
    with pytest.raises(Conflict):
        change_lifecycle(olena, row, replace(facts, moves={"resolved": "nowhere"}))
    with pytest.raises(Invalid):
        change_lifecycle(olena, row, replace(facts, moves={"resolved": "postponed"}))
    change_lifecycle(olena, row, replace(facts, moves={"resolved": "open"}))
    assert audit("lifecycle.changed")["moved"] == 2
    for ticket in tickets[:2]:
        ticket.refresh_from_db()
        assert (ticket.status.code, ticket.closes_at, ticket.version) == ("open", None, 3)
        assert told(ticket, "ticket.status_changed")[-1]["reason"] == {"because": "lifecycle changed"}
        rows = list(StatusInterval.objects.filter(ticket=ticket).order_by("id"))
        assert all(first.left_at == then.entered_at for first, then in pairwise(rows))


def test_a_time_that_is_changed_holds_for_present_tickets_and_leaves_a_day(cast: Cast) -> None:
    olena, moments = cast.actor("olena"), {}
    for days in (0, 6):
        with clock.frozen_at(at(days * 24 * 60)):
            moments[days] = new_ticket(cast)
            change_status(olena, moments[days], "waiting")
    row, facts = by(Lifecycle, "request"), facts_of()
    places = [replace(place, hours=72) if place.status == "waiting" else place for place in facts.places]
    now = at(6 * 24 * 60 + 60)
    with clock.frozen_at(now):
        change_lifecycle(olena, row, replace(facts, places=places))
        assert run_timers() == 0
    for ticket in moments.values():
        ticket.refresh_from_db()
    assert moments[0].closes_at == now + timedelta(days=1)
    assert moments[6].closes_at == at(9 * 24 * 60)
    places = [replace(place, hours=None, then="") if place.status == "waiting" else place for place in facts.places]
    change_lifecycle(olena, row, replace(facts, places=places))
    assert not Ticket.objects.filter(closes_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (lambda facts: without(facts, "new"), "places", "begins"),
        (lambda facts: without(facts, "closed"), "places", "closed status"),
        (
            lambda facts: replace(facts, ways=[way for way in facts.ways if way.before != "closed"]),
            "reopen_days",
            "0",
        ),
        (
            lambda facts: replace(facts, ways=[way for way in facts.ways if way.before not in {"new", "open"}]),
            "places",
            "no way leads",
        ),
        (lambda facts: replace(facts, ways=[*facts.ways, Way("new", "gone")]), "ways", "not both"),
        (lambda facts: replace(facts, ways=[Way("new", "open", roles=frozenset({"king"}))]), "ways", "king"),
        (lambda facts: replace(facts, ways=[Way("new", "open", required=("luck",))]), "ways", "luck"),
        (lambda facts: replace(facts, places=[*facts.places, PlaceFacts("gone")]), "places", "gone"),
        (lambda facts: replace(facts, reopen_days=-1), "reopen_days", "3650"),
        (lambda facts: replace(facts, names={}), "names", "name"),
    ],
)
def test_a_lifecycle_with_a_mistake_is_refused_whole(
    cast: Cast, change: Callable[[LifecycleFacts], LifecycleFacts], field: str, words: str
) -> None:
    row, version = by(Lifecycle, "request"), by(Lifecycle, "request").version
    with pytest.raises(Invalid) as caught:
        change_lifecycle(cast.actor("olena"), row, change(facts_of()))
    assert any(words in message for message in caught.value.fields[field]), caught.value.fields
    row.refresh_from_db()
    assert row.version == version
    assert len(read(row).places) == 6


def test_lifecycles_are_copied_and_deleted_when_nobody_has_them(cast: Cast) -> None:
    olena, row = cast.actor("olena"), by(Lifecycle, "call-back")
    made = copy_lifecycle(olena, row, {"en": "Visits"})
    assert (made.code, replace(read(made), code="call-back")) == ("visits", read(row))
    with pytest.raises(Conflict) as caught:
        delete_lifecycle(olena, row)
    assert caught.value.details == {"types": ["Call-back"]}
    delete_lifecycle(olena, made)
    small = LifecycleFacts(
        {"en": "Tiny"},
        [PlaceFacts("new", is_initial=True), PlaceFacts("closed")],
        [Way("new", "closed"), Way("closed", "new")],
    )
    assert [place.state for place in read(create_lifecycle(olena, small)).places] == [State.NEW, State.CLOSED]


def test_a_type_gets_another_lifecycle_and_its_tickets_go_on(cast: Cast) -> None:
    olena, ticket = cast.actor("olena"), new_ticket(cast)
    change_status(olena, ticket, "waiting")
    kind, tiny = by(TicketType, "request"), copy_lifecycle(olena, by(Lifecycle, "call-back"), {"en": "Short"})
    moves = [(move.before.code, move.after.code, move.tickets) for move in moves_to_lifecycle(kind, tiny)]
    assert moves == [("waiting", "new", 1)]
    change_type_row(olena, kind, TypeFacts(kind.names, tiny, icon=kind.icon))
    ticket.refresh_from_db()
    assert (ticket.status.code, ticket.closes_at) == ("new", None)
    assert audit("workflow.changed")["fields"] == {"lifecycle": {"before": "request", "after": tiny.code}}


def test_a_type_that_becomes_internal_hides_its_tickets_f82(cast: Cast) -> None:
    olena, ticket, kind = cast.actor("olena"), new_ticket(cast), by(TicketType, "request")
    assert access.visible_to(cast.actor("marta")).filter(pk=ticket.pk).exists()
    change_type_row(olena, kind, TypeFacts(kind.names, kind.lifecycle, is_internal=True, icon=kind.icon))
    assert not access.visible_to(cast.actor("marta")).filter(pk=ticket.pk).exists()


def test_types_are_the_default_switched_off_and_deleted(cast: Cast) -> None:
    olena, ticket = cast.actor("olena"), new_ticket(cast)
    request, incident = by(TicketType, "request"), by(TicketType, "incident")
    for refused in (lambda: switch_type(olena, request, is_active=False), lambda: delete_type(olena, request)):
        with pytest.raises(Conflict) as caught:
            refused()
        assert caught.value.code == "is_default"
    make_default_type(olena, incident)
    switch_type(olena, request, is_active=False)
    with pytest.raises(Conflict):
        make_default_type(olena, request)
    with pytest.raises(Invalid):
        delete_type(olena, request, incident)
    twin = create_type(olena, TypeFacts({"en": "Order"}, request.lifecycle))
    delete_type(olena, request, twin)
    ticket.refresh_from_db()
    assert ticket.type == twin
    with pytest.raises(Fault):
        delete_type(olena, twin)


def test_priorities(cast: Cast) -> None:
    olena, ticket = cast.actor("olena"), new_ticket(cast)
    made = create_priority(olena, PriorityFacts({"en": "On fire"}, 99, colour="error"))
    change_priority(olena, made, PriorityFacts({"en": "Blazing"}, 100, colour="error"))
    with pytest.raises(Invalid) as caught:
        change_priority(olena, made, PriorityFacts({"en": "Blazing"}, 10_000, colour="red"))
    assert set(caught.value.fields) == {"rank", "colour"}
    make_default_priority(olena, made)
    with pytest.raises(Conflict):
        switch_priority(olena, made, is_active=False)
    with pytest.raises(Conflict) as refused:
        delete_priority(olena, by(Priority, "normal"))
    assert {use["label"]: use["count"] for use in refused.value.details["uses"]} == {
        "Tickets": 1,
        "Matrix of priorities": 4,
    }
    delete_priority(olena, by(Priority, "normal"), made)
    ticket.refresh_from_db()
    assert ticket.priority == made
    assert new_ticket(cast).priority == made


def test_the_matrix(cast: Cast) -> None:
    olena, ticket = cast.actor("olena"), new_ticket(cast)
    impact, urgency = by(Impact, "person"), by(Urgency, "now")
    low = by(Priority, "low")
    assert set_matrix(olena, {(impact.pk, urgency.pk): low.pk}) == 1
    assert set_matrix(olena, {(impact.pk, urgency.pk): low.pk}) == 0
    assert audit("workflow.matrix_changed")["cells"] == [
        {"impact": "person", "urgency": "now", "before": "high", "after": "low"}
    ]
    assert classify(olena, ticket, impact=impact, urgency=urgency).priority == low
    assert set_matrix(olena, {(impact.pk, urgency.pk): None}) == 1
    assert len(matrix()) == 8
    with pytest.raises(Invalid) as caught:
        set_matrix(olena, {(impact.pk, 0): low.pk})
    assert list(caught.value.fields) == [f"cell_{impact.pk}_0"]
    assert create_level(olena, Impact, NameFacts({"en": "Everybody"})).code == "everybody"


def test_services_stand_in_a_tree_without_circles(cast: Cast) -> None:
    olena, ticket = cast.actor("olena"), new_ticket(cast)
    net = create_service(olena, ServiceFacts({"en": "Network"}))
    wifi = create_service(olena, ServiceFacts({"en": "Wi-Fi"}, parent=net))
    guests = create_service(olena, ServiceFacts({"en": "For guests"}, parent=wifi))
    for parent in (net, wifi, guests):
        with pytest.raises(Invalid) as caught:
            change_service(olena, net, ServiceFacts(net.names, parent=parent))
        assert list(caught.value.fields) == ["parent"]
    with pytest.raises(Invalid):
        create_service(olena, ServiceFacts({"en": "wi-fi"}, parent=net))
    create_service(olena, ServiceFacts({"en": "Wi-Fi"}))  # elsewhere in the tree it is another thing
    lan = create_service(olena, ServiceFacts({"en": "LAN"}, parent=net))
    reorder_services(olena, net, [lan.pk, wifi.pk], [wifi.pk, lan.pk])
    assert [row.code for _depth, row in catalogue.service_tree()][:4] == ["network", "lan", "wi-fi", "for-guests"]
    classify(olena, ticket, service=wifi)
    with pytest.raises(Conflict) as refused:
        delete_service(olena, wifi)
    assert refused.value.details["can_replace"]
    delete_service(olena, wifi, guests)
    ticket.refresh_from_db()
    guests.refresh_from_db()
    assert (ticket.service, guests.parent) == (guests, net)
    catalogue.forget()
    assert catalogue.path_of(guests) == "Network / For guests"


def test_services_are_not_too_deep(cast: Cast) -> None:
    olena, parent = cast.actor("olena"), None
    for level in range(10):
        parent = create_service(olena, ServiceFacts({"en": f"L{level}"}, parent=parent))
    with pytest.raises(Invalid):
        create_service(olena, ServiceFacts({"en": "too deep"}, parent=parent))
    top = create_service(olena, ServiceFacts({"en": "top"}))
    with pytest.raises(Invalid):
        change_service(olena, Service.objects.get(code="l0"), ServiceFacts({"en": "L0"}, parent=top))
