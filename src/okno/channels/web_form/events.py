"""What happens to web forms."""

from __future__ import annotations

from okno.core import events

CREATED = events.kind("web_form.created", "A web form was made. data: name")
CHANGED = events.kind("web_form.changed", "A web form was changed. data: name, fields")
SWITCHED = events.kind("web_form.switched", "A web form was switched on or off. data: name, active")
DELETED = events.kind("web_form.deleted", "A web form was deleted. data: name")
SECRET_MADE = events.kind("web_form.secret_made", "A web form got another signing secret. data: name")
