"""How the command says that it cannot: one plain sentence, how to mend it, and no traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click


class Refusal(click.ClickException):
    """The command cannot do what was asked; ``hint`` says what a person can do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    def show(self, file: IO[Any] | None = None) -> None:
        target = file or sys.stderr
        click.echo(f"okno: {self.message}", file=target)
        if self.hint:
            click.echo(f"      {self.hint}", file=target)


class Commands(click.Group):
    """Commands in the order in which a newcomer needs them; what they raise is said in plain words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        with plain_words():
            return super().invoke(ctx)


@contextmanager
def plain_words() -> Iterator[None]:
    """Turns the expected failures of the parts that we call into refusals; anything else is our mistake."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        refusal = _refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def _refusal_of(error: Exception) -> Refusal | None:
    """What a known error means; recognised by name where importing its class would slow every start."""
    kind = type(error)
    names = {f"{each.__module__}.{each.__qualname__}" for each in kind.__mro__}
    hint = str(getattr(error, "hint", ""))
    if (
        "okno.core.embedded.errors.EmbeddedPostgresError" in names
        or "okno.core.backup.archive.BackupError" in names
    ):
        return Refusal(str(getattr(error, "message", error)), hint)
    if names & {"psycopg.OperationalError", "django.db.utils.OperationalError"}:
        first = str(error).strip().splitlines()[0] if str(error).strip() else kind.__name__
        return Refusal(
            f"The database does not answer: {first}",
            "Check DATABASE_URL and that the server runs, then try again.",
        )
    if isinstance(error, OSError) and error.filename:
        return Refusal(f"{error.filename}: {error.strerror}", "Check that the path exists and who owns it.")
    return None
