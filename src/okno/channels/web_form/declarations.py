"""Settings of web forms: how much may come in by them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from okno.channels.email.declarations import between
from okno.core.settings_store import Setting, declare

GROUP = "web_form"

PER_PLACE = declare(
    Setting(
        key="web_form.per_place",
        kind=int,
        default=20,
        label=gettext_lazy("Requests an hour from one place, at most"),
        help=gettext_lazy("A place is an IP address, or the network of one connection. Offices share one."),
        group=GROUP,
        check=between(1, 10_000),
    )
)
PER_ADDRESS = declare(
    Setting(
        key="web_form.per_address",
        kind=int,
        default=6,
        label=gettext_lazy("Requests an hour in the name of one mail address, at most"),
        help=gettext_lazy("Whatever comes, an address gets at most one confirmation a day."),
        group=GROUP,
        check=between(1, 10_000),
    )
)
PER_FORM = declare(
    Setting(
        key="web_form.per_form",
        kind=int,
        default=600,
        label=gettext_lazy("Requests an hour by one form, at most"),
        help=gettext_lazy("From a third of this on, sending costs the visitor's device more work."),
        group=GROUP,
        check=between(1, 100_000),
    )
)
MOST_MEGABYTES = declare(
    Setting(
        key="web_form.most_megabytes",
        kind=int,
        default=15,
        label=gettext_lazy("Files of one request, in megabytes"),
        help=gettext_lazy("All files together."),
        group=GROUP,
        check=between(1, 100),
    )
)
