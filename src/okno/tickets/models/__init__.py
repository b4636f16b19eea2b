"""Tickets, their conversation, the people around them, drafts and canned replies."""

from __future__ import annotations

from okno.tickets.models.channels import Channel
from okno.tickets.models.conversation import Attachment, Message
from okno.tickets.models.people import Participant, Presence, Reading, Watcher
from okno.tickets.models.promises import PROMISE_COLUMNS
from okno.tickets.models.ratings import ClientLink, Rating
from okno.tickets.models.search import RequestSearch, SearchPending, SearchWord, TicketSearch
from okno.tickets.models.secrets import TicketSecret
from okno.tickets.models.ticket import Processing, StatusInterval, Ticket, TicketLink
from okno.tickets.models.writing import CannedReply, Draft

__all__ = [
    "PROMISE_COLUMNS",
    "Attachment",
    "CannedReply",
    "Channel",
    "ClientLink",
    "Draft",
    "Message",
    "Participant",
    "Presence",
    "Processing",
    "Rating",
    "Reading",
    "RequestSearch",
    "SearchPending",
    "SearchWord",
    "StatusInterval",
    "Ticket",
    "TicketLink",
    "TicketSearch",
    "TicketSecret",
    "Watcher",
]
