"""The line that Okno's letters carry so that an answer can be told from what it answers."""

import re

from okno.channels.email.rules.cutting.lines import Line, fold

SEPARATORS: dict[str, str] = {
    "en": "Please write your reply above this line",
    "ru": "Пожалуйста, пишите ответ выше этой строки",
    "uk": "Будь ласка, пишіть відповідь вище цього рядка",
    "pl": "Prosimy pisać odpowiedź powyżej tej linii",
}
OPENING, CLOSING = "##-", "-##"
LONGEST_WRAP = 3  # lines a mail program may spread the separator over

_DRESSING = " #-—–*_>|"
_LETTERS = re.compile(r"[^\W\d_]+")


def separator_line(language: str) -> str:
    """The separator in the language of the letter, English where there is no translation."""
    return f"{OPENING} {SEPARATORS.get(language, SEPARATORS['en'])} {CLOSING}"


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


_SENTENCES = tuple(_letters(fold(sentence)) for sentence in SEPARATORS.values())
_FIRST_WORDS = tuple({" ".join(sentence.split()[:2]).strip(",").casefold() for sentence in SEPARATORS.values()})


def separator_end(lines: list[Line], start: int) -> int:
    """The index of the last line of the separator that begins at `start`, or -1."""
    text = lines[start].text
    marked = OPENING in text
    if not marked and not (len(text) < 120 and text.lstrip(_DRESSING).casefold().startswith(_FIRST_WORDS)):
        return -1
    joined = ""
    for index in range(start, min(start + LONGEST_WRAP, len(lines))):
        piece = lines[index].text
        if not piece or len(piece) > 200:
            break
        joined = f"{joined} {piece}"
        if marked and CLOSING in joined[joined.find(OPENING) + len(OPENING) :]:
            return index
        letters = _letters(joined)
        if letters in _SENTENCES:
            return index
        if not marked and not any(sentence.startswith(letters) for sentence in _SENTENCES):
            break
    return -1
