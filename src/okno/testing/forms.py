"""A request form for tests: a choice, what hangs on it, a heading, and an attribute of the installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from okno.core.actor import SYSTEM
from okno.fields.models import Attribute
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute
from okno.fields.rules import Kind, Option
from okno.workflow.items import Item
from okno.workflow.models import RequestForm
from okno.workflow.operations.forms import FormFacts, create_form
from okno.workflow.rules import Check, ItemKind, When

WAYS = (Option("ssh", {"en": "By SSH", "pl": "Przez SSH"}), Option("panel", {"en": "By the panel"}))
BY_SSH = When("way", Check.IS, ("ssh",))


def question(code: str, label: str, kind: Kind = Kind.LINE, **facts: Any) -> Item:
    """A question called so in English."""
    return Item(code, ItemKind.QUESTION, {"en": label}, holds=kind, **facts)


def items() -> list[Item]:
    """How somebody signs in, and from where if it is by SSH."""
    return [
        Item("intro", ItemKind.HEADING, {"en": "About your access"}, {"en": "So that we can repeat it."}),
        question("way", "How do you sign in?", Kind.LIST, options=WAYS, is_required=True),
        question("port", "Which port?", Kind.NUMBER, when=BY_SSH, is_required=True),
        question("error", "What does it say?", Kind.TEXT),
    ]


def make_form(more: Sequence[Item] = (), **facts: Any) -> RequestForm:
    """The form, for incidents unless said otherwise."""
    told = {
        "names": {"en": "Cannot sign in"},
        "types": ["incident"],
        "guidances": {"en": "Send a picture."},
    } | facts
    return create_form(SYSTEM, FormFacts(items=[*items(), *more], **told))


def make_attribute(code: str = "floor", for_clients: str = "filled", kind: str = "line", **facts: Any) -> Attribute:
    """An attribute of tickets, which clients fill in unless said otherwise."""
    return create_attribute(
        SYSTEM, AttributeFacts("ticket", kind, {"en": code.title()}, code=code, for_clients=for_clients, **facts)
    )


def asks(code: str, **facts: Any) -> Item:
    """An item that asks for the attribute of this code."""
    return Item(code, ItemKind.ATTRIBUTE, attribute=code, **facts)
