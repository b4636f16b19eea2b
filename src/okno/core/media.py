"""What a file really is, and under which name and how it may be handed out (T13)."""

from __future__ import annotations

import io
import mimetypes
import re
import unicodedata
from collections.abc import Sequence

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError

RASTER = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""Pictures that a browser may show inside our pages, after they were written anew."""

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")

LARGEST_PICTURE = 30_000_000
"""Pixels; a larger picture is only ever downloaded (decompression bombs)."""

LARGEST_PHOTOGRAPH = 60_000_000
"""The same of a JPEG, whose decoder reads a smaller picture at once."""

LARGEST_ANIMATION = 10_000_000
"""Pixels of all pictures of an animation together; of a larger one the first picture is shown."""

MOST_FRAMES = 300
UPPER = (0.5, 0.4)
"""What a square is cut out of: the middle, a little above it, where faces are."""

SHOWN = (2560, 2560)
"""Width and height into which a picture is fitted for the page; the file itself can be downloaded whole."""

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
    """The picture written anew for the page, so that nothing else hides in it; nothing for what is no picture.

    It takes at most a few seconds and some 200 MB, whatever the picture (T15).
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > (
                LARGEST_PHOTOGRAPH if picture.format == "JPEG" else LARGEST_PICTURE
            ):
                return None
            if _is_small_animation(picture):
                return _saved(picture, "GIF" if picture.format == "GIF" else "WEBP", save_all=True)
            if picture.format == "JPEG":
                picture.draft("RGB", SHOWN)
                picture.thumbnail(SHOWN, reducing_gap=2.0)
                return _saved(ImageOps.exif_transpose(picture).convert("RGB"), "JPEG", quality=88)
            picture.thumbnail(SHOWN, reducing_gap=2.0)
            return _saved(ImageOps.exif_transpose(picture), "PNG", compress_level=3)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def square_pictures(content: bytes, sizes: Sequence[int], *, smallest: int) -> list[bytes] | None:
    """The middle of a picture as squares of these sides, each a WebP that holds nothing but its pixels.

    Nothing for what is no picture, is narrower than ``smallest``, or has too many pixels to be opened.
    """
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            pixels = picture.width * picture.height
            if pixels > (LARGEST_PHOTOGRAPH if picture.format == "JPEG" else LARGEST_PICTURE):
                return None
            if min(picture.size) < smallest:
                return None
            if picture.format == "JPEG":
                picture.draft("RGB", (2 * max(sizes), 2 * max(sizes)))
            mode = "RGBA" if picture.has_transparency_data else "RGB"
            upright = ImageOps.exif_transpose(picture).convert(mode)
            squares = [
                ImageOps.fit(upright, (side, side), Image.Resampling.LANCZOS, centering=UPPER) for side in sizes
            ]
            plain = {"quality": 84, "exif": b"", "xmp": b"", "icc_profile": b""}
            return [_saved(square, "WEBP", **plain)[0] for square in squares]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _is_small_animation(picture: Image.Image) -> bool:
    """Whether it moves, and writing all of its pictures anew costs little."""
    most = min(MOST_FRAMES, LARGEST_ANIMATION // (picture.width * picture.height or 1))
    if most < 2:
        return False
    if picture.format != "GIF":
        return 1 < getattr(picture, "n_frames", 1) <= most
    moves = _has(picture, 1) and not _has(picture, most)  # a GIF does not say how many pictures it holds
    picture.seek(0)
    return moves


def _has(picture: Image.Image, number: int) -> bool:
    try:
        picture.seek(number)
    except EOFError:
        return False
    return True


def _saved(picture: Image.Image, kind: str, **options: object) -> tuple[bytes, str]:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue(), f"image/{kind.lower()}"
