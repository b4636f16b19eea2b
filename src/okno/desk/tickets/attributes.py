"""Attributes of a ticket in the desk: asked for when it is registered, shown at the side, changed in a window."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from okno.core.actor import Actor
from okno.core.faults import Conflict, Forbidden, Invalid, NotVisible
from okno.core.http.downloads import download_answer
from okno.core.http.policy import AgentRequest, agents, agents_with
from okno.core.http.respond import respond
from okno.desk.loading import load, posted_version
from okno.desk.tickets.changing import changed_answer
from okno.desk.tickets.values import ADDRESSES, upload_url
from okno.fields.catalogue import ATTRIBUTES
from okno.fields.inputs import NAME, Input, Sent, given_of, inputs_of, last_of, split_errors
from okno.fields.operations.files import send_file
from okno.fields.rules import Kind
from okno.tickets.attributes import attributes_for, file_for
from okno.tickets.models import Ticket
from okno.tickets.operations.attributes import set_attributes
from okno.tickets.questions import Questions
from okno.workflow.asking import topic_of
from okno.workflow.choosing import services_offered


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def edit(request: AgentRequest, number: int) -> HttpResponseBase:
    """The window of all attributes, and the change."""
    ticket = load(request, number)
    known = attributes_for(request.actor, ticket.type.code)
    if request.method != "POST":
        return _window(request, ticket, inputs_of(request.actor, known, ticket.attributes))
    given, problem = given_of(request.POST, known), ""
    errors: dict[str, list[str]] = {}
    try:
        set_attributes(request.actor, ticket, given, expected_version=posted_version(request))
    except Invalid as invalid:
        errors, others = split_errors(invalid)
        problem = "; ".join(message for messages in others.values() for message in messages)
    except Conflict as conflict:
        problem = conflict.message
    else:
        return changed_answer(request, number, _("Saved"), close=True)
    inputs = inputs_of(request.actor, known, {**ticket.attributes, **given}, errors)
    return _window(request, load(request, number), inputs, problem, status=422)


def _window(
    request: AgentRequest, ticket: Ticket, inputs: list[Input], problem: str = "", status: int = 200
) -> HttpResponseBase:
    context = {"ticket": ticket, "inputs": inputs, "problem": problem, **ADDRESSES}
    return respond(request, "desk/tickets/attributes.jinja", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@agents_with("tickets.create")
def of_new(request: AgentRequest) -> HttpResponseBase:
    """What a new ticket of the chosen type and service asks for; what was typed for others waits out of sight."""
    sent = request.POST if request.method == "POST" else request.GET
    context = {"questions": questions_of(request.actor, sent), **ADDRESSES}
    return respond(request, "desk/tickets/new_attributes.jinja", context)


def questions_of(actor: Actor, sent: Sent | None, type_code: str = "", service: str = "") -> Questions:
    """What the form of a new ticket asks beside its own fields."""
    code = type_code or (last_of(sent, "type") if sent else "")
    pk = service or (last_of(sent, "service") if sent else "")
    chosen = next((each for each in services_offered() if str(each.pk) == pk), None)
    return Questions(actor, topic_of(code, chosen), sent)


@require_http_methods(["GET", "HEAD", "POST"])
@agents
def file(request: AgentRequest, code: str) -> HttpResponseBase:
    """A file that is to be a value: sent, or taken off the form again."""
    attribute = next((each for each in ATTRIBUTES.all() if each.code == code and each.kind == Kind.FILE), None)
    if attribute is None:
        raise NotVisible(_("There is no such attribute."))
    sent, token, name, error = request.FILES.get("file"), "", "", ""
    if request.method == "POST" and sent is not None:
        try:
            made = send_file(request.actor, attribute, name=sent.name or "", content=sent.read(), creating=True)
            token, name = made.token, made.name
        except (Invalid, Forbidden) as fault:
            error = fault.message
    wanted = request.GET.get("id", "")
    facts = {"name": NAME + code, "token": token, "file_name": name, "upload": upload_url(code), "error": error}
    context = {**facts, "id": wanted if wanted.isidentifier() or _is_id(wanted) else f"id_{NAME}{code}"}
    return respond(request, "desk/tickets/attribute_file.jinja", context)


def _is_id(text: str) -> bool:
    return 0 < len(text) < 80 and all(letter.isalnum() or letter in "-_" for letter in text)


@require_safe
@agents
def download(request: AgentRequest, token: str) -> HttpResponseBase:
    """The file that is the value of an attribute, to be saved."""
    found = file_for(request.actor, token)
    if found is None:
        raise NotVisible(_("There is no such file, or it is not for you to see."))
    return download_answer(found.file, found.name)
