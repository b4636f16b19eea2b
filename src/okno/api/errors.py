"""Whatever goes wrong becomes the one error shape: ``{"error": {"code", "message", "details"}}``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field

from okno.core.faults import Fault, Invalid
from okno.core.http.errors import fault_as_json


class ErrorFacts(BaseModel):
    """What went wrong: a word for programs, a sentence for people, and facts."""

    code: str = Field(description="A stable word for programs.", examples=["invalid"])
    message: str = Field(
        description="A sentence for people, in the language of `Accept-Language`.",
        examples=["Write in a few words what it is about."],
    )
    details: dict[str, Any] = Field(
        description="Facts for programs. Of `invalid`: `fields`, the messages by the name of the field.",
        examples=[{"fields": {"subject": ["Write in a few words what it is about."]}}],
    )


class ErrorOut(BaseModel):
    """The shape of every error."""

    error: ErrorFacts


class Malformed(Fault):
    """A request that cannot be read at all."""

    code = "malformed"
    status = 400


class TooLarge(Fault):
    """More than the API takes in one request."""

    code = "too_large"
    status = 413


class WrongMediaType(Fault):
    """A body in a format that the API does not read."""

    code = "unsupported_media_type"
    status = 415


class WrongMethod(Fault):
    """The address exists and does not take this method."""

    code = "method_not_allowed"
    status = 405


class NoSuchAddress(Fault):
    """There is no operation at this address."""

    code = "no_such_address"
    status = 404


class Internal(Fault):
    """An error of ours; it says nothing of the inside."""

    code = "internal"
    status = 500


def error_answer(fault: Fault) -> HttpResponse:
    """The fault as JSON with its status, and for a stranger how to sign in."""
    answer = fault_as_json(fault)
    if fault.status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="Okno"'
    return answer


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to whatever an operation or the reading of its input raised.

    What nobody expected is raised on, so that the transaction around the request is rolled back.
    """
    match error:
        case Fault():
            return error_answer(error)
        case ValidationError():
            return error_answer(invalid(error.errors, skip=2))
        case HttpError():
            return error_answer(Malformed(_("The body of the request is not JSON."), code="malformed_json"))
    raise error


def invalid(errors: Iterable[Mapping[str, Any]], *, skip: int = 0) -> Invalid:
    """Mistakes found by the schemas, by field; ``skip`` is how much of each place names the source."""
    fields: dict[str, list[str]] = {}
    for each in errors:
        place = list(each["loc"])
        source = place[0] if place else ""
        inner = place[skip:] if source in {"body", "file"} or not skip else place[-1:]
        name = ".".join(str(part) for part in inner) or "body"
        fields.setdefault(name, []).append(_sentence(each))
    return Invalid(fields)


def _sentence(error: Mapping[str, Any]) -> str:
    facts = {name: value for name, value in (error.get("ctx") or {}).items() if name != "error"}
    known = {
        "missing": _("This field is required."),
        "extra_forbidden": _("There is no such field."),
        "string_too_short": _("This is too short: at least %(min_length)s characters."),
        "string_too_long": _("This is too long: at most %(max_length)s characters."),
        "too_long": _("There are too many: at most %(max_length)s."),
        "string_type": _("Write a text."),
        "int_type": _("Write a whole number."),
        "int_parsing": _("Write a whole number."),
        "int_parsing_size": _("This number is too large."),
        "bool_type": _("Write true or false."),
        "list_type": _("Write a list."),
        "greater_than_equal": _("The least is %(ge)s."),
        "less_than_equal": _("The most is %(le)s."),
        "literal_error": _("Choose one of: %(expected)s."),
    }
    sentence = known.get(str(error.get("type")))
    if sentence is None:
        return str(error.get("msg", "")).removeprefix("Value error, ")
    try:
        return sentence % facts
    except KeyError:
        return str(error.get("msg", ""))
