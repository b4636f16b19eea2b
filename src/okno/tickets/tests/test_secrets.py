"""Access details of a ticket: given, read by those who may, erased when it closes (F198)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import override_settings

from okno.core import clock
from okno.core.actor import SYSTEM
from okno.core.auditing import audit_log
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.models import Event
from okno.people.models import Role
from okno.testing.cast import Cast
from okno.testing.forms import make_form
from okno.tickets import access
from okno.tickets.models import Ticket, TicketSecret
from okno.tickets.operations import deciding, secrets
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.operations.status import change_status
from okno.tickets.operations.timers import run_timers
from okno.workflow.catalogue import TYPES
from okno.workflow.items import Item
from okno.workflow.rules import ItemKind

pytestmark = pytest.mark.django_db
VALUE = "Kanarienvogel-9 !ąЖ"


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    message = NewMessage(text="The shop is down", channel="portal")
    made = create_ticket(cast.actor("jan"), NewTicket("Shop", message, "portal", contact=cast.jan))
    assign(cast.actor("olena"), made, agent=cast.olena, team=cast.first_line)
    made.refresh_from_db()
    return made


@pytest.fixture
def secret(cast: Cast, ticket: Ticket) -> TicketSecret:
    return secrets.keep(cast.actor("jan"), ticket, " shop,\nadmin ", VALUE)


def test_who_may_reads_it_and_every_look_is_written_down_t28(cast: Cast, secret: TicketSecret) -> None:
    assert (secret.label, secret.giver, secret.contact_id) == ("shop, admin", "Jan Kowal", cast.jan.pk)
    assert VALUE not in secret.ciphertext
    assert secrets.reveal(cast.actor("olena"), secret.pk) == VALUE
    assert secrets.reveal(cast.actor("taras"), secret.pk) == VALUE
    looks = Event.objects.filter(kind="ticket.secret_revealed", object_id=secret.ticket_id)
    assert [look.actor_name for look in looks.order_by("id")] == ["Olena Kravets", "Taras Vovk"]
    audited = audit_log().filter(kind="ticket_secret.read")
    assert [(row.actor_name, row.data["label"]) for row in audited] == [
        ("Taras Vovk", "shop, admin"),
        ("Olena Kravets", "shop, admin"),
    ]
    assert VALUE not in str(list(Event.objects.values_list("data", flat=True)))


def test_without_the_right_it_is_refused_and_nothing_is_written(cast: Cast, secret: TicketSecret) -> None:
    lead = Role.objects.get(code="lead")
    lead.rights = [right for right in lead.rights if right != "tickets.secrets"]
    lead.save()
    cast.taras.refresh_from_db()
    with pytest.raises(Forbidden):
        secrets.reveal(cast.actor("taras"), secret.pk)
    with pytest.raises(NotVisible):
        secrets.reveal(cast.actor("marek"), secret.pk)  # another team's ticket
    with pytest.raises(Forbidden):
        secrets.reveal(cast.actor("jan"), secret.pk)  # not even who gave it
    with pytest.raises(NotVisible):
        secrets.reveal(cast.actor("marta"), secret.pk)
    assert not Event.objects.filter(kind__in=["ticket.secret_revealed", "ticket_secret.read"]).exists()


def test_a_specialist_reads_those_of_the_own_team(cast: Cast, secret: TicketSecret, ticket: Ticket) -> None:
    assign(cast.actor("olena"), ticket, agent=None, team=cast.second_line)
    assert secrets.reveal(cast.actor("marek"), secret.pk) == VALUE


def _closed_by_an_employee(cast: Cast, ticket: Ticket) -> None:
    change_status(cast.actor("olena"), ticket, "resolved")
    change_status(cast.actor("olena"), ticket, "closed")


def _closed_with_an_answer(cast: Cast, ticket: Ticket) -> None:
    change_status(cast.actor("olena"), ticket, "resolved")
    add_answer(cast.actor("olena"), ticket, NewMessage(html="<p>Done</p>"), then_status="closed")


def _closed_by_the_client(cast: Cast, ticket: Ticket) -> None:
    deciding.withdraw(cast.actor("jan"), ticket)


def _accepted_by_the_client(cast: Cast, ticket: Ticket) -> None:
    change_status(cast.actor("olena"), ticket, "resolved")
    deciding.accept_solution(cast.actor("jan"), ticket)


def _closed_by_itself(cast: Cast, ticket: Ticket) -> None:
    change_status(cast.actor("olena"), ticket, "waiting")
    with clock.frozen_at(clock.now() + timedelta(days=30)):
        assert run_timers() == 1


@pytest.mark.parametrize(
    "close",
    [
        _closed_by_an_employee,
        _closed_with_an_answer,
        _closed_by_the_client,
        _accepted_by_the_client,
        _closed_by_itself,
    ],
)
def test_each_way_of_closing_erases_it(
    cast: Cast, ticket: Ticket, secret: TicketSecret, close: Callable[[Cast, Ticket], None]
) -> None:
    close(cast, ticket)
    ticket.refresh_from_db()
    secret.refresh_from_db()
    assert ticket.state == "closed"
    assert (secret.ciphertext, secret.erased_because) == ("", "closed")
    assert secret.erased_at is not None
    assert secret.label == "shop, admin"  # that there was one stays
    with pytest.raises(Conflict, match="erased"):
        secrets.reveal(cast.actor("olena"), secret.pk)
    [event] = Event.objects.filter(kind="ticket.secret_erased")
    assert event.data == {"which": secret.pk, "label": "shop, admin", "because": "closed"}


def test_a_solution_that_is_only_proposed_erases_nothing(cast: Cast, ticket: Ticket, secret: TicketSecret) -> None:
    change_status(cast.actor("olena"), ticket, "resolved")
    assert secrets.reveal(cast.actor("olena"), secret.pk) == VALUE


def test_nothing_is_kept_in_a_closed_ticket(cast: Cast, ticket: Ticket) -> None:
    deciding.withdraw(cast.actor("jan"), ticket)
    with pytest.raises(Conflict):
        secrets.keep(cast.actor("olena"), ticket, "VPN", VALUE)
    assert not TicketSecret.objects.exists()


def test_who_gave_it_takes_it_back_and_a_colleague_does_not(
    cast: Cast, ticket: Ticket, secret: TicketSecret
) -> None:
    of_olena = secrets.keep(cast.actor("olena"), ticket, "VPN", "x")
    jan = cast.actor("jan")
    assert list(access.secrets_visible_to(jan)) == [secret]  # what employees keep is theirs
    assert not access.secrets_visible_to(cast.actor("marta")).exists()
    with pytest.raises(NotVisible):
        secrets.erase(jan, of_olena)
    with pytest.raises(NotVisible):
        secrets.erase(cast.actor("marta"), secret)
    assert secrets.erase(jan, secret).erased_because == "asked"
    secrets.erase(jan, secret)  # once more changes nothing
    assert Event.objects.filter(kind="ticket.secret_erased").count() == 1
    secrets.erase(cast.actor("olena"), of_olena)
    of_olena.refresh_from_db()
    assert of_olena.ciphertext == ""


def test_another_key_says_so_and_tells_nothing(cast: Cast, secret: TicketSecret) -> None:
    with override_settings(SECRET_KEY="another key " * 5), pytest.raises(Conflict) as refused:
        secrets.reveal(cast.actor("olena"), secret.pk)
    assert refused.value.code == "secret_unreadable"
    assert "key file" in refused.value.message
    assert not Event.objects.filter(kind="ticket.secret_revealed").exists()


def test_a_ciphertext_opens_nothing_in_another_ticket(cast: Cast, secret: TicketSecret) -> None:
    other = create_ticket(SYSTEM, NewTicket("Other", NewMessage(text="x"), "desk", assignee=cast.olena))
    TicketSecret.objects.filter(pk=secret.pk).update(ticket=other)
    with pytest.raises(Conflict):
        secrets.reveal(cast.actor("olena"), secret.pk)


@pytest.mark.parametrize(
    ("label", "value", "field"),
    [
        ("", VALUE, "label"),
        (" \n\t", VALUE, "label"),
        ("x" * 101, VALUE, "label"),
        ("VPN", "", "value"),
        ("VPN", "  \n", "value"),
        ("VPN", "x" * 8001, "value"),
        ("VPN", "a\x00b", "value"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    cast: Cast, ticket: Ticket, label: str, value: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        secrets.keep(cast.actor("jan"), ticket, label, value)
    assert set(refused.value.fields) == {field}
    assert not value.strip() or value not in str(refused.value.fields)


def test_a_ticket_holds_so_many_and_keeps_them_as_they_were_typed(cast: Cast, ticket: Ticket) -> None:
    key = "-----BEGIN KEY-----\nab cd\n-----END KEY-----\n"
    first = secrets.keep(cast.actor("jan"), ticket, "SSH", key)
    assert secrets.reveal(cast.actor("olena"), first.pk) == key
    for number in range(secrets.MOST - 1):
        secrets.keep(cast.actor("jan"), ticket, f"S{number}", "x")
    with pytest.raises(Invalid):
        secrets.keep(cast.actor("jan"), ticket, "one more", "x")
    secrets.erase(cast.actor("jan"), first)
    secrets.keep(cast.actor("jan"), ticket, "one more", "x")


def test_a_key_keeps_its_lines_as_programs_read_them(cast: Cast, ticket: Ticket) -> None:
    kept = secrets.keep(cast.actor("jan"), ticket, "key", "BEGIN\r\nabc\r\nEND\r\n")
    assert secrets.reveal(cast.actor("olena"), kept.pk) == "BEGIN\nabc\nEND\n"


def test_whoever_may_register_may_give_what_the_form_asks(cast: Cast) -> None:
    """The right to write notes is not asked for again."""
    many = [Item(f"s{number}", ItemKind.CREDENTIALS, {"en": f"Box {number}"}) for number in range(10)]
    make_form(many)
    lead = Role.objects.get(code="lead")
    lead.rights = [right for right in lead.rights if right != "tickets.note"]
    lead.save()
    cast.taras.refresh_from_db()
    actor, kind = cast.actor("taras"), TYPES.by_code("incident")
    assert actor.has("tickets.create")
    answers = {"way": "panel", **{item.code: VALUE for item in many}}
    new = NewTicket("Box", NewMessage(text="x"), "desk", contact=cast.jan, type=kind, answers=answers)
    made = create_ticket(actor, new)
    assert made.secrets.count() == 10
    assert not access.may(actor, "note", made)
    assert made.version == Ticket.objects.get(pk=made.pk).version
