"""The form of a new ticket takes whatever its address says."""

from __future__ import annotations

import html

import pytest
from django.test import Client

from okno.sla.models import SlaRule
from okno.sla.operations.rules import RuleFacts, create_rule, order_rules
from okno.testing.cast import Cast
from okno.tickets.conditions.rules.tree import Clause, Group, Mode, Operator
from okno.tickets.models import Ticket
from okno.workflow.models import Impact, MatrixCell, Priority, Service, Urgency
from okno.workflow.operations.services import ServiceFacts, create_service
from okno.workflow.selection import default_priority


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["²", "٣", "-1", "0", "9" * 30, "x"])
def test_a_client_that_is_none_is_left_out(cast: Cast, number: str) -> None:
    browser = Client()
    browser.force_login(cast.olena.user)
    page = browser.get("/tickets/new/", {"contact": number, "company": number})
    assert page.status_code == 200
    assert cast.kawa.name not in page.content.decode()


@pytest.fixture
def olena(cast: Cast) -> Client:
    browser = Client()
    browser.force_login(cast.olena.user)
    return browser


def matter(impact: str = "", urgency: str = "", service: str = "") -> dict[str, str]:
    """The fields of a form that name rows of the catalogue by their codes."""
    rows = {
        "impact": Impact.objects.filter(code=impact),
        "urgency": Urgency.objects.filter(code=urgency),
        "service": Service.objects.filter(code=service),
    }
    return {name: str(found.get().pk) if found else "" for name, found in rows.items()}


NEW = {"subject": "Printer", "html": "<p>Silent</p>", "type": "incident"}


def ends(kind: type[Impact] | type[Urgency]) -> tuple[str, str]:
    """The codes at both ends of the offered order."""
    codes = list(kind.objects.values_list("code", flat=True))
    return codes[0], codes[-1]


@pytest.mark.django_db
def test_impact_and_urgency_make_the_priority_of_a_new_ticket(cast: Cast, olena: Client) -> None:
    service = create_service(cast.actor("olena"), ServiceFacts(names={"en": "Printing"}, code="printing"))
    made = set()
    for impact, urgency in zip(ends(Impact), ends(Urgency), strict=True):
        facts = NEW | matter(impact, urgency, service.code)
        assert olena.post("/tickets/new/", facts).status_code == 303
        ticket = Ticket.objects.latest("id")
        cell = MatrixCell.objects.get(impact__code=impact, urgency__code=urgency)
        assert (ticket.priority, ticket.priority_is_manual, ticket.service) == (cell.priority, False, service)
        made.add(ticket.priority.code)
    assert len(made) == 2
    assert olena.post("/tickets/new/", NEW).status_code == 303
    assert Ticket.objects.latest("id").priority == default_priority()


@pytest.mark.django_db
def test_a_priority_by_hand_beats_the_matrix_and_the_ticket_says_so(cast: Cast, olena: Client) -> None:
    cell = MatrixCell.objects.select_related("impact", "urgency").first()
    assert cell is not None
    other = Priority.objects.exclude(pk=cell.priority_id).first()
    assert other is not None
    facts = NEW | matter(cell.impact.code, cell.urgency.code) | {"priority": other.code}
    assert olena.post("/tickets/new/", facts).status_code == 303
    ticket = Ticket.objects.latest("id")
    assert (ticket.priority, ticket.priority_is_manual) == (other, True)


@pytest.mark.django_db
def test_priority_and_deadline_are_told_while_the_form_is_filled_in(cast: Cast, olena: Client) -> None:
    def told(**given: str) -> str:
        return html.unescape(olena.get("/tickets/new/deadline/", {"type": "incident", **given}).content.decode())

    low, high = (matter(*pair) for pair in zip(ends(Impact), ends(Urgency), strict=True))
    cells = {(str(each.impact_id), str(each.urgency_id)): each.priority for each in MatrixCell.objects.all()}
    first, last = (cells[each["impact"], each["urgency"]] for each in (low, high))
    assert f"make the priority “{first.name}”" in told(**low)
    assert f"make the priority “{last.name}”" in told(**high)
    assert told(**low).rsplit("By the rules", 1)[1] != told(**high).rsplit("By the rules", 1)[1]
    assert f"The priority is “{default_priority().name}”" in told()
    assert f"“{last.name}” was chosen by hand and stays" in told(**low, priority=last.code)
    assert "new-priority" not in told(priority=last.code)
    for odd in ("0", "x", "9" * 25, "٣"):
        assert "The priority is" in told(impact=odd, urgency=odd, service=odd)


@pytest.mark.django_db
def test_a_rule_about_a_service_promises_while_the_form_is_filled_in(cast: Cast, olena: Client) -> None:
    service = create_service(cast.actor("olena"), ServiceFacts(names={"en": "Tills"}, code="tills"))
    condition = Group(Mode.ALL, (Clause("service", Operator.ANY_OF, (service.code,)),))
    rule = create_rule(cast.actor("olena"), RuleFacts("Tills first", condition, resolution_minutes=7))
    seen = list(SlaRule.objects.values_list("pk", flat=True))
    order_rules(cast.actor("olena"), [rule.pk, *(pk for pk in seen if pk != rule.pk)], seen)
    answers = {
        olena.get("/tickets/new/deadline/", {"type": "incident", "service": chosen}).content
        for chosen in ("", str(service.pk))
    }
    assert len(answers) == 2


@pytest.mark.django_db
def test_what_was_chosen_is_kept_in_the_draft_and_after_a_refusal(cast: Cast, olena: Client) -> None:
    chosen = matter(ends(Impact)[0], ends(Urgency)[0])
    olena.post("/tickets/new/drafts/new/", {"html": "<p>x</p>", "subject": "Till", **chosen})
    page = olena.get("/tickets/new/").content.decode()
    assert f'<option value="{chosen["impact"]}" selected>' in page
    assert 'x-data="reveal" data-open="true"' in page
    refused = olena.post("/tickets/new/", {**NEW, **chosen, "subject": " ", "impact": "999"})
    assert refused.status_code == 422
    assert 'id="id_impact_error"' in refused.content.decode()
    assert f'<option value="{chosen["urgency"]}" selected>' in refused.content.decode()
