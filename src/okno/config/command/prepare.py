"""``okno prepare``: what must be done before the processes start; called by ``serve`` and ``demo``."""

from __future__ import annotations

import json

import click


@click.command(hidden=True)
@click.option("--demo", "with_demo", is_flag=True)
def prepare(with_demo: bool) -> None:
    """Bring the tables up to date and, for the demo, make its company; prints the sign-in links as JSON."""
    from okno.config.command.installation import ready

    with ready(migrated=False):
        from okno.config.command.schema import bring_up_to_date

        bring_up_to_date()
        if with_demo:
            from okno.account.demo import sign_in_links
            from okno.testing.demo import make_demo

            made = make_demo()
            click.echo(json.dumps({"made": made, "links": sign_in_links()}))
