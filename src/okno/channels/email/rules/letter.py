"""What is known about one letter after it has been read: plain facts, no behaviour, no storage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["letter", "auto_reply", "bounce", "list"]


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox of a header: the name to show and the address to compare.

    `address` is the parsed addr-spec in the form of `addresses.normalise_address`; the name is never an identity.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a letter with a safe name; `size` in bytes, `sha256` in hexadecimal digits.

    `inline` says that the HTML shows the file by its `content_id` (written without angle brackets).
    """

    name: str
    type: str
    size: int
    inline: bool
    sha256: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a report of failed delivery says: whom it concerns, the status of RFC 3463, and whether it is final.

    `original_message_id` is the bounced letter's own id in angle brackets, when the report returns it.
    """

    recipients: list[str]
    status: str | None
    permanent: bool
    original_message_id: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedLetter:
    """One letter as read by `parsing.parse_letter`.

    Message ids everywhere (`message_id`, `in_reply_to`, `references`) keep their angle brackets, as in the header:
    `<id@host>`. `date` is aware and in UTC. `text` and `html` hold what is new in this letter, `quoted` and
    `html_quoted` what it quotes, `full_text` and `html_full` both together; all HTML is still unsanitised.
    `return_path` is None without such a header and an empty string for the empty path `<>`.
    """

    from_: list[Address]
    to: list[Address]
    cc: list[Address]
    reply_to: list[Address]
    subject: str
    date: datetime | None
    message_id: str | None
    in_reply_to: str | None
    references: list[str]
    text: str
    quoted: str
    full_text: str
    html: str
    html_quoted: str
    html_full: str
    attachments: list[Attachment]
    kind: Kind
    kind_reason: str
    bounce: Bounce | None
    headers: list[tuple[str, str]]
    problems: list[str]
    auto_submitted: str = ""
    precedence: str = ""
    list_id: str = ""
    x_loop: list[str] = field(default_factory=list)
    return_path: str | None = None

    @property
    def sender(self) -> Address | None:
        """Who wrote the letter: the first address of From, or None when there is none to be had."""
        return self.from_[0] if self.from_ else None

    def header(self, name: str) -> str:
        """The first header of that name, decoded; an empty string when the letter has none."""
        wanted = name.lower()
        return next((value for found, value in self.headers if found.lower() == wanted), "")
