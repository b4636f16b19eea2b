"""The configuration as one file: it comes back as it went, changes nothing by itself, and is taken whole or not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okno.calendars.models import WorkSchedule
from okno.calendars.operations.exceptions import ExceptionFacts, import_days, set_exceptions
from okno.calendars.operations.holidays import choose_country
from okno.calendars.operations.schedules import ScheduleFacts, create_schedule
from okno.channels.email.models import BlacklistRule, Mailbox
from okno.channels.email.operations import blacklist
from okno.channels.email.operations.mailboxes import create_mailbox, switch_mailbox
from okno.core import settings_store
from okno.core.actor import SYSTEM, Actor
from okno.core.configuration import SECTIONS, Options, apply, export, in_order, read, rehearse
from okno.core.faults import Conflict, Invalid
from okno.core.models import Event, SettingValue
from okno.people.models import Agent, ClientCategory, Company, Role, Team
from okno.people.operations.roles import create_role
from okno.people.operations.teams import QueueFacts, change_team, create_team
from okno.routing.models import RoutingRule
from okno.routing.seed import add_routing
from okno.sla.models import SlaRule
from okno.sla.operations.rules import RuleFacts, create_rule, delete_rule
from okno.testing.cast import Cast
from okno.tickets.conditions import parse
from okno.tickets.models import CannedReply
from okno.tickets.seed.canned import add_canned_replies
from okno.tickets.tests.standing import new_ticket
from okno.workflow import catalogue
from okno.workflow.models import Impact, Lifecycle, MatrixCell, Priority, Service, Status, TicketType, Urgency
from okno.workflow.operations.priorities import PriorityFacts, create_priority, make_default_priority
from okno.workflow.operations.services import ServiceFacts, create_service, switch_service
from okno.workflow.operations.statuses import StatusFacts, create_status, switch_status

pytestmark = pytest.mark.django_db
NOTHING, OFF = Options(), Options(switch_off_absent=True)
PASSWORD = "open sesame 42"

IN_NO_APP = {
    "tickets": "the work itself; of it the canned replies are a section",
    "knowledge": "articles are content, and their sections go with them; both move with the backup",
}
"""Packages whose rows are no configuration, and why."""

IN_NO_SECTION = {
    "people.User": "accounts belong to people, who are named by their e-mail and never made by a file",
    "people.Agent": "people, named by their e-mail",
    "people.Company": "clients are data",
    "people.CompanyDomain": "clients are data",
    "people.Contact": "clients are data",
    "people.Affiliation": "clients are data",
    "people.ContactAddress": "clients are data",
    "people.Supervision": "clients are data",
    "people.PersonalLink": "ways in of people",
    "fields.Attribute": "the file has no section for definitions of attributes so far",
    "workflow.RequestForm": "its items ask for attributes, and the file has no section for these so far",
    "fields.ValueFile": "files of tickets and clients are data",
    "core.BrandPicture": "bytes of pictures, kept by the backup",
    "people.Merge": "what was done to clients",
    "people.Erasure": "what was done to clients",
    "people.ClientImport": "a file that was brought in",
    "people.ImportProblem": "what could not be taken of it",
    "web_form.WebForm": "its address and secret stand on websites: a copy elsewhere would answer nobody",
    "web_form.WebFormPost": "what came in",
    "core.Event": "what happened",
    "core.EventFailure": "what happened",
    "core.Delivery": "what leaves",
    "core.StoredFile": "bytes of files, kept by the backup",
    "core.IdempotentAnswer": "what was answered",
    "okno_api.ApiToken": "secrets of people",
    "routing.Turn": "whose turn it is",
    "sla.Recomputation": "a job under way",
    "email.FolderPosition": "how far a folder was read",
    "email.Letter": "letters are data",
    "email.OutgoingLetter": "letters are data",
}
"""Models whose rows are no configuration, and why; those of ``tickets`` that no section holds are the work itself."""


def document(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(export(SYSTEM))
    data["sections"].update(changes)
    return data


def as_bytes(data: Any) -> bytes:
    return json.dumps(data).encode()


def row(data: dict[str, Any], section: str, name: str) -> dict[str, Any]:
    identity = SECTIONS[section].identity[-1]
    found: dict[str, Any] = next(each for each in data["sections"][section] if each[identity] == name)
    return found


def when(*clauses: dict[str, Any], mode: str = "all") -> Any:
    return parse({"version": 1, "mode": mode, "parts": list(clauses)})


@pytest.fixture
def rich(cast: Cast) -> Cast:
    """An installation in which something of everything was set up by hand."""
    actor = cast.actor("olena")
    add_canned_replies()
    add_routing(cast.first_line, cast.second_line, cast.taras, cast.olena)
    create_role(actor, "Night shift", ["tickets.answer:own", "tickets.view:team@incident"])
    night = create_team(
        actor, "Night", [cast.marek], QueueFacts("Nights", "round_robin", 4, True, "no", [cast.taras])
    )
    change_team(SYSTEM, create_team(SYSTEM, "Old team"), is_active=False)
    Company.objects.create(name="Nordwind")
    servers = create_service(actor, ServiceFacts({"en": "Servers", "ru": "Серверы"}, code="servers"))
    create_service(actor, ServiceFacts({"en": "Disks"}, servers, "disks"))
    switch_service(actor, create_service(actor, ServiceFacts({"en": "Old"}, servers, "old")), is_active=False)
    make_default_priority(actor, create_priority(actor, PriorityFacts({"en": "Someday"}, 5, "teal", "someday")))
    switch_status(
        actor, create_status(actor, StatusFacts({"en": "Parked"}, "waiting", code="parked")), is_active=False
    )
    week = [[["22:00", "24:00"]], *[[["00:00", "06:00"], ["22:00", "24:00"]]] * 5, [["00:00", "06:00"]]]
    shift = create_schedule(actor, ScheduleFacts("Night shift", week, "Europe/Warsaw", False))
    choose_country(actor, shift, "PL")
    set_exceptions(actor, shift, ExceptionFacts(date(2027, 3, 1), date(2027, 3, 4), [["10:00", "12:00"]], "Moving"))
    import_days(actor, shift, {date(2027, 5, 4): "Retreat"})
    first = Company.objects.filter(name="Nordwind").order_by("pk")[0]
    create_rule(
        actor,
        RuleFacts(
            "Nights",
            when(
                {"field": "company", "operator": "is", "values": [first.pk, cast.kawa.pk]},
                {"field": "contact", "operator": "is_not", "values": [cast.jan.pk]},
                {"mode": "any", "parts": [
                    {"field": "team", "operator": "is", "values": [night.pk]},
                    {"field": "assignee", "operator": "is", "values": [cast.marek.pk]},
                    {"field": "watcher", "operator": "all_of", "values": [cast.taras.pk, cast.olena.pk]},
                    {"field": "priority", "operator": "at_least", "values": ["high"]},
                ]},
            ),
            shift, 30, 600, 0, 15,
        ),
    )  # fmt: skip
    create_rule(actor, RuleFacts("Nights", is_enabled=False))
    blacklist.create_rule(actor, blacklist.RuleFacts("address", "*@spam.example", "told by Marta"))
    box = {"name": "Sales", "address": "sales@vikno.example", "imap_host": "imap.vikno.example", "imap_user": "sales",
           "imap_password": PASSWORD, "smtp_host": "smtp.vikno.example", "smtp_user": "sales",
           "smtp_password": PASSWORD, "folders": ["INBOX", "Orders"], "team": night}  # fmt: skip
    create_mailbox(actor, box)
    settings_store.change(
        actor,
        {
            "general.company_name": "Vikno",
            "routing.default_assignee": f"agent:{cast.taras.pk}",
            "routing.default_watchers": [f"team:{night.pk}", f"agent:{cast.olena.pk}"],
        },
    )
    return cast


def wipe() -> None:
    """An installation without any configuration, but with the same people."""
    for model in (RoutingRule, SlaRule, CannedReply, BlacklistRule, Mailbox, MatrixCell, Impact, Urgency):
        model._default_manager.all().delete()
    for model in (Service, TicketType, Lifecycle, Status, Priority, WorkSchedule, ClientCategory, SettingValue):
        if model is Service:
            Service.objects.update(parent=None)
        model._default_manager.all().delete()
    Team.objects.all().delete()
    Role.objects.exclude(agents__isnull=False).delete()
    Role.objects.exclude(code="administrator").update(name="?", names={}, rights=[])
    settings_store.forget()
    catalogue.forget()


def test_every_model_is_in_a_section_or_has_a_reason_not_to_be() -> None:
    held = {model._meta.label for section in SECTIONS.values() for model in section.models}
    ours = [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("okno.")
        for model in config.get_models()
    ]
    loose = [
        model._meta.label
        for model in ours
        if model._meta.label not in held | IN_NO_SECTION.keys() and model._meta.app_label not in IN_NO_APP
    ]
    assert loose == [], "say in IN_NO_SECTION why it is no configuration, or register a section"
    assert not held & IN_NO_SECTION.keys()
    assert set(IN_NO_SECTION) <= {model._meta.label for model in ours}
    assert "tickets.CannedReply" in held


def test_settings_that_name_rows_by_ids_say_how_they_are_written_elsewhere(rich: Cast) -> None:
    named = [key for key, setting in settings_store.SETTINGS.items() if any(map(is_id, setting.choices or ()))]
    assert "routing.default_watchers" in named
    assert [key for key in named if settings_store.SETTINGS[key].portable is None] == []


def is_id(choice: str) -> bool:
    return choice.rpartition(":")[2].isdigit()


def test_no_id_and_no_password_stands_in_it_t28(rich: Cast) -> None:
    text = export(SYSTEM).decode()
    assert PASSWORD not in text
    assert "to be entered" in text
    assert '"id"' not in text
    rule = row(json.loads(text), "sla_rules", "Nights")
    first, second, group = rule["condition"]["parts"]
    assert first["values"] == ["Nordwind [1]", "Kawa i Ciasto"]
    assert second["values"] == ["jan@nordwind.example"]
    assert [part["values"] for part in group["parts"]][:3] == [
        ["Night"], ["marek@vikno.example"], ["taras@vikno.example", "olena@vikno.example"]
    ]  # fmt: skip
    assert row(json.loads(text), "settings", "routing.default_watchers")["value"] == [
        "agent:olena@vikno.example", "team:Night",
    ]  # fmt: skip
    numbers = [each for each in text.split() if each.rstrip(",").isdigit()]
    assert str(rich.olena.pk) not in numbers or rich.olena.pk < 1000


def test_the_same_configuration_gives_the_same_bytes(rich: Cast) -> None:
    assert export(SYSTEM) == export(SYSTEM)
    assert export(SYSTEM) == export(rich.actor("olena"))


def test_laid_over_its_own_installation_it_changes_nothing(rich: Cast) -> None:
    content, before = export(SYSTEM), Event.objects.count()
    for options in (NOTHING, OFF, Options(leave_out_people=True)):
        plan = rehearse(rich.actor("olena"), read(content), options)
        assert (plan.is_empty, plan.problems, plan.counts["changed"]) == (True, [], 0)
        assert [section.notes for section in plan.sections if section.notes] == []
        assert [section.absent for section in plan.sections if section.absent] == []
        apply(rich.actor("olena"), read(content), options, plan.digest)
    assert export(SYSTEM) == content
    assert Event.objects.count() == before


def test_laid_over_an_empty_installation_it_gives_the_same_file(rich: Cast) -> None:
    content = export(SYSTEM)
    wipe()
    assert len(export(SYSTEM)) < len(content) / 5
    plan = apply(SYSTEM, read(content), NOTHING)
    assert not plan.problems
    box = Mailbox.objects.get(address="sales@vikno.example")
    assert (box.is_active, box.imap_password, box.smtp_password) == (False, "", "")
    with pytest.raises(Conflict, match="password"):
        switch_mailbox(SYSTEM, box, active=True)
    wanted = json.loads(content)
    row(wanted, "mailboxes", "sales@vikno.example")["is_active"] = False
    assert json.loads(export(SYSTEM)) == wanted
    assert rehearse(SYSTEM, read(content), OFF).is_empty
    assert Service.objects.get(code="disks").parent == Service.objects.get(code="servers")
    assert Agent.objects.get(name="Marek Lis").teams.filter(name="Night").exists()


def test_a_trial_writes_nothing_and_leaves_nothing_in_memory(rich: Cast) -> None:
    content, before = export(SYSTEM), Event.objects.count()
    data = json.loads(content)
    row(data, "priorities", "high")["names"] = {"en": "Very high"}
    row(data, "settings", "general.company_name")["value"] = "Another"
    data["sections"]["statuses"].append(
        {"code": "thinking", "names": {"en": "Thinking"}, "state": "open", "colour": "teal"}
    )
    catalogue.PRIORITIES.all()
    plan = rehearse(rich.actor("olena"), read(as_bytes(data)), NOTHING)
    assert plan.counts == {"added": 1, "changed": 2, "same": plan.counts["same"]}
    assert (export(SYSTEM), Event.objects.count()) == (content, before)
    assert "Thinking" not in {each.name for each in catalogue.STATUSES.all()}
    assert "Very high" not in {each.name for each in catalogue.PRIORITIES.all()}
    assert settings_store.SETTINGS["general.company_name"]() == "Vikno"


def test_what_changes_is_shown_field_by_field_and_then_happens(rich: Cast) -> None:
    data = document()
    row(data, "lifecycles", "incident")["ways"][0]["comment"] = "required"
    rule = row(data, "sla_rules", "High")
    rule["reaction_minutes"] = 90
    rule["condition"]["parts"][0]["values"] = ["critical"]
    row(data, "teams", "Night")["members"] = ["olena@vikno.example"]
    row(data, "schedules", "Night shift")["days"].append({"date": "2027-06-01", "name": "Summer"})
    data["sections"]["sla_rules"].insert(0, data["sections"]["sla_rules"].pop(3))
    plan = rehearse(rich.actor("olena"), read(as_bytes(data)), NOTHING)
    assert plan.problems == []
    lines = {
        (section.key, change.name, line.field, line.part): (line.before, line.after)
        for section in plan.sections
        for change in section.changed
        for line in change.lines
    }
    assert lines.pop(("sla_rules", "High", "reaction_minutes", "")) == ("120", "90")
    before, after = lines.pop(("sla_rules", "High", "condition", ""))
    assert ("High" in before, "Critical" in after) == (True, True)
    assert lines.pop(("teams", "Night", "members", "")) == ("marek@vikno.example", "olena@vikno.example")
    assert lines.pop(("schedules", "Night shift", "days", "2027-06-01"))[0] == "–"
    (place, values) = lines.popitem()
    assert (place[0], place[2], values, lines) == ("lifecycles", "ways", ("none", "required"), {})
    assert [section.key for section in plan.sections if section.is_reordered] == ["sla_rules"]
    apply(rich.actor("olena"), read(as_bytes(data)), NOTHING, plan.digest)
    assert rehearse(SYSTEM, read(as_bytes(data)), NOTHING).is_empty
    assert SlaRule.objects.get(names__ru="Высокий").reaction_minutes == 90
    who = Event.objects.filter(kind__in=["sla_rule.changed", "lifecycle.changed", "configuration.imported"])
    assert {event.actor_name for event in who} == {"Olena Kravets"}
    told = Event.objects.get(kind="configuration.imported").data
    assert told["sections"] == ["teams", "lifecycles", "schedules", "sla_rules"]


def test_rows_that_the_file_lacks_stay_until_it_is_said_otherwise(rich: Cast) -> None:
    data = document()
    for section, name in (("sla_rules", "High"), ("routing_rules", "Critical incidents"), ("teams", "Old team"),
                          ("client_categories", "vip"), ("statuses", "parked"), ("services", "disks"),
                          ("mailboxes", "sales@vikno.example"), ("blacklist", "*@spam.example"),
                          ("schedules", "Night shift"), ("roles", "night-shift"), ("statuses", "open")):  # fmt: skip
        data["sections"][section].remove(row(data, section, name))
    data["sections"]["matrix"] = data["sections"]["matrix"][1:]
    del data["sections"]["canned_replies"]
    replies = CannedReply.objects.filter(is_active=True).count()
    plan = rehearse(SYSTEM, read(as_bytes(data)), NOTHING)
    assert plan.is_empty
    assert {section.key for section in plan.sections if section.absent} >= {
        "sla_rules",
        "teams",
        "matrix",
        "schedules",
    }
    apply(SYSTEM, read(as_bytes(data)), OFF)
    assert not SlaRule.objects.get(names__ru="Высокий").is_enabled
    assert not RoutingRule.objects.get(name="Critical incidents").is_enabled
    assert not ClientCategory.objects.get(code="vip").is_active
    assert not Service.objects.get(code="disks").is_active
    assert not Mailbox.objects.get(address="sales@vikno.example").is_active
    assert not BlacklistRule.objects.get().is_active
    assert MatrixCell.objects.count() == 8
    assert WorkSchedule.objects.filter(name="Night shift").exists()
    assert Role.objects.filter(code="night-shift").exists()
    assert Status.objects.get(code="open").is_active, "it stands in lifecycles: the plan says so and leaves it"
    notes = {section.key: section.notes for section in rehearse(SYSTEM, read(as_bytes(data)), OFF).sections}
    assert any("lifecycles" in note.lower() for note in notes["statuses"])
    assert CannedReply.objects.filter(is_active=True).count() == replies


def spoilt(change: Callable[[dict[str, Any]], object]) -> bytes:
    data = document()
    change(data)
    return as_bytes(data)


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "not JSON": (lambda: b"Hello", "JSON"),
    "nothing": (lambda: b"", "JSON"),
    "not UTF-8": (lambda: b"\xff\xfe{}", "JSON"),
    "broken off": (lambda: export(SYSTEM)[:-100], "JSON"),
    "a name twice": (lambda: b'{"okno": 1, "okno": 2}', "×2"),
    "no number": (lambda: spoilt(lambda d: row(d, "priorities", "high").update(rank=float("nan"))), "NaN"),
    "endlessly deep": (lambda: b"[" * 100_000, "JSON"),
    "deep": (lambda: spoilt(lambda d: d.update(sections=json.loads("[" * 90 + "]" * 90))), "JSON"),
    "a zero byte": (lambda: spoilt(lambda d: row(d, "priorities", "high").update(colour="a\x00")), "u0000"),
    "half a letter": (lambda: spoilt(lambda d: row(d, "priorities", "high").update(colour="\ud800")), "JSON"),
    "a list": (lambda: b"[]", "no configuration of Okno"),
    "something else": (lambda: b'{"version": 1}', "no configuration of Okno"),
    "a later version": (lambda: spoilt(lambda d: d.update(version=2)), "version 2"),
    "a version that is none": (lambda: spoilt(lambda d: d.update(version=True)), "version True"),
    "an unknown part": (lambda: spoilt(lambda d: d["sections"].update(robots=[])), "robots"),
    "no list": (lambda: spoilt(lambda d: d["sections"].update(types={})), "types: a list"),
    "a wrong kind": (lambda: spoilt(lambda d: row(d, "priorities", "high").update(rank="much")), "priorities[high].rank"),
    "a missing field": (lambda: spoilt(lambda d: row(d, "priorities", "high").pop("rank")), "this is missing"),
    "an unknown field": (lambda: spoilt(lambda d: row(d, "roles", "lead").update(id=3)), "roles[lead].id"),
    "a code twice": (lambda: spoilt(lambda d: d["sections"]["types"].append(d["sections"]["types"][0])), "twice"),
    "a name twice in another case": (
        lambda: spoilt(lambda d: d["sections"]["teams"].append({**row(d, "teams", "Night"), "name": "NIGHT"})), "twice",
    ),
    "too large": (lambda: b" " * (50 * 1024 * 1024), "larger than"),
}  # fmt: skip


def test_a_file_that_cannot_be_read_is_refused_with_its_place(rich: Cast) -> None:
    for case, (make, words) in UNREADABLE.items():
        with pytest.raises(Invalid) as refusal:
            read(make())
        assert words in " ".join(refusal.value.fields["file"]), case
        assert len(refusal.value.fields["file"]) <= 13


IMPOSSIBLE: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "an unknown member": (lambda d: row(d, "teams", "Night")["members"].append("nobody@else.example"), "teams", "nobody@else.example"),
    "an unknown team": (lambda d: row(d, "routing_rules", "Letters of partners").update(team="Nowhere"), "routing_rules", "Nowhere"),
    "an unknown employee of a rule": (lambda d: row(d, "routing_rules", "Critical incidents").update(agent="x@y.example"), "routing_rules", "x@y.example"),
    "a target without its row": (lambda d: row(d, "routing_rules", "Critical incidents").update(agent=""), "routing_rules", "employee"),
    "an unknown target": (lambda d: row(d, "routing_rules", "Critical incidents").update(target="robot"), "routing_rules", "offered"),
    "an unknown schedule": (lambda d: row(d, "sla_rules", "High").update(schedule="Moon"), "sla_rules", "Moon"),
    "an unknown client": (lambda d: row(d, "sla_rules", "Nights")["condition"]["parts"][0].update(values=["Nobody Ltd"]), "sla_rules", "Nobody Ltd"),
    "a client of two": (lambda d: row(d, "sla_rules", "Nights")["condition"]["parts"][0].update(values=["Nordwind"]), "sla_rules", "only one"),
    "an unknown priority": (lambda d: row(d, "sla_rules", "High")["condition"]["parts"][0].update(values=["soonest"]), "sla_rules", "soonest"),
    "an unknown field": (lambda d: row(d, "sla_rules", "High")["condition"]["parts"][0].update(field="weather"), "sla_rules", "asked"),
    "no condition": (lambda d: row(d, "sla_rules", "High").update(condition={"version": 7}), "sla_rules", "version"),
    "a norm below nothing": (lambda d: row(d, "sla_rules", "High").update(reaction_minutes=-5), "sla_rules", "minute"),
    "no way out": (lambda d: row(d, "lifecycles", "question").update(ways=[]), "lifecycles", "“"),
    "an unknown status": (lambda d: row(d, "lifecycles", "question")["places"][0].update(status="lost"), "lifecycles", "lost"),
    "an unknown role": (lambda d: row(d, "lifecycles", "question")["ways"][0].update(roles=["king"]), "lifecycles", "king"),
    "an unknown lifecycle": (lambda d: row(d, "types", "question").update(lifecycle="none-such"), "types", "none-such"),
    "an unknown right": (lambda d: row(d, "roles", "night-shift").update(rights=["tickets.burn"]), "roles", "tickets.burn"),
    "a circle of services": (lambda d: row(d, "services", "servers").update(parent="disks"), "services", "under itself"),
    "an unknown parent": (lambda d: row(d, "services", "disks").update(parent="moon"), "services", "moon"),
    "hours that cannot be": (lambda d: row(d, "schedules", "Night shift")["weekly"].__setitem__(0, [["18:00", "09:00"]]), "schedules", "ends before"),
    "a week of six days": (lambda d: row(d, "schedules", "Night shift")["weekly"].pop(), "schedules", "open hours"),
    "no date": (lambda d: row(d, "schedules", "Night shift")["days"].append({"date": "soon"}), "schedules", "soon"),
    "an unknown country": (lambda d: row(d, "schedules", "Night shift").update(country="XX"), "schedules", "offered"),
    "an unknown zone": (lambda d: row(d, "schedules", "Night shift").update(zone="Mars/Olympus"), "schedules", "time zone"),
    "an unknown setting": (lambda d: d["sections"]["settings"].append({"key": "a.b", "value": 1}), "settings", "no such setting"),
    "a setting of another kind": (lambda d: row(d, "settings", "general.company_name").update(value=5), "settings", "wrong kind"),
    "an unknown default assignee": (lambda d: row(d, "settings", "routing.default_assignee").update(value="agent:who@x.example"), "settings", "who@x.example"),
    "a variable of no reply": (lambda d: d["sections"]["canned_replies"][0].update(html="<p>$nonsense</p>"), "canned_replies", "nonsense"),
    "a shortcut of another": (lambda d: d["sections"]["canned_replies"][0].update(shortcut=d["sections"]["canned_replies"][1]["shortcut"]), "canned_replies", "shortcut"),
    "our own address": (lambda d: row(d, "blacklist", "*@spam.example").update(pattern="*@vikno.example"), "blacklist", "your own mailbox"),
    "a server that is none": (lambda d: row(d, "mailboxes", "sales@vikno.example").update(imap_host="a b"), "mailboxes", "server"),
    "a colour that is none": (lambda d: row(d, "priorities", "high").update(colour="brown"), "priorities", "offered"),
    "a number too large for any column": (lambda d: row(d, "lifecycles", "question").update(reopen_days=10**12), "lifecycles", "number"),
    "a name too long": (lambda d: row(d, "teams", "Night").update(description="x" * 90, names={"ru": "x" * 200}), "teams", "80"),
    "a language that is none": (lambda d: row(d, "teams", "Night").update(names={"xx": "x"}), "teams", "xx"),
    "the same name as another": (lambda d: row(d, "priorities", "high").update(names={"en": "Normal"}), "priorities", "Normal"),
    "an unknown cell": (lambda d: d["sections"]["matrix"].append({"impact": "planet", "urgency": "now", "priority": "high"}), "matrix", "planet"),
    "a code that is none": (lambda d: d["sections"]["client_categories"].append({"code": "Ä!", "names": {"en": "X"}}), "client_categories", "Latin"),
    "the default switched off": (lambda d: row(d, "types", "request").update(is_active=False), "types", "default"),
}  # fmt: skip


def test_what_cannot_be_is_named_and_nothing_is_written(rich: Cast) -> None:
    content, before, olena = export(SYSTEM), Event.objects.count(), rich.actor("olena")
    for case, (change, section, words) in IMPOSSIBLE.items():
        data = json.loads(content)
        row(data, "priorities", "low")["names"] = {"en": "Very low"}
        change(data)
        plan = rehearse(olena, read(as_bytes(data)), NOTHING)
        told = {
            part.key: " ".join(problem.message for problem in part.problems)
            for part in plan.sections
            if part.problems
        }
        assert words in told.get(section, ""), (case, told)
    with pytest.raises(Invalid):
        apply(olena, read(as_bytes(data)), NOTHING, plan.digest)
    assert (export(SYSTEM), Event.objects.count()) == (content, before)


def test_the_administrator_stays_what_he_is(rich: Cast) -> None:
    data = document()
    row(data, "roles", "administrator")["rights"] = []
    plan = apply(SYSTEM, read(as_bytes(data)), NOTHING)
    assert (plan.is_empty, bool(plan.sections[0].notes)) == (True, True)
    assert "settings.manage" in Role.objects.get(code="administrator").rights


def test_people_who_are_not_here_can_be_left_out(rich: Cast) -> None:
    data = document()
    row(data, "teams", "Night")["members"].append("nobody@else.example")
    row(data, "routing_rules", "Letters of partners")["watching_agents"] = ["nobody@else.example"]
    plan = apply(SYSTEM, read(as_bytes(data)), Options(leave_out_people=True))
    assert any("nobody@else.example" in note for section in plan.sections for note in section.notes)
    assert plan.is_empty


def test_a_plan_that_would_be_another_by_now_is_refused(rich: Cast) -> None:
    data = document()
    row(data, "priorities", "high")["names"] = {"en": "Very high"}
    olena, content = rich.actor("olena"), as_bytes(data)
    plan = rehearse(olena, read(content), NOTHING)
    create_priority(olena, PriorityFacts({"en": "In between"}, 35, code="between"))
    apply_later = rehearse(olena, read(content), NOTHING)
    assert apply_later.digest == plan.digest, "what the file does not touch makes no difference"
    Priority.objects.filter(code="high").update(colour="teal")
    with pytest.raises(Conflict, match="changed since"):
        apply(olena, read(content), NOTHING, plan.digest)
    assert Priority.objects.get(code="high").names["en"] == "High"
    delete_rule(SYSTEM, SlaRule.objects.get(names__ru="Высокий"))
    with pytest.raises(Conflict):
        apply(olena, read(content), NOTHING, plan.digest)


def test_it_reaches_as_far_as_the_role_and_no_further_t26(rich: Cast) -> None:
    keeper = create_role(SYSTEM, "Keeper", ["settings.manage"])
    Agent.objects.filter(pk=rich.marek.pk).update(role=keeper)
    marek = Agent.objects.get(pk=rich.marek.pk).as_actor()
    mine = json.loads(export(marek))["sections"]
    assert not {"roles", "teams", "mailboxes", "blacklist"} & set(mine)
    assert {"types", "settings", "sla_rules"} <= set(mine)
    data = document()
    row(data, "roles", "keeper")["rights"] = ["agents.manage", "settings.manage"]
    row(data, "mailboxes", "sales@vikno.example")["imap_host"] = "evil.example"
    plan = rehearse(marek, read(as_bytes(data)), NOTHING)
    refused = {section.key: section.problems for section in plan.sections if section.problems}
    assert set(refused) == {"roles", "mailboxes"}
    assert "evil.example" not in str(plan)
    assert "imap.vikno.example" not in str(plan)
    with pytest.raises(Invalid):
        apply(marek, read(as_bytes(data)), NOTHING)
    assert Role.objects.get(code="keeper").rights == ["settings.manage"]


def test_whoever_manages_employees_gives_himself_nothing_by_it_t26(rich: Cast) -> None:
    keeper = create_role(SYSTEM, "Keeper", ["settings.manage", "agents.manage"])
    Agent.objects.filter(pk=rich.marek.pk).update(role=keeper)
    marek = Agent.objects.get(pk=rich.marek.pk).as_actor()
    Role.objects.filter(code="lead").update(code="former-lead")
    for change in (
        lambda d: row(d, "roles", "keeper").update(rights=["settings.manage", "agents.manage", "mail.manage"]),
        lambda d: d["sections"]["roles"].append({"code": "boss", "name": "Boss", "rights": ["tickets.view_all"]}),
        lambda d: d["sections"]["roles"].append({"code": "lead", "name": "Chief", "rights": []}),
    ):
        data = document()
        change(data)
        assert rehearse(marek, read(as_bytes(data)), NOTHING).problems
    assert not Role.objects.filter(code="boss").exists()


def test_another_server_never_gets_the_password_t28(rich: Cast) -> None:
    data = document()
    row(data, "mailboxes", "sales@vikno.example")["imap_host"] = "elsewhere.example"
    plan = apply(rich.actor("olena"), read(as_bytes(data)), NOTHING)
    box = Mailbox.objects.get(address="sales@vikno.example")
    assert (box.imap_host, box.imap_password, box.is_active) == ("elsewhere.example", "", False)
    assert box.smtp_password
    assert "stays switched off" in " ".join(note for section in plan.sections for note in section.notes)


def test_a_status_with_tickets_is_not_taken_out_by_a_file(rich: Cast) -> None:
    ticket = new_ticket(rich)
    data = document()
    for lifecycle in data["sections"]["lifecycles"]:
        lifecycle["places"] = [each for each in lifecycle["places"] if each["status"] != ticket.status.code]
        lifecycle["ways"] = [each for each in lifecycle["ways"] if ticket.status.code not in each.values()]
        lifecycle["places"][0]["is_initial"] = True
    assert rehearse(SYSTEM, read(as_bytes(data)), NOTHING).problems


EDITS: dict[str, Callable[[dict[str, Any], int], object]] = {
    "rename": lambda d, n: row(d, "priorities", ["low", "normal", "high"][n % 3]).update(names={"en": f"P{n % 3}"}),
    "colour": lambda d, n: d["sections"]["statuses"][n % 7].update(colour=["teal", "accent", "error"][n % 3]),
    "status": lambda d, n: d["sections"]["statuses"].append(
        {"code": f"s{len(d['sections']['statuses'])}", "names": {"en": f"S{len(d['sections']['statuses'])}"},
         "is_active": n % 2 == 0, "is_default": False, "state": "open", "colour": "info", "pauses_clock": n % 3 == 0,
         "counts_in_workload": True}),
    "order": lambda d, n: d["sections"]["statuses"].insert(0, d["sections"]["statuses"].pop(n % 7)),
    "rules": lambda d, n: d["sections"]["sla_rules"].insert(0, d["sections"]["sla_rules"].pop(n % 7)),
    "norm": lambda d, n: d["sections"]["sla_rules"][n % 7].update(resolution_minutes=n + 1),
    "twin": lambda d, n: d["sections"]["sla_rules"].append({**d["sections"]["sla_rules"][n % 7]}),
    "default": lambda d, n: [each.update(is_default=k == n % 3) for k, each in enumerate(d["sections"]["priorities"])],
    "members": lambda d, n: row(d, "teams", "Night").update(members=sorted(["olena@vikno.example", "marek@vikno.example"][: n % 3])),
    "off": lambda d, n: row(d, "services", "disks").update(is_active=n % 2 == 0),
    "parent": lambda d, n: d["sections"]["services"].append(
        {"code": f"v{len(d['sections']['services'])}", "names": {"en": f"V{n}"}, "is_active": True, "parent": ""}),
    "reply": lambda d, n: d["sections"]["canned_replies"][n % 3].update(html=f"<p>Number {n}</p>"),
    "setting": lambda d, n: row(d, "settings", "mail.size_limit").update(value=n % 200 + 1),
    "watchers": lambda d, n: row(d, "settings", "routing.default_watchers").update(value=["agent:marek@vikno.example"][: n % 2]),
    "days": lambda d, n: row(d, "schedules", "Night shift").update(days=[]),
    "matrix": lambda d, n: d["sections"]["matrix"][n % 9].update(priority=["low", "high"][n % 2]),
    "reopening": lambda d, n: row(d, "lifecycles", "incident").update(reopen_days=n % 30 + 1),
}  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.tuples(st.sampled_from(sorted(EDITS)), st.integers(0, 1000)), min_size=1, max_size=6))
def test_whatever_is_edited_comes_out_again(rich: Cast, edits: list[tuple[str, int]]) -> None:
    from django.db import transaction

    with transaction.atomic():
        data = document()
        for name, number in edits:
            EDITS[name](data, number)
        wanted = copy.deepcopy(data)
        try:
            document_read = read(as_bytes(data))
        except Invalid:
            transaction.set_rollback(True)
            return
        plan = rehearse(rich.actor("olena"), document_read, NOTHING)
        if not plan.problems:
            apply(rich.actor("olena"), document_read, NOTHING, plan.digest)
            after = json.loads(export(SYSTEM))
            assert after == wanted
            assert rehearse(rich.actor("olena"), document_read, OFF).is_empty
        else:
            assert any("name" in problem.field or "default" in problem.message for problem in plan.problems), (
                plan.problems
            )
        transaction.set_rollback(True)
    settings_store.forget()
    catalogue.forget()


def test_it_costs_seconds_at_most(rich: Cast) -> None:
    with connection.execute_wrapper(counting := Counting()):
        export(SYSTEM)
    assert counting.number < 200


class Counting:
    """Counts statements."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def test_actors_without_any_right_get_an_empty_file(rich: Cast) -> None:
    nobody = Actor(kind="agent", id=rich.marek.pk, name="Marek", rights=frozenset())
    assert json.loads(export(nobody))["sections"] == {}
    assert next(section.key for section in in_order()) == "roles"
