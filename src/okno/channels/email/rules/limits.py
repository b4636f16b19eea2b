"""How much of a letter is read. Beyond a limit the rest stays unread and the letter's problems say so."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep any letter within about 5 seconds and 256 MB; the raw letter is always kept elsewhere."""

    letter_bytes: int = 50 * MEGABYTE
    """Bytes of the raw letter that are looked at."""

    parts: int = 1000
    """MIME parts of one letter, containers included."""

    depth: int = 50
    """Containers inside containers."""

    header_bytes: int = 256 * 1024
    """Bytes of the letter's own header, and of the headers of all its parts together."""

    part_header_bytes: int = 32 * 1024
    """Bytes of one part's header."""

    header_fields: int = 2000
    """Fields of one header."""

    part_bytes: int = 48 * MEGABYTE
    """Bytes of one encoded part; a larger one is not decoded."""

    text_bytes: int = 12 * MEGABYTE
    """Bytes of decoded text, over all text parts of a letter."""

    attachments: int = 500
    """Files of one letter."""

    addresses: int = 1000
    """Addresses of one header."""

    references: int = 500
    """Message ids of one References header; the first and the latest are kept."""

    html_tags: int = 100_000
    """Tags of an HTML text; beyond, its text is had by dropping tags, without building a tree."""

    html_chars: int = 5 * MEGABYTE
    """Characters of an HTML text; beyond, as above."""

    cut_lines: int = 100_000
    """Lines of a text in which quoted history is looked for; a longer text is all new."""

    false_delimiters: int = 50_000
    """Lines that begin like a boundary and are none."""

    tnef_bytes: int = 32 * MEGABYTE
    """Bytes of one winmail.dat."""

    tnef_items: int = 5000
    """Attributes and properties of one winmail.dat."""


DEFAULT_LIMITS = Limits()
