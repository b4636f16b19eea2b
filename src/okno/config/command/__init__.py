"""The ``okno`` command: what the operator types. Every part imports what it needs only when it runs."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import click

from okno.config.command import (
    archive,
    configuration,
    database,
    demo,
    doctor,
    mail,
    prepare,
    search,
    seed,
    serve,
    setup,
)
from okno.config.command.refusal import Commands


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("okno"), prog_name="okno")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="OKNO_DATA",
    default=Path("okno-data"),
    show_default=True,
    help="The data folder: secret key, files and, without DATABASE_URL, the database. [env: OKNO_DATA]",
)
def main(data: Path) -> None:
    """Okno: a self-hosted service desk.

    `okno demo` shows it with a small company in it; `okno setup` and `okno serve` begin the real work.
    """
    os.environ["OKNO_DATA"] = str(data.absolute())


main.add_command(demo.demo)
main.add_command(serve.serve)
main.add_command(serve.web)
main.add_command(serve.worker)
main.add_command(database.migrate)
main.add_command(setup.setup)
main.add_command(archive.backup)
main.add_command(archive.restore)
main.add_command(doctor.doctor)
main.add_command(seed.seed)
main.add_command(mail.mail)
main.add_command(search.search)
main.add_command(configuration.config)
main.add_command(prepare.prepare)
