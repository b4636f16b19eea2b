"""The pytest plugin that gives a test run its database server: `-p okno.testing.pytest_postgres`."""

from collections.abc import Generator

import pytest

from okno.testing.postgres import TestServer

_server = TestServer()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Before anything reads the settings. A worker of a parallel run finds the server of its controller."""
    _server.start()
    return (yield)


def pytest_unconfigure() -> None:
    """Stops the server, also after a run that failed or was interrupted."""
    _server.stop()
