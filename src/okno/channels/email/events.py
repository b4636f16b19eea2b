"""Kinds of events of the mail channel; each part of it names its own."""

from __future__ import annotations

from okno.channels.email import letter_events, mailbox_events

__all__ = ["letter_events", "mailbox_events"]
