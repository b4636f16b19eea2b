"""``okno seed``: tickets in bulk, for measuring and for trying out."""

from __future__ import annotations

import time

import click

from okno.config.command.refusal import Refusal


@click.command()
@click.option("--tickets", required=True, type=click.IntRange(1, 10_000_000), help="How many tickets.")
@click.option("--messages", default=3, show_default=True, type=click.IntRange(1, 200), help="Messages of each.")
@click.option("--random-seed", default=1, show_default=True, help="The same number makes the same tickets.")
@click.option("--force", is_flag=True, help="Even into a database in which people work.")
def seed(tickets: int, messages: int, random_seed: int, force: bool) -> None:
    """Fill the database with invented tickets in four languages. Not for a desk in use."""
    from okno.config.command.installation import ready

    with ready(migrated=False):
        from okno.config.command.schema import bring_up_to_date
        from okno.core.actor import SYSTEM
        from okno.people.models import Agent
        from okno.sla.operations.recomputing import recompute
        from okno.testing.cast import make_cast
        from okno.tickets.seed.bulk import seed_tickets

        bring_up_to_date()
        ours = Agent.objects.filter(user__email__endswith=".example").count()
        if ours != Agent.objects.count() and not force:
            raise Refusal(
                "People work in this database; invented tickets would stand among theirs.",
                "Use another data folder, or --force.",
            )
        if not ours:
            make_cast()
        started = time.monotonic()
        with click.progressbar(length=tickets, label="Tickets") as bar:
            done = 0

            def progress(count: int) -> None:
                nonlocal done
                bar.update(count - done)
                done = count

            seed_tickets(tickets, messages=messages, seed=random_seed, progress=progress)
        recompute(SYSTEM, "seeded", quiet=True)
        took = time.monotonic() - started
    click.echo(f"{tickets} tickets with {messages} messages each in {took:.1f} s ({tickets / took:.0f} a second).")
