"""Quotation marks at the beginnings of lines: `>` in all its shapes, initials and bars."""

import re
from collections import Counter

from okno.channels.email.rules.cutting.lines import Line, previous_content

WRAP_FROM = 58  # characters of a quoted line from which its end may have been wrapped to a line of its own
WRAPPED_MOST = 42  # characters of such a torn-off end

_MARK = re.compile(r"(?:(?:>|&gt;|»(?= ))[ ]?){1,40}")
_NOT_MARKS = (">=", ">:(", ">:)", ">:-", "><", ">.<", ">_<", ">/")
_INITIALS = re.compile(r"([^\W\d_]{1,14})(>{1,5})(?: |$)")
_PROMPT_WORDS = """
sql ps cmd dos ftp irb gdb pdb mysql sqlite hive redis mongo pry lftp psql telnet nslookup router switch admin
config local ok return null end object string list array void int map set class div span html body
"""
_PROMPTS = frozenset(_PROMPT_WORDS.split())


def split_mark(text: str, raw: str) -> tuple[int, str, str]:
    """The quotation depth of a line, its text without the mark, and the mark."""
    if text[:1] not in (">", "&", "»") or raw.startswith(("    ", "\t")):
        return 0, text, ""
    match = _MARK.match(text)
    groupwise = text.startswith(">>>") and text.endswith(">>>") and len(text) > 6
    if match is None or groupwise or text.startswith(_NOT_MARKS):
        return 0, text, ""
    mark = match.group()
    return mark.count(">") + mark.count("&gt;") + mark.count("»"), text[match.end() :].strip(), mark.strip()


def _mark_initials(lines: list[Line]) -> None:
    """Lines such as "JK> text" become quotations when the same initials stand before several lines."""
    found = [(index, _INITIALS.match(line.text)) for index, line in enumerate(lines) if ">" in line.text[:20]]
    named = [(index, match) for index, match in found if match and not lines[index].depth]
    counts = Counter(match.group(1) for _, match in named)
    for index, match in named:
        name = match.group(1)
        above = previous_content(lines, index - 1)
        led = above >= 0 and lines[above].text.endswith(":")
        if name[0].isupper() and name.casefold() not in _PROMPTS and (counts[name] > 1 or led):
            line = lines[index]
            line.text, line.depth, line.mark = line.text[match.end() :].strip(), len(match.group(2)), name


def _mark_bars(lines: list[Line]) -> None:
    """A run of lines that begin with a bar is a quotation when a line with a colon stands above it."""
    index = 0
    while index < len(lines):
        if not lines[index].text.startswith("|") or lines[index].depth:
            index += 1
            continue
        end = index
        while end < len(lines) and lines[end].text.startswith("|"):
            end += 1
        above = previous_content(lines, index - 1)
        led = above >= 0 and lines[above].text.endswith(":") and index - above < 3
        if led and all("|" not in line.text[1:] for line in lines[index:end]):
            for line in lines[index:end]:
                line.text, line.depth, line.mark = line.text[1:].strip(), 1, "|"
        index = end


def _unmark_false(lines: list[Line]) -> None:
    """Takes back what only looks quoted: the closing bracket of a wrapped link, the escaped word From."""
    for index, line in enumerate(lines):
        if line.depth != 1 or not index or lines[index - 1].depth or not lines[index - 1].text:
            continue
        above = lines[index - 1].text
        open_bracket = above.rfind("<")
        link = open_bracket > above.rfind(">") and above.startswith(("http", "mailto"), open_bracket + 1)
        if link or line.text.startswith("From "):
            line.text, line.depth = f"{line.mark} {line.text}", 0


def _join_torn(lines: list[Line], lengths: list[int]) -> None:
    """A short line torn off a long quoted line by a careless program belongs to the quotation."""
    for index in range(1, len(lines) - 1):
        line, above, below = lines[index], lines[index - 1], lines[index + 1]
        if line.depth or not line.text or not above.depth or not below.depth or not above.text:
            continue
        torn = lengths[index - 1] >= WRAP_FROM and above.text[-1] not in ".?!:;…" and line.text[0].islower()
        if len(line.text) <= WRAPPED_MOST and (torn or above.text[-1] in "<("):
            line.depth = above.depth


def is_code(lines: list[Line], start: int, end: int) -> bool:
    """Whether marked lines are a console session or a comparison and not a quotation."""
    marked = [line for line in lines[start : end + 1] if line.depth]
    prompts = sum(line.depth == 3 and line.mark.startswith(">>>") for line in marked)
    if prompts and all(line.depth == 3 for line in marked):
        return True
    return len(marked) == 1 and (marked[0].text[:1].isdigit() or not marked[0].text)


def mark_quotations(lines: list[Line], lengths: list[int]) -> None:
    """Finds the quotations that one line alone does not show, and takes back false ones."""
    texts = [line.text[:16] for line in lines]
    if any(">" in text for text in texts):
        _mark_initials(lines)
    if any(text.startswith("|") for text in texts):
        _mark_bars(lines)
    if any(line.depth for line in lines):
        _unmark_false(lines)
        _join_torn(lines, lengths)
