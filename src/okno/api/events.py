"""What can happen to tokens."""

from __future__ import annotations

from okno.core.events import kind

TOKEN_CREATED = kind("token.created", "A token of the API was made. data: name, scopes, agent")
TOKEN_REVOKED = kind("token.revoked", "A token of the API was revoked. data: name, agent")
