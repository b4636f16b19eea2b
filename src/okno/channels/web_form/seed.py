"""The demo's part of web forms: a form on the company's website."""

from __future__ import annotations

from okno.channels.web_form.models import WebForm
from okno.channels.web_form.operations.forms import FormFacts, create_form
from okno.channels.web_form.rules import Field
from okno.core.actor import Actor
from okno.people.models import Team

DEVICE = {
    "en": "Device or program",
    "ru": "Устройство или программа",
    "uk": "Пристрій або програма",
    "pl": "Urządzenie lub program",
}


def add_web_form(actor: Actor, team: Team) -> WebForm:
    """A form that asks who, what and with which device; it has the demo's first line as its team."""
    asked = [
        Field("name"),
        Field("email", required=True),
        Field("text", required=True),
        Field("own_1", labels=DEVICE),
        Field("files"),
    ]
    return create_form(actor, FormFacts(name="vikno.example", asked=asked, team=team, colour="#1f6f8b"))
