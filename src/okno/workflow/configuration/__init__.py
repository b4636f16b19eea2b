"""What of types, statuses, lifecycles, priorities and services stands in the configuration file."""

from okno.core.configuration import register
from okno.workflow.configuration.catalogue import Impacts, Matrix, Priorities, Services, Statuses, Types, Urgencies
from okno.workflow.configuration.lifecycles import Lifecycles

for _section in (
    Statuses(),
    Lifecycles(),
    Types(),
    Priorities(),
    Impacts(),
    Urgencies(),
    Matrix(),
    Services(),
):
    register(_section)
