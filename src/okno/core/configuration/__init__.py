"""The whole configuration as one file: what is in it, how it is read, and how it is laid over an installation.

A package says in its ``configuration.py`` which of its rows belong to the file: a ``Section`` for each kind, made
known by ``register``. Nothing else has to be told anywhere: the file, the page, the command and the checks are made
from the sections.
"""

from okno.core.configuration.documents import LARGEST, Document, export, read
from okno.core.configuration.importing import EXPORTED, IMPORTED, apply, note_export, rehearse
from okno.core.configuration.plans import Change, Line, Plan, Problem, SectionPlan
from okno.core.configuration.sections import (
    SECTIONS,
    Importing,
    Options,
    Row,
    Section,
    in_order,
    register,
)
from okno.core.configuration.settings_section import Settings

__all__ = [
    "EXPORTED",
    "IMPORTED",
    "LARGEST",
    "SECTIONS",
    "Change",
    "Document",
    "Importing",
    "Line",
    "Options",
    "Plan",
    "Problem",
    "Row",
    "Section",
    "SectionPlan",
    "apply",
    "export",
    "in_order",
    "note_export",
    "read",
    "register",
    "rehearse",
]

register(Settings())
