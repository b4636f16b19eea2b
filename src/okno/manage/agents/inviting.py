"""The letter with which a new employee comes in: a link to choose a password."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from okno.channels.email.outgoing.notices import notice_mailbox, send_notice
from okno.core.declarations import COMPANY_NAME
from okno.people.models import Agent


def can_invite() -> bool:
    """Whether a letter can leave at all."""
    return notice_mailbox() is not None


def invite(agent: Agent) -> None:
    """Queues the letter. Its link works once and for a few hours; then “Forgot the password?” makes another."""
    with translation.override(agent.user.language or settings.LANGUAGE_CODE):
        desk = COMPANY_NAME() or "Okno"
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        text = "\n\n".join(
            [
                _("Hello %(name)s,") % {"name": agent.name},
                _("you have an account at the service desk of %(desk)s. Choose a password here:") % {"desk": desk},
                link_for(agent),
                _("The link works for %(hours)d hours. Later, ask for a new one: %(url)s")
                % {"hours": hours, "url": f"{settings.BASE_URL}{reverse('account_reset_password')}"},
            ]
        )
        send_notice(agent.user.email, _("Your account at %(desk)s") % {"desk": desk}, text, name=agent.name)


def link_for(agent: Agent) -> str:
    """The link, below the configured address of the desk and nothing else (T27)."""
    key = default_token_generator.make_token(agent.user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(agent.user), "key": key})
    return f"{settings.BASE_URL}{path}"
