"""Files that nobody owns are swept after a day; one that anybody owns never is, least of all that of a letter (T7)."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from okno.channels.email.models import Mailbox, OutgoingLetter
from okno.channels.email.receiving.storing import store_letter
from okno.config.schedule import sweep_files
from okno.core import clock, drains, files, sweeping
from okno.core.models import StoredFile
from okno.testing.cast import Cast, make_cast
from okno.tickets.models import Attachment, CannedReply, Channel
from okno.tickets.operations.canned_files import add_canned_file
from okno.tickets.operations.creating import NewTicket, create_ticket
from okno.tickets.operations.drafts import attach_to_draft, detach_from_draft, discard_draft, open_draft
from okno.tickets.operations.messages import NewFile, NewMessage
from okno.tickets.operations.uploading import upload


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """A folder for the files of this test alone."""
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path / "files"


def sweep_in(hours: float) -> tuple[int, int]:
    with clock.frozen_at(clock.now() + timedelta(hours=hours)):
        return sweeping.sweep()


def on_disk(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_is_done_every_night() -> None:
    crons = {each.task.name: each.cron for each in app.periodic_registry.periodic_tasks.values()}
    assert crons["core.sweep"] == "7 4 * * *"


@pytest.mark.django_db
def test_whatever_has_an_owner_stays_t7(cast: Cast, folder: Path) -> None:
    olena = cast.actor("olena")
    Mailbox.objects.create(name="Support", address="support@vikno.example", is_default=True)
    store_letter(b"From: a@b.example\r\n\r\nHello\r\n", source="test")
    picture = NewFile(files.store(b"of a message"), "a.bin", "application/octet-stream")
    create_ticket(olena, NewTicket("x", NewMessage(text="x", files=[picture]), Channel.DESK, contact=cast.jan))
    drains.run_until_empty("events")
    attach_to_draft(olena, open_draft(olena, None, "new"), name="a.txt", content=b"of a draft")
    upload(olena, name="b.txt", content=b"of an upload")
    reply = CannedReply.objects.create(title="Hello", html="<p>Hello</p>")
    add_canned_file(olena, reply, name="c.txt", content=b"of a canned reply")
    assert OutgoingLetter.objects.exists()
    before = on_disk(folder)
    assert len(before) == StoredFile.objects.count() == 6
    for hours in (0, 25, 50, 1000):
        assert sweep_in(hours) == (0, 0)
    assert on_disk(folder) == before
    assert {files.read(row) for row in StoredFile.objects.all()} >= {b"of a draft", b"of a canned reply"}


@pytest.mark.django_db
def test_what_nobody_owns_goes_a_day_after_it_was_seen(folder: Path) -> None:
    files.store(b"nobody's")
    assert sweep_in(1000) == (0, 0)  # however old: it may have had an owner until now
    assert sweep_in(1023) == (0, 0)
    assert len(on_disk(folder)) == 1
    assert sweep_in(1025) == (1, 0)
    assert not StoredFile.objects.exists()
    assert on_disk(folder) == set()


@pytest.mark.django_db
def test_files_of_a_draft_live_as_long_as_it(cast: Cast, folder: Path) -> None:
    olena = cast.actor("olena")
    draft = open_draft(olena, None, "new")
    kept = attach_to_draft(olena, draft, name="a.txt", content=b"kept")
    gone = attach_to_draft(olena, draft, name="b.txt", content=b"taken out")
    detach_from_draft(olena, gone.token)
    sweep_in(0)
    assert sweep_in(25) == (1, 0)
    assert files.read(kept.file) == b"kept"
    discard_draft(olena, None, "new")
    sweep_in(26)
    assert sweep_in(51) == (1, 0)
    assert on_disk(folder) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("store", [files.store, lambda content: files.store_many([content])[0]])
def test_content_that_comes_again_is_kept(store: Callable[[bytes], StoredFile], cast: Cast) -> None:
    first = files.store(b"a logo")
    sweep_in(0)
    again = store(b"a logo")
    assert again.pk == first.pk
    assert sweep_in(25) == (0, 0)  # its owner is still being written
    upload(cast.actor("olena"), name="logo.bin", content=b"a logo")
    assert sweep_in(1000) == (0, 0)
    assert StoredFile.objects.get().unowned_since is None
    assert files.read(again) == b"a logo"


@pytest.mark.django_db
@pytest.mark.parametrize("store", [files.store, lambda content: files.store_many([content])[0]])
def test_a_row_that_lost_its_file_gets_it_again(store: Callable[[bytes], StoredFile], folder: Path) -> None:
    """As after a backup during which the file was swept."""
    row = files.store(b"a logo")
    sweep_in(0)
    (folder / row.key).unlink()
    assert files.read(store(b"a logo")) == b"a logo"


@pytest.mark.django_db
def test_files_without_a_row_go_when_they_are_old(cast: Cast, folder: Path) -> None:
    upload(cast.actor("olena"), name="a.txt", content=b"owned")
    with transaction.atomic():
        files.store(b"rolled back")
        transaction.set_rollback(True)
    (folder / "secret.key").write_text("not ours")
    young = files._write(b"being stored")
    tomorrow = (clock.now() + timedelta(hours=30)).timestamp()
    os.utime(folder / young, (tomorrow, tomorrow))
    assert len(on_disk(folder)) == 4
    assert sweep_in(23) == (0, 0)
    assert sweep_in(25) == (0, 1)
    assert on_disk(folder) == {StoredFile.objects.get().key, "secret.key", young}


@pytest.mark.django_db
def test_files_of_another_database_are_left_alone(cast: Cast, folder: Path) -> None:
    for number in range(30):
        files.store(b"%d" % number)
    StoredFile.objects.all().delete()
    upload(cast.actor("olena"), name="a.txt", content=b"owned")
    assert sweep_in(1000) == (0, 0)
    assert len(on_disk(folder)) == 31


@pytest.mark.django_db
def test_many_are_swept_in_batches(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(sweeping, "BATCH", 3)
    for number in range(10):
        files.store(b"%d" % number)
    sweep_in(0)
    with clock.frozen_at(clock.now() + timedelta(hours=25)):
        sweep_files(0)
    assert not StoredFile.objects.exists()
    assert on_disk(folder) == set()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_file_that_is_being_attached_now_is_not_swept_t7(folder: Path) -> None:
    """Its content was stored long ago and has no owner; the transaction that attaches it is not committed yet."""
    cast = make_cast(password=None)
    row = files.store(b"a logo")
    sweep_in(0)
    attached, swept = threading.Event(), threading.Event()

    def attach() -> None:
        try:
            with transaction.atomic():
                upload(cast.actor("olena"), name="logo.bin", content=b"a logo")
                attached.set()
                assert swept.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=attach)
    thread.start()
    assert attached.wait(20)
    assert sweep_in(25) == (0, 0)
    swept.set()
    thread.join(20)
    assert Attachment.objects.get().file == row
    assert sweep_in(1000) == (0, 0)
    assert files.read(row) == b"a logo"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_file_that_is_stored_while_it_is_swept_is_stored_anew_t7(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast(password=None)
    row = files.store(b"a logo")
    sweep_in(0)
    monkeypatch.setattr(sweeping, "_mark", lambda: None)
    ends: list[str] = []

    def store() -> None:
        try:
            ends.append(files.read(upload(cast.actor("olena"), name="logo.bin", content=b"a logo").file).decode())
        finally:
            connection.close()

    thread = threading.Thread(target=store)
    with transaction.atomic():
        locked = StoredFile.objects.select_for_update().get(pk=row.pk)
        thread.start()
        thread.join(1)
        assert thread.is_alive()  # it waits for what the sweeper decides
        locked.delete()
    thread.join(20)
    assert ends == ["a logo"]
    assert Attachment.objects.get().file_id != row.pk
