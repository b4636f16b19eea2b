"""``okno migrate``: the tables of the database are brought up to this release."""

from __future__ import annotations

import click


@click.command()
def migrate() -> None:
    """Bring the database's tables up to this release."""
    from okno.config.command.installation import ready

    with ready(migrated=False):
        from okno.config.command.schema import bring_up_to_date

        done = bring_up_to_date(verbosity=1)
    click.echo(f"{done} changes applied." if done else "The database is up to date.")
