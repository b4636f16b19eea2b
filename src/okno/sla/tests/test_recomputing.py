"""A changed rule, schedule, setting or client is laid over the open tickets, in batches and with visible progress."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from okno.calendars.models import WorkSchedule
from okno.calendars.operations.schedules import ScheduleFacts, change_schedule
from okno.core import clock, settings_store
from okno.core.actor import SYSTEM
from okno.core.drains import run_until_empty
from okno.core.models import Event
from okno.people.models import ClientCategory, Company
from okno.people.operations.categories import delete_category
from okno.people.operations.companies import CompanyFacts, change_company
from okno.sla.loading import Ruleset, present_rules
from okno.sla.models import Recomputation, SlaRule
from okno.sla.operations import recomputing
from okno.sla.operations.recomputing import recompute, run_recomputation
from okno.sla.operations.telling import tell_due
from okno.sla.tests.test_following import a_ticket, at, stored
from okno.testing.cast import Cast
from okno.tickets.models import PROMISE_COLUMNS, Ticket
from okno.tickets.operations.editing import change_priority
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message
from okno.tickets.operations.status import change_status
from okno.workflow.models import Priority, Status
from okno.workflow.operations.priorities import delete_priority, reorder_priorities
from okno.workflow.operations.statuses import StatusFacts, change_status_row
from okno.workflow.operations.types import TypeFacts, change_type_row

pytestmark = pytest.mark.django_db


def finish() -> Recomputation:
    with clock.frozen_at(at(1, 11)):
        run_until_empty("promises")
    return Recomputation.objects.latest("id")


def test_a_changed_rule_moves_open_tickets_only(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recomputing, "BATCH", 2)
    tickets = [a_ticket(cast, at(1, 10, minute)) for minute in range(5)]
    with clock.frozen_at(at(1, 10, 30)):
        change_status(cast.actor("taras"), tickets[0], "closed")
    closed = stored(tickets[0])
    SlaRule.objects.filter(reaction_minutes=240).update(resolution_minutes=60)
    with clock.frozen_at(at(1, 10, 40)):
        recompute(cast.actor("olena"), "rules", "Everything else")
    job = finish()
    assert [stored(each).resolve_by for each in tickets[1:]] == [at(1, 11, minute) for minute in range(1, 5)]
    assert stored(tickets[0]).resolve_by == closed.resolve_by
    assert (job.total, job.done, job.changed, job.is_running) == (4, 4, 4, False)
    assert Ticket.objects.get(pk=tickets[1].pk).version == tickets[1].version


def test_what_is_reckoned_in_batches_is_what_a_change_would_reckon(cast: Cast) -> None:
    tickets = [a_ticket(cast, at(1, 10), priority) for priority in ("low", "normal", "high", "critical")]
    with clock.frozen_at(at(1, 10, 30)):
        add_answer(cast.actor("taras"), tickets[1], NewMessage(text="?"), then_status="waiting")
        add_answer(cast.actor("taras"), tickets[2], NewMessage(text="!"), then_status="resolved")
    names = PROMISE_COLUMNS
    before = list(Ticket.objects.order_by("pk").values(*names))
    with clock.frozen_at(at(1, 10, 40)):
        recompute(SYSTEM, "rules")
    assert finish().changed == 0
    Ticket.objects.update(sla_rule=None, react_by=None, resolve_by=None, reacted_at=None, due_at=None, tell_at=None)
    with clock.frozen_at(at(1, 10, 40)):
        recompute(SYSTEM, "rules")
    assert finish().changed == 4
    assert list(Ticket.objects.order_by("pk").values(*names)) == before


def test_schedules_settings_and_clients_ask_for_it(cast: Cast) -> None:
    office = WorkSchedule.objects.get(is_default=True)
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 10, 10)):
        facts = ScheduleFacts(office.name, [[["10:00", "12:00"]]] * 7)
        change_schedule(cast.actor("olena"), office, facts)
    assert finish().reason == "schedule"
    assert stored(ticket).react_by == at(2, 12)
    with clock.frozen_at(at(1, 10, 20)):
        change_company(cast.actor("olena"), cast.nordwind, CompanyFacts(time_zone="Asia/Tokyo"))
    assert finish().company == cast.nordwind.pk
    assert stored(ticket).react_by == at(3, 3)
    settings_store.change(SYSTEM, {"sla.reaction": "answer"})
    assert Recomputation.objects.latest("id").reason == "reaction"


def test_a_status_that_now_pauses_the_clock_asks_for_it(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10), "high")
    with clock.frozen_at(at(1, 10, 30)):
        change_status(cast.actor("taras"), ticket, "open")
        status = Status.objects.get(code="open")
        facts = StatusFacts(status.names, status.state, status.colour, pauses_clock=True)
        change_status_row(cast.actor("olena"), status, facts)
    assert finish().reason == "workflow"
    assert (stored(ticket).resolve_by, stored(ticket).resolve_left) == (None, 8 * 3600 + 1800)


def test_a_type_made_internal_and_rows_in_the_place_of_deleted_ones_ask_for_it(cast: Cast) -> None:
    ticket, normal = a_ticket(cast, at(1, 10), "high"), Priority.objects.get(code="normal")
    olena, kind = cast.actor("olena"), ticket.type
    SlaRule.objects.filter(name="High").delete()
    delete_priority(olena, ticket.priority, normal)
    assert (finish().name, stored(ticket).resolve_by) == ("High", at(4, 10))
    gold, plain = (ClientCategory.objects.create(code=code, names={"en": code}) for code in ("gold", "plain"))
    Company.objects.update(category=gold)
    delete_category(olena, gold, plain)
    assert (finish().reason, finish().name) == ("workflow", "gold")
    order = list(Priority.objects.values_list("pk", flat=True))
    reorder_priorities(olena, order[::-1], order)
    assert (finish().reason, finish().name) == ("workflow", "")
    change_type_row(olena, kind, TypeFacts(kind.names, kind.lifecycle, is_internal=True, icon=kind.icon))
    assert finish().reason == "workflow"
    assert (stored(ticket).resolve_by, stored(ticket).tell_at) == (None, None)


def test_a_waiting_one_is_taken_over_by_the_next(cast: Cast) -> None:
    with clock.frozen_at(at(1, 10)):
        first, second = recompute(SYSTEM, "rules"), recompute(SYSTEM, "rules")
    first.refresh_from_db()
    assert (first.is_running, second.is_running) == (False, True)


def test_a_quiet_one_tells_nothing_of_what_is_late_already(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10))
    Ticket.objects.update(sla_rule=None, react_by=None, resolve_by=None, due_at=None, tell_at=None)
    with clock.frozen_at(at(9, 10)):
        recompute(SYSTEM, "installed", quiet=True)
        run_until_empty("promises", "deadlines")
    found = stored(ticket)
    assert found.due_at == at(1, 14)
    assert not Event.objects.filter(kind__startswith="ticket.deadline").exists()


def test_tickets_registered_meanwhile_by_old_rules_are_looked_at_again(cast: Cast) -> None:
    with clock.frozen_at(at(1, 10)):
        recompute(SYSTEM, "rules")
        run_recomputation()
    late = a_ticket(cast, at(1, 10) + timedelta(seconds=1))
    Ticket.objects.filter(pk=late.pk).update(sla_rule=None, resolve_by=None)
    with clock.frozen_at(at(1, 10) + timedelta(seconds=10)):
        run_until_empty("promises")
    assert stored(late).resolve_by is not None
    assert not Recomputation.objects.filter(swept_at=None).exists()


def test_what_is_registered_meanwhile_counts_from_the_commit_of_the_change(cast: Cast) -> None:
    with clock.frozen_at(at(1, 10)):
        recompute(SYSTEM, "rules")
    with clock.frozen_at(at(1, 10) + timedelta(seconds=30)):  # the transaction of the change took its time
        run_until_empty("promises")
    late = a_ticket(cast, at(1, 10) + timedelta(seconds=31))
    Ticket.objects.filter(pk=late.pk).update(sla_rule=None, resolve_by=None)
    with clock.frozen_at(at(1, 10) + timedelta(seconds=40)):
        run_until_empty("promises")
    assert stored(late).resolve_by is not None


@contextmanager
def held(act: Callable[[], object]) -> Iterator[None]:
    """Another process has done this in a transaction that it has not committed before the block is over."""
    done, over = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic(), clock.frozen_at(at(1, 10, 10)):
            act()
            done.set()
            over.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert done.wait(20)
        yield
    finally:
        over.set()
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_a_ticket_that_somebody_holds_does_not_hold_up_the_others_and_is_come_back_to(cast: Cast) -> None:
    locked, free = a_ticket(cast, at(1, 10)), a_ticket(cast, at(1, 10))
    Ticket.objects.update(resolve_by=None)
    with held(lambda: Ticket.objects.select_for_update().get(pk=locked.pk)), clock.frozen_at(at(1, 11)):
        recompute(SYSTEM, "rules")
        assert run_until_empty("promises") == 0
        assert stored(free).resolve_by is not None
        assert stored(locked).resolve_by is None
        assert Recomputation.objects.latest("id").is_running
    job = finish()
    assert stored(locked).resolve_by is not None
    assert (job.done, job.changed, job.is_running) == (2, 2, False)


@pytest.mark.django_db(transaction=True)
def test_a_letter_at_the_same_time_does_not_keep_the_old_deadline(cast: Cast) -> None:
    ticket = a_ticket(cast, at(1, 10))
    with clock.frozen_at(at(1, 10, 5)):
        change_status(cast.actor("olena"), ticket, "open")
    SlaRule.objects.filter(reaction_minutes=240).update(resolution_minutes=60)
    letter = NewMessage(text="And the drawer", contact=cast.jan)
    with (
        held(lambda: add_client_message(cast.jan.as_actor(), stored(ticket), letter)),
        clock.frozen_at(at(1, 10, 11)),
    ):
        recompute(SYSTEM, "rules")
        run_until_empty("promises")
    finish()
    assert stored(ticket).resolve_by == at(1, 11)


@pytest.mark.django_db(transaction=True)
def test_a_change_by_the_rules_of_before_is_looked_at_again_though_the_job_saw_nothing_to_do(cast: Cast) -> None:
    ticket, high = a_ticket(cast, at(1, 10)), Priority.objects.get(code="high")
    with held(lambda: change_priority(cast.actor("olena"), ticket, high)), clock.frozen_at(at(1, 10, 11)):
        SlaRule.objects.filter(name="High").update(resolution_minutes=60)
        recompute(SYSTEM, "rules")
        run_until_empty("promises")
    finish()
    assert stored(ticket).resolve_by == at(1, 11)


@pytest.mark.django_db(transaction=True)
def test_what_is_told_while_a_batch_is_reckoned_is_not_told_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_ticket(cast, at(1, 10))
    SlaRule.objects.filter(reaction_minutes=240).update(resolution_minutes=600)

    def tell() -> None:
        with clock.frozen_at(at(1, 13, 1)):
            tell_due()
        connection.close()

    def present() -> Ruleset:
        thread = threading.Thread(target=tell)
        thread.start()
        thread.join()
        return present_rules()

    monkeypatch.setattr("okno.sla.operations.recomputing.present_rules", present)
    with clock.frozen_at(at(1, 13, 1)):
        recompute(SYSTEM, "rules")
        for _look in range(2):
            run_until_empty("promises", "deadlines")
    assert Event.objects.filter(kind="ticket.deadline_near").count() == 1
    assert Ticket.objects.get().resolve_by == at(2, 11)


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_the_one_that_is_committed_later_is_seen_too(cast: Cast) -> None:
    def other() -> None:
        recompute(SYSTEM, "company", company=cast.nordwind.pk)
        connection.close()

    def change() -> None:
        SlaRule.objects.filter(name="High").update(resolution_minutes=60)
        recompute(SYSTEM, "rules")

    thread = threading.Thread(target=other)
    with held(change):
        thread.start()
        thread.join(1)
        assert [rule.row.resolution_minutes for rule in present_rules().rules if rule.row.name == "High"] == [540]
    thread.join()
    assert [rule.row.resolution_minutes for rule in present_rules().rules if rule.row.name == "High"] == [60]
