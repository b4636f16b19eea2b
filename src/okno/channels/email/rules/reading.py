"""One MIME part decoded: its bytes, its text, its name, within the limits of a letter."""

from __future__ import annotations

import re

from okno.channels.email.rules.charsets import decode_bytes
from okno.channels.email.rules.file_names import safe_file_name
from okno.channels.email.rules.flowed import unflow
from okno.channels.email.rules.headers import decode_field, read_fields
from okno.channels.email.rules.limits import Limits
from okno.channels.email.rules.parameters import read_value
from okno.channels.email.rules.problems import Problems
from okno.channels.email.rules.splitting import Part
from okno.channels.email.rules.tnef import TnefFile
from okno.channels.email.rules.transfer import decode_transfer

_META_CHARSET = re.compile(rb"(?i)<meta\b[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{2,40})")
_HEAD = 4096


class PartReader:
    """Decodes parts of one letter; keeps count of how much text was decoded."""

    def __init__(self, raw: bytes, limits: Limits, problems: Problems) -> None:
        self._raw = raw
        self._limits = limits
        self._problems = problems
        self._text_left = limits.text_bytes

    def data(self, part: Part) -> bytes:
        """The bytes of a part, its transfer encoding undone."""
        if part.end - part.start > self._limits.part_bytes:
            self._problems.add("a part is too large and was not decoded")
            return b""
        encoding = part.fields.first("Content-Transfer-Encoding").partition(";")[0].partition("(")[0]
        return decode_transfer(self._raw[part.start : part.end], encoding, self._problems)

    def text(self, part: Part) -> str:
        """The text of a part with line feeds only, flowed lines joined."""
        data = self.data(part)
        if len(data) > self._text_left:
            self._problems.add("the text is too long; its end was left out")
            data = data[: self._text_left]
        self._text_left -= len(data)
        charset = part.parameters.get("charset", "")
        if not charset and part.content_type == "text/html" and (meta := _META_CHARSET.search(data[:_HEAD])):
            charset = meta.group(1).decode("ascii", "replace")
        text, problem = decode_bytes(data, charset)
        if problem:
            self._problems.add(problem)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if part.content_type == "text/plain" and part.parameters.get("format", "").lower() == "flowed":
            text = unflow(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
        return text

    def is_attachment(self, part: Part) -> bool:
        """Whether the part says of itself that it is a file."""
        return read_value(part.fields.first("Content-Disposition"))[0] == "attachment"

    def file_name(self, part: Part) -> str:
        """The safe name a part gives itself, or an empty string."""
        _, parameters = read_value(part.fields.first("Content-Disposition"))
        return safe_file_name(parameters.get("filename", "")) or safe_file_name(part.parameters.get("name", ""))

    def file(self, part: Part) -> TnefFile:
        """The part as a file: a nameless forwarded letter is named after its subject."""
        content = self.data(part)
        name = self.file_name(part)
        if part.content_type in ("message/rfc822", "message/global") and not name.lower().endswith(".eml"):
            name = safe_file_name(
                f"{name or _subject_of(content) or 'message'}.eml".replace("/", "-").replace("\\", "-")
            )
        content_id = part.fields.first("Content-ID").strip().strip("<>").strip()
        return TnefFile(name=name, type=part.content_type, content_id=content_id, content=content)


def _subject_of(letter: bytes) -> str:
    """The subject of a letter inside a letter, from the beginning of its header."""
    flat = letter[:16_384].replace(b"\r\n", b"\n").replace(b"\r", b"\n").lstrip(b"\n")
    fields, _, _ = read_fields(flat.partition(b"\n\n")[0], 200)
    raw = next((value for name, value in fields if name.lower() == "subject"), b"")
    text, _ = decode_bytes(raw.strip())
    return decode_field(text)[:120]
