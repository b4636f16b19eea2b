"""Cutting the reply: what a person newly wrote in a letter, apart from the quoted history around it."""

from okno.channels.email.rules.cutting.html import cut_reply_html
from okno.channels.email.rules.cutting.separator import SEPARATORS, separator_line
from okno.channels.email.rules.cutting.text import cut_reply

__all__ = ["SEPARATORS", "cut_reply", "cut_reply_html", "separator_line"]
