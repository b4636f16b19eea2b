"""Canaries: what only agents may know is in nothing that a client can get (T20), nor that another agent can (T21)."""

from __future__ import annotations

import email
import email.policy
import io
import re
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from okno.api.operations.tokens import create_token
from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.config.hearing import Hearing
from okno.core import drains, files
from okno.core.actor import SYSTEM
from okno.core.live import Change
from okno.people.levels import LEVELS
from okno.people.models import Affiliation, Agent, User
from okno.people.operations.portal_access import give_access, set_levels
from okno.testing.cast import Cast
from okno.tickets import access
from okno.tickets.models import Attachment, Ticket
from okno.tickets.operations.assigning import assign
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage, add_answer, add_client_message, add_note
from okno.tickets.operations.people import add_watcher
from okno.workflow.models import TicketType
from tests.test_url_matrix import ROUTES

CANARY = "kanarienvogel"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """A conversation with Jan in which private things were said between the public ones."""
    Mailbox.objects.create(name="Support", address="support@vikno.example", is_default=True)
    olena = cast.actor("olena")
    made = create_ticket(
        SYSTEM,
        NewTicket(
            subject="Slow login", channel="email", contact=cast.jan, requester_address="jan@nordwind.example",
            message=NewMessage(text="It is slow", contact=cast.jan, channel="email", author_address="jan@nordwind.example"),
        ),
    )  # fmt: skip
    assign(olena, made, agent=cast.olena, team=cast.first_line)
    note_file = files.store(f"{CANARY} in a file".encode())
    add_note(
        olena, made,
        NewMessage(html=f"<p>{CANARY} in a note</p>", files=[NewFile(note_file, f"{CANARY}.txt", "text/plain")]),
    )  # fmt: skip
    add_answer(olena, made, NewMessage(html="<p>We look into it.</p>"))
    add_client_message(SYSTEM, made, NewMessage(text="Thanks", contact=cast.jan, channel="email"))
    add_note(cast.actor("taras"), made, NewMessage(text=f"second {CANARY}"))
    add_answer(olena, made, NewMessage(html="<p>Solved.</p>"), then_status="resolved")
    create_ticket(
        olena,
        NewTicket(
            subject=f"{CANARY} internal", channel="desk", contact=cast.jan, assignee=cast.olena, team=cast.first_line,
            type=TicketType.objects.get(code="task"), message=NewMessage(text=f"internal {CANARY}"),
        ),
    )  # fmt: skip
    drains.run_until_empty("events")
    made.refresh_from_db()
    return made


def everything_in(raw: bytes) -> str:
    """Headers and all decoded parts of a letter."""
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [str(value) for part in letter.walk() for value in part.values()]
    leaves = [part for part in letter.walk() if not part.is_multipart()]
    parts += [(part.get_payload(decode=True) or b"").decode("utf-8", "replace") for part in leaves]
    return "\n".join(parts).lower()


def test_no_letter_holds_what_is_private_t20(ticket: Ticket) -> None:
    letters = OutgoingLetter.objects.filter(ticket=ticket, kind="answer")
    assert letters.count() == 2
    last = everything_in(files.read(letters.latest("id").raw))
    assert "we look into it" in last  # the history is quoted, so the canary had its chance
    for letter in OutgoingLetter.objects.all():
        assert CANARY not in everything_in(files.read(letter.raw))


def test_no_query_for_the_contact_holds_what_is_private_t20(ticket: Ticket, cast: Cast) -> None:
    jan = cast.actor("jan")
    assert access.visible_to(jan).get() == ticket
    texts = list(access.messages_visible_to(jan).values_list("text", "html", "quoted_text", "quoted_html"))
    assert len(texts) == 4
    assert CANARY not in str(texts)
    assert not access.attachments_visible_to(jan).exists()


def test_no_page_for_a_signed_in_contact_holds_what_is_private_t20(ticket: Ticket, cast: Cast) -> None:
    cast.jan.user = User.objects.create_user("jan@nordwind.example", "a long password 1")
    cast.jan.save()
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.jan.user)
    assert crawl(browser, ticket) > 40


def test_nothing_reaches_an_agent_without_the_right_t21(ticket: Ticket, cast: Cast) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.marek.user)
    assert crawl(browser, ticket) > 40
    for words in (CANARY, "Slow login", str(ticket.number), f"#{ticket.number}", "jan@nordwind.example"):
        for path in (reverse("desk:tickets"), reverse("desk:jump")):
            page = browser.get(path, {"q": words}).content.decode().lower()
            assert "we look into it" not in page
            assert f"/tickets/{ticket.number}/" not in page
    counts = browser.get(reverse("desk:sections")).content.decode()
    assert "nav-total" not in counts
    answer = browser.get("/api/v1/tickets", headers=bearer(cast.marek))
    assert answer.json()["items"] == []


def test_no_page_for_a_colleague_with_every_level_holds_what_is_private_t20(ticket: Ticket, cast: Cast) -> None:
    """Piotr sees all tickets of Jan's company and of those that it supervises: the same crawl, the same silence."""
    Affiliation.objects.filter(contact=cast.piotr).update(company=cast.nordwind)
    user = give_access(SYSTEM, cast.piotr).user
    assert user is not None
    set_levels(SYSTEM, cast.piotr, {cast.nordwind.pk: set(LEVELS)})
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    page = browser.get(reverse("portal:request", args=[ticket.number]))
    assert "We look into it" in page.content.decode(), "the canary had its chance"
    assert crawl(browser, ticket) > 40


def test_no_page_for_a_client_holds_a_word_of_another_clients_ticket_t14(ticket: Ticket, cast: Cast) -> None:
    """Marta has every level in her own company, and Jan's company is none of hers."""
    user = give_access(SYSTEM, cast.marta).user
    assert user is not None
    set_levels(SYSTEM, cast.marta, {cast.kawa.pk: set(LEVELS)})
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    for words in ("Slow login", str(ticket.number), "jan@nordwind.example", "Nordwind"):
        page = browser.get(reverse("portal:requests"), {"q": words}).content.decode()
        assert f"/requests/{ticket.number}/" not in page
    assert browser.get(reverse("portal:request", args=[ticket.number])).status_code == 404
    assert crawl(browser, ticket, b"slow login") > 40


def bearer(agent: Agent) -> dict[str, str]:
    scopes = ["tickets:read", "tickets:write", "people:read"]
    _token, secret = create_token(agent.as_actor(), agent, name="test", scopes=scopes)
    return {"Authorization": f"Bearer {secret}"}


def crawl(browser: Client, ticket: Ticket, secret: bytes = CANARY.encode()) -> int:
    """Asks every URL of the product for the ids of the private things; counts how many answered."""
    tokens = list(Attachment.objects.values_list("token", flat=True))
    values = {
        "number": [str(number) for number in Ticket.objects.values_list("number", flat=True)],
        "pk": [str(pk) for pk in ticket.messages.values_list("pk", flat=True)],
        "token": tokens,
        "kind": ["answer", "note"],
    }
    asked = 0
    for pattern, _name, _view in ROUTES:
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        for value in values.get(names[0], ["1"]) if names else [""]:
            path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match, v=value: v or "1", pattern, count=1)
            path = re.sub(r"<(?:\w+:)?(\w+)>", "note", path)
            answer = browser.get(path)
            asked += 1
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert secret not in body.lower(), path
    return asked


def test_a_watcher_sees_it_so_the_canary_sings_t21(ticket: Ticket, cast: Cast) -> None:
    """The same crawl finds the canary for somebody who may see it: the test itself can fail."""
    add_watcher(SYSTEM, ticket, agent=cast.marek)
    browser = Client()
    browser.force_login(cast.marek.user)
    assert CANARY in browser.get(reverse("desk:ticket", args=[ticket.number])).content.decode()


def test_nothing_of_the_portal_holds_what_is_private_t20_t21(ticket: Ticket, cast: Cast) -> None:
    """Lists, search, files of lists, what is told meanwhile, and what live pages hear of."""
    cast.jan.user = User.objects.create_user("jan@nordwind.example", "a long password 1")
    cast.jan.save()
    browser = Client()
    browser.force_login(cast.jan.user)
    words = (
        "",
        CANARY,
        f"{CANARY} in a note",
        f"{CANARY}.txt",
        "internal",
        "Slow login",
        "look into",
        str(ticket.number),
    )
    pages = [
        f"/portal/{where}?q={word}"
        for where in ("requests/", "journal/", "export/csv/", "export/xlsx/")
        for word in words
    ]
    pages += [
        f"/portal/requests/{ticket.number}/",
        f"/portal/requests/{ticket.number}/talk/",
        "/portal/news/?after=0",
    ]
    for path in pages:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        texts = [*unpacked(body), str(answer.headers).lower()]
        hits = [text for text in texts if CANARY in text.replace(f'value="{CANARY}', "").replace(f"q={CANARY}", "")]
        assert not hits, path
    assert f'id="row-{ticket.number}"' in browser.get("/portal/requests/?q=look into").content.decode()
    assert 'id="row-' not in browser.get(f"/portal/requests/?q={CANARY}").content.decode()


def unpacked(body: bytes) -> list[str]:
    """The body as text; of a workbook its parts."""
    if not body.startswith(b"PK"):
        return [body.decode("utf-8", "replace").lower()]
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return [book.read(name).decode("utf-8", "replace").lower() for name in book.namelist()]


def test_live_pages_of_a_client_hear_of_public_things_only_t20_t21(ticket: Ticket, cast: Cast) -> None:
    private = Change(f"ticket:{ticket.pk}", {"private": True})
    public, internal = Change(f"ticket:{ticket.pk}"), Ticket.objects.get(is_internal=True)
    others = [Change(f"ticket:{internal.pk}"), Change(f"presence:{ticket.pk}"), Change("deliveries")]
    jan = cast.actor("jan")
    assert Hearing().topics(jan, [private, *others, Change(f"read:{cast.jan.pk + 1}")]) == []
    assert f"ticket:{ticket.pk}" in Hearing().topics(jan, [public])
    assert Hearing().topics(cast.actor("marta"), [public]) == []
    assert Hearing().topics(jan, [Change(f"read:{cast.jan.pk}")]) == [f"read:{cast.jan.pk}"]
