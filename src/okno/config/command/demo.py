"""``okno demo``: a whole working desk with a small company in it, and nothing to install."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import click

from okno.config.command.refusal import Refusal

HOST = "127.0.0.1"
MARK = "demo-company"
"""A file that tells the data folder of a demo from that of a real installation."""


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port of the pages.")
@click.option("--smtp-port", default=2525, show_default=True, help="Port for letters; the next free one if taken.")
@click.option(
    "--data",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Data folder of the demo.  [default: okno-data/demo]",
)
@click.option("--fresh", is_flag=True, help="Forget what was done in the demo and start anew.")
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
def demo(port: int, smtp_port: int, folder: Path | None, fresh: bool, no_browser: bool) -> None:
    """Show Okno with a small demo company in it. Ctrl+C stops it; the next start keeps what you did."""
    from okno.config.command import installation, parts

    data = (folder or installation.data_folder() / "demo").absolute()
    parts.require_free(HOST, port)
    letters = _free_port(smtp_port)
    _require_demo_folder(data)
    _require_stopped(data)
    if fresh:
        _forget(data)
    _prepare_environment(data, port, letters)
    click.echo("Okno starts; the first time it makes its database and the demo company.")
    installation.make_data_folder(data)
    (data / MARK).touch()
    with installation.database():
        links = json.loads(parts.prepare("--demo").splitlines()[-1])["links"]

        def announce() -> None:
            click.echo(_summary(f"http://{HOST}:{port}", links, letters))
            if not no_browser:
                _open_browser(f"http://{HOST}:{port}{links[0]['path']}")

        specs = [
            parts.worker_spec(mail=True),
            *parts.web_specs(HOST, port, parts.web_processes(), announce=announce),
        ]
        code = parts.run_tree(specs)
    sys.exit(code)


def _prepare_environment(data: Path, port: int, letters: int) -> None:
    """The demo never touches a database of one's own, and never sends a letter anywhere."""
    if os.environ.pop("DATABASE_URL", None):
        click.echo("DATABASE_URL is not used: the demo has a database of its own.")
    for name in ("DATABASE_DIRECT_URL", "OKNO_SECRET_KEY", "OKNO_SECRET_KEY_FILE", "OKNO_LMTP_LISTEN"):
        os.environ.pop(name, None)
    os.environ["OKNO_DATA"] = str(data)
    os.environ["OKNO_DEMO"] = "yes"
    os.environ["OKNO_BASE_URL"] = f"http://{HOST}:{port}"
    os.environ["OKNO_SMTP_LISTEN"] = f"{HOST}:{letters}"
    os.environ.setdefault("OKNO_LOG_LEVEL", "WARNING")


def _free_port(wanted: int) -> int:
    from okno.config.command import parts

    for port in range(wanted, min(wanted + 50, 65536)):
        if parts.is_free(HOST, port):
            return port
    raise Refusal(f"No port for letters is free from {wanted} on.", "Choose another one with --smtp-port.")


def _require_demo_folder(data: Path) -> None:
    if data.exists() and any(data.iterdir()) and not (data / MARK).exists():
        raise Refusal(
            f"{data} holds something else than a demo, and is left alone.",
            "Choose an empty or new folder with --data.",
        )


def _require_stopped(data: Path) -> None:
    from okno.core.embedded import locate

    if data.exists() and locate(data):
        raise Refusal(
            f"The demo in {data} is running already.", "Stop it, or start another with --data and --port."
        )


def _forget(data: Path) -> None:
    """Removes the folder of a stopped demo, and its database where that lies elsewhere."""
    from okno.core.embedded.places import existing_place

    place = existing_place(data) if data.exists() else None
    if place is not None:
        shutil.rmtree(place.home)
    shutil.rmtree(data, ignore_errors=True)


def _summary(base: str, links: list[dict[str, str]], letters: int) -> str:
    width = max(len(f"{link['role']} ({link['name']})") for link in links)
    rows = [f"    {link['role']} ({link['name']})".ljust(width + 6) + base + link["path"] for link in links]
    return "\n".join(
        [
            "",
            f"  Okno is ready at {base}",
            "",
            "  Sign in by opening one of these:",
            *rows,
            "",
            f"  Send a letter to support@vikno.example by the SMTP server {HOST}, port {letters} (no password),",
            f"  and look at what leaves for the clients, and answer as one of them, at {base}/outbox/",
            "",
            "  Ctrl+C stops it. The next start keeps what you did; `okno demo --fresh` starts anew.",
            "",
        ]
    )


def _open_browser(url: str) -> None:
    """Only on a desktop: on a server it would open a text browser in the terminal."""
    if sys.stdout.isatty() and (
        sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        import webbrowser

        webbrowser.open(url)
