"""Questionnaires that come with the product, in four languages, to be taken as request forms (F195)."""

from __future__ import annotations

from okno.workflow.questionnaires.element import ELEMENT
from okno.workflow.questionnaires.login import LOGIN
from okno.workflow.questionnaires.mail import MAIL
from okno.workflow.questionnaires.network import NETWORK
from okno.workflow.questionnaires.server import SERVER
from okno.workflow.questionnaires.sites import SITES
from okno.workflow.questionnaires.software import INSTALLING, SOFTWARE
from okno.workflow.questionnaires.writing import Questionnaire

ALL = (SERVER, SITES, LOGIN, SOFTWARE, MAIL, NETWORK, ELEMENT, INSTALLING)


def questionnaires() -> tuple[Questionnaire, ...]:
    """All of them, in the order in which they are offered."""
    return ALL


def questionnaire(code: str) -> Questionnaire | None:
    """The one of this code."""
    return next((each for each in ALL if each.code == code), None)
