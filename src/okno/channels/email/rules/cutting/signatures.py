"""Signatures at the end of what a person wrote: the delimiter of two dashes, telephones, programs."""

from okno.channels.email.rules.cutting.lines import Line, Role, is_rule
from okno.channels.email.rules.cutting.mobile import is_mobile, is_scanner_note

LONGEST_BLOCK = 15  # lines of a signature below its delimiter
_DELIMITER = "--"
_LIST_WORDS = ("mailing list", "unsubscribe", "google groups", "/listinfo/", "отписаться", "wypisać")


def is_delimiter(text: str) -> bool:
    """Whether the line is the signature delimiter of RFC 3676, section 4.3."""
    return text == _DELIMITER


def _delimited_from(lines: list[Line], content: list[int]) -> int:
    """The position of the delimiter in `content`, the indexes of lines with content, or -1."""
    for back in range(1, min(len(content), LONGEST_BLOCK + 1) + 1):
        text = lines[content[-back]].text
        if is_delimiter(text):
            return len(content) - back
        if text.endswith("?"):
            return -1
    return -1


def _marked_from(lines: list[Line], content: list[int]) -> int:
    """The position from which the markup says that everything is a signature, or -1."""
    start = len(content)
    while start and lines[content[start - 1]].role is Role.SIGNATURE:
        start -= 1
    return start if 0 < len(content) - start <= LONGEST_BLOCK else -1


def _list_footer_from(lines: list[Line], content: list[int]) -> int:
    """The position of the rule above the footer of a mailing list, or -1."""
    for back in range(2, min(len(content), 8) + 1):
        if is_rule(lines[content[-back]].text):
            block = " ".join(lines[index].text for index in content[1 - back :]).casefold()
            return len(content) - back if any(word in block for word in _LIST_WORDS) else -1
    return -1


def _program_from(lines: list[Line], content: list[int]) -> int:
    """The position of a signature of one or two lines that a telephone or a program added, or -1."""
    last = lines[content[-1]]
    if is_mobile(last.text) or is_scanner_note(last.text):
        return len(content) - 1
    if len(content) > 1 and content[-1] - content[-2] == 1 and not last.gap and len(last.text.split()) < 9:
        above = lines[content[-2]].text
        if is_mobile(above):
            return len(content) - 2
        if is_mobile(f"{above} {last.text}") and len(above.split()) > 2:
            return len(content) - 2
    return -1


def signature_start(lines: list[Line], kept: list[int]) -> int:
    """The position in `kept` from which only signatures follow; its length when there is none."""
    positions = [at for at, index in enumerate(kept) if not lines[index].blank]
    content = [kept[at] for at in positions]
    start = len(content)
    for _ in range(4):  # a program's line may stand above or below the person's own signature
        rest = content[:start]
        while rest and (lines[rest[-1]].rule):
            rest.pop()
        if not rest:
            break
        finders = (_marked_from, _program_from, _delimited_from, _list_footer_from)
        found = next((at for at in (finder(lines, rest) for finder in finders) if at >= 0), -1)
        if found < 0:
            break
        start = found
    if start >= len(content):
        return len(kept)
    return positions[start]
