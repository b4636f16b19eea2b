"""Stored files: written and synced to the storage first, then the row; equal content is stored once."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction

from okno.core.inserting import insert
from okno.core.models import StoredFile

KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{40}")
"""The names that stored files bear in the storage."""

_INSERT_NEW = """
INSERT INTO core_storedfile (sha256, size, key) SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[])
ON CONFLICT (sha256) DO NOTHING RETURNING *
"""


def store(content: bytes) -> StoredFile:
    """The stored file of these bytes, made now or found; its bytes are durable when this returns.

    A file whose row is rolled back afterwards stays behind without an owner and is swept later (see
    ``core.sweeping``); a row without its file cannot come to be.
    """
    digest = hashlib.sha256(content).hexdigest()
    existing = StoredFile.objects.filter(sha256=digest).first()
    if existing is not None and _taken_into_use(existing, content):
        return existing
    key = _write(content)
    try:
        with transaction.atomic():
            stored = StoredFile(sha256=digest, size=len(content), key=key)
            insert(stored)
            return stored
    except IntegrityError:
        default_storage.delete(key)
        return StoredFile.objects.get(sha256=digest)


def store_many(contents: Sequence[bytes]) -> list[StoredFile]:
    """The stored files of several contents, in their order, with as few questions to the database as for one."""
    digests = [hashlib.sha256(content).hexdigest() for content in contents]
    wanted = dict(zip(digests, contents, strict=True))
    found = StoredFile.objects.filter(sha256__in=wanted).order_by("pk") if wanted else []
    known = {one.sha256: one for one in found if _taken_into_use(one, wanted[one.sha256])}
    missing = {digest: content for digest, content in wanted.items() if digest not in known}
    if missing:
        known |= _stored(missing)
    return [known[digest] for digest in digests]


def _stored(missing: dict[str, bytes]) -> dict[str, StoredFile]:
    """Contents by digest, written and given rows.

    Of equal ones that somebody stored at the same moment one row stands; the other bytes are swept later.
    """
    written = [(digest, len(content), _write(content)) for digest, content in sorted(missing.items())]
    columns = [list(column) for column in zip(*written, strict=True)]
    made = {one.sha256: one for one in StoredFile.objects.raw(_INSERT_NEW, columns)}
    others = missing.keys() - made.keys()
    return made | ({one.sha256: one for one in StoredFile.objects.filter(sha256__in=others)} if others else {})


def _taken_into_use(stored: StoredFile, content: bytes) -> bool:
    """Keeps a file that nobody owned from being swept; false when it was swept at this moment.

    Its bytes are written again where they are gone: it may come from a backup during which it was swept.
    """
    if stored.unowned_since is None:
        return True
    if not StoredFile.objects.filter(pk=stored.pk).update(unowned_since=None):
        return False
    if not default_storage.exists(stored.key):
        _write(content, stored.key)
    return True


def _new_key() -> str:
    name = secrets.token_hex(20)
    return f"{name[:2]}/{name[2:4]}/{name}"


def _write(content: bytes, key: str = "") -> str:
    key = key or _new_key()
    if not isinstance(default_storage, FileSystemStorage) and not hasattr(default_storage, "location"):
        return default_storage.save(key, ContentFile(content))
    path = Path(default_storage.path(key))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return key


def read(stored: StoredFile) -> bytes:
    """All bytes of the file."""
    with default_storage.open(stored.key, "rb") as file:
        content: bytes = file.read()
    return content


def open_stream(stored: StoredFile) -> BinaryIO:
    """The file opened for reading in pieces."""
    return cast("BinaryIO", default_storage.open(stored.key, "rb"))
