"""Who may open which page, and that operations ask for themselves."""

from __future__ import annotations

import pytest
from django.test import Client

from okno.channels.email.models import BlacklistRule, Mailbox
from okno.channels.email.operations.blacklist import RuleFacts, create_rule, delete_rule
from okno.channels.email.operations.mailboxes import create_mailbox, delete_mailbox, switch_mailbox
from okno.core import settings_store
from okno.core.faults import Forbidden
from okno.people.models import Role, User
from okno.people.operations.agents import AgentFacts, create_agent, deactivate_agent, reset_password
from okno.people.operations.teams import change_team, create_team
from okno.testing.cast import Cast, agent
from okno.tickets.operations.canned import CannedFacts, create_canned

PAGES = {
    "mail.manage": ["mailboxes/", "mailboxes/new/", "letters/", "blacklist/"],
    "agents.manage": [
        "employees/",
        "employees/new/",
        "teams/",
        "teams/new/",
        "workload/",
        "roles/",
        "why/",
        "audit/",
    ],
    "settings.manage": [
        "settings/general/",
        "settings/mail/",
        "canned/",
        "canned/new/",
        "schedules/",
        "schedules/new/",
        "settings/sla/",
        "sla/",
        "sla/new/",
        "sla/try/",
        "settings/routing/",
        "routing/",
        "routing/new/",
        "routing/try/",
    ],
}
EVERY = [(right, page) for right, pages in PAGES.items() for page in pages]


@pytest.mark.django_db
@pytest.mark.parametrize(("right", "page"), EVERY, ids=[page for _right, page in EVERY])
def test_a_page_needs_its_own_right_and_no_other(right: str, page: str, cast: Cast) -> None:
    for granted in PAGES:
        role = Role.objects.create(code=f"only-{granted}", name=granted, rights=[granted])
        made = agent(f"Only {granted}", f"{granted}@vikno.example", role.code)
        browser = Client()
        browser.force_login(made.user)
        assert browser.get(f"/manage/{page}").status_code == (200 if granted == right else 403), granted


@pytest.mark.django_db
def test_the_menu_and_the_first_page_offer_what_the_role_opens(cast: Cast, olena: Client) -> None:
    Role.objects.create(code="postmaster", name="Postmaster", rights=["mail.manage"])
    browser = Client()
    browser.force_login(agent("Post", "post@vikno.example", "postmaster").user)
    page = browser.get("/manage/").content.decode()
    assert "/manage/mailboxes/" in page
    assert "/manage/employees/" not in page
    assert "/manage/settings/mail/" not in page
    everything = olena.get("/manage/").content.decode()
    for path in ("mailboxes", "letters", "deliveries", "blacklist", "employees", "teams", "roles", "canned"):
        assert f'href="/manage/{path}/"' in everything


@pytest.mark.django_db
def test_specialists_and_strangers_stay_out(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.marek.user)
    assert browser.get("/manage/").status_code == 403
    jan = cast.jan
    jan.user = User.objects.create_user("jan@nordwind.example", "a long password 1")
    jan.save()
    browser.force_login(jan.user)
    assert browser.get("/manage/").status_code == 404


@pytest.mark.django_db
def test_operations_ask_for_the_right_themselves(cast: Cast) -> None:
    taras = cast.actor("taras")
    role = Role.objects.get(code="specialist")
    mailbox = Mailbox.objects.create(name="A", address="a@vikno.example")
    rule = BlacklistRule.objects.create(kind="address", pattern="x@spam.example")
    attempts = [
        lambda: create_mailbox(taras, {"name": "B", "address": "b@vikno.example"}),
        lambda: switch_mailbox(taras, mailbox, active=False),
        lambda: delete_mailbox(taras, mailbox),
        lambda: create_rule(taras, RuleFacts("address", "y@spam.example")),
        lambda: delete_rule(taras, rule),
        lambda: create_agent(taras, AgentFacts("New", "new@vikno.example", role)),
        lambda: deactivate_agent(taras, cast.marek),
        lambda: reset_password(taras, cast.olena),
        lambda: create_team(taras, "Third line"),
        lambda: change_team(taras, cast.first_line, name="Zero line"),
        lambda: create_canned(taras, CannedFacts("Title", "<p>text</p>")),
        lambda: settings_store.change(taras, {"general.company_name": "X"}),
        lambda: settings_store.reset(taras, "general.company_name"),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden):
            attempt()
    assert Mailbox.objects.get().is_active
