"""Why a letter went where it went, in words: the sentences behind the data in ``reason`` and ``outcome``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

Facts = Mapping[str, Any]


def explain(reason: Facts) -> str:
    """The recorded reason as a few sentences in the language of the reader; empty for what came by no letter."""
    if "ignored" in reason:
        return _ignored(reason)
    if "failed" in reason:
        return _failed(reason)
    if "matched_by" not in reason:
        return ""
    sentences = [_matched(reason), *_remarks(reason)]
    return " ".join(sentence for sentence in sentences if sentence)


def _matched(reason: Facts) -> str:
    by, detail = reason["matched_by"], str(reason.get("detail", ""))
    if by == "nothing":
        return _new(reason)
    words = {
        "reply_address": _("Matched by its signed reply address %(detail)s."),
        "in_reply_to": _("Matched because it answers the letter %(detail)s."),
        "references": _("Matched because it belongs to the conversation of the letter %(detail)s."),
        "subject_token": _("Matched by the signed token of ticket #%(detail)s in its subject."),
        "bounce": _("A report that the letter %(detail)s could not be delivered."),
    }
    sentence = words.get(str(by), "") % {"detail": detail}
    return f"{sentence} {_standing(str(reason.get('sender', '')))}".strip()


def _standing(sender: str) -> str:
    return {
        "participant": _("The sender takes part in this ticket."),
        "company": _("The sender is of the company of this ticket."),
        "domain": _("The sender's mail domain is that of the company of this ticket."),
        "agent": _("The sender is an employee, proven by his own reply address and his mail server."),
    }.get(sender, "")


def _new(reason: Facts) -> str:
    number = reason.get("linked_to", "")
    words = {
        "no_mark": _("A new ticket: the letter answers none of ours."),
        "stranger": _(
            "A new ticket, linked to #%(number)s: the letter names that one, but its sender is a stranger to it."
        ),
        "closed": _("A new ticket, linked to #%(number)s: that one has been closed for too long to be reopened."),
        "ticket_is_gone": _("A new ticket: the one that the letter names does not exist any more."),
        "unread": _("A new ticket with the letter as it came: it could not be read."),
    }
    return words.get(str(reason.get("because", "")), "") % {"number": number}


def _bounce(facts: Facts) -> str:
    """What a report of failed delivery lacked to be believed; nothing where it was."""
    if facts.get("counts", True):
        return ""
    named = ", ".join(facts.get("recipients") or []) or _("nobody")
    words = _("It names %(named)s, but the letter went to %(sent_to)s: that letter still counts as delivered.")
    return words % {"named": named, "sent_to": facts.get("sent_to", "")}


def _remarks(reason: Facts) -> list[str]:
    agent = {
        "no_own_reply_address": _(
            "It came under an employee's address, but not to the reply address made for that employee."
        ),
        "expired": _("The employee's reply address has expired, so this is a note and not an answer."),
        "not_proven": _("It came under an employee's address, which nobody vouched for."),
        "deactivated": _("The employee whose address it came from is deactivated."),
        "not_permitted": _("The employee may not answer in this ticket."),
    }
    remarks = [agent.get(str(reason.get("agent_refused", "")), ""), _bounce(reason.get("bounce") or {})]
    if reason.get("authentication") == "not_aligned":
        remarks.append(_("The mail server says that the sender's address is false."))
    if reason.get("form"):
        remarks.append(_("A form sent it from our own address. Its sender is whom it names for answers, unproven."))
    if reason.get("results_unbelieved"):
        remarks.append(
            _("What it says about the proof of its sender is not believed: your mail server did not hand it over.")
        )
    if reason.get("auto_reply"):
        remarks.append(_("An automatic answer: it changes nothing in the ticket."))
    if reason.get("same_id_as"):
        remarks.append(_("Another letter with other content carried the same identifier."))
    if reason.get("subject_cut"):
        remarks.append(_("The subject was cut; the whole one is in the letter as it came."))
    if reason.get("html_left_out"):
        remarks.append(_("Its formatted form is too heavy to be shown; its text is here."))
    if reason.get("raw_attached"):
        remarks.append(_("Something in it could not be read, so the letter is attached as it came."))
    return remarks


def _ignored(reason: Facts) -> str:
    words: dict[str, Callable[[], str]] = {
        "own_letter": lambda: _("Ignored: it is a letter of ours that came back (%(detail)s).") % _detail(reason),
        "own_address": lambda: _("Ignored: it was sent from our own address %(detail)s.") % _detail(reason),
        "blacklist": lambda: _("Ignored by the blacklist: %(pattern)s.") % {"pattern": reason.get("pattern", "")},
        "duplicate": lambda: _("The same letter came before; it is shown once."),
        "auto_reply": lambda: _("Ignored: an automatic answer that belongs to no ticket."),
        "bounce": lambda: _("Ignored: a report about a letter that is not ours."),
        "by_person": lambda: _("Ignored by %(who)s.") % {"who": reason.get("who", "")},
    }
    make = words.get(str(reason["ignored"]))
    return make() if make else _("Ignored.")


def _failed(reason: Facts) -> str:
    if reason["failed"] == "refused":
        return _("Not processed: %(detail)s") % _detail(reason)
    return _("Could not be processed after several attempts: %(detail)s") % _detail(reason)


def _detail(reason: Facts) -> dict[str, str]:
    return {"detail": str(reason.get("detail", ""))}
