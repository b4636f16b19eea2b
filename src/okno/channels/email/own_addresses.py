"""Which addresses are ours: those of the mailboxes, with any sub-address behind a plus sign (RFC 5233)."""

from __future__ import annotations

from collections.abc import Iterable

from okno.channels.email.models import Mailbox
from okno.tickets.own_addresses import own_addresses


def base_address(address: str) -> str:
    """The address without its sub-address, in lower case."""
    local, at, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


class OwnMailboxes:
    """The mailboxes by their addresses, read once and asked often."""

    def __init__(self, mailboxes: Iterable[Mailbox]) -> None:
        self._all = list(mailboxes)
        self._by_address = {mailbox.address.strip().lower(): mailbox for mailbox in self._all}

    @classmethod
    def read(cls) -> OwnMailboxes:
        """All mailboxes as they are now, those without their team being of no use here left as they are."""
        return cls(Mailbox.objects.select_related("team"))

    def find(self, address: str) -> Mailbox | None:
        """The mailbox to which a letter for this address belongs."""
        exact = self._by_address.get(address.strip().lower())
        return exact or self._by_address.get(base_address(address))

    def active(self, address: str) -> Mailbox | None:
        """The same, if the mailbox takes letters at present."""
        mailbox = self.find(address)
        return mailbox if mailbox is not None and mailbox.is_active else None

    def fallback(self) -> Mailbox | None:
        """The mailbox that takes what is addressed to nobody we know: the default one, else the first active."""
        active = [mailbox for mailbox in self._all if mailbox.is_active]
        return next((mailbox for mailbox in active if mailbox.is_default), next(iter(active), None))

    def is_own(self, address: str) -> bool:
        """Whether a letter from this address comes from ourselves."""
        return self.find(address) is not None


@own_addresses
def is_mailbox(address: str) -> bool:
    """Whether letters to this address come to one of our mailboxes, at present or when it is in use again."""
    own = {each.strip().lower() for each in Mailbox.objects.order_by().values_list("address", flat=True)}
    return not own.isdisjoint({address.strip().lower(), base_address(address)})
