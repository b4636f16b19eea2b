"""Sweeping stored files that nobody owns: rows to which nothing refers, and files on the disk without a row.

A file has an owner while any row of any package refers to it; whoever adds such a reference need not tell us.
A row is marked when it is first seen without an owner and goes ``KEPT`` later, if it has none still and nobody
asked for its content meanwhile (``files.store`` takes the mark away). The row goes first and its file after the
commit, so that no row is ever without its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import batched
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.deletion import ProtectedError
from django.db.models.fields.reverse_related import ForeignObjectRel

from okno.core import clock, logs
from okno.core.files import KEY
from okno.core.models import StoredFile

log = logs.get(__name__)
KEPT = timedelta(hours=24)
"""Longer than any transaction, any upload on its way to its message, any backup that reads the files meanwhile."""

BATCH = 500
FEW = 20


def discard(files: Iterable[int]) -> None:
    """Removes those of the stored files to which nothing refers any more, in the transaction of whoever erases."""
    for row in StoredFile.objects.select_for_update(of=("self",)).filter(~_owned(), pk__in=list(files)):
        row.delete()
        transaction.on_commit(partial(default_storage.delete, row.key))


def sweep() -> tuple[int, int]:
    """Removes what nobody has owned for a day; returns how many rows, and how many files without a row."""
    _mark()
    return _sweep_rows(), _sweep_disk()


def _owned() -> Q:
    owned = Q(pk__in=())
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            owned |= Q(Exists(rows))
    return owned


def _mark() -> None:
    owned = _owned()
    StoredFile.objects.filter(owned, unowned_since__isnull=False).update(unowned_since=None)
    StoredFile.objects.filter(~owned, unowned_since=None).update(unowned_since=clock.now())


def _sweep_rows() -> int:
    removed, last = 0, 0
    while True:
        with transaction.atomic():
            due = StoredFile.objects.filter(~_owned(), pk__gt=last, unowned_since__lt=clock.now() - KEPT)
            # A row that somebody takes into use at this moment is locked and passed over.
            rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
        if not rows:
            return removed
        last = rows[-1].pk
        for row in rows:
            removed += _sweep_row(row.pk)


def _sweep_row(pk: int) -> int:
    """Removes one row, looking once more now that it is locked; the database itself has the last word."""
    try:
        with transaction.atomic():
            locked = StoredFile.objects.select_for_update(skip_locked=True)
            row = locked.filter(pk=pk, unowned_since__lt=clock.now() - KEPT).first()
            if row is None or not StoredFile.objects.filter(~_owned(), pk=pk).exists():
                return 0
            row.delete()
    except (IntegrityError, ProtectedError):
        return 0
    default_storage.delete(row.key)
    return 1


def _sweep_disk() -> int:
    """Removes old files without a row: their transaction was rolled back, or the process died between the two.

    Where hardly any file has a row, this is another database than that of the files: then nothing is removed.
    """
    if not isinstance(default_storage, FileSystemStorage) and not hasattr(default_storage, "location"):
        return 0
    root, seen, strays = Path(default_storage.path("")), 0, list[Path]()
    for files in batched(_old_files(root), BATCH, strict=False):
        keys = {path.relative_to(root).as_posix(): path for path in files}
        known = set(StoredFile.objects.filter(key__in=keys).values_list("key", flat=True))
        strays += [path for key, path in keys.items() if key not in known]
        seen += len(keys)
    if len(strays) > FEW and 2 * len(strays) > seen:
        log.error("most stored files have no row, so none is swept", files=seen, strays=len(strays))
        return 0
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _old_files(root: Path) -> Iterator[Path]:
    """Files that were written more than ``KEPT`` ago under names that only ``files.store`` gives."""
    before = (clock.now() - KEPT).timestamp()
    for folder, _folders, names in root.walk():
        for name in names:
            path = folder / name
            if KEY.fullmatch(path.relative_to(root).as_posix()) and path.stat().st_mtime < before:
                yield path
