"""The one language of conditions on tickets: for SLA and routing rules, and for what will follow them.

A condition is read by ``parse`` (from people) or ``load`` (from a stored row), says itself in words by
``describe``, and is asked of one ticket by ``matches`` and of all by ``to_query``.

A package that has more to ask of a ticket registers a ``Field`` in its ``declarations.py``; one that keeps
conditions registers a ``Keeper`` there, so that it is known what uses a team or a category.
"""

from okno.tickets.conditions.checking import (
    BadCondition,
    always_matches,
    load,
    never_matches,
    parse,
    warning_of,
)
from okno.tickets.conditions.facts import Facts, imagined
from okno.tickets.conditions.fields import FIELDS, Field, register
from okno.tickets.conditions.matching import Why, matches, why
from okno.tickets.conditions.portable import from_portable, in_words, to_portable
from okno.tickets.conditions.query import to_query
from okno.tickets.conditions.rules.kinds import Kind
from okno.tickets.conditions.rules.stored import to_stored
from okno.tickets.conditions.rules.tree import ALWAYS, Clause, Condition, Group, Mode, Operator, normalised
from okno.tickets.conditions.standard import CATEGORIES
from okno.tickets.conditions.uses import Keeper, Stored, Use, register_keeper, replace_in_conditions, uses_of
from okno.tickets.conditions.wording import describe, names_of

__all__ = [
    "ALWAYS",
    "CATEGORIES",
    "FIELDS",
    "BadCondition",
    "Clause",
    "Condition",
    "Facts",
    "Field",
    "Group",
    "Keeper",
    "Kind",
    "Mode",
    "Operator",
    "Stored",
    "Use",
    "Why",
    "always_matches",
    "describe",
    "from_portable",
    "imagined",
    "in_words",
    "load",
    "matches",
    "names_of",
    "never_matches",
    "normalised",
    "parse",
    "register",
    "register_keeper",
    "replace_in_conditions",
    "to_portable",
    "to_query",
    "to_stored",
    "uses_of",
    "warning_of",
    "why",
]
