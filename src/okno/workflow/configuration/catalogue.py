"""Types, statuses, priorities, impacts, urgencies, their matrix, and services, in the configuration file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from okno.core.actor import Actor
from okno.core.configuration import Importing, Row, Section
from okno.core.faults import Invalid
from okno.core.named import Named
from okno.workflow.configuration.named import DefaultRow, NamedRow, NamedSection
from okno.workflow.models import Impact, Lifecycle, MatrixCell, Priority, Service, Status, TicketType, Urgency
from okno.workflow.operations import priorities, services, statuses, types
from okno.workflow.operations.priorities import NameFacts, PriorityFacts
from okno.workflow.operations.services import ServiceFacts
from okno.workflow.operations.statuses import StatusFacts
from okno.workflow.operations.types import TypeFacts


class StatusRow(DefaultRow):
    """A status; one of each state is the default."""

    state: str
    colour: str
    pauses_clock: bool = False
    counts_in_workload: bool = True


class Statuses(NamedSection[StatusRow, Status]):
    """Statuses, which all lifecycles share."""

    key, label, place = "statuses", gettext_lazy("Statuses"), 40
    row, model, models = StatusRow, Status, (Status,)

    def facts(self, row: Status) -> dict[str, Any]:
        names = ("state", "colour", "is_default", "pauses_clock", "counts_in_workload")
        return {name: getattr(row, name) for name in names}

    def create(self, actor: Actor, item: StatusRow) -> None:
        statuses.create_status(actor, self._said(item))

    def change(self, actor: Actor, row: Status, item: StatusRow) -> None:
        statuses.change_status_row(actor, row, self._said(item))

    def make_default(self, actor: Actor, row: Status) -> None:
        statuses.make_default_status(actor, row)

    def switch_off(self, importing: Importing, pk: int) -> None:
        statuses.switch_status(importing.actor, self.one(pk), is_active=False)

    def _said(self, item: StatusRow) -> StatusFacts:
        return StatusFacts(
            item.names, item.state, item.colour, item.pauses_clock, item.counts_in_workload, item.code
        )


class TypeRow(DefaultRow):
    """A type with its lifecycle by code."""

    icon: str
    is_internal: bool = False
    lifecycle: str


class Types(NamedSection[TypeRow, TicketType]):
    """Types of tickets. With another lifecycle their tickets go on as they do by the page."""

    key, label, place = "types", gettext_lazy("Types"), 60
    row, model, models = TypeRow, TicketType, (TicketType,)

    def facts(self, row: TicketType) -> dict[str, Any]:
        names = ("icon", "is_internal", "is_default")
        return {name: getattr(row, name) for name in names} | {"lifecycle": row.lifecycle.code}

    def create(self, actor: Actor, item: TypeRow) -> None:
        types.create_type(actor, self._said(item))

    def change(self, actor: Actor, row: TicketType, item: TypeRow) -> None:
        types.change_type_row(actor, row, self._said(item))

    def _said(self, item: TypeRow) -> TypeFacts:
        lifecycle = found(Lifecycle, item.lifecycle, "lifecycle")
        return TypeFacts(item.names, lifecycle, item.is_internal, item.icon, item.code)


class PriorityRow(DefaultRow):
    """A priority; a higher rank is more urgent."""

    rank: int
    colour: str


class Priorities(NamedSection[PriorityRow, Priority]):
    """Priorities. Their ranks say how urgent they are, so that these and not the order are written last."""

    key, label, place = "priorities", gettext_lazy("Priorities"), 70
    row, model, models = PriorityRow, Priority, (Priority,)

    def facts(self, row: Priority) -> dict[str, Any]:
        return {"rank": row.rank, "colour": row.colour, "is_default": row.is_default}

    def create(self, actor: Actor, item: PriorityRow) -> None:
        priorities.create_priority(actor, PriorityFacts(item.names, item.rank, item.colour, item.code))

    def change(self, actor: Actor, row: Priority, item: PriorityRow) -> None:
        priorities.change_priority(actor, row, PriorityFacts(item.names, item.rank, item.colour))


class Impacts(NamedSection[NamedRow, Impact]):
    """How much is affected."""

    key, label, place = "impacts", gettext_lazy("Impacts"), 80
    row, model, models = NamedRow, Impact, (Impact,)

    def create(self, actor: Actor, item: NamedRow) -> None:
        priorities.create_level(actor, Impact, NameFacts(item.names, item.code))

    def change(self, actor: Actor, row: Impact, item: NamedRow) -> None:
        priorities.change_level(actor, row, NameFacts(item.names))


class Urgencies(NamedSection[NamedRow, Urgency]):
    """How soon it is needed."""

    key, label, place = "urgencies", gettext_lazy("Urgencies"), 90
    row, model, models = NamedRow, Urgency, (Urgency,)

    def create(self, actor: Actor, item: NamedRow) -> None:
        priorities.create_level(actor, Urgency, NameFacts(item.names, item.code))

    def change(self, actor: Actor, row: Urgency, item: NamedRow) -> None:
        priorities.change_level(actor, row, NameFacts(item.names))


class CellRow(Row):
    """What an impact and an urgency make."""

    impact: str
    urgency: str
    priority: str


class Matrix(Section[CellRow]):
    """The filled cells of the matrix; one that the file does not have is emptied where that was chosen."""

    key, label, place, identity = "matrix", gettext_lazy("Matrix of priorities"), 100, ("impact", "urgency")
    row, models = CellRow, (MatrixCell,)

    def held(self) -> Iterator[tuple[int, CellRow]]:
        cells = MatrixCell.objects.select_related("impact", "urgency", "priority")
        for cell in cells.order_by("impact__position", "impact_id", "urgency__position", "urgency_id"):
            row = CellRow(impact=cell.impact.code, urgency=cell.urgency.code, priority=cell.priority.code)
            yield cell.pk, row

    def write(self, importing: Importing, item: CellRow, pk: int | None) -> None:
        impact, urgency = found(Impact, item.impact, "impact"), found(Urgency, item.urgency, "urgency")
        priority = found(Priority, item.priority, "priority")
        priorities.set_matrix(importing.actor, {(impact.pk, urgency.pk): priority.pk})

    def switch_off(self, importing: Importing, pk: int) -> None:
        cell = MatrixCell.objects.get(pk=pk)
        priorities.set_matrix(importing.actor, {(cell.impact_id, cell.urgency_id): None})


class ServiceRow(NamedRow):
    """A service, under which other it stands."""

    parent: str = ""


class Services(NamedSection[ServiceRow, Service]):
    """The tree of services: each behind the one under which it stands."""

    key, label, place = "services", gettext_lazy("Services"), 110
    row, model, models = ServiceRow, Service, (Service,)

    def held(self) -> Iterator[tuple[int, ServiceRow]]:
        below: dict[str, list[tuple[int, ServiceRow]]] = {}
        for pk, item in super().held():
            below.setdefault(item.parent, []).append((pk, item))

        def under(parent: str) -> Iterator[tuple[int, ServiceRow]]:
            for pk, item in below.get(parent, []):
                yield pk, item
                yield from under(item.code)

        yield from under("")

    def facts(self, row: Service) -> dict[str, Any]:
        return {"parent": row.parent.code if row.parent else ""}

    def create(self, actor: Actor, item: ServiceRow) -> None:
        services.create_service(actor, self._said(item))

    def change(self, actor: Actor, row: Service, item: ServiceRow) -> None:
        services.change_service(actor, row, self._said(item))

    def reorder(self, actor: Actor, wanted: Sequence[int], seen: Sequence[int]) -> None:
        parents = dict(Service.objects.values_list("pk", "parent_id"))
        for parent in dict.fromkeys(parents.values()):
            siblings = [pk for pk in wanted if parents[pk] == parent]
            present = [pk for pk in seen if parents[pk] == parent]
            if siblings != present:
                above = Service.objects.filter(pk=parent or 0).first()
                services.reorder_services(actor, above, siblings, present)

    def _said(self, item: ServiceRow) -> ServiceFacts:
        parent = found(Service, item.parent, "parent") if item.parent else None
        return ServiceFacts(item.names, parent, item.code)


def found[Model: Named](model: type[Model], code: str, place: str) -> Model:
    """The row of this code; ``Invalid`` at the place where there is none."""
    row = model._default_manager.filter(code=code).first()
    if row is None:
        raise Invalid({place: [_("There is no “%(code)s” here.") % {"code": code}]})
    return row
