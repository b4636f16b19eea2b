"""``okno serve``, ``okno web`` and ``okno worker``: the processes that do the work."""

from __future__ import annotations

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
processes_option = click.option(
    "--web-processes",
    type=click.IntRange(1, 64),
    envvar="OKNO_WEB_PROCESSES",
    show_default="2 on two processors or more",
    help="Web processes that share the port. [env: OKNO_WEB_PROCESSES]",
)


@click.command()
@host_option
@port_option
@processes_option
@click.option("--no-mail", is_flag=True, help="Neither fetch nor receive letters on this machine.")
def serve(host: str, port: int, web_processes: int | None, no_mail: bool) -> None:
    """Run everything on one machine: database, web, worker. Ctrl+C stops it."""
    from okno.config.command import installation, parts

    parts.require_free(host, port)
    installation.make_data_folder(installation.data_folder())
    with installation.database():
        parts.prepare()
        count = web_processes or parts.web_processes()
        code = parts.run_tree([parts.worker_spec(mail=not no_mail), *parts.web_specs(host, port, count)])
    sys.exit(code)


@click.command()
@host_option
@port_option
@click.option("--threads", default=8, show_default=True, help="Requests that are worked on at once.")
@click.option("--checked", is_flag=True, hidden=True)
def web(host: str, port: int, threads: int, checked: bool) -> None:
    """Run one web process: pages, API and live streams."""
    from okno.config.command.installation import ready
    from okno.config.command.parts import end_cleanly, require_free

    if not checked:
        require_free(host, port)
    with ready(migrated=not checked):
        from okno.config.web import serve as serve_web

        end_cleanly(serve_web(host, port, threads))


@click.command()
@click.option("--no-mail", is_flag=True, help="Leave letters to another worker.")
@click.option("--checked", is_flag=True, hidden=True)
def worker(no_mail: bool, checked: bool) -> None:
    """Run one worker: jobs, event handlers, mail in and out."""
    from okno.config.command.installation import ready
    from okno.config.command.parts import end_cleanly

    with ready(migrated=not checked):
        from okno.config.work import work

        end_cleanly(work(mail=not no_mail))
