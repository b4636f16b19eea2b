"""The drain of stored letters: each ends as a message, or ignored or failed with a reason; none is dropped."""

from __future__ import annotations

import faulthandler
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from okno.channels.email.fault_points import fault_point
from okno.channels.email.intake.authentication import authenticate
from okno.channels.email.intake.bounces import file_bounce
from okno.channels.email.intake.case import Case, Outcome, WaitForEarlier
from okno.channels.email.intake.claiming import claim, lock, unclaim
from okno.channels.email.intake.failing import file_unread, give_up, later
from okno.channels.email.intake.filing import file
from okno.channels.email.intake.forms import writer_of_form
from okno.channels.email.intake.identification import identify, sender_address
from okno.channels.email.intake.knowledge import Correspondence, Desk, Knowledge, People
from okno.channels.email.intake.matching import answered_ids, find_ticket, named_tickets
from okno.channels.email.intake.reading import read
from okno.channels.email.intake.recording import record
from okno.channels.email.intake.refusal import refusal
from okno.channels.email.models import Letter
from okno.core import logs
from okno.tickets.operations.change import lock_in_order

log = logs.get(__name__)
MOST_ATTEMPTS = 8
MOST_INTERRUPTIONS = 30
BATCH_SECONDS = 0.5
"""After this the batch is committed as far as it is, so that nobody waits long for the tickets that it holds."""

WATCHDOG_SECONDS = 60
"""A batch that takes longer hangs in a letter: the process is ended, and the letter found out by its count."""


def process_letters() -> int:
    """Processes one batch; returns how many letters it took."""
    claimed = claim()
    if not claimed:
        return 0
    fault_point("claimed")
    with _watchdog(), transaction.atomic():
        cases = [case for letter in lock(claimed) if (case := _read(letter)) is not None]
        if cases:
            _process(cases)
        fault_point("before_letter_commit")
    fault_point("after_letter_commit")
    return len(claimed)


def process(case: Case, knowledge: Knowledge) -> Outcome:
    """The chain of steps for one letter."""
    case.authentication = authenticate(case)
    refused = refusal(case, knowledge)
    if refused is not None:
        return refused
    case.sender = identify(case, knowledge)
    if case.kind == "bounce":
        return file_bounce(case, knowledge)
    match = find_ticket(case, knowledge)
    if case.kind == "auto_reply" and match.ticket is None and not case.is_released:
        return Outcome(Letter.State.IGNORED, {"ignored": "auto_reply", "detail": case.parsed.kind_reason[:300]})
    return file(case, match, knowledge)


def _read(letter: Letter) -> Case | None:
    """The letter read; one that cannot be fetched from the storage now is tried again later."""
    if letter.attempts > MOST_INTERRUPTIONS:
        give_up(letter, letter.last_error or "its processing was interrupted again and again")
        return None
    try:
        case = read(letter)
    except OSError as error:
        log.exception("a stored letter cannot be read now", letter=letter.pk)
        later(letter, f"{type(error).__name__}: {error}", MOST_ATTEMPTS)
        return None
    fault_point("parsed")
    return case


def _process(cases: list[Case]) -> None:
    desk = Desk()
    for case in cases:
        case.form_writer = writer_of_form(case, desk)
    people = People(sender_address(case) for case in cases)
    strangers = {address for case in cases if not people.contact(address := sender_address(case))}
    _take_turns(cases, strangers)
    if strangers:
        people = People(sender_address(case) for case in cases)
    knowledge = Knowledge(desk, people, Correspondence(each for case in cases for each in _ids(case)))
    lock_in_order({pk for case in cases for pk in named_tickets(case, knowledge.correspondence)})
    end = time.monotonic() + BATCH_SECONDS
    for number, case in enumerate(cases, start=1):
        _process_one(case, knowledge)
        fault_point("letter_filed")
        if time.monotonic() > end:
            unclaim([each.letter.pk for each in cases[number:]])
            break


def _ids(case: Case) -> Iterator[str]:
    yield case.header_id
    yield from answered_ids(case)
    bounce = case.parsed.bounce
    if bounce is not None and bounce.original_message_id:
        yield bounce.original_message_id


def _take_turns(cases: list[Case], strangers: set[str]) -> None:
    """Waits for other workers that process the same letter or one of the same new sender; in one order for all."""
    names = strangers | {f"id {case.header_id or case.content_hash}" for case in cases}
    keys = sorted(
        int.from_bytes(hashlib.blake2b(name.encode(errors="replace"), digest_size=8).digest(), "big", signed=True)
        for name in names
        if name
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(pg_advisory_xact_lock(key)) FROM unnest(%s::bigint[]) AS key", [keys])


def _process_one(case: Case, knowledge: Knowledge) -> None:
    """One letter in a savepoint: its failure costs neither the others nor itself."""
    try:
        with transaction.atomic():
            record(case, process(case, knowledge), knowledge)
    except WaitForEarlier:
        later(case.letter, "", None)
    except (OperationalError, InterfaceError):
        raise  # the whole transaction is lost: every letter of it is tried again, alone
    except OSError as error:
        log.exception("a letter waits for the storage", letter=case.letter.pk)
        later(case.letter, f"{type(error).__name__}: {error}", MOST_ATTEMPTS)
    except Exception as error:
        log.exception("a letter could not be processed", letter=case.letter.pk)
        _file_unread(case, knowledge, f"{type(error).__name__}: {error}")


def _file_unread(case: Case, knowledge: Knowledge, problem: str) -> None:
    """Better a ticket with the raw letter than a letter in a list (W4); if even that fails, a later attempt."""
    try:
        with transaction.atomic():
            record(case, file_unread(case, knowledge, problem), knowledge)
    except (OperationalError, InterfaceError):
        raise
    except (DatabaseError, OSError, ValueError, LookupError, TypeError) as error:
        log.exception("a letter could not even be filed unread", letter=case.letter.pk)
        later(case.letter, f"{problem}; {type(error).__name__}: {error}", MOST_ATTEMPTS)


@contextmanager
def _watchdog() -> Iterator[None]:
    """Ends the process when a letter hangs it, whatever code it hangs in."""
    faulthandler.dump_traceback_later(WATCHDOG_SECONDS, exit=True, file=2)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
