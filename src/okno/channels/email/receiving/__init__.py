"""Taking letters in: by IMAP, SMTP, LMTP or from a pipe. First stored and committed, only then acknowledged."""

from __future__ import annotations

from okno.channels.email.receiving.fetching import run_fetchers
from okno.channels.email.receiving.smtp import run_listeners

__all__ = ["run_fetchers", "run_listeners"]
