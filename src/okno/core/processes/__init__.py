"""A few processes as one: started together, restarted when they crash, stopped together."""

from okno.core.processes.child import ProcessSpec
from okno.core.processes.tree import ProcessTree

__all__ = ["ProcessSpec", "ProcessTree"]
