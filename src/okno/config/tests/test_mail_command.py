"""okno mail check and fetch: what a server says reaches the person at the screen."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from okno.channels.email.models import Mailbox
from okno.config.command import installation
from okno.config.command.mailboxes import check, fetch
from okno.config.command.refusal import Refusal

pytestmark = pytest.mark.django_db
CLOSED = {
    "imap_host": "127.0.0.1",
    "imap_port": 9,
    "imap_security": "none",
    "smtp_host": "127.0.0.1",
    "smtp_port": 9,
}


@pytest.fixture(autouse=True)
def _database_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "ready", nullcontext)


def test_check_names_the_step_that_fails() -> None:
    Mailbox.objects.create(name="Support", address="support@vikno.example", **CLOSED)
    said = CliRunner().invoke(check, [])
    assert said.exit_code == 1
    assert said.output.startswith("support@vikno.example\n  FAIL")
    assert said.output.count("FAIL") == 2


def test_check_of_a_mailbox_without_servers_says_so() -> None:
    Mailbox.objects.create(name="Support", address="support@vikno.example")
    said = CliRunner().invoke(check, ["support@vikno.example"])
    assert said.exit_code == 0
    assert "no server of its own" in said.output


def test_fetch_says_what_the_server_said() -> None:
    Mailbox.objects.create(name="Support", address="support@vikno.example", **CLOSED)
    said = CliRunner().invoke(fetch, [])
    assert said.exit_code == 1
    assert said.output.startswith("support@vikno.example: ")


def test_an_unknown_mailbox_is_refused_with_a_way_on() -> None:
    for command in (check, fetch):
        said = CliRunner().invoke(command, ["nobody@vikno.example"])
        assert isinstance(said.exception, Refusal) or "There is no mailbox" in said.output
