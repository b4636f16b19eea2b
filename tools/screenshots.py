"""Pictures of every page: `python tools/screenshots.py [PART OF A NAME]...` fills `.screenshots/`.

Starts a demo on a folder of its own, signs in by the demo's links, and takes each page of the table at
1440x900 and 390x844, light and dark. Another page is another line of the table.
"""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / ".screenshots"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
READY_LIMIT = 180.0

PAGES = [
    ("sign-in", "/account/login/", ""),
    ("sign-in-by-letter", "/account/link/", ""),
    ("letter-link-gone", "/account/invitation/no-such-link/", ""),
    ("list", "/tickets/?section=active", "administrator"),
    ("list-mine", "/tickets/?section=mine", "specialist"),
    ("list-empty", "/tickets/?q=nothing+like+this", "administrator"),
    ("search", "/tickets/?q=printer", "lead"),
    ("ticket-new-from-client", "/tickets/{emily}/", "administrator"),
    ("ticket-long", "/tickets/{vpn}/", "administrator"),
    ("ticket-russian", "/tickets/{phones}/", "lead"),
    ("new-ticket", "/tickets/new/", "specialist"),
    ("clients", "/clients/companies/", "administrator"),
    ("client-contacts", "/clients/contacts/", "administrator"),
    ("client-company", "/clients/companies/1/", "administrator"),
    ("client-contact", "/clients/contacts/3/", "administrator"),
    ("client-form", "/clients/companies/1/edit/", "administrator"),
    ("client-merge", "/clients/contacts/3/merge/?with=12", "administrator"),
    ("client-erase", "/clients/contacts/1/erase/", "administrator"),
    ("client-contact-new", "/clients/contacts/new/", "administrator"),
    ("client-import", "/clients/imports/", "administrator"),
    ("client-access", "/clients/contacts/1/", "lead"),
    ("ratings", "/ratings/", "lead"),
    ("columns", "/tickets/columns/", "specialist"),
    ("outbox", "/outbox/", "administrator"),
    ("manage", "/manage/", "administrator"),
    ("mailboxes", "/manage/mailboxes/", "administrator"),
    ("attributes", "/manage/attributes/", "administrator"),
    ("request-forms", "/manage/request-forms/", "administrator"),
    ("request-form", "/manage/request-forms/1/", "administrator"),
    ("request-form-new", "/manage/request-forms/new/", "administrator"),
    ("request-form-template", "/manage/request-forms/templates/network/", "administrator"),
    ("settings-rating", "/manage/settings/rating/", "administrator"),
    ("request-form-templates", "/manage/request-forms/templates/", "administrator"),
    ("portal-new-asked", "/portal/requests/new/?type=incident&service=2", "client"),
    ("attribute", "/manage/attributes/3/", "administrator"),
    ("attribute-new", "/manage/attributes/new/", "administrator"),
    ("letters", "/manage/letters/", "administrator"),
    ("deliveries", "/manage/deliveries/", "administrator"),
    ("blacklist", "/manage/blacklist/", "administrator"),
    ("web-forms", "/manage/web-forms/", "administrator"),
    ("web-form", "/manage/web-forms/1/", "administrator"),
    ("web-form-new", "/manage/web-forms/new/", "administrator"),
    ("employees", "/manage/employees/", "administrator"),
    ("teams", "/manage/teams/", "administrator"),
    ("employee-leaves", "/manage/employees/3/deactivate/", "administrator"),
    ("team-delete", "/manage/teams/1/delete/", "administrator"),
    ("roles", "/manage/roles/", "administrator"),
    ("role", "/manage/roles/2/", "administrator"),
    ("times", "/times/", "administrator"),
    ("why", "/manage/why/?person=3&number={vpn}", "administrator"),
    ("audit", "/manage/audit/", "administrator"),
    ("service", "/manage/services/1/", "administrator"),
    ("canned", "/manage/canned/", "administrator"),
    ("look", "/manage/look/", "administrator"),
    ("settings-portal", "/manage/settings/portal/", "administrator"),
    ("sla", "/manage/sla/", "administrator"),
    ("sla-rule", "/manage/sla/3/", "administrator"),
    ("sla-trial", "/manage/sla/try/?priority=high&registered=2026-11-20T17:00", "administrator"),
    ("routing", "/manage/routing/", "administrator"),
    ("routing-rule", "/manage/routing/1/", "administrator"),
    ("routing-trial", "/manage/routing/try/?channel=email", "administrator"),
    ("routing-defaults", "/manage/settings/routing/", "administrator"),
    ("team-queue", "/manage/teams/1/", "administrator"),
    ("workload", "/manage/workload/", "administrator"),
    ("absence", "/account/absence/", "specialist"),
    ("schedules", "/manage/schedules/", "administrator"),
    ("schedule-week", "/manage/schedules/1/", "administrator"),
    ("schedule-days", "/manage/schedules/1/days/?year=2027", "administrator"),
    ("schedule-holidays", "/manage/schedules/1/holidays/?country=PL", "administrator"),
    ("schedule-trial", "/manage/schedules/1/try/?start=2026-11-20T17:00&hours=20&minutes=30", "administrator"),
    ("types", "/manage/types/", "administrator"),
    ("type", "/manage/types/1/", "administrator"),
    ("statuses", "/manage/statuses/", "administrator"),
    ("status", "/manage/statuses/3/", "administrator"),
    ("priorities", "/manage/priorities/", "administrator"),
    ("matrix", "/manage/priorities/matrix/", "administrator"),
    ("services", "/manage/services/", "administrator"),
    ("categories", "/manage/categories/", "administrator"),
    ("lifecycles", "/manage/lifecycles/", "administrator"),
    ("lifecycle", "/manage/lifecycles/1/", "administrator"),
    ("lifecycle-call-back", "/manage/lifecycles/5/", "administrator"),
    ("knowledge", "/knowledge/", "specialist"),
    ("knowledge-section", "/knowledge/sections/2/", "administrator"),
    ("knowledge-article", "/knowledge/articles/5/?language=en", "administrator"),
    ("knowledge-article-vpn", "/knowledge/articles/8/?language=ru", "lead"),
    ("knowledge-edit", "/knowledge/articles/8/edit/?language=en", "specialist"),
    ("knowledge-versions", "/knowledge/articles/8/versions/", "specialist"),
    ("knowledge-rights", "/knowledge/sections/3/edit/", "administrator"),
    ("knowledge-search", "/knowledge/search/?q=printer+page", "specialist"),
    ("knowledge-figures", "/knowledge/figures/", "lead"),
    ("help", "/help/", ""),
    ("help-section", "/help/sections/2/", ""),
    ("help-article", "/help/articles/8/?language=en", ""),
    ("help-search", "/help/search/?q=password", ""),
    ("settings-knowledge", "/manage/settings/knowledge/", "administrator"),
    ("configuration", "/manage/configuration/", "administrator"),
    ("profile", "/account/profile/", "administrator"),
    ("photo", "/account/photo/", "administrator"),
    ("tokens", "/account/tokens/", "administrator"),
    ("second-factor", "/account/2fa/", "administrator"),
    ("api", "/api/docs", "administrator"),
    ("nothing-here", "/tickets/999999/", "specialist"),
    ("portal-list", "/portal/requests/", "client"),
    ("portal-journal", "/portal/journal/", "client"),
    ("portal-request", "/portal/requests/{coffee}/", "client"),
    ("portal-new", "/portal/requests/new/", "client"),
    ("portal-nothing", "/portal/requests/?q=nothing+like+this", "client"),
]
"""Name of the picture, path, and who looks (nobody when empty). Words in braces are numbers of demo tickets."""

TICKETS = {
    "emily": "Card terminal",
    "vpn": "VPN drops",
    "phones": "Телефоны: звонки",
    "coffee": "Ekspres w kawiarni",
}
"""Demo tickets by the beginning of their subjects."""


@dataclass(frozen=True)
class Studio:
    """A browser in front of a running demo. ``numbers`` are those of the tickets that the table names."""

    browser: Browser
    base: str
    links: dict[str, str]
    numbers: dict[str, str]

    def take_all(self, chosen: list[tuple[str, str, str]], size: str, scheme: Any) -> None:
        """All pictures of one size and one scheme, with one sign-in for each role."""
        width, height = SIZES[size]
        for role in dict.fromkeys(page[2] for page in chosen):
            viewport: Any = {"width": width, "height": height}
            context = self.browser.new_context(viewport=viewport, color_scheme=scheme, base_url=self.base)
            page = context.new_page()
            if role:
                page.goto(self.links[role])
            for name, path, who in chosen:
                if who == role:
                    take(page, path.format(**self.numbers), TARGET / f"{name}-{size}-{scheme}.png")
            context.close()


def main(wanted: list[str]) -> None:
    """Takes the pictures whose names contain one of the words, or all."""
    chosen = [page for page in PAGES if not wanted or any(word in page[0] for word in wanted)]
    TARGET.mkdir(exist_ok=True)
    with demo() as (base, links), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        studio = Studio(browser, base, links, find_tickets(browser, base, links))
        for size in SIZES:
            for scheme in SCHEMES:
                studio.take_all(chosen, size, scheme)
        browser.close()
    print(f"{len(chosen) * len(SIZES) * len(SCHEMES)} pictures in {TARGET}")


def take(page: Page, path: str, file: Path) -> None:
    """One picture, when the page has come to rest; what is wrong with it is told and not taken for an end."""
    answer = page.goto(path, wait_until="load")
    page.wait_for_timeout(400)
    status = answer.status if answer else 0
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    if status != 200 or wide:
        print(f"{file.name}: status {status}{', wider than the screen' if wide else ''}")
    page.screenshot(path=file)


def find_tickets(browser: Browser, base: str, links: dict[str, str]) -> dict[str, str]:
    """The numbers of the tickets that the table names."""
    page = browser.new_page(base_url=base)
    page.goto(links["administrator"])
    found: dict[str, str] = {}
    for name, subject in TICKETS.items():
        for _look in range(60):  # the worker may still be writing down the words that search knows
            page.goto(f"/tickets/?q={subject}")
            match = re.search(r"/tickets/(\d+)/", page.content())
            if match:
                found[name] = match[1]
                break
            page.wait_for_timeout(500)
        else:
            raise SystemExit(f"The demo has no ticket {subject!r}")
    page.close()
    return found


@contextmanager
def demo() -> Iterator[tuple[str, dict[str, str]]]:
    """A demo of its own: its address, and the sign-in links by the first word of the role."""
    folder = Path(tempfile.mkdtemp(prefix="okno-pictures-"))
    folder.chmod(0o711)
    log = folder / "output"
    ports = [str(free_port()), str(free_port())]
    command = [sys.executable, "-m", "okno.config.command", "demo", "--no-browser", "--data", str(folder / "data")]
    with log.open("wb") as out:
        process = subprocess.Popen([*command, "--port", ports[0], "--smtp-port", ports[1]], stdout=out, stderr=out)
    try:
        end = time.monotonic() + READY_LIMIT
        while "Ctrl+C stops it" not in log.read_text():
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"The demo did not start:\n{log.read_text()}")
            time.sleep(0.2)
        found = re.findall(r"^ +(\w+).*?\s(http://\S+/demo/sign-in/\S+)", log.read_text(), re.MULTILINE)
        yield f"http://127.0.0.1:{ports[0]}", {role.lower(): link for role, link in found}
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1:])
