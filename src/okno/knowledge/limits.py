"""How much an article may hold; what is more is refused loudly (T34)."""

from __future__ import annotations

LONGEST_TEXT = 500_000
"""Characters of the HTML of one text."""

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of one file; a video of some minutes."""

MOST_FILES = 200
"""Files and pictures of one article."""

MOST_SECTIONS = 1000
LONGEST_NAME = 120
LONGEST_ABOUT = 300
LONGEST_COMMENT = 2000
