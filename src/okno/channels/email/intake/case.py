"""One letter on its way through the steps: what is known of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from okno.channels.email.models import Letter
from okno.channels.email.rules.letter import Address, ParsedLetter
from okno.people.models import Agent, Company, Contact
from okno.tickets.models import Message, Ticket

Verdict = Literal["aligned", "not_aligned", "unknown"]
SenderKind = Literal["contact", "agent", "robot", "outsider", "nobody"]


@dataclass(frozen=True, slots=True)
class Authentication:
    """Whether the domain in From vouches for the letter, and what that is known from."""

    verdict: Verdict = "unknown"
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Sender:
    """Who wrote, by the address alone. ``company`` is the contact's first, else the one that owns the domain."""

    kind: SenderKind
    address: str = ""
    name: str = ""
    contact: Contact | None = None
    companies: tuple[int, ...] = ()
    company: Company | None = None
    agent: Agent | None = None

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Match:
    """Which ticket the letter belongs to and why; or which it named and was not let into.

    ``by`` is the mark that led there, ``standing`` what the sender is to the ticket. With ``ticket`` empty
    and ``former`` set a new ticket is made and linked, ``because`` of what is said there.
    """

    ticket: Ticket | None = None
    by: str = "nothing"
    detail: str = ""
    standing: str = ""
    former: Ticket | None = None
    because: str = "no_mark"
    as_agent: bool = False
    agent_refused: str = ""


@dataclass(slots=True)
class Case:
    """A letter with everything that the steps have found out."""

    letter: Letter
    raw: bytes
    parsed: ParsedLetter
    kind: str
    header_id: str
    content_hash: str
    authentication: Authentication = field(default_factory=Authentication)
    sender: Sender = field(default_factory=lambda: Sender("nobody"))
    reason: dict[str, Any] = field(default_factory=dict)
    form_writer: Address | None = None

    @property
    def writer(self) -> Address | None:
        """Who says that he wrote: the first address of From, or whom a form on a website names for answers."""
        return self.form_writer or self.parsed.sender

    @property
    def is_unproven(self) -> bool:
        """Whether the letter must not act in its sender's name: proven false, or typed by anybody."""
        return self.authentication.verdict == "not_aligned" or self.form_writer is not None

    @property
    def is_released(self) -> bool:
        """Whether a person said that this letter is to be taken whatever the filters say."""
        return bool(self.letter.outcome.get("released"))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter: its final state, the reason as data, and where it now stands."""

    state: str
    facts: dict[str, Any]
    ticket: Ticket | None = None
    message: Message | None = None


class WaitForEarlier(Exception):
    """The letter answers one that is stored and not processed yet; it is to be looked at a little later."""
