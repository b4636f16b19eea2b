"""Links of letters: random, stored hashed, for one person, ticket, purpose and solution; ending and revocable (T23)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from okno.core import clock
from okno.core.faults import NotVisible
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import ClientLink, Participant
from okno.tickets.operations.client_links import Standing, open_link, revoke_links
from okno.tickets.operations.deciding import accept_solution, take_up_again
from okno.tickets.operations.editing import change_client
from okno.tickets.operations.messages import NewMessage, add_note
from okno.tickets.operations.uploading import upload
from okno.tickets.rating.tests.acting import SOLUTION, again, link, new_ticket, opened, requester, solved
from okno.tickets.tests.standing import told


def test_a_token_is_long_random_and_stored_as_a_hash_t23(cast: Cast) -> None:
    ticket = solved(cast)
    tokens = {link(ticket) for _each in range(20)}
    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {32}, "192 bits in base 64"
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(link)::text, ' ') FROM tickets_clientlink link")
        (stored,) = cursor.fetchone()
    assert not any(token in stored for token in tokens)


@pytest.mark.parametrize(
    "token",
    [
        "",
        " ",
        "a",
        "a" * 31,
        "a" * 33,
        "a" * 32,
        "a" * 31 + "\n",
        "ä" * 32,
        "a" * 31 + "/",
        None,
        [],
        ["a" * 32],
        {},
        0,
    ],
)
def test_what_is_no_token_opens_nothing_t23(cast: Cast, token: Any) -> None:
    link(solved(cast))
    assert open_link(token, SOLUTION) is None


def test_the_hash_itself_a_cut_and_another_case_open_nothing_t23(cast: Cast) -> None:
    token = link(solved(cast))
    stored = ClientLink.objects.get().digest
    assert open_link(token, SOLUTION) is not None
    for other in (stored, stored[:32], token[:-1], token + "=", token.swapcase(), f" {token}"):
        assert open_link(other, SOLUTION) is None


def test_a_link_is_for_its_purpose_only_t23(cast: Cast) -> None:
    assert open_link(link(solved(cast)), "password") is None


def test_a_link_ends_t23(cast: Cast) -> None:
    token = link(solved(cast), days=30)
    with clock.frozen_at(clock.now() + timedelta(days=29)):
        assert opened(token).standing is Standing.GOOD
    with clock.frozen_at(clock.now() + timedelta(days=30)):
        assert opened(token).standing is Standing.EXPIRED


def test_links_are_revoked_and_it_is_told_t23(cast: Cast) -> None:
    ticket = solved(cast)
    first, second = link(ticket), link(ticket)
    assert revoke_links(cast.actor("olena"), ticket, "asked") == 2
    assert {opened(each).standing for each in (first, second)} == {Standing.REVOKED}
    assert told(ticket, "ticket.links_revoked") == [{"count": 2, "reason": "asked"}]
    assert revoke_links(cast.actor("olena"), ticket) == 0


def test_another_client_of_the_ticket_makes_them_worthless_t23(cast: Cast) -> None:
    ticket = solved(cast)
    token = link(ticket)
    change_client(cast.actor("olena"), ticket, contact=cast.jan, company=cast.nordwind)
    assert opened(token).standing is Standing.REVOKED


def test_who_is_no_longer_written_to_comes_in_no_more_t23(cast: Cast) -> None:
    ticket = solved(cast)
    token = link(ticket)
    Participant.objects.filter(ticket=ticket).update(is_confirmed=False)
    assert opened(token).standing is Standing.HIDDEN
    with pytest.raises(NotVisible):
        accept_solution(opened(token).actor, ticket)
    Participant.objects.filter(ticket=ticket).delete()
    assert open_link(token, SOLUTION) is None


def test_a_ticket_that_became_internal_is_hidden_t20(cast: Cast) -> None:
    ticket = solved(cast)
    token = link(ticket)
    ticket.is_internal = True
    ticket.save(update_fields=["is_internal"])
    assert opened(token).standing is Standing.HIDDEN
    assert not access.visible_to(opened(token).actor).exists()


def test_a_link_is_about_one_solution_t23(cast: Cast) -> None:
    ticket = solved(cast)
    token = link(ticket)
    take_up_again(opened(token).actor, ticket, NewMessage(text="Still cold"))
    assert opened(token).standing is Standing.MOVED_ON
    assert opened(link(again(ticket))).standing is Standing.MOVED_ON, "there is nothing to decide"


def test_the_holder_sees_one_ticket_and_its_public_words_only_t20(cast: Cast) -> None:
    ticket, other = solved(cast), new_ticket(cast)
    add_note(cast.actor("olena"), ticket, NewMessage(text="CANARY"))
    holder = opened(link(ticket)).actor
    assert list(access.visible_to(holder)) == [ticket]
    assert other not in access.visible_to(holder)
    assert [each.text for each in access.messages_visible_to(holder)] == ["The oven is cold."]
    assert not access.attachments_visible_to(holder).exists()
    for verb in ("note", "assign", "status", "edit"):
        assert not access.may(holder, verb, ticket)


def test_the_holder_who_is_no_contact_sees_no_files_that_wait_t20(cast: Cast) -> None:
    ticket = solved(cast, contact=None, requester_address="ruth@adler.example")
    upload(cast.actor("olena"), name="canary.txt", content=b"CANARY")
    holder = opened(link(ticket)).actor
    assert holder.id is None
    assert not access.attachments_visible_to(holder).exists()


def test_a_link_proves_nothing_for_the_portal_t3(cast: Cast) -> None:
    """Who can read a letter need not be who the address says: the ticket stays out of the contact's portal."""
    ticket = solved(cast)
    accept_solution(opened(link(ticket)).actor, ticket)
    assert not requester(ticket).is_proven
    assert not access.visible_to(cast.actor("marta")).exists()
