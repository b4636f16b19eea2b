"""A corpus of letters of our own making in the shapes of real programs, with what is to be read from each."""

from okno.testing.letters.automatic import LETTERS as _AUTOMATIC
from okno.testing.letters.bounces import BOUNCES, CorpusBounce
from okno.testing.letters.bounces import LETTERS as _BOUNCES
from okno.testing.letters.broken import LETTERS as _BROKEN
from okno.testing.letters.building import CorpusLetter
from okno.testing.letters.charsets import LETTERS as _CHARSETS
from okno.testing.letters.named_files import LETTERS as _NAMED_FILES
from okno.testing.letters.outlook import LETTERS as _OUTLOOK
from okno.testing.letters.people import LETTERS as _PEOPLE
from okno.testing.letters.structures import LETTERS as _STRUCTURES
from okno.testing.letters.webmail import LETTERS as _WEBMAIL

CORPUS: list[CorpusLetter] = [
    *_PEOPLE,
    *_OUTLOOK,
    *_NAMED_FILES,
    *_BOUNCES,
    *_WEBMAIL,
    *_CHARSETS,
    *_STRUCTURES,
    *_AUTOMATIC,
    *_BROKEN,
]

__all__ = ["BOUNCES", "CORPUS", "CorpusBounce", "CorpusLetter"]
