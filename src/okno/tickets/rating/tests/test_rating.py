"""Rating a solution: who it is about, changes of mind, rounds, words, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from okno.core import clock
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.testing.cast import Cast
from okno.tickets.models import Participant, Rating
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.deciding import accept_solution, take_up_again
from okno.tickets.operations.messages import NewMessage, add_answer
from okno.tickets.operations.people import add_participant
from okno.tickets.operations.rating import rate
from okno.tickets.operations.status import change_status
from okno.tickets.rating.tests.acting import again, choose, link, new_ticket, opened, requester, says, solved
from okno.tickets.tests.standing import everything, told


def test_a_rating_is_stored_marked_and_told(cast: Cast) -> None:
    ticket = new_ticket(cast)
    assign(cast.actor("olena"), ticket, agent=cast.marek, team=cast.second_line)
    change_status(cast.actor("taras"), ticket, "resolved")
    assign(cast.actor("olena"), ticket, agent=cast.olena, team=cast.first_line)
    rating = rate(opened(link(again(ticket))).actor, ticket, says(1, comment=" Slow. "))
    assert (rating.score, rating.share, rating.level, rating.comment) == (1, 0, 1, "Slow.")
    assert (rating.agent, rating.team) == (cast.marek, cast.second_line), "those who had it when it was solved"
    assert (rating.contact, rating.author_name, rating.round) == (cast.marta, "Marta Nowak", 1)
    assert again(ticket).rating == 1
    assert told(ticket, "ticket.rated") == [
        {
            "rating": rating.pk,
            "round": 1,
            "scale": "smileys_3",
            "score": 1,
            "share": 0,
            "level": 1,
            "before": None,
            "has_comment": True,
            "way": "letter",
            "agent": cast.marek.pk,
            "team": cast.second_line.pk,
        }
    ]


def test_what_nobody_had_is_the_work_of_who_solved_it(cast: Cast) -> None:
    ticket = new_ticket(cast)
    add_answer(cast.actor("taras"), ticket, NewMessage(html="<p>Done</p>"), then_status="resolved")
    assert rate(opened(link(again(ticket))).actor, ticket, says(3)).agent == cast.taras


def test_a_change_of_mind_is_one_rating_and_tells_the_former(cast: Cast) -> None:
    ticket = solved(cast)
    marta = opened(link(ticket)).actor
    rate(marta, ticket, says(1, comment="Slow."))
    rate(marta, ticket, says(3))
    rating = Rating.objects.get()
    assert (rating.score, rating.comment, again(ticket).rating) == (3, "Slow.", 3)
    assert rating.changed_at is not None
    assert [data["before"] for data in told(ticket, "ticket.rated")] == [None, 1]
    before = everything(ticket)["events"]
    rate(marta, ticket, says(3))
    assert everything(ticket)["events"] == before, "saying the same again is nothing new"


def test_a_rating_settles_after_its_days(cast: Cast) -> None:
    ticket = solved(cast)
    marta = opened(link(ticket)).actor
    rate(marta, ticket, says(1))
    with clock.frozen_at(clock.now() + timedelta(days=8)), pytest.raises(Conflict) as caught:
        rate(marta, ticket, says(3))
    assert caught.value.code == "rating_settled"


def test_a_new_solution_is_a_new_round_and_the_earlier_rating_stays(cast: Cast) -> None:
    ticket = solved(cast)
    rate(opened(link(ticket)).actor, ticket, says(1))
    take_up_again(opened(link(ticket)).actor, ticket, NewMessage(text="Still cold"))
    with pytest.raises(Conflict) as caught:
        rate(opened(link(again(ticket))).actor, ticket, says(3))
    assert caught.value.code == "rating_not_done"
    assert again(ticket).rating == 1
    change_status(cast.actor("marek"), again(ticket), "resolved")
    rate(opened(link(again(ticket))).actor, ticket, says(3))
    assert list(Rating.objects.order_by("round").values_list("round", "score")) == [(1, 1), (2, 3)]
    assert again(ticket).rating == 3
    assert again(ticket).reopenings == 1


def test_others_in_copy_rate_where_the_settings_let_them_and_the_worst_marks(cast: Cast) -> None:
    ticket = new_ticket(cast)
    boss = add_participant(cast.actor("olena"), ticket, "boss@kawa.example", name="Boss")
    change_status(cast.actor("olena"), ticket, "resolved")
    token = link(again(ticket), boss)
    with pytest.raises(Conflict) as caught:
        rate(opened(token).actor, ticket, says(1))
    assert caught.value.code == "rating_not_asked"
    choose(who="participants")
    rate(opened(link(again(ticket))).actor, ticket, says(3))
    rating = rate(opened(token).actor, ticket, says(1))
    assert (rating.contact, rating.author_name) == (None, "boss@kawa.example"), (
        "the address, not a chosen name (T4)"
    )
    assert again(ticket).rating == 1


def test_a_signed_in_contact_rates_his_own_ticket(cast: Cast) -> None:
    ticket = solved(cast, requester_is_proven=True)
    assert rate(cast.actor("marta"), ticket, says(2)).participant == requester(ticket)
    with pytest.raises(NotVisible):
        rate(cast.actor("jan"), ticket, says(2))


def test_employees_do_not_rate(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        rate(cast.actor("olena"), solved(cast), says(3))


@pytest.mark.parametrize(
    ("chosen", "code"),
    [({"is_on": False}, "rating_off"), ({"types_left_out": ["request"]}, "rating_type")],
)
def test_what_is_not_asked_for_is_refused(cast: Cast, chosen: dict[str, object], code: str) -> None:
    ticket = solved(cast)
    token = link(ticket)
    choose(**chosen)
    with pytest.raises(Conflict) as caught:
        rate(opened(token).actor, ticket, says(3))
    assert caught.value.code == code


@pytest.mark.parametrize("score", [0, 4, -1, 99])
def test_a_score_that_is_not_on_the_scale_is_refused(cast: Cast, score: int) -> None:
    ticket = solved(cast)
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        rate(opened(link(ticket)).actor, ticket, says(score))
    assert list(caught.value.fields) == ["score"]
    assert everything(ticket) == before


def test_needed_words_are_asked_for_after_the_click_and_the_score_stays(cast: Cast) -> None:
    choose(comment="bad")
    ticket = solved(cast)
    marta = opened(link(ticket)).actor
    rate(marta, ticket, says(1))
    with pytest.raises(Invalid) as caught:
        rate(marta, ticket, says(1, comment="  "))
    assert list(caught.value.fields) == ["comment"]
    assert Rating.objects.get().score == 1
    rate(marta, ticket, says(1, comment="Cold", question="What else?", answer="Nothing"))
    rating = Rating.objects.get()
    assert (rating.comment, rating.follow_up_question, rating.follow_up) == ("Cold", "What else?", "Nothing")


def test_words_without_an_end_are_refused(cast: Cast) -> None:
    ticket = solved(cast)
    marta = opened(link(ticket)).actor
    with pytest.raises(Invalid) as caught:
        rate(marta, ticket, says(1, comment="x" * 5001))
    assert list(caught.value.fields) == ["comment"]


def test_a_closed_ticket_is_rated_too(cast: Cast) -> None:
    ticket = solved(cast)
    accept_solution(opened(link(ticket)).actor, ticket)
    assert again(ticket).status.code == "closed"
    rate(opened(link(again(ticket))).actor, ticket, says(3))
    assert again(ticket).rating == 3


def test_a_removed_participant_leaves_the_rating(cast: Cast) -> None:
    ticket = solved(cast)
    rate(opened(link(ticket)).actor, ticket, says(2))
    Participant.objects.filter(ticket=ticket).delete()
    rating = Rating.objects.get()
    assert (rating.participant, rating.author_name, rating.contact) == (None, "Marta Nowak", cast.marta)
