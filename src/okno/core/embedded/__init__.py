"""A PostgreSQL server of our own, so that nothing needs to be installed. Knows nothing of Django."""

from okno.core.embedded.binaries import program
from okno.core.embedded.errors import EmbeddedPostgresError
from okno.core.embedded.server import EmbeddedPostgres, locate

__all__ = ["EmbeddedPostgres", "EmbeddedPostgresError", "locate", "program"]
