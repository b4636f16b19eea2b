"""What the worker does for the mail channel in batches."""

from __future__ import annotations

from okno.channels.email.intake.processing import process_letters
from okno.channels.email.outgoing.reminders import send_reminders
from okno.core.drains import drain

drain("letters", pause=1.0)(process_letters)
drain("rating reminders", pause=600.0)(send_reminders)
