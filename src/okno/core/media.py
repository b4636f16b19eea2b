"""What a file really is, and under which name and how it may be handed out (T13)."""

from __future__ import annotations

import io
import mimetypes
import re
import unicodedata

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError

RASTER = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Pictures that a browser may show inside our pages, after they were written anew."""

LARGEST_PICTURE = 40_000_000
"""Pixels; a larger picture is only ever downloaded (decompression bombs)."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069\u200e\u200f]')


def clean_name(name: str, *, limit: int = 200) -> str:
    """A file name without folders, control and direction marks; what is too long keeps its ending."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = _UNSAFE.sub("_", name).strip(" .") or "file"
    if len(name) <= limit:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 12:
        return name[:limit]
    return f"{stem[: limit - len(ending) - 1]}.{ending}"


def real_type(content: bytes, name: str, declared: str = "") -> str:
    """The media type by the first bytes, else by the name, else as declared; never one that a browser runs."""
    found: str | None = filetype.guess_mime(content[:8192]) if content else None
    guessed = found or mimetypes.guess_type(name)[0] or declared or "application/octet-stream"
    return guessed if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,60}", guessed) else "application/octet-stream"


def rewritten_picture(content: bytes) -> tuple[bytes, str] | None:
    """The picture decoded and written anew, so that nothing else hides in it; nothing for what is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if f"image/{(picture.format or '').lower()}" not in RASTER:
                return None
            if picture.width * picture.height > LARGEST_PICTURE:
                return None
            if getattr(picture, "is_animated", False):
                return _saved(picture, "GIF" if picture.format == "GIF" else "WEBP", save_all=True)
            upright = ImageOps.exif_transpose(picture)
            if picture.format == "JPEG":
                return _saved(upright.convert("RGB"), "JPEG", quality=88)
            return _saved(upright, "PNG")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _saved(picture: Image.Image, kind: str, **options: object) -> tuple[bytes, str]:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue(), f"image/{kind.lower()}"
