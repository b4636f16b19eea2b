"""``okno serve``, ``okno web`` and ``okno worker``: the processes that do the work."""

from __future__ import annotations

import os
import sys

import click

host_option = click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    envvar="OKNO_HOST",
    help="Address to listen on; 0.0.0.0 is every network. [env: OKNO_HOST]",
)
port_option = click.option(
    "--port", default=8000, show_default=True, envvar="OKNO_PORT", help="Port to listen on. [env: OKNO_PORT]"
)


@click.command()
@host_option
@port_option
@click.option("--web-processes", default=1, show_default=True, help="Web processes that share the port.")
@click.option("--no-mail", is_flag=True, help="Neither fetch nor receive letters on this machine.")
def serve(host: str, port: int, web_processes: int, no_mail: bool) -> None:
    """Run everything on one machine: database, web, worker. Ctrl+C stops it."""
    from okno.config.command import installation, parts

    parts.require_free(host, port)
    installation.make_data_folder(installation.data_folder())
    with installation.database():
        parts.prepare()
        specs = [parts.worker_spec(mail=not no_mail), *parts.web_specs(host, port, web_processes)]
        code = parts.run_tree(specs)
    sys.exit(code)


@click.command()
@host_option
@port_option
@click.option("--threads", default=8, show_default=True, help="Requests that are worked on at once.")
@click.option("--checked", is_flag=True, hidden=True)
def web(host: str, port: int, threads: int, checked: bool) -> None:
    """Run one web process: pages, API and live streams."""
    from okno.config.command.installation import ready
    from okno.config.command.parts import require_free

    if not checked:
        require_free(host, port)
    with ready(migrated=not checked):
        from okno.config.web import serve as serve_web

        _clean_exit(serve_web(host, port, threads))


@click.command()
@click.option("--no-mail", is_flag=True, help="Leave letters to another worker.")
@click.option("--checked", is_flag=True, hidden=True)
def worker(no_mail: bool, checked: bool) -> None:
    """Run one worker: jobs, event handlers, mail in and out."""
    from okno.config.command.installation import ready

    with ready(migrated=not checked):
        from okno.config.work import work

        _clean_exit(work(mail=not no_mail))


def _clean_exit(clean: bool) -> None:
    """A thread that would not end in time does not hold the process: its transaction is rolled back."""
    if not clean:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
