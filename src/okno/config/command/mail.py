"""``okno mail``: letters by hand, for mail servers that hand them over and for finding out what is wrong."""

from __future__ import annotations

import sys

import click

from okno.config.command.mailboxes import check, fetch

TRY_AGAIN = 75
"""What a mail server takes for "keep the letter and try again later" (EX_TEMPFAIL of sysexits)."""


@click.group()
def mail() -> None:
    """Letters: read without storing, take from a mail server."""


@mail.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def parse(files: tuple[str, ...], as_json: bool) -> None:
    """Show what Okno makes of letters, without storing them; `-` reads the standard input."""
    from okno.channels.email.parse_command import run

    sys.exit(run(list(files), as_json, sys.stdout))


@mail.command()
@click.option("--to", "recipient", help="The address that the letter was delivered to.")
def pipe(recipient: str | None) -> None:
    """Take one letter from the standard input; ends with 75, "try again later", when it could not be stored."""
    from okno.config.command.installation import ready

    try:
        with ready():
            from okno.channels.email.receiving.pipe import pipe_command

            code = pipe_command(recipient)
    except Exception as error:
        click.echo(f"okno: the letter was not stored: {error}", err=True)
        code = TRY_AGAIN
    sys.exit(code)


@mail.command()
@click.option("--smtp", metavar="HOST:PORT", help="Listen for SMTP.")
@click.option("--lmtp", metavar="HOST:PORT", help="Listen for LMTP.")
def listen(smtp: str | None, lmtp: str | None) -> None:
    """Receive letters on ports, in a process of its own; Ctrl+C stops it."""
    import signal
    import threading

    from okno.config.command.installation import ready
    from okno.config.command.refusal import Refusal

    if not smtp and not lmtp:
        raise Refusal("There is nothing to listen on.", "Name a port with --smtp or --lmtp, like 127.0.0.1:2525.")
    with ready():
        from okno.channels.email.receiving import run_listeners

        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        run_listeners(stop, smtp=smtp or "", lmtp=lmtp or "")


mail.add_command(fetch)
mail.add_command(check)
