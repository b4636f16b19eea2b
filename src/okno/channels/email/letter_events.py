"""What a person can do to a received letter."""

from __future__ import annotations

from okno.core.events import kind

RETRIED = kind("letter.retried", "A failed letter is processed again")
RELEASED = kind("letter.released", "An ignored letter is taken after all")
IGNORED = kind("letter.ignored", "A failed letter is left alone by a person")
RAW_READ = kind("letter.raw_read", "Somebody saved the letter as it came. data: letter (id)")
