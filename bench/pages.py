"""The pages that an agent opens all day: list, ticket, search. The paths are the table here."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bench.bare import bare_sql
from bench.load import measure

if TYPE_CHECKING:
    from bench.ground import Ground

LISTS = [
    "/tickets/?section=active",
    "/tickets/?section=unassigned",
    "/tickets/?section=mine",
    "/tickets/?section=all",
]
TICKET = "/tickets/{number}/"
SEARCH = "/tickets/?q={words}"
CLIENTS = 8
NUMBERS = 300


def listing(ground: Ground, seconds: float) -> dict[str, Any]:
    """The list of open tickets and its sections."""
    return _pages(ground, LISTS, seconds)


def ticket(ground: Ground, seconds: float) -> dict[str, Any]:
    """Pages of tickets from all over the table."""
    from okno.tickets.models import Ticket

    chance = random.Random(1)
    first, last = (Ticket.objects.order_by(order).values_list("number", flat=True)[0] for order in ("id", "-id"))
    numbers = [chance.randint(first, last) for _each in range(NUMBERS)]
    return _pages(ground, [TICKET.format(number=number) for number in numbers], seconds)


def search(ground: Ground, seconds: float) -> dict[str, Any]:
    """A code that one ticket has, a product, a surname, two words together, and a word that is everywhere."""
    from okno.tickets.models import Message, Ticket

    chance = random.Random(2)
    total = Ticket.objects.order_by("-id").values_list("id", flat=True)[0]
    words: list[str] = []
    for text in Message.objects.filter(id__in=[chance.randint(1, total) for _each in range(40)]).values_list(
        "text", flat=True
    ):
        product, _comma, code = text.rsplit("\n", 1)[-1].partition(", ")
        words += [code, product, product.split()[0].lower()]
    words += ["Орлов", "Nowak", "Бондар", "Harris", "принтер на складе", "drukarka magazyn", "till warehouse"]
    return _pages(ground, [SEARCH.format(words=quote(each)) for each in words], seconds)


def _pages(ground: Ground, paths: list[str], seconds: float) -> dict[str, Any]:
    cookie = ground.session()
    order: dict[str, Any] = {
        "port": ground.port,
        "headers": {"Cookie": cookie, "Accept": "text/html"},
        "requests": [("GET", path, "") for path in paths],
        "seconds": seconds,
        "warm": 20,
    }
    used = ground.cpu()
    alone = measure(order | {"clients": 1})
    used = ground.cpu() - used
    together = measure(order | {"clients": CLIENTS})
    if set(alone["statuses"]) | set(together["statuses"]) != {"200"}:
        raise ValueError(f"not every page was answered: {alone['statuses']} {together['statuses']}")
    return {
        "p50_ms": alone["p50_ms"],
        "p95_ms": alone["p95_ms"],
        "rps_1": alone["rps"],
        f"rps_{CLIENTS}": together["rps"],
        f"p95_ms_{CLIENTS}": together["p95_ms"],
        "cpu_ms": round(used / (alone["requests"] + order["warm"]) * 1000, 2),
        **bare_sql(ground.database_url, paths[0], cookie),
    }
