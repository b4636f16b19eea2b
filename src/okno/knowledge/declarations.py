"""Settings of the knowledge base."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.settings_store import Setting, declare

_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}")


def hosts_in(text: str) -> list[str]:
    """The host names of the setting, each once, in lower case."""
    return list(dict.fromkeys(text.replace(",", " ").lower().split()))


def _wrong_hosts(text: str) -> str | None:
    wrong = [host for host in hosts_in(text) if not _HOST.fullmatch(host)]
    if wrong:
        return _("These are not names of hosts: %(words)s. Write them such as videos.example.com.") % {
            "words": ", ".join(wrong)[:200]
        }
    return None


PUBLIC = declare(
    Setting(
        key="knowledge.public",
        kind=bool,
        default=True,
        label=gettext_lazy("Public knowledge base"),
        help=gettext_lazy(
            "Everybody reads the sections that are meant for everybody. Off: nobody reads without signing in, "
            "whatever the sections say."
        ),
        group="knowledge",
    )
)
HELPFULNESS = declare(
    Setting(
        key="knowledge.helpfulness",
        kind=bool,
        default=True,
        label=gettext_lazy("Ask readers whether an article helped"),
        help=gettext_lazy("Yes or no below each article, and a word about what is missing."),
        group="knowledge",
    )
)
VIDEO_HOSTS = declare(
    Setting(
        key="knowledge.video_hosts",
        kind=str,
        default="",
        label=gettext_lazy("Hosts of videos"),
        help=gettext_lazy(
            "A link to one of these hosts that stands alone in a line becomes a player. The reader's browser then "
            "asks that host for it, and the host learns who reads. Parted by spaces; empty: only uploaded videos."
        ),
        group="knowledge",
        check=_wrong_hosts,
    )
)
