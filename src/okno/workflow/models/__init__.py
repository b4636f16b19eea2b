"""Types, lifecycles, priorities and services: what a ticket may be, become and be about."""

from __future__ import annotations

from okno.workflow.models.catalogue import Priority, TicketType
from okno.workflow.models.forms import RequestForm
from okno.workflow.models.lifecycles import Lifecycle, LifecycleStatus, Status, Transition
from okno.workflow.models.matrix import Impact, MatrixCell, Urgency
from okno.workflow.models.services import Service

__all__ = [
    "Impact",
    "Lifecycle",
    "LifecycleStatus",
    "MatrixCell",
    "Priority",
    "RequestForm",
    "Service",
    "Status",
    "TicketType",
    "Transition",
    "Urgency",
]
