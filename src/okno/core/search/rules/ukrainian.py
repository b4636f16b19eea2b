"""A light stemmer of Ukrainian: endings of nouns and adjectives, the common verbs, and the changes of the root.

It works on folded words (no apostrophe, г for ґ). Forms of one word should meet; that a stem is a word is not
wanted. The endings are those of the declensions in the school grammar.
"""

from __future__ import annotations

import re

NOUNS = "ами ями ьми ах ях ам ям ові ом ем єм ою ею єю ів їв ей а я у ю о е є и і ї ь й"
ADJECTIVES = "ий ій ого його ому йому им їм ої ії их їх ими їми"
VERBS = """увати ювати ував ював увала ювала ували ювали увало ювало ую юю ує ює уєш юєш уємо юємо уєте юєте
    ують юють ємо єте ють єш иш имо ите ять ать"""
ENDINGS = frozenset(f"{NOUNS} {ADJECTIVES} {VERBS}".split())
LONGEST_ENDING = max(map(len, ENDINGS))
LONG_ROOT = {"ові": 6}
"""Endings that only long words have; in short ones their letters belong to the root (готові, чергові)."""

VOWELS = frozenset("аеєиіїоуюя")
SHORTEST = 3
INFINITIVE = re.compile("(?<![ую]в)[аиоуя]ти$")
FLEETING = re.compile("(?<=[бвгґджзйклмнпрстфхцчшщ])[ое](?=[кц]$)")
CLOSED = re.compile("і(?=(?:с?[бвгджзйклмнпрстфхцчшщ])$)")
SOFTENED = {"ц": "к", "з": "г"}


def stem(word: str) -> str:
    """The stem of a folded Ukrainian word: друкарка, друкарок, друкарці → друкарк."""
    if len(word) <= SHORTEST:
        return word
    word = word.removesuffix("ся") if len(word) > 5 else word
    root = _without_ending(word.removesuffix("ти") if INFINITIVE.search(word) else word)
    if len(root) > SHORTEST and root[-1] in VOWELS:
        root = root[:-1]
    if root.endswith("нн"):
        root = root[:-1]
    if len(root) > 6 and root.endswith(("уван", "юван")):
        root = root[:-4]
    if len(root) > SHORTEST:
        root = FLEETING.sub("", root)
    root = root[:-1] + SOFTENED.get(root[-1], root[-1])
    return CLOSED.sub("о", root)


def _without_ending(word: str) -> str:
    """The longest ending goes that leaves a root with a vowel in it."""
    for size in range(min(LONGEST_ENDING, len(word) - SHORTEST), 0, -1):
        ending, root = word[-size:], word[:-size]
        if ending in ENDINGS and not VOWELS.isdisjoint(root) and len(root) >= LONG_ROOT.get(ending, 0):
            return root
    return word
