"""How sign-in behaves: deactivated people stay out, links and letters are ours, each lands where he belongs."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from okno.account.landing import landed, may_come_in
from okno.account.letters import words
from okno.account.noting import note_failure, note_sign_in
from okno.core.addresses import portal_url
from okno.people.models import Agent, User

SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}
"""What everybody sees for himself."""


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by employees, or by clients who prove their address (``account.by_letter``)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        if not may_come_in(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        note_sign_in(user, self.get_client_ip(request))
        answer = super().post_login(request, user, **kwargs)
        return landed(user, answer) if isinstance(answer, HttpResponseRedirect) else answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_failure(
            str(credentials.get("email") or credentials.get("username") or ""), self.get_client_ip(request)
        )
        super().authentication_failed(request, **credentials)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Below the configured address; never below a host that the request names (T27)."""
        uidb36, _dash, rest = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": rest})
        user_id = url_str_to_user_pk(uidb36)
        is_client = not Agent.objects.filter(user=user_id).exists()
        return portal_url(path) if is_client else f"{settings.BASE_URL}{path}"

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tells the person of a change to his account, at the address that he signs in with."""
        facts = {**(context or {}), "user": user, "ip": self.get_client_ip(self.request)}
        self.send_mail(template_prefix, email or user.email, facts)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Our own words, in the language of the person."""
        user = context.get("user")
        language = (user.language if isinstance(user, User) else "") or translation.get_language()
        with translation.override(language):
            subject, text = words(template_prefix, context)
        return EmailMessage(subject, text, to=[email] if isinstance(email, str) else email)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template not in SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)
