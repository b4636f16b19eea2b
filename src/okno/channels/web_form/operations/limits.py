"""How much may come in by forms: from one place, in the name of one address, by one form (T5)."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext as _

from okno.channels.email.own_addresses import base_address
from okno.channels.web_form.declarations import PER_ADDRESS, PER_FORM, PER_PLACE
from okno.channels.web_form.models import WebForm, WebFormPost
from okno.core import clock
from okno.core.faults import Fault
from okno.core.secrets import sign

HOUR = timedelta(hours=1)
KEPT = timedelta(days=2)
LENGTH = 32


_LOCK_ALL = """
SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) WITH ORDINALITY AS one (name, place)
ORDER BY place
"""
_COUNT_ALL = """
SELECT (SELECT count(*) FROM web_form_webformpost WHERE place = %(place)s AND at > %(since)s),
    (SELECT count(*) FROM web_form_webformpost WHERE address = %(address)s AND at > %(since)s),
    (SELECT count(*) FROM web_form_webformpost WHERE form_id = %(form)s AND at > %(since)s)
"""


class TooMany(Fault):
    """More than may come at once; later it is taken."""

    code = "too_many"
    status = 429


def counted_as(what: str, value: str) -> str:
    """How a place or an address is remembered: so that it can be counted and not read."""
    return sign(f"web form {what}", value, length=LENGTH) if value else ""


def address_counted_as(address: str) -> str:
    """The same of a mail address; ``name+tag@`` counts as ``name@``."""
    return counted_as("address", base_address(address.lower())) if address else ""


def require_room(form: WebForm, place: str, address: str) -> None:
    """Passes in silence, or raises ``TooMany``; call it in the transaction of the post.

    One lock for each place and address keeps many posts of one moment from all finding room.
    """
    by_place, by_address, by_form = _counted(form, place, address)
    if place and by_place >= PER_PLACE():
        raise TooMany(
            _("Very many requests came from your network. Please try again in an hour, or write a letter.")
        )
    if address and by_address >= PER_ADDRESS():
        raise TooMany(
            _("Several requests came from this address within the hour. Please answer the letter that we send.")
        )
    if by_form >= PER_FORM():
        raise TooMany(_("Very many requests are coming in. Please try again later, or write a letter."))


def _counted(form: WebForm, place: str, address: str) -> tuple[int, int, int]:
    """How many came within the hour from the place, in the name of the address, and by the form."""
    with connection.cursor() as cursor:
        names = sorted({f"web form {form.pk}", f"web form place {place}", f"web form address {address}"})
        cursor.execute(_LOCK_ALL, [names])
        cursor.execute(
            _COUNT_ALL, {"place": place, "address": address, "form": form.pk, "since": clock.now() - HOUR}
        )
        by_place, by_address, by_form = cursor.fetchone()
    return by_place, by_address, by_form


def is_busy(form: WebForm) -> bool:
    """Whether so much comes by the form that sending it is to cost more work."""
    return form.posts.filter(at__gt=clock.now() - HOUR).count() * 3 >= PER_FORM()


def forget_old_posts() -> int:
    """Forgets what was counted two days ago; returns how many rows went."""
    removed, _kinds = WebFormPost.objects.filter(at__lt=clock.now() - KEPT).delete()
    return removed
