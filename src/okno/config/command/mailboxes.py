"""``okno mail fetch`` and ``okno mail check``: mailboxes by hand."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("address", required=False)
def fetch(address: str | None) -> None:
    """Take what is in the mailboxes now (or in one of them) and end."""
    from okno.config.command.installation import ready

    with ready():
        from okno.channels.email.receiving.fetching import fetch_once, watched

        chosen = _chosen([each for each in watched() if address in {None, each.address}], address)
        failed = False
        for mailbox in chosen:
            try:
                taken = fetch_once(mailbox)
            except Exception as error:  # what a server says is for the person at the screen
                failed = True
                click.echo(f"{mailbox.address}: {error}", err=True)
            else:
                click.echo(f"{mailbox.address}: {taken} letters")
    sys.exit(1 if failed else 0)


@click.command()
@click.argument("address", required=False)
def check(address: str | None) -> None:
    """Try each step of the connection to the mail servers, and say which one fails."""
    from okno.config.command.installation import ready

    with ready():
        from okno.channels.email.models import Mailbox
        from okno.channels.email.outgoing.checking import check_smtp
        from okno.channels.email.receiving.checking import check_imap

        boxes = _chosen([each for each in Mailbox.objects.all() if address in {None, each.address}], address)
        failed = False
        for mailbox in boxes:
            click.echo(mailbox.address)
            steps = check_imap(mailbox) if mailbox.imap_host else []
            steps += check_smtp(mailbox) if mailbox.smtp_host else []
            for step in steps:
                failed = failed or not step.ok
                click.echo(f"  {'ok  ' if step.ok else 'FAIL'} {step.label}: {step.detail}")
            if not steps:
                click.echo(
                    "  no server of its own: it receives by SMTP, LMTP or pipe, and sends through the default one"
                )
    sys.exit(1 if failed else 0)


def _chosen[Box](boxes: list[Box], address: str | None) -> list[Box]:
    from okno.config.command.refusal import Refusal

    if address and not boxes:
        raise Refusal(f"There is no mailbox {address}.", "Its address is the one under Settings > Mailboxes.")
    return boxes
