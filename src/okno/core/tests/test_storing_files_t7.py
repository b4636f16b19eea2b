"""Several contents stored at once: each once, in their order, durable, whoever else stores them."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from okno.core import files
from okno.core.models import StoredFile

pytestmark = pytest.mark.django_db


def test_equal_contents_are_one_file_and_the_order_is_kept() -> None:
    first = files.store(b"second")
    stored = files.store_many([b"first", b"second", b"first", b""])
    assert [files.read(each) for each in stored] == [b"first", b"second", b"first", b""]
    assert stored[0] == stored[2]
    assert stored[1] == first
    assert [each.size for each in stored] == [5, 6, 5, 0]
    assert StoredFile.objects.count() == 3


def test_what_somebody_stored_at_the_same_moment_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    write = files._write

    def slowly(content: bytes, key: str = "") -> str:
        if content == b"both":
            StoredFile.objects.create(sha256=hashlib.sha256(content).hexdigest(), size=4, key="theirs")
        return write(content, key)

    monkeypatch.setattr(files, "_write", slowly)
    mine, both = files.store_many([b"mine", b"both"])
    assert both.key == "theirs"
    assert files.read(mine) == b"mine"


def test_storing_takes_the_same_statements_for_one_and_for_many(django_assert_num_queries: Any) -> None:
    for number, count in enumerate((1, 20)):
        with django_assert_num_queries(2):
            files.store_many([f"{number}.{each}".encode() for each in range(count)])
