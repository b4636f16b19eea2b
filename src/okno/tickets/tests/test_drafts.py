"""Drafts: one per agent, ticket and kind; nothing that others do touches them (W9)."""

from __future__ import annotations

import pytest

from okno.core import files
from okno.core.actor import SYSTEM, Actor
from okno.core.faults import Forbidden, Invalid, NotVisible
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Attachment, Draft, Ticket
from okno.tickets.operations import drafts
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.drafts import attach_to_draft, detach_from_draft, discard_draft, draft_of, save_draft
from okno.tickets.operations.messages import NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.status import change_status
from okno.tickets.operations.uploading import upload, uploads_of
from okno.tickets.tests.standing import everything, new_ticket


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    return new_ticket(cast)


def file_in(actor: Actor, ticket: Ticket | None, kind: str, name: str = "plan.txt") -> Attachment:
    return attach_to_draft(actor, drafts.open_draft(actor, ticket, kind), name=name, content=name.encode())


def test_each_agent_ticket_and_kind_has_its_own(cast: Cast, ticket: Ticket) -> None:
    other = new_ticket(cast, subject="Other")
    places = [
        (who, of, kind) for who in ("olena", "taras") for of in (ticket, other) for kind in ("answer", "note")
    ]
    places += [("olena", None, "new"), ("taras", None, "new")]
    for who, of, kind in places * 2:
        save_draft(cast.actor(who), of, kind, body=f"<p>{who} {of} {kind}</p>")
    assert Draft.objects.count() == len(places)
    for who, of, kind in places:
        draft = draft_of(cast.actor(who), of, kind)
        assert draft is not None
        assert draft.html == f"<p>{who} {of} {kind}</p>"
    discard_draft(cast.actor("olena"), ticket, "answer")
    assert draft_of(cast.actor("olena"), ticket, "answer") is None
    assert Draft.objects.count() == len(places) - 1


def test_nothing_that_others_do_touches_it(cast: Cast, ticket: Ticket) -> None:
    taras, olena = cast.actor("taras"), cast.actor("olena")
    save_draft(taras, ticket, "answer", body="<p>Half a thought<script>x</script></p>", seen_message=7)
    file_in(taras, ticket, "answer")
    before = {name: everything(ticket)[name] for name in ("drafts",)}
    files_before = list(Attachment.objects.filter(draft__agent=cast.taras).values())
    save_draft(olena, ticket, "answer", body="<p>Mine</p>")
    file_in(olena, ticket, "answer", "mine.txt")
    add_client_message(SYSTEM, ticket, NewMessage(text="Me again", contact=cast.marta))
    add_answer(olena, ticket, NewMessage(text="Answered"))
    add_note(olena, ticket, NewMessage(text="Noted"))
    change_status(olena, ticket, "closed")
    assign(olena, ticket, agent=cast.olena, team=None)
    discard_draft(olena, ticket, "answer")
    assert everything(ticket)["drafts"] == before["drafts"]
    assert list(Attachment.objects.filter(draft__agent=cast.taras).values()) == files_before
    assert before["drafts"][0]["html"] == "<p>Half a thought</p>"


def test_fields_and_last_seen_stay_when_they_are_not_given(cast: Cast) -> None:
    olena = cast.actor("olena")
    save_draft(olena, None, "new", body="<p>a</p>", fields={"subject": "S"}, seen_message=3)
    draft = save_draft(olena, None, "new", body="<p>b</p>")
    assert (draft.html, draft.fields, draft.seen_message) == ("<p>b</p>", {"subject": "S"}, 3)


def test_only_who_sees_the_ticket_writes_drafts_of_it(cast: Cast, ticket: Ticket) -> None:
    assign(cast.actor("olena"), ticket, agent=cast.olena, team=None)
    with pytest.raises(NotVisible):
        save_draft(cast.actor("marek"), ticket, "note", body="x")
    for actor in (cast.actor("marta"), SYSTEM):
        with pytest.raises(Forbidden):
            save_draft(actor, ticket, "note", body="x")
    assert not Draft.objects.exists()


def test_a_client_with_an_employees_number_is_not_that_employee_t14(cast: Cast, ticket: Ticket) -> None:
    save_draft(cast.actor("olena"), ticket, "note", body="<p>canary</p>")
    kept = file_in(cast.actor("olena"), ticket, "note")
    waiting = upload(cast.actor("olena"), name="a.txt", content=b"a")
    twin = Actor(kind="contact", id=cast.olena.pk, name="Twin")
    assert draft_of(twin, ticket, "note") is None
    discard_draft(twin, ticket, "note")
    with pytest.raises(NotVisible):
        detach_from_draft(twin, kept.token)
    with pytest.raises(NotVisible):
        attach_to_draft(twin, kept.draft or Draft(), name="x", content=b"x")
    with pytest.raises(Invalid):
        uploads_of(twin, [waiting.token])
    assert draft_of(cast.actor("olena"), ticket, "note") is not None
    assert not access.attachments_visible_to(twin).exists()


@pytest.mark.parametrize("kind", ["note", "new", "answer of another", "answer of another ticket", "sent", "canned"])
def test_files_of_a_notes_draft_never_go_into_the_answer_t20(cast: Cast, ticket: Ticket, kind: str) -> None:
    """W9: nor any other file than those of one's own draft of this very answer."""
    olena, taras = cast.actor("olena"), cast.actor("taras")
    match kind:
        case "note":
            secret = file_in(olena, ticket, "note")
        case "new":
            secret = file_in(olena, None, "new")
        case "answer of another":
            secret = file_in(taras, ticket, "answer")
        case "answer of another ticket":
            secret = file_in(olena, new_ticket(cast, contact=cast.jan), "answer")
        case "sent":
            secret = file_in(olena, ticket, "note")
            add_note(olena, ticket, NewMessage(text="With a file", attachments=[secret]))
        case _:
            stored = files.store(b"x")
            secret = Attachment.objects.create(token="loose", file=stored, name="loose", size=1)
    before = everything(ticket)
    with pytest.raises(Invalid) as caught:
        add_answer(olena, ticket, NewMessage(text="Here", attachments=[secret]))
    assert list(caught.value.fields) == ["attachments"]
    assert everything(ticket) == before


def test_own_files_go_with_the_message_once(cast: Cast, ticket: Ticket) -> None:
    olena = cast.actor("olena")
    chosen = [file_in(olena, ticket, "answer", name) for name in ("b.txt", "a.txt")]
    sent = add_answer(olena, ticket, NewMessage(attachments=[*chosen, upload(olena, name="c.txt", content=b"c")]))
    assert [each.name for each in sent.attachments.order_by("id")] == ["b.txt", "a.txt", "c.txt"]
    with pytest.raises(Invalid):
        add_answer(olena, ticket, NewMessage(text="Twice", attachments=chosen))
    discard_draft(olena, ticket, "answer")
    assert sent.attachments.count() == 3


def test_too_large_and_too_many_files_are_refused_with_the_limit(
    cast: Cast, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "LARGEST_FILE", 10 * 1024)
    monkeypatch.setattr(drafts, "MOST_FILES", 2)
    olena = cast.actor("olena")
    draft = drafts.open_draft(olena, ticket, "answer")
    attach_to_draft(olena, draft, name="fits.bin", content=b"x" * 10 * 1024)
    with pytest.raises(Invalid) as caught:
        attach_to_draft(olena, draft, name="huge.bin", content=b"x" * (10 * 1024 + 1))
    assert list(caught.value.fields) == ["file"]
    assert "huge.bin" in caught.value.message
    attach_to_draft(olena, draft, name="second.bin", content=b"y")
    with pytest.raises(Invalid) as caught:
        attach_to_draft(olena, draft, name="third.bin", content=b"z")
    assert "2" in caught.value.message
    assert draft.attachments.count() == 2


def test_files_of_others_drafts_are_out_of_reach_t14(cast: Cast, ticket: Ticket) -> None:
    kept = file_in(cast.actor("olena"), ticket, "note")
    for who in ("taras", "marta"):
        with pytest.raises(NotVisible):
            detach_from_draft(cast.actor(who), kept.token)
        assert not access.attachments_visible_to(cast.actor(who)).filter(pk=kept.pk).exists()
    detach_from_draft(cast.actor("olena"), kept.token)
    assert not Attachment.objects.exists()
