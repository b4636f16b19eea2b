"""A ticket is made, answered, and answered by its client."""

from __future__ import annotations

import pytest

from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, NotVisible
from okno.core.models import Event
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.operations.assigning import assign, claim
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.status import change_status


def test_life_of_a_ticket(cast: Cast) -> None:
    marta = cast.marta
    ticket = create_ticket(
        cast.actor("olena"),
        NewTicket(
            subject="Printer  burns",
            message=NewMessage(text="Help", contact=marta),
            channel="desk",
            contact=marta,
        ),
    )
    assert ticket.number >= 1001
    assert ticket.subject == "Printer burns"
    assert ticket.company == cast.kawa
    assert access.visible_to(marta.as_actor()).get() == ticket
    assert not access.visible_to(cast.actor("piotr")).exists()
    first = ticket.messages.get()
    add_answer(
        cast.actor("olena"),
        ticket,
        NewMessage(html="<p>Use <b>water</b><script>x</script></p>"),
        last_seen=first.pk,
    )
    ticket.refresh_from_db()
    assert (ticket.state, ticket.is_news, ticket.version) == ("open", False, 2)
    add_note(cast.actor("taras"), ticket, NewMessage(text="secret"))
    assert access.messages_visible_to(marta.as_actor()).count() == 2
    change_status(cast.actor("olena"), ticket, "resolved")
    add_client_message(SYSTEM, ticket, NewMessage(text="again", contact=marta, channel="email"))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopenings, ticket.is_news) == ("open", 1, True)
    with pytest.raises(Conflict):
        add_answer(cast.actor("olena"), ticket, NewMessage(text="late"), last_seen=first.pk)
    claim(cast.actor("olena"), ticket)
    with pytest.raises(Conflict):
        claim(cast.actor("taras"), ticket)
    with pytest.raises(NotVisible):
        access.get(cast.actor("marek"), ticket.number)
    assign(cast.actor("olena"), ticket, agent=None, team=cast.second_line)
    assert access.get(cast.actor("marek"), ticket.number) == ticket
    assert Event.objects.filter(object_kind="ticket", object_id=ticket.pk).count() >= 7
