"""Every act of the settings leaves an event with its author, told in words on the page of the audit log (F226).

The acts are generated from the routes: a new one without a row in the table fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode

from okno.account.tests.test_second_factor import code_of, secrets_on
from okno.api.operations.tokens import create_token
from okno.calendars.operations.exceptions import ExceptionFacts, import_days, set_exceptions
from okno.calendars.operations.schedules import ScheduleFacts, create_schedule
from okno.channels.email.models import BlacklistRule, Letter, Mailbox
from okno.channels.web_form.operations.forms import FormFacts, create_form
from okno.channels.web_form.rules import Field as Asked
from okno.core import files
from okno.core.actor import SYSTEM
from okno.core.auditing import DAILY
from okno.core.configuration import export
from okno.core.http.policy import policy_of
from okno.core.models import Delivery, Event
from okno.fields.models import Attribute
from okno.fields.operations.checking import AttributeFacts
from okno.fields.operations.definitions import create_attribute
from okno.fields.rules import Option
from okno.manage.attributes.options import rows_of
from okno.manage.audit.words import AREAS, DEEDS
from okno.people.models import ClientCategory, User
from okno.people.operations.agents import deactivate_agent
from okno.people.operations.roles import create_role
from okno.routing.models import RoutingRule
from okno.routing.seed import add_routing
from okno.sla.models import SlaRule
from okno.testing.cast import PASSWORD, Cast
from okno.testing.forms import make_form
from okno.tickets.models import CannedReply
from okno.tickets.operations.canned_files import add_canned_file
from okno.tickets.seed.canned import add_canned_replies
from okno.workflow.models import Impact, Lifecycle, Priority, RequestForm, Service, Status, TicketType, Urgency
from okno.workflow.operations.lifecycles import copy_lifecycle
from okno.workflow.operations.priorities import NameFacts, PriorityFacts, create_level, create_priority
from okno.workflow.operations.services import ServiceFacts, create_service
from okno.workflow.operations.statuses import StatusFacts, create_status
from okno.workflow.operations.types import TypeFacts, create_type
from tests.test_url_matrix import ROUTES

pytestmark = pytest.mark.django_db
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270505\r\n"
    b"SUMMARY:Trip\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


class World:
    """An installation with a row of every kind, and the browser of its administrator."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.client = Client()
        cache.clear()
        self.client.post("/account/login/", {"login": "olena@vikno.example", "password": PASSWORD})
        self.client.post("/account/reauthenticate/", {"password": PASSWORD})
        add_canned_replies()
        add_routing(cast.first_line, cast.second_line, cast.taras, cast.olena)
        self.reply = CannedReply.objects.all()[0]
        self.file = add_canned_file(SYSTEM, self.reply, name="a.txt", content=b"words")
        week = [[["09:00", "18:00"]]] * 5 + [[], []]
        self.schedule = create_schedule(SYSTEM, ScheduleFacts("Free hours", week))
        set_exceptions(SYSTEM, self.schedule, ExceptionFacts(date(2027, 3, 1), name="Moving"))
        import_days(SYSTEM, self.schedule, {date(2027, 5, 4): "Retreat"})
        self.role = create_role(SYSTEM, "Night shift", ["tickets.answer"])
        self.gone = deactivate_agent(SYSTEM, cast.marek)
        self.status = create_status(SYSTEM, StatusFacts({"en": "Parked"}, "waiting", code="parked"))
        self.lifecycle = copy_lifecycle(SYSTEM, Lifecycle.objects.get(code="question"), {"en": "Free"})
        self.type = create_type(SYSTEM, TypeFacts({"en": "Free"}, self.lifecycle))
        self.priority = create_priority(SYSTEM, PriorityFacts({"en": "Free"}, 7))
        self.impact = create_level(SYSTEM, Impact, NameFacts({"en": "Free"}))
        self.urgency = create_level(SYSTEM, Urgency, NameFacts({"en": "Free"}))
        self.service = create_service(SYSTEM, ServiceFacts({"en": "Servers"}))
        create_service(SYSTEM, ServiceFacts({"en": "Networks"}))
        self.request_form = make_form(types=["incident"])
        make_form(names={"en": "Another form"}, types=["question"])
        self.category = ClientCategory.objects.get(code="vip")
        self.mailbox = Mailbox.objects.create(name="Sales", address="sales@vikno.example")
        choices = [Option("gold", {"en": "Gold"}), Option("silver", {"en": "Silver"})]
        self.attribute = create_attribute(
            SYSTEM, AttributeFacts("ticket", "list", {"en": "Contract"}, options=choices, code="contract")
        )
        create_attribute(SYSTEM, AttributeFacts("ticket", "line", {"en": "Floor"}))
        self.web_form = create_form(
            SYSTEM, FormFacts(name="Contact us", asked=[Asked("name"), Asked("text", True)])
        )
        self.block = BlacklistRule.objects.create(kind="address", pattern="*@spam.example")
        self.failed, self.ignored = self._letter(1, "failed"), self._letter(2, "ignored")
        self.delivery = Delivery.objects.create(
            channel="test", recipients=["a@b.example"], title="A letter", state="failed"
        )
        self.token, _text = create_token(
            cast.actor("olena"), cast.olena, name="shop", scopes=["tickets:read"], expires_at=None
        )

    def _letter(self, number: int, state: str) -> Letter:
        raw = files.store(b"Subject: Hello\r\n\r\nwords\r\n")
        key = {"source": "smtp", "source_key": f"smtp:{number}", "size": 10, "sender": "a@mail.example"}
        return Letter.objects.create(raw=raw, state=state, **key)

    def form(self, page: str, action: str = "", **changed: Any) -> dict[str, Any]:
        """What a browser would send of the page's form after these fields were changed."""
        answer = self.client.get(page)
        assert answer.status_code == 200, (page, answer.status_code)
        posts = [
            form
            for form in HTMLParser(answer.content.decode()).css("main form")
            if (form.attributes.get("method") or "get").lower() == "post"
            and (form.attributes.get("action") or page).partition("?")[0] == (action or page)
        ]
        assert posts, f"{page} has no form that posts to {action or page}"
        return {**values(posts[0]), **changed}


def values(form: LexborNode) -> dict[str, Any]:
    """The fields of a form as they stand on the page."""
    found: dict[str, Any] = {}
    for node in form.css("input, select, textarea"):
        name, kind = node.attributes.get("name"), node.attributes.get("type") or node.tag
        if not name or kind in {"submit", "file", "button"}:
            continue
        if kind in {"checkbox", "radio"}:
            if "checked" in node.attributes:
                found.setdefault(name, []).append(node.attributes.get("value") or "on")
        elif node.tag == "select":
            options = node.css("option")
            chosen = [each.attributes.get("value") or "" for each in options if "selected" in each.attributes]
            first = (
                [options[0].attributes.get("value") or ""] if options and "multiple" not in node.attributes else []
            )
            found[name] = chosen or first
        elif node.tag == "textarea":
            found[name] = node.text()
        else:
            found.setdefault(name, []).append(node.attributes.get("value") or "")
    return found


@dataclass(frozen=True)
class Act:
    """One act: the rows of its address, what is sent, and the kind of event that it leaves.

    ``send`` makes what is sent; without it the page's own form is sent with ``changed``. ``own_page``: the history
    stands on a page of its own and not in the log.
    """

    kind: str
    args: Callable[[World], tuple[Any, ...]] = lambda world: ()
    changed: dict[str, Any] = field(default_factory=dict)
    send: Callable[[World], dict[str, Any]] | None = None
    page: Callable[[World], str] | None = None
    own_page: bool = False


def ids(model: Any, **narrowed: Any) -> dict[str, str]:
    return in_turn([row.pk for row in model._default_manager.filter(**narrowed).order_by("position", "pk")])


def in_turn(seen: list[int]) -> dict[str, str]:
    """The first two change places."""
    rows = [str(pk) for pk in seen]
    return {"seen": ",".join(rows), "order": ",".join([rows[1], rows[0], *rows[2:]])}


def enrolled(world: World) -> dict[str, Any]:
    page = world.client.get("/account/2fa/totp/activate/").content.decode()
    world.client.post("/account/2fa/totp/activate/", {"code": code_of(secrets_on(page)[0])})
    cache.clear()
    return {}


def catalogue(
    name: str, model: Any, row: str, *, area: str = "workflow", order: Any = None, default: bool = False
) -> Iterator[tuple[str, Act]]:
    """The acts that every small catalogue has."""

    def one(world: World) -> tuple[Any, ...]:
        return (getattr(world, row).pk,)

    kinds = {"created": "created", "changed": "changed", "deleted": "deleted", "reordered": "reordered"}
    yield f"{name}-new", Act(f"{area}.{kinds['created']}", changed={"name_en": "Another one"})
    yield name, Act(f"{area}.changed", one, {"name_en": "Called otherwise"})
    yield f"{name}-switch", Act(f"{area}.changed", one, send=lambda world: {"active": "0"})
    yield f"{name}-order", Act(f"{area}.reordered", send=order or (lambda world: ids(model)))
    if default:
        yield f"{name}-default", Act(f"{area}.changed", one, send=lambda world: {})
    yield f"{name}-delete", Act(f"{area}.deleted", one, send=lambda world: {})


def lifecycle_page(world: World) -> dict[str, Any]:
    return world.form(reverse("manage:lifecycle", args=[world.lifecycle.pk]), name_en="Called otherwise")


ACTS: dict[str, Act] = {
    **dict(catalogue("status", Status, "status", order=lambda world: ids(Status, state="open"), default=True)),
    **dict(catalogue("type", TicketType, "type", default=True)),
    **dict(catalogue("priority", Priority, "priority", default=True)),
    **dict(catalogue("impact", Impact, "impact")),
    **dict(catalogue("urgency", Urgency, "urgency")),
    **dict(catalogue("service", Service, "service")),
    **dict(catalogue("category", ClientCategory, "category", area="client_category")),
    **dict(catalogue("lifecycle", Lifecycle, "lifecycle", area="lifecycle")),
    "status-order": Act("workflow.reordered", send=lambda world: ids(Status, state="waiting"), page=lambda world: f"{reverse('manage:status-order')}?group=waiting"),
    **dict(catalogue("request-form", RequestForm, "request_form")),
    "request-form-new": Act("workflow.created", changed={"name_en": "A third form"}),
    "request-form-copy": Act("workflow.created", lambda world: (world.request_form.pk,), send=lambda world: {}),
    "request-form-template": Act("workflow.created", lambda world: ("network",), send=lambda world: {}),
    "lifecycle-copy": Act("lifecycle.created", lambda world: (world.lifecycle.pk,), send=lambda world: {}),
    "lifecycle-switch": Act("workflow.changed", lambda world: (world.lifecycle.pk,), send=lambda world: {"active": "0"}),
    "lifecycle-order": Act("workflow.reordered", send=lambda world: ids(Lifecycle)),
    "lifecycle-delete": Act("lifecycle.deleted", lambda world: (unused(world).pk,), send=lambda world: {}),
    "matrix": Act("workflow.matrix_changed", send=lambda world: {**world.form(reverse("manage:matrix")), f"cell_{world.impact.pk}_{world.urgency.pk}": str(world.priority.pk)}),
    "settings": Act("setting.changed", lambda world: ("general",), {"general.company_name": "Vikno and sons"}),
    "mailbox-new": Act("mailbox.created", changed={"name": "More", "address": "more@vikno.example"}),
    "mailbox": Act("mailbox.changed", lambda world: (world.mailbox.pk,), {"name": "Less", "is_active": ["on"]}),
    "mailbox-switch": Act("mailbox.changed", lambda world: (world.mailbox.pk,), send=lambda world: {"active": "0"}),
    "mailbox-delete": Act("mailbox.deleted", lambda world: (world.mailbox.pk,), send=lambda world: {}),
    "letter-retry": Act("letter.retried", lambda world: (world.failed.pk,), send=lambda world: {}),
    "letter-ignore": Act("letter.ignored", lambda world: (world.failed.pk,), send=lambda world: {}),
    "letter-release": Act("letter.released", lambda world: (world.ignored.pk,), send=lambda world: {}),
    "delivery-resend": Act("delivery.resent", lambda world: (world.delivery.pk,), send=lambda world: {}, own_page=True),
    "delivery-cancel": Act("delivery.cancelled", lambda world: (world.delivery.pk,), send=lambda world: {}, own_page=True),
    "blacklist": Act("blacklist.created", send=lambda world: {"kind": "text", "pattern": "cheap pills"}),
    "blacklist-rule": Act("blacklist.changed", lambda world: (world.block.pk,), send=lambda world: {"kind": "address", "pattern": "*@spam.example", "note": "seen"}),
    "blacklist-switch": Act("blacklist.changed", lambda world: (world.block.pk,), send=lambda world: {"active": "0"}),
    "blacklist-delete": Act("blacklist.deleted", lambda world: (world.block.pk,), send=lambda world: {}),
    "agent-new": Act("agent.created", send=lambda world: world.form(reverse("manage:agent-new"), name="Iryna Lys", address="iryna@vikno.example", role=str(world.cast.marek.role_id))),
    "agent": Act("agent.changed", lambda world: (world.cast.taras.pk,), {"name": "Taras V."}),
    "agent-deactivate": Act("agent.deactivated", lambda world: (world.cast.taras.pk,), {"heir": ""}),
    "agent-reactivate": Act("agent.reactivated", lambda world: (world.gone.pk,), send=lambda world: {}),
    "agent-password": Act("agent.password_set", lambda world: (world.cast.taras.pk,), send=lambda world: {}),
    "agent-sign-out": Act("agent.signed_out", lambda world: (world.cast.taras.pk,), send=lambda world: {}),
    "role-new": Act("role.created", changed={"name": "Day shift"}),
    "role": Act("role.changed", lambda world: (world.role.pk,), {"name": "Late shift"}),
    "role-delete": Act("role.deleted", lambda world: (world.role.pk,), send=lambda world: {}),
    "team-new": Act("team.created", changed={"name": "Third line"}),
    "team": Act("team.changed", lambda world: (world.cast.first_line.pk,), {"name": "Front line"}),
    "team-move": Act("team.changed", lambda world: (world.cast.first_line.pk,), send=lambda world: {"direction": "down"}),
    "team-switch": Act("team.changed", lambda world: (world.cast.first_line.pk,), send=lambda world: {"active": "0"}),
    "team-delete": Act("team.deleted", lambda world: (world.cast.second_line.pk,), send=lambda world: {"replacement": world.cast.first_line.pk}),
    "canned-new": Act("canned.created", send=lambda world: {"title": "Thanks", "html": "<p>Thank you</p>", "is_active": "on"}),
    "canned-reply": Act("canned.changed", lambda world: (world.reply.pk,), send=lambda world: {"title": "Thanks", "html": "<p>Thank you</p>", "is_active": "on"}),
    "canned-delete": Act("canned.deleted", lambda world: (world.reply.pk,), send=lambda world: {}),
    "canned-files": Act("canned.changed", lambda world: (world.reply.pk,), send=lambda world: {"files": SimpleUploadedFile("b.txt", b"more")}),
    "canned-file-remove": Act("canned.changed", lambda world: (world.reply.pk, world.file.token), send=lambda world: {}),
    "audit-export": Act("audit.exported", send=lambda world: {}),
    "schedule-new": Act("schedule.created", changed={"name": "Other hours"}),
    "schedule": Act("schedule.changed", lambda world: (world.schedule.pk,), {"name": "Late hours"}),
    "schedule-default": Act("schedule.changed", lambda world: (world.schedule.pk,), send=lambda world: {}),
    "schedule-delete": Act("schedule.deleted", lambda world: (world.schedule.pk,), send=lambda world: {}),
    "schedule-days": Act("schedule.exceptions_changed", lambda world: (world.schedule.pk,), send=lambda world: {"first": "2027-04-01", "kind": "closed", "name": "Fools"}),
    "schedule-day-remove": Act("schedule.exceptions_changed", lambda world: (world.schedule.pk,), send=lambda world: {"day": "2027-03-01"}),
    "schedule-holidays": Act("schedule.changed", lambda world: (world.schedule.pk,), send=lambda world: {"country": "PL", "region": ""}),
    "schedule-file-take": Act("schedule.exceptions_changed", lambda world: (world.schedule.pk,), send=lambda world: {"day": "2027-05-05 Trip"}),
    "schedule-file-remove": Act("schedule.exceptions_changed", lambda world: (world.schedule.pk,), send=lambda world: {}),
    "sla-new": Act("sla_rule.created", changed={"name": "Another rule"}),
    "sla-rule": Act("sla_rule.changed", lambda world: (SlaRule.objects.all()[1].pk,), {"name": "Otherwise"}),
    "sla-order": Act("sla_rule.ordered", send=lambda world: ids(SlaRule)),
    "sla-switch": Act("sla_rule.changed", lambda world: (SlaRule.objects.all()[1].pk,), send=lambda world: {"enabled": ""}),
    "sla-delete": Act("sla_rule.deleted", lambda world: (SlaRule.objects.all()[1].pk,), send=lambda world: {}),
    "routing-new": Act("routing.rule_created", changed={"name": "Another rule", "target": "nobody"}),
    "routing-rule": Act("routing.rule_changed", lambda world: (RoutingRule.objects.all()[0].pk,), {"name": "Otherwise"}),
    "routing-order": Act("routing.rules_reordered", send=lambda world: ids(RoutingRule)),
    "routing-switch": Act("routing.rule_changed", lambda world: (RoutingRule.objects.all()[0].pk,), send=lambda world: {"enabled": ""}),
    "routing-delete": Act("routing.rule_deleted", lambda world: (RoutingRule.objects.all()[0].pk,), send=lambda world: {}),
    "attribute-new": Act("attribute.created", send=lambda world: {"target": "ticket", "kind": "line", "name_en": "Room", "for_clients": "hidden"}),
    "attribute": Act("attribute.changed", lambda world: (world.attribute.pk,), {"name_en": "Called otherwise"}),
    "attribute-switch": Act("attribute.changed", lambda world: (world.attribute.pk,), send=lambda world: {"active": "0"}),
    "attribute-delete": Act("attribute.deleted", lambda world: (world.attribute.pk,), send=lambda world: {"erase": "1", "sure": "1"}),
    "attribute-order": Act("attribute.reordered", send=lambda world: ids(Attribute, target="ticket"), page=lambda world: f"{reverse('manage:attribute-order')}?group=ticket"),
    "attribute-options-add": Act("attribute.changed", lambda world: (world.attribute.pk,), send=lambda world: {"values": "Bronze"}),
    "attribute-options-order": Act("attribute.changed", lambda world: (world.attribute.pk,), send=lambda world: in_turn([row.pk for row in rows_of(world.attribute)])),
    "attribute-option": Act("attribute.changed", lambda world: (world.attribute.pk, "gold"), send=lambda world: {"name_en": "Golden"}),
    "attribute-option-switch": Act("attribute.changed", lambda world: (world.attribute.pk, "gold"), send=lambda world: {"active": "0"}),
    "attribute-option-delete": Act("attribute.changed", lambda world: (world.attribute.pk, "gold"), send=lambda world: {}),
    "web-form-new": Act("web_form.created", changed={"name": "Another form"}),
    "web-form": Act("web_form.changed", lambda world: (world.web_form.pk,), {"name": "Write to us"}),
    "web-form-switch": Act("web_form.switched", lambda world: (world.web_form.pk,), send=lambda world: {"active": "0"}),
    "web-form-secret": Act("web_form.secret_made", lambda world: (world.web_form.pk,), send=lambda world: {}),
    "web-form-delete": Act("web_form.deleted", lambda world: (world.web_form.pk,), send=lambda world: {}),
    "look": Act("setting.changed", send=lambda world: {"title": "Help of Vikno", "colour": "", "address": ""}),
    "configuration-file": Act("configuration.exported", send=lambda world: {}),
    "configuration-take": Act("configuration.imported", send=lambda world: {"token": looked_at(world)}),
}  # fmt: skip
"""The acts of ``manage/`` by the name of their route."""

NO_ACTS = {
    "blacklist-test": "asks which rules would refuse a letter",
    "mailbox-check": "tries a connection",
    "schedule-week": "draws the week anew while it is written",
    "web-form-preview": "draws a form while it is written",
    "schedule-file": "shows what a file would change",
    "configuration-look": "shows what a file would change",
}
"""Routes that take a POST and change nothing."""

OWN_ACTS: dict[str, Act] = {
    "account:profile": Act("agent.changed", send=lambda world: world.form("/account/profile/", name="Olena K.")),
    "account:language": Act("agent.preferences_changed", send=lambda world: {"language": "uk"}),
    "account:absence": Act("agent.absence_changed", send=lambda world: {"begins": "2030-01-01T09:00", "ends": "2030-02-01T09:00", "substitute": ""}),
    "account:absence-of": Act("agent.absence_changed", lambda world: (world.cast.taras.pk,), send=lambda world: {"begins": "2030-01-01T09:00", "ends": "2030-02-01T09:00", "substitute": ""}),
    "account:sign-out-others": Act("agent.signed_out", send=lambda world: {}),
    "account:tokens": Act("token.created", send=lambda world: {"name": "web shop", "scopes": ["tickets:read"], "days": "30"}),
    "account:token-revoke": Act("token.revoked", lambda world: (world.token.pk,), send=lambda world: {}),
    "account_change_password": Act("user.password_changed", send=lambda world: {"oldpassword": PASSWORD, "password1": "a longer phrase 71", "password2": "a longer phrase 71"}),
    "mfa_activate_totp": Act("user.factor_added", send=lambda world: {"code": code_of(secrets_on(world.client.get("/account/2fa/totp/activate/").content.decode())[0])}),
    "mfa_deactivate_totp": Act("user.factor_removed", send=enrolled),
    "mfa_generate_recovery_codes": Act("user.factor_renewed", send=enrolled),
}  # fmt: skip
"""What a person does to his own account."""

OWN_WITHOUT = {
    "account_login": "signing in is its own event, see account/tests",
    "account_logout": "ends the session of one's own browser and sets nothing",
    "account_signup": "closed: nobody registers by himself",
    "account_email": "closed", "account:closed-email": "closed", "account:closed-code": "closed",
    "account:closed-confirm": "closed", "account_confirm_email": "closed", "account_confirm_login_code": "closed",
    "account_email_verification_sent": "closed",
    "account_set_password": "every account has a password",
    "account_reset_password": "sends a letter; what follows is user.password_changed",
    "account_reset_password_from_key": "user.password_changed, by the signal that account_change_password uses",
    "account_reauthenticate": "proves who is there and sets nothing",
    "mfa_authenticate": "part of signing in", "mfa_login_webauthn": "part of signing in",
    "mfa_reauthenticate": "proves who is there",
    "mfa_reauthenticate_webauthn": "proves who is there",
    "mfa_add_webauthn": "needs a key in hand; user.factor_added, by the signal that mfa_activate_totp uses",
    "mfa_remove_webauthn": "needs a key in hand; user.factor_removed, by the signal that mfa_deactivate_totp uses",
    "account:photo": "a picture of oneself", "account:photo-of": "a picture of oneself, asked for",
    "account:link-ask": "sends a letter", "account:link-follow": "a client comes in by a letter's link",
    "account:link": "a client comes in by a letter's link",
    "account:invitation": "a client accepts an invitation", "account:invitation-accept": "a client accepts an invitation",
    "account:register": "a client asks for an account", "account:registration": "a client confirms his address",
    "account:registration-finish": "a client confirms his address",
    "account_inactive": "a page that says so", "account_reset_password_done": "a page that says so",
    "account_reset_password_from_key_done": "a page that says so", "mfa_index": "a page that says so",
    "mfa_view_recovery_codes": "shows", "mfa_download_recovery_codes": "shows", "mfa_list_webauthn": "shows",
    "mfa_edit_webauthn": "the name of one's own key",
}  # fmt: skip


def unused(world: World) -> Lifecycle:
    return copy_lifecycle(SYSTEM, world.lifecycle, {"en": "For nothing"})


def looked_at(world: World) -> str:
    content = export(SYSTEM).replace(b'"en": "High"', b'"en": "Very high"')
    shown = world.client.post(reverse("manage:configuration-look"), {"file": SimpleUploadedFile("a.json", content)})
    node = HTMLParser(shown.content.decode()).css_first('input[name="token"]')
    assert node is not None
    return str(node.attributes["value"])


def posting(prefix: str, browser: Client) -> list[str]:
    """The names of the routes below a prefix that take a POST."""
    found = []
    for pattern, name, view in ROUTES:
        if not pattern.startswith(prefix) or policy_of(view, name) is None:
            continue
        sample = {"pk": 999_999_999, "token": "x", "group": "general", "key": "x", "code": "x"}
        for arguments in (
            sample,
            *(
                {each: sample[each] for each in part}
                for part in (("pk",), ("group",), ("code",), ("pk", "token"), ("pk", "code"), ("key",), ())
            ),
        ):
            try:
                path = reverse(name, kwargs=arguments)
            except NoReverseMatch:
                continue
            found.append((name, path))
            break
    return [name for name, path in found if browser.post(path).status_code != 405]


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def test_every_route_of_the_settings_that_takes_a_post_is_an_act_or_says_why_not(world: World) -> None:
    with transaction.atomic():
        known = posting("manage/", world.client)
        transaction.set_rollback(True)
    assert len(known) > 60
    names = {name.removeprefix("manage:") for name in known}
    assert names - ACTS.keys() - NO_ACTS.keys() == set()
    assert ACTS.keys() & NO_ACTS.keys() == set()
    assert (ACTS.keys() | NO_ACTS.keys()) - names == set()


def test_every_route_of_ones_own_account_is_an_act_or_says_why_not(world: World) -> None:
    names = {name for pattern, name, _view in ROUTES if pattern.startswith("account/")}
    with transaction.atomic():
        taking = set(posting("account/", world.client))
        transaction.set_rollback(True)
    assert sorted(taking - OWN_ACTS.keys() - OWN_WITHOUT.keys()) == []
    assert (OWN_ACTS.keys() | OWN_WITHOUT.keys()) - names == set()


@contextmanager
def at_once() -> Iterator[None]:
    """What waits for the commit is done where it is asked for, since the test's own transaction never commits."""

    def run(call: Callable[[], Any], using: str | None = None, robust: bool = False) -> None:
        call()

    with patch("django.db.transaction.on_commit", run):
        yield


def noted(world: World, name: str, act: Act) -> str:
    """What is wrong with the trace that an act leaves; nothing when all is well."""
    args = act.args(world)
    path = reverse(name, args=args)
    sent = act.send(world) if act.send else world.form(path, **act.changed)
    before = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with at_once():
        answer = world.client.post(act.page(world) if act.page else path, sent)
    found = [event for event in Event.objects.filter(pk__gt=before) if event.kind == act.kind]
    if answer.status_code not in {200, 204, 302, 303} or not found:
        wrong = [
            node.text().strip() for node in HTMLParser(answer.content.decode()).css(".field-error, [role=alert]")
        ]
        kinds = list(Event.objects.filter(pk__gt=before).values_list("kind", flat=True))
        return f"{name}: {answer.status_code}, events {kinds}, {wrong}"
    event = found[-1]
    if (event.actor_kind, event.actor_id) != ("agent", world.cast.olena.pk):
        return f"{name}: by {event.actor_kind} {event.actor_name}"
    if act.own_page:
        return "" if event.object_kind in DAILY else f"{name}: has no page of its own"
    area, _dot, deed = event.kind.partition(".")
    if area not in AREAS or not {deed, deed.rpartition("_")[2]} & DEEDS.keys():
        return f"{name}: {event.kind} has no words"
    browser = Client()
    browser.force_login(User.objects.get(pk=world.cast.olena.user_id))
    page = browser.get("/manage/audit/").content.decode()
    if f'data-event="{event.kind}"' not in page:
        return f"{name}: not on the page"
    return ""


@pytest.mark.parametrize("table", ["manage", "account"])
def test_every_act_leaves_an_event_with_its_author_in_words(world: World, table: str) -> None:
    acts = {f"manage:{name}": act for name, act in ACTS.items()} if table == "manage" else OWN_ACTS
    wrong = []
    cookies = dict(world.client.cookies)
    for name, act in acts.items():
        with transaction.atomic():
            wrong.append(noted(world, name, act))
            transaction.set_rollback(True)
        world.client.cookies.clear()
        world.client.cookies.update(cookies)
        for row in (world.type, world.lifecycle, world.status):
            row.refresh_from_db()
    assert "\n".join(each for each in wrong if each) == ""
