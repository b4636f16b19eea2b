"""A message becomes a ticket of its own (F192, T20, T22)."""

from __future__ import annotations

import pytest

from okno.core import files
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.models import Event
from okno.people.models import Role
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Message, Ticket, TicketLink
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.splitting import SplitOff, split_off
from okno.workflow.models import TicketType

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    made = create_ticket(
        cast.actor("jan"),
        NewTicket("Printer", NewMessage(text="Silent", channel="portal"), "portal", contact=cast.jan),
    )
    assign(cast.actor("olena"), made, agent=cast.olena, team=cast.first_line)
    return made


@pytest.fixture
def message(cast: Cast, ticket: Ticket) -> Message:
    file = NewFile(files.store(b"plan"), "plan.txt", "text/plain")
    words = "It prints again, thank you.\n\nCould Anna get a mailbox?"
    return add_client_message(cast.actor("jan"), ticket, NewMessage(text=words, channel="portal", files=[file]))


def test_words_files_author_and_time_go_along_and_both_name_each_other(
    cast: Cast, ticket: Ticket, message: Message
) -> None:
    wanted = SplitOff("Mailbox for Anna", type=TicketType.objects.get(code="question"), team=cast.second_line)
    made = split_off(cast.actor("olena"), message, wanted)
    made.refresh_from_db()
    assert (made.subject, made.contact, made.company, made.team) == (
        "Mailbox for Anna",
        cast.jan,
        cast.nordwind,
        cast.second_line,
    )
    copy = made.messages.get()
    message.refresh_from_db()
    for name in ("text", "author_kind", "contact_id", "author_name", "created_at", "channel", "is_public"):
        assert getattr(copy, name) == getattr(message, name)
    [file], [there] = copy.attachments.all(), message.attachments.all()
    assert (file.name, file.file_id) == ("plan.txt", there.file_id)
    assert file.token != there.token
    assert TicketLink.objects.get().ticket == made
    told = Event.objects.filter(kind="ticket.linked").order_by("id")
    assert [(each.object_id, each.data["other"]) for each in told] == [
        (made.pk, ticket.number),
        (ticket.pk, made.number),
    ]
    assert Event.objects.filter(kind="ticket.created", object_id=made.pk).exists()
    assert access.visible_to(cast.actor("jan")).filter(pk=made.pk).exists()
    assert not access.visible_to(cast.actor("marta")).filter(pk=made.pk).exists()


def test_a_part_alone_goes_and_only_words_that_are_there(cast: Cast, message: Message) -> None:
    olena = cast.actor("olena")
    part = SplitOff("Mailbox", part="Could  Anna\nget a mailbox?", with_files=False)
    copy = split_off(olena, message, part).messages.get()
    assert copy.text == "Could  Anna\nget a mailbox?"
    assert not copy.attachments.exists()
    with pytest.raises(Invalid) as refused:
        split_off(olena, message, SplitOff("Mailbox", part="Fire Marek"))
    assert set(refused.value.fields) == {"part"}
    with pytest.raises(Invalid):
        split_off(olena, message, SplitOff(" "))
    assert Ticket.objects.count() == 2


def test_what_was_private_stays_private_t20(cast: Cast, ticket: Ticket) -> None:
    note = add_note(cast.actor("olena"), ticket, NewMessage(text="Kanarienvogel"))
    with pytest.raises(Invalid) as refused:  # its words would be the subject of a request that the client sees
        split_off(cast.actor("olena"), note, SplitOff("Kanarienvogel"))
    assert "type" in refused.value.fields
    internal = TicketType.objects.filter(is_internal=True)[0]
    made = split_off(cast.actor("olena"), note, SplitOff("Own task", internal))
    copy = made.messages.get()
    assert not copy.is_public
    assert (copy.author_kind, copy.agent) == ("agent", cast.olena)
    assert not access.messages_visible_to(cast.actor("jan")).filter(pk=copy.pk).exists()


def test_an_answer_of_ours_is_not_sent_twice(cast: Cast, ticket: Ticket) -> None:
    answer = add_answer(cast.actor("olena"), ticket, NewMessage(text="Try the switch"))
    with pytest.raises(Conflict):
        split_off(cast.actor("olena"), answer, SplitOff("x"))
    assert Ticket.objects.count() == 1


def test_it_needs_the_right_on_both_t22(cast: Cast, ticket: Ticket, message: Message) -> None:
    with pytest.raises(NotVisible):
        split_off(cast.actor("marek"), message, SplitOff("x"))
    with pytest.raises(Forbidden):
        split_off(cast.actor("jan"), message, SplitOff("x"))
    lead = Role.objects.get(code="lead")
    for missing in ("tickets.edit", "tickets.create"):
        rights = list(lead.rights)
        lead.rights = [right for right in rights if right != missing]
        lead.save()
        cast.taras.refresh_from_db()
        with pytest.raises(Forbidden):
            split_off(cast.actor("taras"), message, SplitOff("x"))
        lead.rights = rights
        lead.save()
    assert Ticket.objects.count() == 1
    assert not TicketLink.objects.exists()


def test_who_asks_in_a_ticket_without_a_requester_is_not_proven_t3(
    cast: Cast, ticket: Ticket, message: Message
) -> None:
    ticket.participants.all().delete()
    made = split_off(cast.actor("olena"), message, SplitOff("Mailbox"))
    assert [each.is_proven for each in made.participants.filter(is_requester=True)] == [False]
