"""How sign-in behaves: no self-registration, deactivated people stay out."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; nobody registers by himself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        agent = getattr(user, "agent", None)
        if agent is not None and not agent.is_active:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)
