"""What the demo's tickets have in their attributes, by words of their subjects."""

from __future__ import annotations

from typing import Any

from okno.fields import seed
from okno.tickets.seed.story import Story

KNOWN: dict[str, dict[str, Any]] = {
    "card terminal": {seed.MODEL: "Ingenico Move 5000", seed.PLACE: "Shop, second till", seed.CAUSE: "network"},
    "stock list prints": {seed.MODEL: "HP LaserJet Pro M404dn", seed.PLACE: "Stockroom", seed.CAUSE: "software"},
    "vpn drops": {seed.PLACE: "2", seed.CAUSE: "network"},
    "scanner for": {seed.MODEL: "Zebra DS2208", seed.PLACE: "Stockroom"},
    "ekspres": {
        seed.MODEL: "Jura GIGA X8",
        seed.PLACE: "Długa 12, sala",
        seed.CAUSE: "hardware",
        seed.ON_SITE: True,
    },
    "paragony": {seed.MODEL: "Posnet Thermal XL2", seed.PLACE: "Kasa 1", seed.CAUSE: "software"},
    "nowy lokal": {seed.PLACE: "Parter", seed.ON_SITE: True},
    "не печатаются": {
        seed.MODEL: "Brother HL-L2375DW",
        seed.PLACE: "1",
        seed.CAUSE: "hardware",
        seed.ON_SITE: True,
    },
    "телефоны": {seed.MODEL: "Yealink T33G", seed.CAUSE: "network"},
    "перенос сервера": {seed.MODEL: "Dell PowerEdge T350", seed.PLACE: "3", seed.ON_SITE: True},
    "каса в аптеці": {seed.MODEL: "Datecs FP-3530T", seed.PLACE: "Зал", seed.CAUSE: "hardware", seed.ON_SITE: True},
    "холодильник": {seed.MODEL: "Pozis ХФ-250", seed.PLACE: "Склад", seed.CAUSE: "hardware", seed.ON_SITE: True},
    "повільний": {seed.MODEL: "MikroTik hAP ac²", seed.CAUSE: "network"},
    "клавіатуру": {seed.MODEL: "Logitech K120", seed.PLACE: "Склад"},
}
"""By a part of the subject in small letters."""

OF_TYPE = {seed.MODEL: ("incident", "request"), seed.PLACE: ("incident", "request"), seed.CAUSE: ("incident",)}


def values_of(story: Story) -> dict[str, Any]:
    """The values of a story's ticket, as far as tickets of its type have them."""
    subject = story.subject.lower()
    found = next((values for part, values in KNOWN.items() if part in subject), {})
    return {code: value for code, value in found.items() if story.type in OF_TYPE.get(code, (story.type,))}
