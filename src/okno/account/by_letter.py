"""Pages behind the links of letters: an invitation, signing in, registering (T23, T25).

To open a link changes nothing, whoever opens it; only its form does. The secret leaves the address with that: it is
sent within the form, and the page tells no other site where one was.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from okno.account import slowly
from okno.account.letter_forms import AddressForm, PasswordForm, RegistrationForm
from okno.channels.email.outgoing.notices import NoMailbox
from okno.channels.email.outgoing.personal import send_registration, send_sign_in_link
from okno.core import logs
from okno.core.faults import Conflict, Invalid, NotVisible
from okno.core.http.mistakes import at_fields
from okno.core.http.policy import anybody
from okno.people.links import LIFETIMES, Purpose, find_link, is_of_browser
from okno.people.models import PersonalLink, User
from okno.people.operations import coming_in

log = logs.get(__name__)
BROWSER = "okno_link"
"""The cookie by which the browser is known that asked for a link."""
View = Callable[..., HttpResponseBase]


def unseen[V: View](view: V) -> View:
    """The page is kept nowhere, and no other site hears of its address."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        # The address is a secret, yet a form must say whence it comes: without a referrer its origin is "null".
        answer["Referrer-Policy"] = "strict-origin"
        return answer

    return never_cache(guarded)


@anybody
@unseen
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Asking for a link to sign in: one answer, whoever the address belongs to."""
    if not coming_in.links_are_offered():
        raise NotVisible(_("There is nothing here."))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/link_ask.jinja", {"form": form}, status=422 if form.errors else 200)
    address = form.cleaned_data["email"]
    if too_many := slowly.refused(request, "link", address):
        return too_many
    browser = secrets.token_urlsafe(24)
    slowly.at_least(lambda: _sent(lambda: send_sign_in_link(address, browser)))
    answer = render(request, "account/link_sent.jinja", {"address": address})
    age = int(LIFETIMES[Purpose.SIGN_IN].total_seconds())
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(BROWSER, browser, max_age=age, httponly=True, samesite="Lax", secure=secure)
    return answer


@anybody
@unseen
@require_safe
def link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Whom the link signs in, and the button that does it."""
    found = _found(request, Purpose.SIGN_IN, secret)
    if not isinstance(found, PersonalLink):
        return found
    here = is_of_browser(found, request.COOKIES.get(BROWSER, ""))
    context = {"secret": secret, "address": found.address, "here": here, "form": AddressForm()}
    return render(request, "account/link_follow.jinja", context)


@anybody
@unseen
@require_POST
def follow(request: HttpRequest) -> HttpResponseBase:
    """Signs in, or asks for the second factor."""
    if too_many := slowly.refused(request, "follow"):
        return too_many
    try:
        user = coming_in.follow_sign_in(_secret(request), request.COOKIES.get(BROWSER, ""))
    except (NotVisible, Conflict) as fault:
        return _gone(request, fault.message, fault.status)
    answer = _signed_in(request, user)
    answer.delete_cookie(BROWSER)
    return answer


@anybody
@unseen
@require_safe
def invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Who is invited, and the form for a password."""
    found = _found(request, Purpose.INVITATION, secret)
    return _invited(request, found, secret, PasswordForm()) if isinstance(found, PersonalLink) else found


@anybody
@unseen
@require_POST
def accept(request: HttpRequest) -> HttpResponseBase:
    """The invitation is accepted: the password is kept, the person signed in."""
    return _entered(request, Purpose.INVITATION, PasswordForm(request.POST), _invited, coming_in.accept_invitation)


def _invited(request: HttpRequest, found: PersonalLink, secret: str, form: PasswordForm) -> HttpResponse:
    name = found.contact.name if found.contact else ""
    context = {"form": form, "secret": secret, "address": found.address, "name": name}
    return render(request, "account/invitation.jinja", context, status=422 if form.errors else 200)


@anybody
@unseen
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponseBase:
    """Asking for an account: one answer, whoever the address belongs to; nothing exists before it is proven."""
    if not coming_in.registration_is_open():
        return render(request, "account/signup_closed.html")
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/register_ask.jinja", {"form": form}, status=422 if form.errors else 200)
    address = form.cleaned_data["email"]
    if too_many := slowly.refused(request, "register", address):
        return too_many
    language = get_language() or settings.LANGUAGE_CODE
    slowly.at_least(lambda: _sent(lambda: send_registration(address, language)))
    return render(request, "account/register_sent.jinja", {"address": address})


@anybody
@unseen
@require_safe
def registration(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The proven address, and the form for name and password."""
    found = _found(request, Purpose.REGISTRATION, secret)
    return _registering(request, found, secret, RegistrationForm()) if isinstance(found, PersonalLink) else found


@anybody
@unseen
@require_POST
def finish(request: HttpRequest) -> HttpResponseBase:
    """The account is made, and the person signed in."""
    return _entered(request, Purpose.REGISTRATION, RegistrationForm(request.POST), _registering, coming_in.register)


def _registering(request: HttpRequest, found: PersonalLink, secret: str, form: RegistrationForm) -> HttpResponse:
    context = {"form": form, "secret": secret, "address": found.address}
    return render(request, "account/registration.jinja", context, status=422 if form.errors else 200)


def _entered[Form: PasswordForm](
    request: HttpRequest,
    purpose: Purpose,
    form: Form,
    drawn: Callable[[HttpRequest, PersonalLink, str, Form], HttpResponse],
    come_in: Callable[..., User],
) -> HttpResponseBase:
    """What the form says is done and the person signed in; mistakes come back with what was typed."""
    secret = _secret(request)
    found = _found(request, purpose, secret)
    if not isinstance(found, PersonalLink):
        return found
    if not form.is_valid():
        return drawn(request, found, secret, form)
    try:
        return _signed_in(request, come_in(secret, **form.facts()))
    except Invalid as invalid:
        at_fields(form, invalid)
        return drawn(request, found, secret, form)
    except (NotVisible, Conflict) as fault:
        return _gone(request, fault.message, fault.status)


def _found(request: HttpRequest, purpose: Purpose, secret: str) -> PersonalLink | HttpResponse:
    """The link, or the page that says in the same words whatever is wrong with it."""
    if too_many := slowly.refused(request, "follow"):
        return too_many
    try:
        return find_link(purpose, secret)
    except NotVisible as fault:
        return _gone(request, fault.message, fault.status)


def _gone(request: HttpRequest, message: str, status: int) -> HttpResponse:
    return render(request, "account/link_gone.jinja", {"message": message}, status=status)


def _secret(request: HttpRequest) -> str:
    """The one secret of the form; several are none."""
    given = request.POST.getlist("secret")
    return given[0] if len(given) == 1 else ""


def _sent(send: Callable[[], None]) -> None:
    """Whoever asks is not told that no letter can leave: the answer is the same for all."""
    try:
        send()
    except NoMailbox:
        log.error("a letter about an account cannot be sent: there is no active mailbox")


def _signed_in(request: HttpRequest, user: User) -> HttpResponseBase:
    """As after a right password: the session is a new one, and who has a second factor is asked for it."""
    record_authentication(request, user, method="letter", email=user.email)
    answer: HttpResponseBase = perform_login(request, Login(user=user, email=user.email))
    return answer
