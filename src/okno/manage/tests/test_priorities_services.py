"""The pages of priorities, the matrix and the tree of services, and what goes wrong on them."""

from __future__ import annotations

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from okno.core.actor import Actor
from okno.testing.cast import Cast
from okno.workflow.models import Impact, MatrixCell, Priority, Service, Urgency
from okno.workflow.operations.services import ServiceFacts, create_service

pytestmark = pytest.mark.django_db


def ranks() -> dict[str, int]:
    return dict(Priority.objects.order_by("rank").values_list("code", "rank"))


def test_the_order_of_priorities_is_their_rank(olena: Client) -> None:
    ids = list(Priority.objects.values_list("pk", flat=True))
    assert list(ranks()) == ["low", "normal", "high", "critical"]
    sent = {"seen": ",".join(map(str, ids)), "move": f"{ids[0]}:down"}
    assert olena.post("/manage/priorities/order/", sent).status_code == 303
    assert ranks() == {"normal": 10, "low": 20, "high": 30, "critical": 40}
    olena.post("/manage/priorities/new/", {"name_en": "Fire", "colour": "accent"})
    assert list(ranks())[-1] == "fire"
    fire = Priority.objects.get(code="fire")
    olena.post(f"/manage/priorities/{fire.pk}/", {"name_en": "Blaze", "colour": "error"})
    fire.refresh_from_db()
    assert (fire.name_in("en"), fire.colour, fire.rank) == ("Blaze", "error", 50)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name_en": " ", "colour": "teal"}, "id_name_en"),
        ({"name_en": "HIGH", "colour": "teal"}, "id_name_en"),
        ({"name_en": "Fine", "colour": "pink"}, "id_colour"),
    ],
)
def test_a_priority_that_cannot_be_is_told_at_the_field(olena: Client, values: dict[str, str], wrong: str) -> None:
    answer = olena.post("/manage/priorities/new/", values)
    assert answer.status_code == 422
    assert HTMLParser(answer.content.decode()).css_first(f"#{wrong}_error") is not None
    assert Priority.objects.count() == 4


def test_a_priority_of_the_matrix_is_deleted_with_a_replacement(olena: Client) -> None:
    olena.post("/manage/priorities/new/", {"name_en": "Fire", "colour": "accent"})
    row, other = Priority.objects.get(code="fire"), Priority.objects.get(code="high")
    impact, urgency = Impact.objects.all()[0], Urgency.objects.all()[0]
    MatrixCell.objects.update_or_create(impact=impact, urgency=urgency, defaults={"priority": row})
    assert "Matrix of priorities" in olena.get(f"/manage/priorities/{row.pk}/").content.decode()
    assert "This is in use" in olena.post(f"/manage/priorities/{row.pk}/delete/", follow=True).content.decode()
    olena.post(f"/manage/priorities/{row.pk}/delete/", {"replacement": str(other.pk)})
    assert MatrixCell.objects.get(impact=impact, urgency=urgency).priority == other
    assert not Priority.objects.filter(code="fire").exists()


def test_the_matrix_is_looked_at_and_saved(olena: Client) -> None:
    impact, urgency = Impact.objects.all()[0], Urgency.objects.all()[0]
    high, name = Priority.objects.get(code="high"), f"cell_{impact.pk}_{urgency.pk}"
    MatrixCell.objects.filter(impact=impact, urgency=urgency).delete()
    page = olena.post("/manage/priorities/matrix/", {name: str(high.pk), "act": "look"}).content.decode()
    cell = HTMLParser(page).css_first(f"#{name}")
    assert cell.css_first("[selected]").text() == "High"
    assert "tone-warning" in (cell.parent.attributes.get("class") or "" if cell.parent else "")
    assert not MatrixCell.objects.filter(impact=impact, urgency=urgency).exists()
    assert olena.post("/manage/priorities/matrix/", {name: str(high.pk)}).status_code == 303
    assert MatrixCell.objects.get(impact=impact, urgency=urgency).priority == high
    assert olena.post("/manage/priorities/matrix/", {name: ""}).status_code == 303
    assert not MatrixCell.objects.filter(impact=impact, urgency=urgency).exists()


@pytest.mark.parametrize("value", ["999999", "x", "-1", "²", "9" * 30])
def test_a_strange_cell_is_refused(olena: Client, value: str) -> None:
    before = list(MatrixCell.objects.values_list("impact", "urgency", "priority"))
    name = f"cell_{Impact.objects.all()[0].pk}_{Urgency.objects.all()[0].pk}"
    answer = olena.post("/manage/priorities/matrix/", {name: value})
    assert answer.status_code == 422
    assert "Choose one of the offered values." in answer.content.decode()
    assert list(MatrixCell.objects.values_list("impact", "urgency", "priority")) == before


@pytest.mark.parametrize(("plural", "model"), [("impacts", Impact), ("urgencies", Urgency)])
def test_impacts_and_urgencies_are_kept(olena: Client, plural: str, model: type[Impact] | type[Urgency]) -> None:
    count = model.objects.count()
    olena.post(f"/manage/priorities/{plural}/new/", {"name_en": "Everybody at once"})
    made = model.objects.get(code="everybody-at-once")
    olena.post(f"/manage/priorities/{plural}/{made.pk}/", {"name_en": "All", "name_pl": "Wszyscy"})
    made.refresh_from_db()
    assert made.names == {"en": "All", "pl": "Wszyscy"}
    assert olena.post(f"/manage/priorities/{plural}/new/", {"name_en": "ALL"}).status_code == 422
    olena.post(f"/manage/priorities/{plural}/{made.pk}/switch/")
    made.refresh_from_db()
    assert not made.is_active
    olena.post(f"/manage/priorities/{plural}/{made.pk}/delete/")
    assert model.objects.count() == count


@pytest.fixture
def network(cast: Cast) -> dict[str, Service]:
    """Network / Internet / Cable, and Printers."""
    actor: Actor = cast.actor("olena")
    made: dict[str, Service] = {}
    for name, parent in (("Network", ""), ("Internet", "Network"), ("Cable", "Internet"), ("Printers", "")):
        made[name] = create_service(actor, ServiceFacts({"en": name}, made.get(parent)))
    return made


def test_the_tree_is_shown_and_changed(olena: Client, network: dict[str, Service]) -> None:
    page = HTMLParser(olena.get("/manage/services/").content.decode())
    inner = page.css('ol[aria-label="Under Network"] a')
    assert [node.text() for node in inner] == ["Internet", "Cable"]
    internet, printers = network["Internet"], network["Printers"]
    sent = {"name_en": "Internet access", "parent": str(printers.pk)}
    assert olena.post(f"/manage/services/{internet.pk}/", sent).status_code == 303
    internet.refresh_from_db()
    assert (internet.name, internet.parent) == ("Internet access", printers)
    top = [network["Network"].pk, printers.pk]
    olena.post("/manage/services/order/?group=", {"seen": ",".join(map(str, top)), "move": f"{top[0]}:down"})
    found = Service.objects.filter(parent=None).order_by("position").values_list("code", flat=True)
    assert list(found) == ["printers", "network"]
    olena.post(f"/manage/services/{printers.pk}/switch/")
    assert not Service.objects.get(pk=printers.pk).is_active


@pytest.mark.parametrize("under", ["Network", "Internet", "Cable"])
def test_a_circle_is_refused_in_words(olena: Client, network: dict[str, Service], under: str) -> None:
    row = network["Network"]
    answer = olena.post(f"/manage/services/{row.pk}/", {"name_en": "Typed", "parent": str(network[under].pk)})
    page = HTMLParser(answer.content.decode())
    assert answer.status_code == 422
    assert "does not stand under itself" in page.css_first("#id_parent_error").text()
    assert page.css_first("#id_name_en").attributes.get("value") == "Typed"
    offered = {node.attributes.get("value") for node in page.css("#id_parent option")}
    assert offered == {"", str(network["Printers"].pk)}
    assert Service.objects.get(pk=row.pk).parent is None


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"name_en": ""}, "id_name_en"),
        ({"name_en": "PRINTERS"}, "id_name_en"),
        ({"name_en": "A", "parent": "x"}, "id_parent"),
    ],
)
def test_a_service_that_cannot_be_is_told_at_the_field(
    olena: Client, network: dict[str, Service], values: dict[str, str], wrong: str
) -> None:
    answer = olena.post("/manage/services/new/", values)
    assert answer.status_code == 422
    assert HTMLParser(answer.content.decode()).css_first(f"#{wrong}_error") is not None
    assert Service.objects.count() == 4


def test_a_service_with_others_under_it_is_deleted_with_a_replacement(
    olena: Client, network: dict[str, Service]
) -> None:
    row = network["Network"]
    assert "Services: Internet" in olena.get(f"/manage/services/{row.pk}/").content.decode()
    olena.post(f"/manage/services/{row.pk}/delete/", {"replacement": str(network["Printers"].pk)})
    assert Service.objects.get(code="internet").parent == network["Printers"]
    assert not Service.objects.filter(code="network").exists()


def test_an_order_of_a_strange_group_is_refused(olena: Client, network: dict[str, Service]) -> None:
    for key in ("x", "999999", "²"):
        page = olena.post(f"/manage/services/order/?group={key}", {"seen": "1,2", "order": "2,1"}, follow=True)
        assert "Somebody has changed the list meanwhile" in page.content.decode()
