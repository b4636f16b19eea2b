"""What the demo's clients answered to request forms, by words of the subjects of their requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from okno.tickets.seed.story import Story
from okno.workflow.models import Service


@dataclass(frozen=True)
class Answered:
    """The service that was chosen by its code, and the answers to its form by the codes of items."""

    service: str
    answers: dict[str, Any] = field(default_factory=dict)


TRACE_OUT = """HOST: jan-home                     Loss%   Snt   Last   Avg  Best  Wrst
  1. 192.168.178.1                   0.0%  1000    1.1   1.3   0.8   9.0
  2. 62.155.243.10                   0.1%  1000    8.4   8.9   7.2  31.5
  3. 217.5.118.42                   11.8%  1000   42.6  38.1  11.0 190.4
  4. vpn.nordwind.example           12.1%  1000   44.0  39.7  12.3 188.9"""

KNOWN: dict[str, Answered] = {
    "vpn drops": Answered(
        "internet",
        {
            "what": ["loss", "breaks"],
            "server": "203.0.113.18",
            "own-address": "198.51.100.71",
            "since": "Since Monday, 15:55 to 16:05 every day",
            "elsewhere": "yes",
            "changed-address": "no",
            "there": TRACE_OUT,
            "not-back": "None of us can run mtr on the VPN server.",
        },
    ),
    "повільний інтернет": Answered(
        "internet",
        {
            "what": ["slow"],
            "server": "203.0.113.40",
            "own-address": "192.0.2.115",
            "since": "З дня відкриття, найгірше між 12:00 та 15:00",
            "elsewhere": "no",
            "changed-address": "yes",
            "which-address": "Провайдер видав нову: була 192.0.2.96",
            "there": "1. 192.168.88.1   0.0%  1000   0.4 мс\n2. 192.0.2.1      0.0%  1000   3.9 мс\n3. 203.0.113.40   0.2%  1000  61.7 мс",
            "back": "1. 203.0.113.1    0.0%  1000   0.3 мс\n2. 192.0.2.115    7.4%  1000  88.2 мс",
        },
    ),
}
"""By a part of the subject in small letters."""


def answered(story: Story) -> tuple[Service | None, dict[str, Any] | None]:
    """The service of the story and the answers to its form; nothing where nobody was asked."""
    found = next((each for part, each in KNOWN.items() if part in story.subject.lower()), None)
    if found is None:
        return None, None
    return Service.objects.get(code=found.service), found.answers
