"""``okno mail``: letters by hand, for mail servers that hand them over and for finding out what is wrong."""

from __future__ import annotations

import sys

import click


@click.group()
def mail() -> None:
    """Letters: read without storing, take from a mail server, fetch, listen, check."""


@mail.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def parse(files: tuple[str, ...], as_json: bool) -> None:
    """Show what Okno makes of letters, without storing them; `-` reads the standard input."""
    from okno.channels.email.parse_command import run

    sys.exit(run(list(files), as_json, sys.stdout))
