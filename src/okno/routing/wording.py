"""Why a ticket is whose it is, in words: for its history and for the page on which rules are tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from okno.people.models import Team, label_of
from okno.routing.choosing import Plan, reason_of
from okno.routing.memory import PEOPLE, TEAMS
from okno.routing.models import RoutingRule
from okno.routing.rules import Source


def assigned_words(data: Mapping[str, Any]) -> str:
    """The sentence of an automatic assignment; ``data`` is that of its event."""
    after, reason = data["after"], data.get("reason") or {}
    agent, team = (label_of(part) if part else "" for part in (after.get("agent"), after.get("team")))
    whom = (team if reason.get("mode") else agent) or team or agent
    if not whom:
        return _("Given to nobody, by the rule “%(rule)s”") % {"rule": _rule(reason)}
    handed = _handed_out(agent, team, reason)
    if reason.get("link") == "queue":
        return handed
    if handed:
        reason = {**reason, "handed": handed}
    text = _because(reason.get("link", ""), reason) % {"whom": whom, "rule": _rule(reason)}
    return ". ".join([text, *asides(reason)])


def _because(link: str, reason: Mapping[str, Any]) -> str:
    words = {
        Source.RULE: _("Given to %(whom)s by the rule “%(rule)s”"),
        Source.CONTACT: _("Given to %(whom)s, who is responsible for the contact"),
        Source.COMPANY: _("Given to %(whom)s, who is responsible for the company"),
        Source.INSTALLATION: _("Given to %(whom)s, the assignee by default"),
    }
    if reason.get("instead_of"):
        words |= {
            Source.CONTACT: _("Given to %(whom)s instead of the one responsible for the contact"),
            Source.COMPANY: _("Given to %(whom)s instead of the one responsible for the company"),
            Source.INSTALLATION: _("Given to %(whom)s instead of the assignee by default"),
        }
    return next((text for source, text in words.items() if source == link), _("Given to %(whom)s"))


def _handed_out(agent: str, team: str, reason: Mapping[str, Any]) -> str:
    """How a team that gives out its tickets by itself came upon the member, or why the ticket waits."""
    names = {"whom": agent, "team": team}
    if not reason.get("mode"):
        return ""
    if reason.get("waits") == "full":
        return _("Waits in the team %(team)s, where everybody has as many tickets as he may have") % names
    if reason.get("waits"):
        return _("Waits in the team %(team)s, where nobody is present") % names
    if reason["mode"] == Team.Assignment.LEAST_LOAD:
        return _("Given to %(whom)s of the team %(team)s, who has the fewest open tickets") % names
    return _("Given to %(whom)s, whose turn it is in the team %(team)s") % names


def asides(reason: Mapping[str, Any]) -> list[str]:
    """Who is stood in for, and who was passed over."""
    found: list[str] = [reason["handed"]] if reason.get("handed") else []
    if reason.get("instead_of"):
        found.append(_("Stands in for %(name)s") % {"name": reason["instead_of"]})
    if reason.get("passed"):
        found.append(_("Passed over, since absent: %(names)s") % {"names": ", ".join(reason["passed"])})
    return found


def watching_words(reason: Mapping[str, Any]) -> str:
    """Which places have somebody follow every such ticket."""
    return ", ".join(_source(each, reason) for each in _texts(reason.get("sources")))


def _source(source: str, reason: Mapping[str, Any]) -> str:
    words = {
        Source.RULE: _("the rule “%(rule)s”") % {"rule": _rule(reason)},
        Source.CONTACT: _("the contact's card"),
        Source.COMPANY: _("the company's card"),
        Source.INSTALLATION: _("the settings"),
    }
    return next((text for each, text in words.items() if each == source), source)


def _texts(value: object) -> Sequence[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def _rule(reason: Mapping[str, Any]) -> str:
    return str((reason.get("rule") or {}).get("name", ""))


def then_words(rule: RoutingRule) -> str:
    """What a rule does: whose the ticket becomes, and who follows it."""
    text = {
        RoutingRule.Target.DEFAULT: _("to whoever is responsible for the client"),
        RoutingRule.Target.NOBODY: _("to nobody"),
    }.get(RoutingRule.Target(rule.target))
    if text is None:
        text = _("to %(whom)s") % {"whom": rule.agent.name if rule.agent else rule.team.label if rule.team else ""}
    watchers = [team.label for team in rule.watching_teams.all()] + [
        each.name for each in rule.watching_agents.all()
    ]
    if watchers:
        text = _("%(then)s; followed by %(watchers)s") % {"then": text, "watchers": ", ".join(watchers)}
    return text


def plan_words(made: Plan) -> str:
    """Whose a ticket would be, and why."""
    people, teams = PEOPLE.all(), TEAMS.all()
    found, reason = made.found, reason_of(made, people)
    if found is None:
        if made.rule is not None and made.rule.rule.target == RoutingRule.Target.NOBODY:
            return _("Given to nobody, by the rule “%(rule)s”") % {"rule": made.rule.rule.name}
        return ". ".join([_("Nobody: no rule and no link of the default chain names anybody"), *asides(reason)])
    whom = people[found.agent].name if found.agent else teams[found.team].label if found.team else ""
    text = _because(str(found.source), reason) % {"whom": whom, "rule": _rule(reason)}
    return ". ".join([text, *asides(reason)])


def watcher_lines(made: Plan) -> list[tuple[str, str]]:
    """Who would follow the ticket, and what says so."""
    return [
        (each.agent.name if each.agent else each.team.label if each.team else "", watching_words(each.reason))
        for each in made.followers
    ]
