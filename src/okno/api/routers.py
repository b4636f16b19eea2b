"""One router for each chapter of the document; all methods of one address stand in one router."""

from __future__ import annotations

from ninja import Router

tickets = Router(tags=["Tickets"])
conversation = Router(tags=["Conversation"])
around = Router(tags=["People around a ticket"])
clients = Router(tags=["Clients"])
knowledge = Router(tags=["Knowledge base"])
reference = Router(tags=["Reference"])

CHAPTERS = (tickets, conversation, around, clients, knowledge, reference)
