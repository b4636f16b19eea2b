"""File names of attachments made safe: a name only, no path, nothing invisible, not too long."""

from __future__ import annotations

import re
import unicodedata

MAX_NAME = 150
MAX_NAME_BYTES = 220
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_EXTENSIONS = {
    "application/pdf": "pdf", "application/zip": "zip", "application/msword": "doc", "application/json": "json",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls", "application/rtf": "rtf", "application/xml": "xml",
    "application/pgp-signature": "asc", "application/pgp-encrypted": "asc", "application/pgp-keys": "asc",
    "application/pkcs7-signature": "p7s", "application/x-pkcs7-signature": "p7s", "application/pkcs7-mime": "p7m",
    "application/x-pkcs7-mime": "p7m", "application/ms-tnef": "dat", "application/ics": "ics",
    "image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png", "image/gif": "gif", "image/bmp": "bmp",
    "image/webp": "webp", "image/tiff": "tif", "image/heic": "heic", "image/svg+xml": "svg",
    "text/plain": "txt", "text/html": "html", "text/csv": "csv", "text/calendar": "ics", "text/vcard": "vcf",
    "text/x-vcard": "vcf", "text/xml": "xml", "text/rfc822-headers": "txt", "message/rfc822": "eml",
    "message/delivery-status": "txt", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/ogg": "ogg",
    "video/mp4": "mp4", "video/quicktime": "mov",
}  # fmt: skip


def safe_file_name(name: str) -> str:
    """The name without path, control, invisible and direction-changing characters, at most 150 characters.

    A long name keeps its extension. The result is empty when nothing of the name is left.
    """
    name = unicodedata.normalize("NFC", name[:4000].replace("\\", "/"))
    name = name.rstrip("/").rpartition("/")[2]
    name = _SPACES.sub(" ", _UNSAFE.sub("", name)).strip(" \"'").rstrip(". ")
    if not name.strip(". "):
        return ""
    return _shorten(name)


def _shorten(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > 12:
        stem, extension = name, ""
    tail = f".{extension}" if extension else ""
    stem = stem[: MAX_NAME - len(tail)]
    while stem and len((stem + tail).encode("utf-8", "replace")) > MAX_NAME_BYTES:
        stem = stem[:-1]
    return stem.rstrip(" ") + tail


def name_for(content_type: str, number: int) -> str:
    """A name for a nameless file, by its type: `image-2.png`, `calendar-1.ics`, `attachment-3.bin`."""
    main, _, sub = content_type.partition("/")
    stem = {"image": "image", "audio": "audio", "video": "video", "message": "message"}.get(main, "attachment")
    stem = "calendar" if sub in ("calendar", "ics") else stem
    return f"{stem}-{number}.{_EXTENSIONS.get(content_type, 'bin')}"
