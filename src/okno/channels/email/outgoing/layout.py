"""The frame of a letter: a small, calm table with inline styles and no colours of its own, safe in the dark."""

from __future__ import annotations

from html import escape

CONTENT = "(((CONTENT)))"
GREY = "#767676"
"""Readable on white and on black alike; all other text takes the mail program's own colour."""

LINE = "#c4c4c4"
MAIN = "#1f4f9e"
"""The one filled button; white on it reaches 7:1."""

PALE = f"color:inherit;border:1px solid {LINE};"
TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
FONT = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

DEFAULT_TEMPLATE = f"""<!doctype html>
<html lang="(((LANGUAGE)))">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>(((SUBJECT)))</title>
</head>
<body style="margin:0;padding:0;">
<table {TABLE} style="border-collapse:collapse;">
<tr><td style="padding:16px;">
<table {TABLE} style="max-width:680px;border-collapse:collapse;">
<tr><td style="font-family:{FONT};font-size:15px;line-height:1.55;">
(((CONTENT)))
</td></tr>
<tr><td style="padding-top:24px;">
<table {TABLE} style="border-collapse:collapse;">
<tr><td style="border-top:2px solid (((COLOUR)));padding-top:10px;font-family:{FONT};font-size:12px;color:{GREY};">
(((COMPANY))) &middot; #(((NUMBER)))
</td></tr>
</table>
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
"""


def fill(template: str, content: str, values: dict[str, str]) -> str:
    """The template with its variables replaced: ``content`` is HTML, the other values are text."""
    filled = template
    for name, value in values.items():
        filled = filled.replace(f"((({name})))", escape(value.replace("(((", "((")))
    return filled.replace(CONTENT, content)


def separator(line: str) -> str:
    """The line above which answers are written; it is the first thing in the letter."""
    return f'<p style="margin:0 0 16px;font-size:12px;color:{GREY};">{escape(line)}</p>'


def quotation(head: str, body: str) -> str:
    """An earlier message of the conversation, under who wrote it and when."""
    return (
        f'<p style="margin:20px 0 6px;font-size:13px;color:{GREY};">{escape(head)}</p>'
        f'<blockquote style="margin:0;padding:0 0 0 12px;border-left:2px solid {LINE};">{body}</blockquote>'
    )


def paragraph(text: str, *, is_strong: bool = False) -> str:
    """A line of ours that is to be read."""
    weight = "600" if is_strong else "400"
    return f'<p style="margin:20px 0 8px;font-size:15px;font-weight:{weight};">{escape(text)}</p>'


def choice(sign: str, word: str, url: str) -> str:
    """One of several answers, as a link that shows a sign above its word; a sign is text, so nothing is loaded."""
    style = (
        f"display:inline-block;min-width:72px;margin:0 8px 8px 0;padding:10px 12px;border:1px solid {LINE};"
        "border-radius:10px;text-align:center;text-decoration:none;color:inherit;"
    )
    return (
        f'<a href="{escape(url)}" style="{style}">'
        f'<span aria-hidden="true" style="display:block;font-size:26px;line-height:34px;">{escape(sign)}</span>'
        f'<span style="font-size:13px;line-height:18px;">{escape(word)}</span></a>'
    )


def button(word: str, url: str, *, is_main: bool = False) -> str:
    """A link that looks like a button; the main one is filled."""
    colours = f"background:{MAIN};color:#ffffff;border:1px solid {MAIN};" if is_main else PALE
    style = (
        "display:inline-block;margin:4px 8px 4px 0;padding:10px 18px;border-radius:8px;font-size:14px;"
        f"font-weight:600;line-height:20px;text-decoration:none;{colours}"
    )
    return f'<a href="{escape(url)}" style="{style}">{escape(word)}</a>'


def note(text: str) -> str:
    """A remark of ours under the message, in small type."""
    return f'<p style="margin:16px 0 0;font-size:13px;color:{GREY};">{escape(text)}</p>'
