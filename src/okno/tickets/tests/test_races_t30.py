"""T30: fifty at once on one ticket. One owner, nothing lost, nothing sent past what one has seen."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.db import connection

from okno.core.actor import SYSTEM
from okno.core.faults import Conflict, Fault
from okno.core.models import Event
from okno.testing.cast import Cast, agent
from okno.tickets.models import StatusInterval, Ticket
from okno.tickets.operations.assigning import assign, claim
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.status import change_status
from okno.tickets.tests.standing import new_ticket, told

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
MANY = 50
PATIENCE = 40  # seconds, on a machine that does much else


def all_at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Runs each in a thread of its own; ``done`` or what it was refused with, in their order."""
    start, ends = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            act()
            ends[place] = "done"
        except Fault as fault:
            ends[place] = fault.code
        except Exception as error:  # a deadlock shows here, and fails the test
            ends[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return ends


@pytest.mark.parametrize("role", ["lead", "specialist"])
def test_fifty_claim_and_one_becomes_the_owner_t30(cast: Cast, role: str) -> None:
    ticket = new_ticket(cast)
    actors = [agent(f"A{n}", f"a{n}@vikno.example", role, password=None).as_actor() for n in range(MANY)]
    ends = all_at_once([lambda actor=actor: claim(actor, ticket) for actor in actors])
    assert ends.count("done") == 1
    # A specialist who comes so late that the ticket is out of sight already hears that there is none.
    late = {"already_taken"} if role == "lead" else {"already_taken", "not_found"}
    assert set(ends) - {"done"} <= late
    ticket.refresh_from_db()
    assert ticket.assignee_id == actors[ends.index("done")].id
    assert ticket.version == 2
    assert [data["after"]["agent"]["id"] for data in told(ticket, "ticket.assigned")] == [ticket.assignee_id]


def test_fifty_change_one_ticket_and_nothing_is_lost_t30(cast: Cast) -> None:
    ticket = new_ticket(cast)
    seen, version = ticket.messages.get().pk, ticket.version
    olena, taras = cast.actor("olena"), cast.actor("taras")

    def client_writes() -> None:
        add_client_message(SYSTEM, ticket, NewMessage(text="me", contact=cast.marta))

    kinds: dict[str, Callable[[], object]] = {
        "assign": lambda: assign(olena, ticket, agent=cast.taras, team=None),
        "stale assign": lambda: assign(olena, ticket, agent=cast.olena, team=None, expected_version=version),
        "claim": lambda: claim(taras, ticket),
        "answer": lambda: add_answer(taras, ticket, NewMessage(text="answer")),
        "stale answer": lambda: add_answer(olena, ticket, NewMessage(text="stale"), last_seen=seen),
        "note": lambda: add_note(taras, ticket, NewMessage(text="note")),
        "status": lambda: change_status(olena, ticket, "resolved"),
        "stale status": lambda: change_status(taras, ticket, "waiting", expected_version=version),
        "client": client_writes,
        "stale answer too": lambda: add_answer(taras, ticket, NewMessage(text="stale"), last_seen=seen),
    }
    client_writes()  # so that every answer that saw only the first message is stale from the start
    names = list(kinds) * (MANY // len(kinds))
    ends = all_at_once([kinds[name] for name in names])
    done = Counter(name for name, end in zip(names, ends, strict=True) if end == "done")
    allowed = {"done", "already_taken", "stale_conversation", "conflict", "no_transition"}
    assert set(ends) <= allowed, [end for end in ends if end not in allowed]
    assert [done[name] for name in names if name.startswith("stale")] == [0] * (MANY * 4 // 10)
    assert [done[name] for name in ("answer", "note", "client", "assign")] == [MANY // 10] * 4
    ticket.refresh_from_db()
    assert ticket.version == version + 1 + done.total()
    assert ticket.message_count == ticket.messages.count() == 2 + done["answer"] + done["note"] + done["client"]
    assert not ticket.messages.filter(text="stale").exists()
    check_history(ticket)


def check_history(ticket: Ticket) -> None:
    """Each message is told once, each change begins where the one before ended, and so do the intervals."""
    told_of = [
        *told(ticket, "ticket.message_added"),
        *told(ticket, "ticket.note_added"),
        *told(ticket, "ticket.created"),
    ]
    assert sorted(data["message"] for data in told_of) == sorted(ticket.messages.values_list("pk", flat=True))
    for kind, present in (("ticket.status_changed", ticket.status.code), ("ticket.assigned", None)):
        changes = told(ticket, kind)
        for before, after in pairwise(changes):
            assert before["after"] == after["before"]
        if present:
            assert changes[-1]["after"] == present
    rows = list(StatusInterval.objects.filter(ticket=ticket).order_by("id"))
    assert [row.left_at for row in rows[:-1]] == [row.entered_at for row in rows[1:]]
    assert rows[-1].left_at is None
    assert rows[-1].status_id == ticket.status_id
    assert len(rows) == 1 + len(told(ticket, "ticket.status_changed"))
    assert not Event.objects.filter(object_kind="ticket").exclude(object_id=ticket.pk).exists()


def test_a_double_click_sends_the_file_and_the_answer_once_t30(cast: Cast) -> None:
    """Two who take the same file: one message has it, the other is refused whole."""
    from okno.tickets.operations.drafts import attach_to_draft, open_draft

    ticket, olena = new_ticket(cast), cast.actor("olena")
    file = attach_to_draft(olena, open_draft(olena, ticket, "answer"), name="a.txt", content=b"a")
    ends = all_at_once([lambda: add_answer(olena, ticket, NewMessage(text="Here", attachments=[file]))] * 8)
    assert Counter(ends) == {"done": 1, "invalid": 7}
    assert ticket.messages.count() == 2
    with pytest.raises(Conflict):
        add_answer(olena, ticket, NewMessage(text="x"), last_seen=ticket.messages.earliest("id").pk)
