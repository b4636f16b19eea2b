"""Logo and icon: taken in, written anew, handed out (T13)."""

from __future__ import annotations

import io
import secrets

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

from okno.core import files, settings_store
from okno.core.actor import Actor
from okno.core.brand.declarations import PICTURES
from okno.core.faults import Forbidden, Invalid
from okno.core.models import BrandPicture

ROLES: dict[str, str | Promise] = {
    "logo": gettext_lazy("Logo"),
    "dark_logo": gettext_lazy("Logo on dark pages"),
    "icon": gettext_lazy("Icon in the browser's tab"),
}
SIZES = {"logo": (640, 160), "dark_logo": (640, 160), "icon": (128, 128)}
"""Width and height into which the picture is fitted: twice what is shown, for sharp screens."""

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_PICTURE = 20_000_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def set_picture(actor: Actor, role: str, content: bytes) -> BrandPicture:
    """Puts a picture in its place. It is drawn anew as PNG, so that nothing but a picture is in it."""
    if not actor.has("settings.manage"):
        raise Forbidden(_("Your role does not change settings."))
    if role not in ROLES:
        raise Invalid({"role": [_("Choose one of the offered values.")]})
    drawn = _drawn(content, SIZES[role])
    if drawn is None:
        text = _("This is no PNG, JPEG, WebP or GIF picture of at most 2 MB. Save a drawing (SVG) as PNG first.")
        raise Invalid({role: [text]})
    with transaction.atomic():
        values = {"file": files.store(drawn), "token": secrets.token_urlsafe(20)}
        picture, _made = BrandPicture.objects.update_or_create(role=role, defaults=values)
        settings_store.change(actor, {PICTURES.key: PICTURES() | {role: picture.token}})
    return picture


def remove_picture(actor: Actor, role: str) -> None:
    """The product's own look stands in its place again."""
    with transaction.atomic():
        left = {name: token for name, token in PICTURES().items() if name != role}
        settings_store.change(actor, {PICTURES.key: left})
        BrandPicture.objects.filter(role=role).delete()


def _drawn(content: bytes, size: tuple[int, int]) -> bytes | None:
    """The picture as PNG within this size; nothing for what is none, or too large."""
    if len(content) > LARGEST_FILE:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                return None
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            upright.thumbnail(size)
            out = io.BytesIO()
            upright.save(out, "PNG")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return out.getvalue()
