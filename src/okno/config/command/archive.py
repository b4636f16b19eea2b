"""``okno backup`` and ``okno restore``: database and files in one archive."""

from __future__ import annotations

import os
from importlib.metadata import version
from pathlib import Path

import click

from okno.config.command.refusal import Refusal


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Save database and files in one archive, while Okno runs or not.

    The secret key is not in it: keep a copy of `secret.key` elsewhere, as you keep a key apart from a safe.
    """
    from okno.config.command import installation
    from okno.core.backup import backup as save

    data = installation.data_folder()
    if not (data.exists() or os.environ.get("DATABASE_URL")):
        raise Refusal(f"There is nothing to save: {data} does not exist.", "Name the data folder with --data.")
    with installation.database() as url:
        report = save(url, data / "files", data / "secret.key", file.absolute(), version("okno"))
    click.echo(f"{file}: {_size(report.size)}, {report.files} files and the database.")
    click.echo(f"The secret key is not in it. Keep a copy of {data / 'secret.key'} in another place.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--force", is_flag=True, help="Replace all that the database and the files folder hold now.")
def restore(file: Path, force: bool) -> None:
    """Bring back what `okno backup` saved, into an empty installation (or any, with --force)."""
    from okno.config.command import installation
    from okno.core.backup import BackupError
    from okno.core.backup import restore as bring_back

    data = installation.data_folder()
    data.mkdir(parents=True, exist_ok=True)
    with installation.database() as url:
        try:
            report = bring_back(
                file.absolute(),
                url,
                data / "files",
                version=version("okno"),
                secret_key_file=data / "secret.key",
                force=force,
            )
        except BackupError as error:
            hint = "" if force else " See --force."
            raise Refusal(error.message, f"{error.hint}{hint}") from error
        installation.make_data_folder(data)
        _bring_up_to_date()
    click.echo(f"Restored what was saved on {report.header.created}: database and {report.files} files.")
    for warning in report.warnings:
        click.echo(f"Note: {warning}")


def _bring_up_to_date() -> None:
    """An archive of an older release gets this release's tables."""
    from okno.config.command.installation import close_connections, set_up_django

    set_up_django()
    from okno.config.command.schema import bring_up_to_date

    bring_up_to_date()
    close_connections()


def _size(count: int) -> str:
    return f"{count / 1024 / 1024:.1f} MB"
