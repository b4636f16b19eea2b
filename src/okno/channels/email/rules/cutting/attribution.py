"""The attribution: the line in which a program says who wrote the quotation below, and when."""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from okno.channels.email.rules.cutting.lines import Line, Role, is_rule, next_content
from okno.channels.email.rules.cutting.moments import NUMBER, TIME, is_dated
from okno.channels.email.rules.cutting.words import (
    FILLERS,
    MONTH_STEMS,
    OPENING_WORDS,
    UNSPACED_VERBS,
    VERBS,
    WEEKDAY_STEMS,
    begins_with_stem,
)

LONGEST = 450  # characters of an attribution joined from its lines
MOST_LINES = 5  # lines that a program may wrap an attribution over
MOST_WORDS = 45

_WORD = re.compile(r"[^\W\d_]+")
_BRACKETED = re.compile(r"<[^<>]{1,200}>|\[mailto:[^\[\]]{1,200}\]")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"'}
_ZONES = "am pm gmt utc cet cest msk z uhr godz ore hs hrs h m d r p n e i y t s kello num"
_SMALL_WORDS = frozenset(_ZONES.split())


class Grade(IntEnum):
    """How sure an attribution is: a weak one counts only with a quotation right below it."""

    NONE = 0
    WEAK = 1
    STRONG = 2


@dataclass(slots=True)
class Evidence:
    """What was found in the words of a line that may be an attribution."""

    text: str
    verb: bool
    dated: bool
    timed: bool
    address: bool
    words: list[str]

    @property
    def weight(self) -> int:
        """How many kinds of evidence there are."""
        return self.verb + self.dated + self.timed + self.address

    @property
    def address_last(self) -> bool:
        """Whether the text ends with an address."""
        last = self.text.rstrip(": >)]»\"'").rsplit(None, 1)
        return bool(last) and "@" in last[-1]

    @property
    def prose(self) -> int:
        """How many words in small letters there are that no attribution needs."""
        return sum(map(_is_prose, self.words))

    @property
    def led(self) -> bool:
        """Whether the text begins with a number, a weekday, or a word like "on"."""
        return _is_led(self.text, self.words)


class Attribution(NamedTuple):
    """An attribution over the lines `start` to `end`, both included."""

    start: int
    end: int
    grade: Grade
    dated: bool


def _has_address(text: str) -> bool:
    at = text.find("@")
    return 0 < at < len(text) - 1 and not text[at - 1].isspace() and text[at + 1].isalnum()


def _fits_after_verb(rest: str) -> bool:
    """Whether what follows the verb is a name, an address or a date, and not the rest of a sentence."""
    words = _WORD.findall(rest)
    if all(word.casefold() in FILLERS for word in words) and not NUMBER.search(rest):
        return True
    if _has_address(rest) or is_dated(rest):
        return len(words) < 20
    named = rest.lstrip(" \"'«„“*(,-")
    return len(words) < 8 and bool(named) and not named[0].islower()


def _verb_fits(text: str, low: str) -> bool:
    """Whether a word for "wrote" stands where programs put it."""
    for word in UNSPACED_VERBS:
        at = low.rfind(word)
        if at >= 0 and len(low) - at < len(word) + 60:
            return True
    matches = [match for match in _WORD.finditer(low) if match.group() in VERBS]
    return any(_fits_after_verb(text[match.end() :].strip(" :-.")) for match in matches)


def _is_prose(word: str) -> bool:
    low = word.casefold()
    return (
        len(word) > 1
        and word.islower()
        and low not in VERBS
        and low not in FILLERS
        and low not in OPENING_WORDS
        and low not in _SMALL_WORDS
        and not begins_with_stem(low, MONTH_STEMS)
        and not begins_with_stem(low, WEEKDAY_STEMS)
    )


def _is_led(text: str, words: list[str]) -> bool:
    """Whether the text begins as an attribution does: with a number, a weekday or an opening word."""
    start = text.lstrip(" \"'*([-–—>")
    if not start or start[0].isdigit():
        return bool(start)
    first = words[0].casefold() if words else ""
    return first in OPENING_WORDS or begins_with_stem(first, WEEKDAY_STEMS) or begins_with_stem(first, MONTH_STEMS)


def weigh(text: str) -> Evidence:
    """The evidence that the text is an attribution."""
    low = text.casefold()
    if len(low) != len(text):
        low = text.lower() if len(text.lower()) == len(text) else text
    bare = text
    if "@" in text or "<" in text:
        bare = " ".join(word for word in _BRACKETED.sub(" ", text).split() if "@" not in word)
    digits = NUMBER.search(bare) is not None
    return Evidence(
        text=text,
        verb=_verb_fits(text, low),
        dated=digits and is_dated(bare),
        timed=digits and TIME.search(bare) is not None,
        address=_has_address(text),
        words=_WORD.findall(bare),
    )


def _grade_with_verb(found: Evidence) -> Grade:
    if found.dated and (found.timed or found.address):
        return Grade.STRONG if found.prose < (5 if found.address else 3) else Grade.WEAK
    if found.address and len(found.words) < 9 and not found.prose:
        return Grade.STRONG
    terse = len(found.words) < 9 and found.prose < 2
    return Grade.WEAK if found.dated or found.address or found.timed or terse else Grade.NONE


def _grade(found: Evidence) -> Grade:
    if len(found.words) > MOST_WORDS:
        return Grade.NONE
    if found.verb:
        return _grade_with_verb(found)
    if found.dated and found.address_last:
        return Grade.STRONG if found.timed and found.prose < 4 else Grade.WEAK
    if found.dated and found.timed and found.prose < 2 and (found.led or found.address):
        return Grade.STRONG if found.address else Grade.WEAK
    return Grade.WEAK if found.address_last and len(found.words) < 7 and found.prose < 2 else Grade.NONE


def _closed(text: str) -> str:
    """The text without its closing colon or dashes; empty when it has none."""
    if text.endswith(("--", ">>>")) and text.startswith(("--", ">>>")):  # Zoho, GroupWise
        return text.strip("-–—> ")
    bare = text.rstrip("-–—_ ") if text.endswith("--") else text
    if bare.endswith(":"):
        return bare
    return bare if bare != text and bare[bare.rfind(" ") + 1 :].casefold() in VERBS else ""


def _joined(above: str, below: str) -> str:
    """Two lines of one attribution; a program breaks addresses after the bracket."""
    return above + below if above[-1] in "<([@" else f"{above} {below}"


def _ends_sentence(text: str) -> bool:
    """Whether the line ends a sentence, so that no attribution can go on from it."""
    if text[-1] in "!?:;" or text.endswith("--"):
        return True
    last = text.rsplit(None, 1)[-1]
    return text[-1] == "." and len(last) > 6 and not last[0].isdigit()


def _is_broken_opening(text: str) -> bool:
    """Whether the line is the early broken beginning of an attribution, such as "On Monday,"."""
    words = _WORD.findall(text)
    if len(text) > 40 or len(words) > 5 or not words or _ends_sentence(text):
        return False
    return _is_led(text, words) and all(not _is_prose(word) for word in words) and not _has_address(text)


def _lacks_name(text: str) -> bool:
    """Whether the line goes on after a name: it begins with an address or with the verb."""
    words = _WORD.findall(text[:40])
    return text[0] in "<(" or (bool(words) and words[0].casefold() in VERBS)


def _may_go_above(line: Line) -> bool:
    usable = not line.depth and bool(line.text) and line.role not in (Role.TAIL, Role.RULE)
    return usable and not is_rule(line.text) and not _ends_sentence(line.text) and len(line.text) < 250


def _best(lines: list[Line], end: int, closed: str) -> Attribution | None:
    """The attribution that ends on the line `end`, grown upward until it is whole."""
    best: Attribution | None = None
    weight = 0
    joined = closed
    for start in range(end, max(end - MOST_LINES, -1), -1):
        if start < end:
            if not _may_go_above(lines[start]):
                break
            joined = _joined(lines[start].text, joined)
        if len(joined) > LONGEST:
            break
        found = weigh(joined)
        if not found.weight and len(found.words) > 4:
            break
        grade = _grade(found)
        better = grade > (best.grade if best else Grade.NONE)
        if best and grade == best.grade and found.weight > weight:
            better = lines[start].gap or found.led
        if better:
            best, weight = Attribution(start, end, grade, found.dated or found.address), found.weight
        if grade is Grade.STRONG and found.dated:
            break
    if best and best.start and lines[best.start - 1].text and _may_go_above(lines[best.start - 1]):
        above = lines[best.start - 1].text
        if _is_broken_opening(above) or (_lacks_name(lines[best.start].text) and len(above.split()) < 9):
            best = best._replace(start=best.start - 1)
    return best


def _unclosed(lines: list[Line], index: int) -> str:
    """The text of a line that could be an attribution without a colon, because a quotation follows."""
    below = next_content(lines, index + 1)
    if below >= len(lines) or not lines[below].depth or below - index > 3:
        return ""
    text = lines[index].text
    low = text.casefold().rstrip(" .")
    ends_with_verb = not VERBS.isdisjoint(low.rsplit(None, 2)[-2:]) or low.endswith(UNSPACED_VERBS)
    ends_with_address = text.endswith((">", ")", "]")) and "@" in text
    return text if len(text) < 250 and (ends_with_verb or ends_with_address) and is_dated(text) else ""


def _ending_at(lines: list[Line], index: int) -> Attribution | None:
    """The attribution whose last line is `index`."""
    line = lines[index]
    text = line.text
    if line.depth or not text or len(text) > LONGEST:
        return None
    for entity, sign in _ENTITIES.items() if "&" in text else ():
        text = text.replace(entity, sign)
    closed = _closed(text) if text[-1] in ":-" or text.startswith(">>>") else _unclosed(lines, index)
    return _best(lines, index, closed) if closed else None


class Attributions:
    """The attributions outside quotations by the line they begin on, looked for as far as it is asked."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._found: dict[int, Attribution] = {}
        self._looked = 0

    def at(self, start: int) -> Attribution | None:
        """The attribution that begins on the line `start`."""
        end = min(start + MOST_LINES + 1, len(self._lines))
        for index in range(self._looked, end):
            found = _ending_at(self._lines, index)
            if found:
                self._found.setdefault(found.start, found)
        self._looked = max(self._looked, end)
        return self._found.get(start)
