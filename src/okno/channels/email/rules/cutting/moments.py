"""Dates and times of day in the orders and scripts of all languages."""

import re

from okno.channels.email.rules.cutting.words import MONTH_STEMS, begins_with_stem

TIME = re.compile(
    r"(?<![\d.])\d{1,2}:\d{2}(?!\d)|(?<![\d.])\d{1,2}\.\d{2}(?!\.?\d)"
    r"|(?<!\d)\d{1,2} ?[时時點点시]|(?<!\d)\d{1,2} ?h ?\d{0,2}(?!\w)"
)
_DATE = re.compile(r"(?<!\d)\d{1,4} ?[./-] ?\d{1,2} ?[./-] ?\d{2,4}(?!\d)|\d{1,4} ?[年년]|(?<!\d)\d{1,2} ?[月월]")
NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


def has_moment(text: str) -> bool:
    """Whether the text holds a date together with a time of day."""
    return TIME.search(text) is not None and is_dated(text)


def is_dated(text: str) -> bool:
    """Whether the text holds a date in any order, with the month as a number or a word."""
    if _DATE.search(text):
        return True
    numbers = NUMBER.findall(TIME.sub(" ", text))
    days = [number for number in numbers if len(number) <= 2]
    if not days:
        return False
    if any(len(number) == 4 and "1300" <= number <= "2650" for number in numbers):
        return True
    return any(begins_with_stem(word, MONTH_STEMS) for word in _WORD.findall(text.casefold()))
