"""Mailboxes of an address header. Identity is the parsed addr-spec alone (RFC 5322, 3.4); a name is only a name."""

from __future__ import annotations

import re
import unicodedata

from okno.channels.email.rules.headers import decode_field
from okno.channels.email.rules.letter import Address

MAX_ADDRESS = 254
MAX_NAME = 200
_MAX_COMMENT = 2000
_MAX_WORDS = 40
_DOMAIN = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\]|\[ipv6:[0-9a-f:.]{2,45}\]")
_BAD_LOCAL = re.compile(r"""[\s()<>\[\]:;,\\"@\x00-\x20\x7f-\x9f]""")
_INVISIBLE = frozenset(
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c\ufffd\xad"
)
_NAME_NOISE = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]+")
_SPACES = re.compile(r"\s+")


def normalise_address(text: str) -> str | None:
    """The one form in which addresses are stored and compared, or None for what is no safe addr-spec.

    Small letters throughout, an international domain in its ASCII form, a needless quotation of the local part
    undone. Spaces, control and invisible characters, and more than 254 characters are refused.
    """
    text = text.strip()
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain or len(text) > MAX_ADDRESS:
        return None
    if len(local) > 2 and local.startswith('"') and local.endswith('"'):
        local = re.sub(r"\\(.)", r"\1", local[1:-1])
    local = unicodedata.normalize("NFC", local).lower()
    ascii_domain = _ascii_domain(domain)
    if ascii_domain is None or _BAD_LOCAL.search(local) or any(char in _INVISIBLE for char in local):
        return None
    whole = f"{local}@{ascii_domain}"
    return whole if len(whole) <= MAX_ADDRESS else None


def _ascii_domain(domain: str) -> str | None:
    domain = domain.lower().removesuffix(".")
    if not domain.isascii():
        if any(char in _INVISIBLE for char in domain):
            return None
        try:
            domain = domain.encode("idna").decode("ascii").lower()
        except (UnicodeError, ValueError):
            return None
    if ".." in domain or not _DOMAIN.fullmatch(domain):
        return None
    return domain


def parse_addresses(text: str, limit: int = 1000) -> tuple[list[Address], list[str]]:
    """Mailboxes of an address header (its encoded words still in place), and what was wrong with it.

    Group names and comments are left out; a mailbox without a usable address is left out and told as a problem.
    """
    if not text.strip():
        return [], []
    reader = _Reader(text, limit)
    reader.read()
    found, problems = reader.found, reader.problems
    if not found and "=?" in text:
        # The whole mailbox hidden in an encoded word: only when the header has no address of its own.
        decoded = decode_field(text)
        if decoded != text and "=?" not in decoded:
            found, more = parse_addresses(decoded, limit)
            problems = ["an address was written as an encoded word", *more] if found else problems
    return found, problems


class _Reader:
    """Reads an address list in one pass: quotes, comments, angle brackets and groups."""

    def __init__(self, text: str, limit: int) -> None:
        self.text = text
        self.limit = limit
        self.found: list[Address] = []
        self.problems: list[str] = []
        self._words: list[tuple[str, bool]] = []
        self._angles: list[str] = []
        self._comments: list[str] = []
        self._unclosed: set[str] = set()

    def read(self) -> None:
        position = 0
        plain_from = 0
        text = self.text
        while position < len(text):
            char = text[position]
            if char not in '"(<,;:':
                position += 1
                continue
            self._plain(text[plain_from:position])
            if len(self.found) >= self.limit:
                self.problems.append("too many addresses; the rest was not read")
                return
            position = plain_from = self._special(char, position)
        self._plain(text[plain_from:])
        self._flush(final=True)

    def _special(self, char: str, position: int) -> int:
        if char == '"':
            return self._quoted(position)
        if char == "(":
            return self._comment(position)
        if char == "<":
            return self._angle(position)
        if char == ":":
            self._group()
        else:
            self._flush(final=char == ";")
        return position + 1

    def _plain(self, text: str) -> None:
        if text and (text.strip() or self._words):
            self._words.append((text, False))

    def _quoted(self, position: int) -> int:
        if '"' not in self._unclosed:
            match = _QUOTED_TEXT.match(self.text, position + 1)
            end = match.end() if match else position
            if self.text[end : end + 1] == '"':
                self._words.append((re.sub(r"\\(.)", r"\1", self.text[position + 1 : end]), True))
                return end + 1
        # Nothing later in the text closes it, nor any further one: they are not sought again.
        self._tell_unclosed('"', "a quotation mark")
        return position + 1

    def _comment(self, position: int) -> int:
        depth = 0
        end = 0 if "(" in self._unclosed else position + _MAX_COMMENT
        for index in range(position, min(len(self.text), end)):
            char = self.text[index]
            depth += (char == "(") - (char == ")")
            if depth == 0:
                self._comments.append(self.text[position + 1 : index])
                return index + 1
        self._tell_unclosed("(", "a comment")
        self._words.append(("(", False))
        return position + 1

    def _tell_unclosed(self, mark: str, what: str) -> None:
        if mark not in self._unclosed:
            self._unclosed.add(mark)
            self.problems.append(f"{what} in an address header is not closed")

    def _angle(self, position: int) -> int:
        end = self.text.find(">", position, position + 2000)
        nested = self.text.rfind("<", position, end) if end >= 0 else -1
        if end < 0:
            self.problems.append("an angle bracket in an address header is not closed")
            comma = self.text.find(",", position)
            end = comma if comma >= 0 else len(self.text)
            self._angles.append(self.text[position + 1 : end][:MAX_ADDRESS])
            return end
        self._angles.append(self.text[max(position, nested) + 1 : end])
        return end + 1

    def _group(self) -> None:
        before = "".join(word for word, _ in self._words).strip().lower()
        if self._angles or before == "mailto":
            self._words = [] if before == "mailto" else self._words
            return
        # "Team: a@x, b@y;" The name of a group is no mailbox, whatever it looks like.
        self._words.clear()
        self._comments.clear()

    def _flush(self, *, final: bool) -> None:
        if self._angles:
            self._take_angle()
        else:
            whole = "".join(word if not quoted else f'"{word}"' for word, quoted in self._words).strip()
            if "@" not in whole or not self._take_bare(whole):
                if not final and whole and "@" not in whole:
                    # "Kowalski, Jan <jan@kawa.example>": an unquoted comma inside the name.
                    self._words.append((", ", False))
                    if len(self._words) > _MAX_WORDS:
                        self._words.clear()
                    return
                if whole:
                    self.problems.append("an address header names someone without an address")
        self._words.clear()
        self._angles.clear()
        self._comments.clear()

    def _take_angle(self) -> None:
        name = _SPACES.sub(" ", "".join(word for word, _ in self._words))
        if len(self._angles) > 1:
            self.problems.append("several angle brackets for one address; the first was taken")
        inner = self._angles[0].strip().removeprefix("mailto:")
        if inner.startswith("@") and ":" in inner:
            inner = inner.partition(":")[2]
        address = normalise_address(inner)
        if address is None:
            if inner:
                self.problems.append("an address that is none")
            return
        self.found.append(Address(_clean_name(name or " ".join(self._comments)), address))

    def _take_bare(self, whole: str) -> bool:
        address = normalise_address(whole.strip(" '<>"))
        if address is None:
            return False
        self.found.append(Address(_clean_name(" ".join(self._comments)), address))
        return True


_QUOTED_TEXT = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)


def _clean_name(raw: str) -> str:
    name = _NAME_NOISE.sub("", decode_field(raw))
    name = _SPACES.sub(" ", name).strip()
    while len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        name = name[1:-1].strip()
    return name[:MAX_NAME]
