"""After a test that empties all tables, the rows that migrations bring are there again for the next one.

A transactional test ends by emptying every table, roles and statuses included. pytest-django brings them back at
the beginning of those tests that ask for it, which does not help the others that run after it in the same process,
as happens when files are handed out to several processes.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

CONTENT = "_test_serialized_contents"
"""Where Django itself keeps what it brings back for tests that ask for it."""


@pytest.fixture(autouse=True)
def _remembered_rows(request: pytest.FixtureRequest, django_db_blocker: Any) -> None:
    """Before the first such test of a process the tables are as the migrations left them: that is kept."""
    if _empties_tables(request.node):
        request.getfixturevalue("django_db_setup")
        from django.db import connection

        with django_db_blocker.unblock():
            if not hasattr(connection, CONTENT):
                content = connection.creation.serialize_db_to_string()
                setattr(connection, CONTENT, content)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Outermost, so that everything else has been torn down, the emptying included."""
    result = yield
    if nextitem is not None and _empties_tables(item):
        _fill_again(item.config)
    return result


def _empties_tables(item: pytest.Item) -> bool:
    names: Any = getattr(item, "fixturenames", ())
    if "transactional_db" in names or "live_server" in names:
        return True
    marker = item.get_closest_marker("django_db")
    return marker is not None and bool(marker.kwargs.get("transaction"))


def _fill_again(config: pytest.Config) -> None:
    from django.db import connection
    from pytest_django.plugin import blocking_manager_key

    content = getattr(connection, CONTENT, "")
    if not content:
        return
    with config.stash[blocking_manager_key].unblock():
        with connection.cursor() as cursor:  # the emptying makes these two anew, under other numbers
            cursor.execute("TRUNCATE django_content_type, auth_permission CASCADE")
        connection.creation.deserialize_db_from_string(content)
