"""Fetching from a real IMAP server: each letter once, none missed, nothing taken away before it is stored."""

from __future__ import annotations

import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from imapclient.exceptions import IMAPClientError

from okno.channels.email.models import FolderPosition, Letter, Mailbox
from okno.channels.email.passwords import sealed
from okno.channels.email.receiving import fetching, folders, watching
from okno.channels.email.receiving.checking import check_imap
from okno.channels.email.receiving.fetching import fetch_once, run_fetchers
from okno.channels.email.receiving.imap import connected
from okno.channels.email.tests.writing import drain, letter
from okno.core import clock, files, settings_store
from okno.core.models import SettingValue
from okno.testing.cast import Cast
from okno.testing.dovecot import PASSWORD, Dovecot, certificate_of, write_certificate
from okno.tickets.models import Ticket

pytestmark = [pytest.mark.imap, pytest.mark.django_db]
_users = count(1)


def watched(server: Dovecot, **more: object) -> Mailbox:
    """A new mailbox on the server."""
    user = f"box{next(_users)}@vikno.example"
    facts = {
        "name": user,
        "imap_host": "127.0.0.1",
        "imap_port": server.port,
        "imap_security": "none",
        "imap_password": sealed(PASSWORD),
        "since": clock.now() - timedelta(days=30),
    }
    return Mailbox.objects.create(address=user, **{**facts, **more})


def numbered(first: int, last: int) -> list[bytes]:
    return [letter(message_id=f"<{n}@kawa.example>", text=f"letter {n}") for n in range(first, last + 1)]


def test_letters_are_taken_once_and_marked(imap_server: Dovecot) -> None:
    box = watched(imap_server)
    raws = numbered(1, 30)
    imap_server.append(box.address, *raws)
    assert fetch_once(box) == 30
    assert fetch_once(box) == 0
    stored = list(Letter.objects.filter(mailbox=box).select_related("raw").order_by("id"))
    assert [files.read(one.raw).replace(b"\r\n", b"\n") for one in stored] == raws
    client = imap_server.client(box.address)
    client.select_folder("INBOX", readonly=True)
    assert client.search(["UNSEEN"]) == []
    client.logout()
    box.refresh_from_db()
    assert box.last_success_at is not None
    assert box.last_error == ""
    position = FolderPosition.objects.get(mailbox=box)
    assert (position.last_uid, position.finished_uid, position.on_server, position.missing) == (30, 30, 30, 0)


def test_what_another_program_has_read_is_taken_all_the_same_w1(imap_server: Dovecot) -> None:
    box = watched(imap_server)
    fetch_once(box)
    imap_server.append(box.address, *numbered(1, 3))
    client = imap_server.client(box.address)
    client.select_folder("INBOX")
    client.add_flags(client.search(["ALL"]), [b"\\Seen"])
    client.logout()
    assert fetch_once(box) == 3


def test_an_old_inbox_is_not_imported_unless_wanted(imap_server: Dovecot) -> None:
    box = watched(imap_server, since=None)
    old = datetime.now(UTC) - timedelta(days=2)
    imap_server.append(box.address, *numbered(1, 3), at=old)
    assert fetch_once(box) == 0
    imap_server.append(box.address, *numbered(4, 5), at=old)
    assert fetch_once(box) == 2
    Mailbox.objects.filter(pk=box.pk).update(since=old - timedelta(minutes=1))
    box.refresh_from_db()
    assert fetch_once(box) == 3


def test_what_is_missing_below_the_mark_is_found_w1(imap_server: Dovecot) -> None:
    box = watched(imap_server)
    imap_server.append(box.address, *numbered(1, 10))
    fetch_once(box)
    Letter.objects.filter(mailbox=box, source_key__endswith=":4").delete()
    Letter.objects.filter(mailbox=box, source_key__endswith=":10").delete()
    assert fetch_once(box) == 2
    assert Letter.objects.filter(mailbox=box).count() == 10


@pytest.mark.parametrize("server", ["imap_server", "plain_imap_server"])
def test_letters_are_deleted_after_they_are_stored(request: pytest.FixtureRequest, server: str) -> None:
    dovecot: Dovecot = request.getfixturevalue(server)
    box = watched(dovecot, after_import="delete")
    dovecot.append(box.address, *numbered(1, 3))
    assert fetch_once(box) == 3
    client = dovecot.client(box.address)
    assert client.select_folder("INBOX")[b"EXISTS"] == 0
    client.logout()


def test_letters_that_others_marked_deleted_are_not_expunged_with_ours_t7(plain_imap_server: Dovecot) -> None:
    box = watched(plain_imap_server, after_import="delete", since=None)
    old = datetime.now(UTC) - timedelta(days=2)
    plain_imap_server.append(box.address, *numbered(1, 2), at=old)
    fetch_once(box)
    client = plain_imap_server.client(box.address)
    client.select_folder("INBOX")
    client.add_flags([1], [b"\\Deleted"])
    plain_imap_server.append(box.address, *numbered(3, 3))
    assert fetch_once(box) == 1
    assert client.select_folder("INBOX")[b"EXISTS"] == 3
    client.logout()


def test_letters_may_be_left(imap_server: Dovecot) -> None:
    box = watched(imap_server, after_import="leave")
    imap_server.append(box.address, *numbered(1, 3))
    assert fetch_once(box) == 3
    assert fetch_once(box) == 0
    client = imap_server.client(box.address)
    client.select_folder("INBOX", readonly=True)
    assert len(client.search(["UNSEEN"])) == 3
    client.logout()


def test_a_renumbered_folder_is_not_taken_twice(imap_server: Dovecot, cast: Cast) -> None:
    box = watched(imap_server)
    twin = letter(message_id=None, text="twin")
    imap_server.append(box.address, *numbered(1, 5), twin, twin)
    fetch_once(box)
    drain()
    tickets = Ticket.objects.count()
    before = FolderPosition.objects.get(mailbox=box).uidvalidity
    time.sleep(1.1)
    imap_server.renumber(box.address)
    imap_server.append(box.address, *numbered(6, 6))
    assert fetch_once(box) == 8
    drain()
    assert FolderPosition.objects.get(mailbox=box).uidvalidity != before
    assert Letter.objects.filter(mailbox=box).exclude(state="ignored").count() == tickets + 1
    assert Ticket.objects.count() == tickets + 1
    assert fetch_once(box) == 0


def test_folders_with_names_of_the_world(imap_server: Dovecot) -> None:
    names = ["INBOX", "Заявки", "Zgłoszenia.Pilne"]
    box = watched(imap_server, folders=names)
    client = imap_server.client(box.address)
    for name in names[1:]:
        client.create_folder(name)
    client.logout()
    for number, name in enumerate(names):
        imap_server.append(box.address, *numbered(number, number), folder=name)
    assert fetch_once(box) == 3
    assert FolderPosition.objects.filter(mailbox=box).count() == 3
    with connected(box) as session:
        assert set(names) <= set(session.folders())


def test_a_letter_beyond_the_limit_is_left_there_and_told(imap_server: Dovecot) -> None:
    SettingValue.objects.create(key="mail.size_limit", value=1)
    settings_store.forget()
    box = watched(imap_server, after_import="delete")
    imap_server.append(box.address, letter(text="x\n" * 700_000), *numbered(2, 3))
    assert fetch_once(box) == 3
    refused = Letter.objects.get(mailbox=box, state="failed")
    assert "at most 1 MB" in refused.last_error
    assert b"Subject: The oven is cold" in files.read(refused.raw)
    client = imap_server.client(box.address)
    assert client.select_folder("INBOX")[b"EXISTS"] == 1
    client.logout()
    assert fetch_once(box) == 0


def test_a_letter_that_was_stored_and_not_marked_is_marked_later_t7(
    imap_server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_place: str) -> None:
        if _place == "before_flag":
            raise OSError("the connection is gone")

    box = watched(imap_server, after_import="delete")
    imap_server.append(box.address, *numbered(1, 3))
    monkeypatch.setattr(folders, "fault_point", cut)
    with pytest.raises(OSError, match="gone"):
        fetch_once(box)
    assert Letter.objects.filter(mailbox=box).count() == 3
    monkeypatch.undo()
    assert fetch_once(box) == 0
    client = imap_server.client(box.address)
    assert client.select_folder("INBOX")[b"EXISTS"] == 0
    client.logout()


def test_nothing_is_marked_when_nothing_could_be_stored_t7(
    imap_server: Dovecot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise OSError("no space left on device")

    box = watched(imap_server, after_import="delete")
    imap_server.append(box.address, *numbered(1, 3))
    monkeypatch.setattr(folders, "store_letters", full)
    with pytest.raises(OSError, match="space"):
        fetch_once(box)
    client = imap_server.client(box.address)
    assert client.select_folder("INBOX")[b"EXISTS"] == 3
    assert len(client.search(["UNSEEN", "UNDELETED"])) == 3
    client.logout()
    monkeypatch.undo()
    assert fetch_once(box) == 3


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_letters_are_fetched_encrypted(
    imap_server: Dovecot, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a server whose certificate nobody knows, or that is of another name, nothing is asked at all."""
    port = imap_server.tls_port if security == "ssl" else imap_server.port
    box = watched(imap_server, imap_security=security, imap_port=port)
    imap_server.append(box.address, *numbered(1, 3))
    with pytest.raises(ssl.SSLCertVerificationError):
        fetch_once(box)
    monkeypatch.setenv("SSL_CERT_FILE", str(imap_server.certificate))
    other = Mailbox.objects.get(pk=box.pk)
    other.imap_host = "localhost"
    with pytest.raises(ssl.SSLCertVerificationError):
        fetch_once(other)
    assert not Letter.objects.filter(mailbox=box).exists()
    assert fetch_once(box) == 3
    assert f"user=<{box.address}>" in imap_server.log()
    logins = [
        line for line in imap_server.log().splitlines() if f"user=<{box.address}>" in line and "Login:" in line
    ]
    assert "TLS" in logins[-1]


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_pasted_certificate_is_trusted_for_its_mailbox_and_its_server_alone(
    imap_server: Dovecot, security: str, tmp_path: Path
) -> None:
    port = imap_server.tls_port if security == "ssl" else imap_server.port
    box = watched(imap_server, imap_security=security, imap_port=port)
    imap_server.append(box.address, *numbered(1, 2))
    write_certificate(tmp_path / "other.pem")
    for host, certificate in (("127.0.0.1", tmp_path / "other.pem"), ("localhost", imap_server.certificate)):
        box.imap_host, box.trusted_certificate = host, certificate_of(certificate)
        with pytest.raises(ssl.SSLCertVerificationError):
            fetch_once(box)
    box.imap_host = "127.0.0.1"
    assert fetch_once(box) == 2
    assert all(step.ok for step in check_imap(box))
    with pytest.raises(ssl.SSLCertVerificationError):
        fetch_once(Mailbox.objects.get(pk=box.pk))  # nothing of it is stored, and nobody else trusts it


def test_a_server_without_starttls_gets_no_password(plain_imap_server: Dovecot) -> None:
    box = watched(plain_imap_server, imap_security="starttls")
    with pytest.raises(IMAPClientError):
        fetch_once(box)
    assert f"user=<{box.address}>" not in plain_imap_server.log()


def test_checking_the_settings(imap_server: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    box = watched(imap_server)
    assert all(step.ok for step in check_imap(box))
    assert len(check_imap(box)) == 5
    box.imap_password = sealed("wrong")
    assert [step.ok for step in check_imap(box)] == [True, True, False]
    box.imap_password, box.folders = sealed(PASSWORD), ["INBOX", "nowhere"]
    assert [step.ok for step in check_imap(box)] == [True, True, True, True, False, True]
    box.imap_security = "ssl"
    assert [step.ok for step in check_imap(box)] == [True, False]
    box.imap_port = imap_server.tls_port
    steps = check_imap(box)
    assert [step.ok for step in steps] == [True, False]
    assert "not to be trusted" in steps[-1].detail
    monkeypatch.setenv("SSL_CERT_FILE", str(imap_server.certificate))
    box.folders = []
    assert all(step.ok for step in check_imap(box))
    box.imap_security, box.imap_port = "starttls", imap_server.port
    assert all(step.ok for step in check_imap(box))
    box.imap_port = 9
    assert [step.ok for step in check_imap(box)] == [False]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("server", ["imap_server", "plain_imap_server"])
def test_mailboxes_are_watched(
    request: pytest.FixtureRequest, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dovecot: Dovecot = request.getfixturevalue(server)
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.5)
    monkeypatch.setattr(fetching, "LOOK_SECONDS", 0.3)
    stop = threading.Event()
    thread = threading.Thread(target=run_fetchers, args=(stop,))
    thread.start()
    try:
        box = watched(dovecot)
        broken = watched(dovecot, imap_password=sealed("wrong"))
        for number in range(1, 4):
            dovecot.append(box.address, *numbered(number, number))
            wait_until(lambda expected=number: Letter.objects.filter(mailbox=box).count() == expected)
        wait_until(lambda: bool(Mailbox.objects.get(pk=broken.pk).last_error))
        assert fetch_once(box) == 0
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert Letter.objects.filter(mailbox=box).count() == 3


def wait_until(condition: object, seconds: float = 20) -> None:
    """Waits until it is so; fails when it never is."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("this did not happen in time")
