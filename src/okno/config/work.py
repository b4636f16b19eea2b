"""One worker process with everything that this product's packages have it do."""

from __future__ import annotations

import asyncio
import gc
from functools import partial

from django.conf import settings

from okno.core.worker import Service, Worker


def work(*, mail: bool) -> bool:
    """Works until asked to stop; whether everything ended in time."""
    services = _mail_services() if mail else {}
    gc.collect()
    gc.freeze()
    gc.enable()
    return asyncio.run(Worker(services).run())


def _mail_services() -> dict[str, Service]:
    from okno.channels.email.receiving import run_fetchers, run_listeners

    services: dict[str, Service] = {"mailboxes": run_fetchers}
    if settings.SMTP_LISTEN or settings.LMTP_LISTEN:
        services["reception"] = partial(run_listeners, smtp=settings.SMTP_LISTEN, lmtp=settings.LMTP_LISTEN)
    return services
