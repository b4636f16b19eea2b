"""``okno doctor``: what is wrong, and how to mend it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from okno.config.command.checkup import Finding

MARKS = {"ok": "ok ", "notice": "-- ", "problem": "!! "}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for programs.")
def doctor(as_json: bool) -> None:
    """Look at everything and say what is wrong and how to mend it; ends with 1 when something is."""
    found: list[Finding] = []

    def tell(finding: Finding) -> None:
        found.append(finding)
        if not as_json:
            click.echo(f"{MARKS[finding.state]} {finding.id}: {finding.what}")
            if finding.mend:
                click.echo(f"      {finding.mend}")

    _examine_all(tell)
    problems = sum(finding.state == "problem" for finding in found)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1))
    else:
        click.echo(f"\n{problems} problems." if problems else "\nAll is well.")
    sys.exit(1 if problems else 0)


def _examine_all(tell: Callable[[Finding], None]) -> None:
    """From the ground up: what stands on something that is broken is not looked at."""
    from okno.config.command import installation
    from okno.config.command.checkup import examine, machine
    from okno.config.command.checkup.finding import problem
    from okno.config.command.refusal import Refusal, plain_words

    before = list(examine(machine.BEFORE_SETTINGS))
    for finding in before:
        tell(finding)
    if any(finding.state == "problem" and finding.id != "disk-space" for finding in before):
        return
    try:
        with plain_words(), installation.database():
            installation.set_up_django()
            for finding in examine(machine.WITH_SETTINGS):
                tell(finding)
            _examine_database(tell)
    except Refusal as refusal:
        tell(problem("database", refusal.message, refusal.hint))


def _examine_database(tell: Callable[[Finding], None]) -> None:
    from django.db import connection

    from okno.config.command.checkup import data, examine, mail

    connection.ensure_connection()
    before = list(examine(data.BEFORE_TABLES))
    for finding in before:
        tell(finding)
    if any(finding.state == "problem" and finding.id == "tables" for finding in before):
        return
    for finding in examine([*data.WITH_TABLES, *mail.CHECKS]):
        tell(finding)
