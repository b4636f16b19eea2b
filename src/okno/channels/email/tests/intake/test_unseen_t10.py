"""Marks of direction and other unseen characters of letters enter neither subjects nor names."""

from __future__ import annotations

from email.header import Header

import pytest

from okno.channels.email.tests.writing import SUPPORT, take
from okno.core import files
from okno.testing.cast import Cast
from okno.tickets.models import Ticket

pytestmark = pytest.mark.django_db


def encoded(text: str) -> str:
    return Header(text, "utf-8").encode(linesep="\r\n")


def raw(subject: str, name: str, text: str = "Hello") -> bytes:
    head = [
        f"From: {encoded(name)} <ewa@visitor.example>",
        f"To: {SUPPORT}",
        f"Cc: {encoded(name)} <copy@visitor.example>",
        f"Subject: {encoded(subject)}",
        "Message-ID: <1@visitor.example>",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return "\r\n".join([*head, "", text, ""]).encode()


def test_unseen_characters_enter_no_subject_and_no_name_t10(cast: Cast) -> None:
    marks = "\u202e\u2066\u200f\u061c\u2069\u200e\u202a"
    letter = raw(f"{marks}invoice {marks}fdp.exe", f"Ewa{marks} Lis{marks}")
    taken = take(letter)
    ticket = Ticket.objects.get()
    assert ticket.subject == "invoice fdp.exe"
    assert ticket.messages.get().author_name == "Ewa Lis"
    assert {one.name for one in ticket.participants.all()} == {"Ewa Lis"}
    assert ticket.contact is not None
    assert ticket.contact.name == "Ewa Lis"
    assert files.read(taken.raw) == letter


def test_a_subject_of_nothing_that_is_seen_is_that_of_the_text_t10(cast: Cast) -> None:
    take(raw("\u202e\u200b", "\u202e\u200b", "\u202e\u200b\n\u2066The oven is cold"))
    ticket = Ticket.objects.get()
    assert ticket.subject == "The oven is cold"
    assert ticket.messages.get().author_name == "ewa"
