"""The database server of a test run."""

import os
import shutil
import tempfile
from pathlib import Path

from okno.core.embedded import EmbeddedPostgres
from okno.testing.template import prepared

_MARK = "OKNO_TEST_SERVER"


class TestServer:
    """One fleeting server for a whole test run; its workers inherit the address in `DATABASE_URL`."""

    __test__ = False

    def __init__(self) -> None:
        self._server: EmbeddedPostgres | None = None
        self._folder: Path | None = None

    def start(self) -> None:
        """Sets `DATABASE_URL`: to the server `OKNO_TEST_DATABASE_URL` names, else to one of our own."""
        if _MARK in os.environ:
            return
        url = os.environ.get("OKNO_TEST_DATABASE_URL")
        if not url:
            self._folder = Path(tempfile.mkdtemp(prefix="okno-tests-"))
            self._folder.chmod(0o711)  # the server of a root's test run is another user
            self._server = EmbeddedPostgres(self._folder, durable=False)
            url = self._server.start()
        os.environ["DATABASE_URL"] = url
        os.environ["OKNO_TEST_TEMPLATE"] = prepared(url) if self._server else ""
        os.environ[_MARK] = str(os.getpid())

    def stop(self) -> None:
        """Stops the server this object started and removes its files."""
        if self._server is None or self._folder is None:
            return
        self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._server = None
        os.environ.pop(_MARK, None)
