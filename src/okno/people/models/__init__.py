"""Companies, contacts, agents, teams, roles, and the accounts with which people sign in."""

from __future__ import annotations

from okno.people.models.accounts import User, UserManager
from okno.people.models.agents import LEAD, Agent, Called, Role, Team, TeamMember, label_of, reserved_for
from okno.people.models.clients import (
    Affiliation,
    Client,
    ClientCategory,
    Company,
    CompanyDomain,
    Contact,
    ContactAddress,
    Supervision,
)
from okno.people.models.erasing import Erasure
from okno.people.models.imports import ClientImport, ImportProblem
from okno.people.models.links import PersonalLink
from okno.people.models.merging import Merge

__all__ = [
    "LEAD",
    "Affiliation",
    "Agent",
    "Called",
    "Client",
    "ClientCategory",
    "ClientImport",
    "Company",
    "CompanyDomain",
    "Contact",
    "ContactAddress",
    "Erasure",
    "ImportProblem",
    "Merge",
    "PersonalLink",
    "Role",
    "Supervision",
    "Team",
    "TeamMember",
    "User",
    "UserManager",
    "label_of",
    "reserved_for",
]
