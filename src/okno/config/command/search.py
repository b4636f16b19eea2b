"""``okno search``: looking after the words by which tickets are found."""

from __future__ import annotations

import click


@click.group()
def search() -> None:
    """Look after search."""


@search.command()
def rebuild() -> None:
    """Write all search rows anew, while people go on working; can be stopped and begun again."""
    from okno.config.command.installation import ready

    with ready():
        from okno.tickets.search import rebuild as rebuild_rows

        def progress(done: int, total: int) -> None:
            click.echo(f"\r{done} of {total} tickets", nl=False)

        count = rebuild_rows(progress)
    click.echo(f"\r{count} tickets can be found.          ")
