"""Conditions as people meet them: in words, with mistakes at their places, with the reasons of a verdict."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from okno.people.models import ClientCategory, Team
from okno.testing.cast import Cast
from okno.tickets.conditions import (
    ALWAYS,
    BadCondition,
    Clause,
    Facts,
    Group,
    Keeper,
    Mode,
    Operator,
    Stored,
    always_matches,
    describe,
    imagined,
    load,
    matches,
    names_of,
    never_matches,
    parse,
    register_keeper,
    uses_of,
    warning_of,
    why,
)
from okno.tickets.conditions.fields import FIELDS, Field, register
from okno.tickets.conditions.uses import KEEPERS
from okno.tickets.models import Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage
from okno.workflow.models import Priority, TicketType

pytestmark = pytest.mark.django_db


def says(field: str, operator: str, *values: Any, zone: str = "") -> Clause:
    return Clause(field, Operator(operator), values, zone)


def every(*parts: Any) -> Group:
    return Group(Mode.ALL, parts)


def test_in_words(cast: Cast) -> None:
    urgent = every(says("type", "is", "incident"), says("priority", "at_least", "high"))
    assert describe(urgent) == "type is Incident and priority is at least High"
    assert describe(ALWAYS) == "every ticket"
    night = Group(Mode.ANY, (says("registered_hours", "is", "22:00-06:00"), says("registered_weekday", "is", 6, 7)))
    many = every(
        says("company", "is", cast.kawa.pk, cast.nordwind.pk), night, Group(Mode.NONE, (says("team", "empty"),))
    )
    assert describe(many) == (
        "company is Kawa i Ciasto or Nordwind, (time of registration is 22:00–06:00 or weekday of registration is "
        "Saturday or Sunday) and not: (team is empty)"
    )


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        (says("category", "is_not", "vip", "partner"), "client category is not VIP client or Partner"),
        (says("state", "is", "waiting"), "state is waiting for client"),
        (says("subject", "none_of", "test", "spam"), "subject does not contain “test” or “spam”"),
        (says("subject", "all_of", "vpn", "down"), "subject contains “vpn” and “down”"),
        (says("registered_on", "at_least", "2026-03-01"), "date of registration is 1 Mar 2026 or later"),
        (says("registered_on", "within_days", 1), "date of registration is within the last day"),
        (says("registered_on", "before_days", 30), "date of registration is more than 30 days ago"),
        (
            says("registered_hours", "is", "09:00-18:00", zone="Europe/Warsaw"),
            "time of registration is 09:00–18:00, Europe/Warsaw",
        ),
        (says("reopenings", "at_least", 2), "reopenings is at least 2"),
        (says("internal", "no"), "internal, not shown to clients: no"),
        (says("team", "is", 987654), "team is something deleted (987654)"),
        (says("weather", "is", 5), "something that is not known any more (weather)"),
    ],
)
def test_one_comparison_in_words(clause: Clause, words: str) -> None:
    assert describe(every(clause)) == words


def test_each_language_has_its_own_words_and_its_own_or() -> None:
    condition = every(says("type", "is", "incident", "question"))
    told = {}
    for language in ("en", "ru", "uk", "pl"):
        with translation.override(language):
            told[language] = describe(condition)
    assert told["en"] == "type is Incident or Question"
    assert "Инцидент или Вопрос" in told["ru"]
    assert "Інцидент або Питання" in told["uk"]
    assert "Incydent lub Pytanie" in told["pl"]


def test_names_of_many_conditions_are_asked_for_at_once(cast: Cast, django_assert_num_queries: Any) -> None:
    conditions = [every(says("company", "is", pk)) for pk in (cast.kawa.pk, cast.nordwind.pk)] * 5
    with django_assert_num_queries(1):
        names = names_of(conditions)
    with django_assert_num_queries(0):
        assert {describe(each, names) for each in conditions} == {"company is Kawa i Ciasto", "company is Nordwind"}


def wrong(*parts: Any) -> dict[str, list[str]]:
    with pytest.raises(BadCondition) as caught:
        parse({"version": 1, "mode": "all", "parts": list(parts)})
    return caught.value.fields


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"field": "weather", "operator": "is", "values": ["rain"]}, "This cannot be asked of a ticket any more. Remove it."),
        ({"field": "type", "operator": "at_least", "values": ["incident"]}, "Choose how it is compared."),
        ({"field": "type", "operator": "empty"}, "Choose how it is compared."),
        ({"field": "type", "operator": "is"}, "Choose or write at least one value."),
        ({"field": "type", "operator": "is", "values": [3]}, "Choose one of the offered values."),
        ({"field": "type", "operator": "is", "values": ["gone"]}, "“gone” does not exist any more. Remove it."),
        ({"field": "company", "operator": "is", "values": [10**30]}, "Choose one of the offered values."),
        ({"field": "company", "operator": "is", "values": [10**9]}, "“1000000000” does not exist any more. Remove it."),
        ({"field": "team", "operator": "empty", "values": [1]}, "No value can stand here."),
        ({"field": "priority", "operator": "at_least", "values": ["low", "high"]}, "Only one value can stand here."),
        ({"field": "subject", "operator": "any_of", "values": ["x" * 201]}, "No more than 200 characters."),
        ({"field": "subject", "operator": "any_of", "values": ["a\x00b"]}, "No more than 200 characters."),
        ({"field": "reopenings", "operator": "is", "values": ["many"]}, "Write a number."),
        ({"field": "registered_on", "operator": "at_least", "values": ["2026-02-30"]}, "Write a date."),
        ({"field": "registered_on", "operator": "within_days", "values": [0]}, "Write a whole number of days, 1 or more."),
        (
            {"field": "registered_hours", "operator": "is", "values": ["09:00-09:00"]},
            "Write two different times such as 09:00 and 18:00.",
        ),
        (
            {"field": "registered_hours", "operator": "is", "values": ["09:00-18:00"], "zone": "Europe/Nowhere"},
            "There is no such time zone. Write one such as Europe/Warsaw.",
        ),
    ],
)  # fmt: skip
def test_mistakes_are_told_at_their_place(part: dict[str, Any], words: str) -> None:
    right = {"field": "type", "operator": "is", "values": ["incident"]}
    assert wrong(right, part) == {"condition.1": [words]}
    assert wrong({"mode": "any", "parts": [part]}, right) == {"condition.0.0": [words]}


def test_mistakes_of_every_sort_are_told_at_once() -> None:
    told = wrong({}, {"field": "type", "operator": "is"}, {"field": "type", "operator": "is", "values": ["x"]})
    assert list(told) == ["condition.0", "condition.1", "condition.2"]


def test_what_was_deleted_is_said_and_fits_nothing(cast: Cast) -> None:
    team = Team.objects.create(name="Third line")
    data = {"version": 1, "mode": "all", "parts": [{"field": "team", "operator": "is", "values": [team.pk]}]}
    condition = parse(data)
    assert not warning_of(condition)
    team.delete()
    assert load(data) == condition
    assert describe(condition) == f"team is something deleted ({data['parts'][0]['values'][0]})"
    assert never_matches(condition)
    assert warning_of(condition) == "No ticket can meet this condition: its parts exclude each other."


def test_contradictions_in_what_is_registered() -> None:
    both = every(says("type", "is", "incident"), says("type", "is", "request"))
    apart = every(says("registered_hours", "is", "09:00-12:00"), says("registered_hours", "is", "13:00-18:00"))
    assert never_matches(both)
    assert never_matches(apart)
    assert never_matches(every(says("priority", "at_least", "critical"), says("priority", "is", "low")))
    assert always_matches(every(says("priority", "at_least", "low")))
    assert not always_matches(both)


def test_why_a_ticket_fits_or_not(cast: Cast) -> None:
    ticket = create_ticket(
        cast.actor("olena"), NewTicket("VPN", NewMessage(text="down"), "email", contact=cast.marta)
    )
    night = Group(Mode.ANY, (says("channel", "is", "email"), says("category", "is", "vip")))
    condition = every(says("type", "is", "incident"), night, says("company", "is", cast.kawa.pk))
    told = why(condition, Facts(Ticket.objects.get(pk=ticket.pk)))
    assert not told.holds
    assert told.words == "all of this holds"
    assert [(part.holds, part.words, part.actual) for part in told.parts] == [
        (False, "type is Incident", "Service request"),
        (True, "any of this holds", ""),
        (True, "company is Kawa i Ciasto", "Kawa i Ciasto"),
    ]
    assert [(part.holds, part.actual) for part in told.parts[1].parts] == [(True, "by mail"), (False, "nothing")]
    assert why(ALWAYS, Facts(ticket)).holds


def test_an_imagined_ticket_answers_as_a_stored_one_would(cast: Cast) -> None:
    cast.kawa.category = ClientCategory.objects.get(code="vip")
    cast.kawa.save()
    condition = every(
        says("category", "is", "vip"),
        says("priority", "at_least", "high"),
        says("watcher", "any_of", cast.olena.pk),
        says("state", "is", "new"),
    )
    said: dict[str, Any] = {"company": cast.kawa, "priority": Priority.objects.get(code="critical")}
    assert not matches(condition, imagined(**said))
    assert matches(condition, imagined(**said, given={"watcher": frozenset({cast.olena.pk})}))
    task = imagined(type=TicketType.objects.get(code="task"))
    assert matches(every(says("internal", "yes"), says("company", "empty")), task)


@pytest.fixture
def kept(cast: Cast) -> Any:
    """Rules that somebody keeps: one of them names the first line."""
    rules = {
        "Night": every(Group(Mode.NONE, (says("team", "is", cast.first_line.pk),))),
        "VIP": every(says("category", "is", "vip"), says("assignee", "is", cast.first_line.pk)),
    }
    keeper = Keeper("Rules", lambda: [Stored(cast.kawa, name, condition) for name, condition in rules.items()])
    register_keeper("test", keeper)
    yield
    del KEEPERS["test"]


def test_what_uses_a_row(cast: Cast, kept: None) -> None:
    """Ids of agents and of teams are not taken for one another, codes are found as ids are."""
    assert [(use.label, use.name) for use in uses_of(cast.first_line)] == [("Rules", "Night")]
    assert [use.name for use in uses_of(ClientCategory.objects.get(code="vip"))] == ["VIP"]
    assert uses_of(ClientCategory.objects.get(code="partner")) == []
    assert uses_of(cast.second_line) == []


def test_another_package_adds_a_field_of_its_own(cast: Cast) -> None:
    first = next(iter(FIELDS.values()))
    with pytest.raises(ValueError, match="twice"):
        register(first)
    version = Field(
        key="version", label="Changes", section="More", kind=first.kind.NUMBER, column="version",
        read=lambda ticket: ticket.version,
    )  # fmt: skip
    register(version)
    try:
        condition = parse(
            {"version": 1, "mode": "all", "parts": [{"field": "version", "operator": "at_least", "values": [2]}]}
        )
        assert not matches(condition, imagined())
        assert matches(condition, imagined(version=2))
    finally:
        del FIELDS["version"]
