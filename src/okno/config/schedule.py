"""Every periodic job of the product, in one place."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="17 * * * *")
@app.task(name="api.tidy", queueing_lock="api.tidy")
def tidy_api(timestamp: int) -> None:
    """Hourly: forgets answers to idempotent writes and files without a message after a day."""
    from okno.api import jobs

    jobs.tidy()


@app.periodic(cron="29 * * * *")
@app.task(name="knowledge.tidy", queueing_lock="knowledge.tidy")
def tidy_knowledge(timestamp: int) -> None:
    """Hourly: forgets files that were sent for an article and not used within a day."""
    from okno.knowledge import jobs

    jobs.tidy()


@app.periodic(cron="41 3 * * *")
@app.task(name="account.tidy", queueing_lock="account.tidy")
def tidy_sessions(timestamp: int) -> None:
    """Nightly: forgets sessions that have expired, and links of letters a month after their time."""
    from django.contrib.sessions.backends.db import SessionStore

    from okno.people.links import forget_old_links

    SessionStore.clear_expired()
    forget_old_links()


@app.periodic(cron="23 4 * * *")
@app.task(name="calendars.extend", queueing_lock="calendars.extend")
def extend_holidays(timestamp: int) -> None:
    """Daily: writes down the public holidays of years that have come near."""
    from okno.calendars import jobs

    jobs.extend()


@app.periodic(cron="7 4 * * *")
@app.task(name="core.sweep", queueing_lock="core.sweep")
def sweep_files(timestamp: int) -> None:
    """Nightly: removes stored files that nobody has owned for a day."""
    from okno.core import logs, sweeping

    rows, strays = sweeping.sweep()
    logs.get(__name__).info("files were swept", rows=rows, strays=strays)


@app.periodic(cron="29 * * * *")
@app.task(name="web_form.tidy", queueing_lock="web_form.tidy")
def tidy_web_forms(timestamp: int) -> None:
    """Hourly: forgets what was counted of requests by web forms two days ago."""
    from okno.channels.web_form import jobs

    jobs.tidy()
