"""`python -m bench [WORKLOAD...]`: what the product does in a second, as JSON, one object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bench import creation, deadlines, live, pages, promises, questions
from bench.ground import Ground

WORKLOADS = {
    "list": pages.listing,
    "ticket": pages.ticket,
    "search": pages.search,
    "questions": questions.questions,
    "create": creation.creation,
    "live": live.streams,
    "deadlines": deadlines.deadlines,
    "promises": promises.promises,
}


@click.command()
@click.argument("names", nargs=-1, metavar="[WORKLOAD]...")
@click.option("--tickets", default="10000,100000", show_default=True, help="Sizes of the database, by commas.")
@click.option("--seconds", default=4.0, show_default=True, help="How long each measurement takes.")
@click.option(
    "--keep", type=click.Path(path_type=Path), help="Keep the databases in this folder, and use them again."
)
@click.option("--web-processes", default=2, show_default=True)
def main(names: tuple[str, ...], tickets: str, seconds: float, keep: Path | None, web_processes: int) -> None:
    """Measures the workloads (all by default) at each size. A million: --tickets 1000000."""
    unknown = set(names) - set(WORKLOADS)
    if unknown:
        raise click.UsageError(
            f"there is no workload {', '.join(sorted(unknown))}; there are {', '.join(WORKLOADS)}"
        )
    for size in (int(each) for each in tickets.split(",")):
        with Ground(size, keep, web_processes) as ground:
            for result in _measured(ground, names or tuple(WORKLOADS), seconds):
                click.echo(json.dumps({"tickets": size, **result}))
                sys.stdout.flush()


def _measured(ground: Ground, names: tuple[str, ...], seconds: float) -> Iterator[dict[str, Any]]:
    yield {"workload": "seed", **ground.seeding}
    for name in names:
        yield {"workload": name, **WORKLOADS[name](ground, seconds)}
    yield {"workload": "memory", **ground.memory()}


if __name__ == "__main__":
    main()
