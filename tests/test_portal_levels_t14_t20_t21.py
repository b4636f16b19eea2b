"""Every access level of a client x every way of the portal to a request: what is open is there, and nothing else is.

One set of companies serves all levels: Ewa works for the bakery, which supervises the shop, and for the mill, which
supervises the inn; the holding owns the bakery and the bank is nobody of theirs.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from okno.config.hearing import Hearing
from okno.core import drains, files
from okno.core.actor import SYSTEM
from okno.core.live import Change
from okno.people.levels import COMPANY, LEVELS, REPORTS, SUPERVISED
from okno.people.models import Company, Contact, Supervision
from okno.people.operations.portal_access import give_access, set_levels
from okno.testing.cast import Cast, company, contact
from okno.tickets.models import Attachment, Message, Ticket
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.messages import NewFile, NewMessage, add_answer, add_note
from okno.tickets.operations.people import add_participant
from okno.tickets.operations.status import change_status
from okno.tickets.search import remember
from okno.workflow.models import TicketType
from tests.test_url_matrix import ROUTES

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
COMMON = "zqeverywhere"
PLACES = ("bakery", "mill", "shop", "inn", "holding", "bank")
OWN = {"own bakery", "own mill", "own private", "copied"}
NEVER = {"internal", "claimed", "holding", "bank"}
"""An internal one of hers; one of the bank that names her without anybody's confirmation; other clients'."""

Levels = dict[str, set[str]]
CASES: list[tuple[Levels, set[str]]] = [
    ({}, set()),
    ({"bakery": {REPORTS}}, set()),
    ({"bakery": {COMPANY}}, {"bakery", "bakery closed"}),
    ({"bakery": {SUPERVISED}}, {"shop"}),
    ({"bakery": {COMPANY, SUPERVISED}}, {"bakery", "bakery closed", "shop"}),
    ({"mill": {COMPANY}}, {"mill"}),
    ({"mill": {SUPERVISED}}, {"inn"}),
    ({"bakery": {COMPANY}, "mill": {SUPERVISED}}, {"bakery", "bakery closed", "inn"}),
    ({"bakery": {SUPERVISED}, "mill": {COMPANY}}, {"shop", "mill"}),
    ({"bakery": set(LEVELS), "mill": set(LEVELS)}, {"bakery", "bakery closed", "shop", "mill", "inn"}),
]


@dataclass
class World:
    """The requests by name, and Ewa, who is signed in."""

    ewa: Contact
    companies: dict[str, Company]
    browser: Client
    tickets: dict[str, Ticket] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    messages: dict[str, int] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)

    def give(self, levels: Levels) -> None:
        self.pages.clear()
        for name in ("bakery", "mill"):
            set_levels(SYSTEM, self.ewa, {self.companies[name].pk: levels.get(name, set())})

    def text(self, path: str, **query: str) -> str:
        """The page, which is there; of a workbook its parts. No private word is in it, nor in its head."""
        answer = self.browser.get(path, query)
        assert answer.status_code == 200, path
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        said = " ".join(unpacked(body)) + str(answer.headers)
        assert CANARY not in said.lower(), path
        return said

    def known(self, path: str) -> str:
        """A page that is the same for all requests, fetched once at each level."""
        if path not in self.pages:
            self.pages[path] = self.text(path)
        return self.pages[path]


def word(name: str) -> str:
    """A word that only this request has."""
    return "zq" + name.replace(" ", "")


def unpacked(body: bytes) -> Iterator[str]:
    if not body.startswith(b"PK"):
        yield body.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        yield from (book.read(each).decode("utf-8", "replace") for each in book.namelist())


def ask(world: World, cast: Cast, name: str, who: Contact, place: Company | None = None, **facts: Any) -> Ticket:
    """A request with public words and a public file, private words and a private file."""
    olena = cast.actor("olena")
    file = NewFile(files.store(f"file of {name}".encode()), f"{word(name)}.txt", "text/plain")
    message = NewMessage(text=f"About {word(name)} {COMMON}", contact=who, channel="portal", files=[file])
    made = create_ticket(SYSTEM, NewTicket(word(name), message, "portal", contact=who, company=place, **facts))
    secret = NewFile(files.store(CANARY.encode()), f"{CANARY}-{word(name)}.txt", "text/plain")
    add_note(olena, made, NewMessage(text=f"{CANARY} {word(name)}", files=[secret]))
    add_answer(olena, made, NewMessage(text="We look into it"))
    world.tickets[name] = made
    world.tokens[name] = Attachment.objects.get(message__ticket=made, message__is_public=True).token
    world.messages[name] = Message.objects.filter(ticket=made, is_public=True).latest("-id").pk
    return made


@pytest.fixture
def world(cast: Cast) -> World:
    places = {name: company(name) for name in PLACES}
    Company.objects.filter(pk=places["bakery"].pk).update(parent=places["holding"])
    Supervision.objects.create(supervisor=places["bakery"], supervised=places["shop"])
    Supervision.objects.create(supervisor=places["mill"], supervised=places["inn"])
    ewa = contact("Ewa", "ewa@bakery.example", places["bakery"], places["mill"])
    user = give_access(SYSTEM, ewa).user
    assert user is not None
    browser = Client()
    browser.force_login(user)
    made = World(ewa, places, browser)
    ask(made, cast, "own bakery", ewa, places["bakery"])
    ask(made, cast, "own mill", ewa, places["mill"])
    ask(made, cast, "own private", ewa)
    Ticket.objects.filter(pk=made.tickets["own private"].pk).update(company=None)
    for name, place in places.items():
        ask(made, cast, name, contact(name, f"max@{name}.example", place), place)
    bank = contact("Bank", "copy@bank.example", places["bank"])
    add_participant(SYSTEM, ask(made, cast, "copied", bank, places["bank"]), "ewa@bakery.example")
    add_participant(SYSTEM, ask(made, cast, "claimed", bank, places["bank"]), "ewa@bakery.example", confirmed=False)
    max_ = Contact.objects.get(name="bakery")
    closed = ask(made, cast, "bakery closed", max_, places["bakery"])
    change_status(cast.actor("olena"), closed, "closed")
    ask(made, cast, "internal", ewa, places["bakery"], type=TicketType.objects.get(code="task"))
    remember([each.pk for each in made.tickets.values()])
    drains.run_until_empty("events")
    return made


Way = Callable[[World, str, Ticket], bool]


def listed(world: World, name: str, ticket: Ticket) -> bool:
    return f'id="row-{ticket.number}"' in world.known(f"/portal/{where(name)}/")


def found_by_its_words(world: World, name: str, ticket: Ticket) -> bool:
    return f'id="row-{ticket.number}"' in world.known(f"/portal/{where(name)}/?q={COMMON}")


def found_by_its_number(world: World, name: str, ticket: Ticket) -> bool:
    return f'id="row-{ticket.number}"' in world.text(f"/portal/{where(name)}/", q=str(ticket.number))


def in_a_workbook(world: World, name: str, _ticket: Ticket) -> bool:
    return f">{word(name)}<" in world.known(f"/portal/export/xlsx/{journal(name)}")


def in_a_csv_file(world: World, name: str, _ticket: Ticket) -> bool:
    return f",{word(name)}," in world.known(f"/portal/export/csv/{journal(name)}")


def where(name: str) -> str:
    return "journal" if name.endswith("closed") else "requests"


def journal(name: str) -> str:
    return "?journal=1" if name.endswith("closed") else ""


def opened(world: World, name: str, ticket: Ticket) -> bool:
    path = f"/portal/requests/{ticket.number}/"
    page = world.browser.get(path)
    if page.status_code == 404:
        assert world.browser.get(f"{path}talk/").status_code == 404
        return False
    said = page.content.decode()
    assert CANARY not in said.lower(), path
    return word(name) in said and word(name) in world.text(f"{path}talk/")


def its_file_is_there(world: World, name: str, _ticket: Ticket) -> bool:
    answer = world.browser.get(f"/portal/files/{world.tokens[name]}/")
    return answer.status_code == 200 and f"file of {name}".encode() in b"".join(answer.streaming_content)


def its_text_is_there(world: World, name: str, _ticket: Ticket) -> bool:
    answer = world.browser.get(f"/portal/messages/{world.messages[name]}/")
    return answer.status_code == 200 and word(name) in answer.content.decode()


def heard_of(world: World, _name: str, ticket: Ticket) -> bool:
    topic = f"ticket:{ticket.pk}"
    assert Hearing().topics(world.ewa.as_actor(), [Change(topic, {"private": True})]) == []
    return topic in Hearing().topics(world.ewa.as_actor(), [Change(topic)])


WAYS: tuple[Way, ...] = (
    listed, found_by_its_words, found_by_its_number, in_a_workbook, in_a_csv_file, opened, its_file_is_there,
    its_text_is_there, heard_of,
)  # fmt: skip


SAME_QUERY = {found_by_its_number, in_a_workbook, its_text_is_there}
"""They are asked at the least and the greatest level only: another way asks the same at every one."""


def test_each_level_opens_by_every_way_what_it_says_and_nothing_more_t14_t20_t21(world: World) -> None:
    wrong = {}
    for levels, opens in CASES:
        world.give(levels)
        expected = OWN | opens
        for way in WAYS if opens in (set(), CASES[-1][1]) else [each for each in WAYS if each not in SAME_QUERY]:
            got = {name for name, ticket in world.tickets.items() if way(world, name, ticket)}
            if got != expected:
                wrong[f"{levels} {way.__name__}"] = (sorted(got - expected), sorted(expected - got))
    assert wrong == {}
    assert NEVER.isdisjoint(OWN.union(*(opens for _levels, opens in CASES)))


@pytest.mark.parametrize("levels", [{}, {"bakery": set(LEVELS), "mill": set(LEVELS)}], ids=["none", "all"])
def test_no_address_of_the_portal_says_or_does_anything_of_what_is_closed_t14_t20_t21(
    world: World, levels: Levels
) -> None:
    """Every route, read and posted to, with the ids of all that is closed at this level."""
    world.give(levels)
    opens = next(opens for case, opens in CASES if case == levels)
    closed = [name for name in world.tickets if name not in OWN | opens]
    before = state_of(world, closed)
    asked = 0
    for pattern, _name, _view in ROUTES:
        if not pattern.startswith("portal/"):
            continue
        for name in closed if "<" in pattern else closed[:1]:
            path = filled(world, pattern, name)
            for method in ("get", "post"):
                answer = getattr(world.browser, method)(path, {"q": word(name), "after": "0"})
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                said = " ".join(unpacked(body)).replace(f'value="{word(name)}"', "").replace(f"q={word(name)}", "")
                assert not [each for each in closed if re.search(rf"{word(each)}\b", said)], (method, path)
                assert CANARY not in said, (method, path)
                if re.match("portal/(requests/<|messages/|files/<)", pattern) and not pattern.endswith("remove/"):
                    assert answer.status_code in {404, 405}, (method, path, answer.status_code)
                asked += 1
    assert asked > 80
    assert state_of(world, closed) == before


def filled(world: World, pattern: str, name: str) -> str:
    values = {
        "number": str(world.tickets[name].number),
        "pk": str(world.messages[name]),
        "token": world.tokens[name],
        "kind": "csv",
    }
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values.get(match[1], "1"), pattern)


def state_of(world: World, names: list[str]) -> list[tuple[object, ...]]:
    rows = Ticket.objects.filter(pk__in=[world.tickets[name].pk for name in names]).order_by("pk")
    counts = rows.values_list(
        "pk", "status", "version", "messages__attachments__id", "participants__id", "ratings__id"
    )
    return list(counts)


def test_the_api_is_closed_to_clients_t14(world: World) -> None:
    """A session of the portal opens no address of the API, whatever the level is."""
    world.give({"bakery": set(LEVELS), "mill": set(LEVELS)})
    for pattern, _name, _view in ROUTES:
        if pattern.startswith("api/v1/") and "openapi" not in pattern:  # the document is for everybody
            answer = world.browser.get(filled(world, pattern, "bakery"))
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert answer.status_code in {401, 403, 404, 405}, (pattern, answer.status_code)
            assert b"zq" not in body, pattern
