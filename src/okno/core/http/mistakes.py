"""What an operation found wrong, said at the fields of the form that asked for it."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from okno.core.faults import Invalid


def at_fields(form: forms.BaseForm, invalid: Invalid, names: Mapping[str, str] | None = None) -> None:
    """Adds the messages to the form; ``names`` translates fields of the operation into fields of the form."""
    for name, messages in invalid.fields.items():
        field = (names or {}).get(name, name)
        form.add_error(field if field in form.fields else None, messages)
