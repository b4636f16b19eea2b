"""Which 8-bit charset some bytes are written in, judged by how the words look that come out.

Cyrillic and Central European letters are told apart by our own count of likely letters and of the order of capital
and small letters (a text in KOI8 read as Windows-1251 swaps them); everything else is left to charset-normalizer.
"""

from __future__ import annotations

import re

_CYRILLIC = ("cp1251", "koi8-u", "cp866", "iso8859-5", "mac-cyrillic")
_RARE_CODECS = {"mac-cyrillic": 0.3, "iso8859-5": 0.1}
_LATIN = ("cp1250", "iso8859-2", "cp1252")
_SAMPLE = 4000
_MIN_SCORE = 0.45
_ENOUGH = 16
_LITTLE = 4
_EIGHT_BIT = re.compile(rb"[\x80-\xff]")
_SURE_SCORE = 0.75
_WORD = re.compile(r"[^\W\d_]+")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’\xad](?=[^\W\d_])")
_FREQUENT = frozenset("оеаинтсрвлі")
_RARE = frozenset("ъэфщцюшђѓљњќџѕј")
_CENTRAL = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžäöüőűôľßÁČĎÉĚÍŘŠŤÚÝŽÄÖÜ")
_WESTERN = frozenset("äöüßéèêëàâçîïôûùñáíóúœæøåÄÖÜÉÈÀÇÑØÅ")
_POLISH = frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻ")
_PUNCTUATION = frozenset("«»—–…№“”„’‘•°§©®€\xa0")


def guess(data: bytes, declared: str | None) -> str | None:
    """The likeliest codec of the bytes, or None; `declared` wins when it is about as good."""
    sample = _sample(data)
    if declared is not None and (_is_little(sample, declared) or _score(sample, declared) >= _SURE_SCORE):
        return declared
    scores = {codec: _score_cyrillic(sample, codec) for codec in _CYRILLIC}
    scores = {codec: score - _RARE_CODECS.get(codec, 0.0) for codec, score in scores.items()}
    scores |= {codec: _score_latin(sample, codec) for codec in _LATIN}
    if declared is not None:
        scores.setdefault(declared, _score(sample, declared))
    best = max(scores, key=lambda codec: scores[codec])
    if declared is not None and scores[declared] >= scores[best] - 0.35:
        return declared
    if scores[best] >= _MIN_SCORE:
        return best
    if declared is not None or len(_EIGHT_BIT.findall(sample)) < _ENOUGH:
        return declared
    return _by_statistics(sample)


def _is_little(sample: bytes, declared: str) -> bool:
    # Latin-1 is what programs say that do not know; every other declaration is believed on two or three letters.
    return declared != "cp1252" and len(_EIGHT_BIT.findall(sample)) < _LITTLE


def _score(sample: bytes, codec: str) -> float:
    if codec in _CYRILLIC or codec == "koi8-r":
        return _score_cyrillic(sample, codec)
    return _score_latin(sample, codec) if codec in _LATIN or codec.startswith("iso8859") else 0.3


def _sample(data: bytes) -> bytes:
    # Start near the first byte that is not ASCII; a long ASCII preface says nothing.
    found = _EIGHT_BIT.search(data)
    start = max(0, found.start() - 40) if found else 0
    return data[start : start + _SAMPLE]


def _by_statistics(sample: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, steps=4, chunk_size=512).best()
    return best.encoding if best is not None else None


def _score_cyrillic(sample: bytes, codec: str) -> float:
    text = sample.decode(codec, "replace")
    total = 0.0
    score = 0.0
    for word in _WORD.findall(text):
        foreign = sum(1 for char in word if char > "\x7f")
        if not foreign:
            continue
        total += foreign
        score += _score_word(word, foreign)
    return _with_others(text, score, total)


def _with_others(text: str, score: float, total: float) -> float:
    """The score for one letter when characters that are no letters are counted too: few are likely."""
    others = [char for char in text if char > "\x7f" and not char.isalpha()]
    unlikely = sum(1 for char in others if char not in _PUNCTUATION)
    count = total + len(others)
    return (score - 1.5 * (unlikely + len(_INSIDE_WORD.findall(text)))) / count if count else 0.0


def _score_word(word: str, foreign: int) -> float:
    if foreign < len(word) or any(not "\u0400" <= char <= "\u04ff" for char in word):
        return -1.0 * foreign
    if not (word.islower() or word.isupper() or word.istitle()):
        return -1.0 * foreign
    small = word.lower()
    frequent = sum(1 for char in small if char in _FREQUENT)
    rare = sum(1 for char in small if char in _RARE)
    return (0.5 if word.isupper() and len(word) > 1 else 0.6) * foreign + 0.5 * frequent - 0.6 * rare


def _score_latin(sample: bytes, codec: str) -> float:
    text = sample.decode(codec, "replace")
    liked = _WESTERN if codec == "cp1252" else _CENTRAL
    total = 0.0
    score = 0.0
    for word in _WORD.findall(text):
        foreign = [char for char in word if char > "\x7f"]
        if not foreign:
            continue
        total += len(foreign)
        if len(foreign) * 5 > len(word) * 3 and len(word) > 2:
            score -= len(foreign)
            continue
        score += sum(_score_letter(char, liked) for char in foreign)
    return _with_others(text, score, total)


def _score_letter(char: str, liked: frozenset[str]) -> float:
    if char in _POLISH:
        return 1.1
    return 0.9 if char in liked else -0.8
