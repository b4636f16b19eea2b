"""Plain text with flowing lines (RFC 3676): soft line breaks undone, quote marks kept."""

from __future__ import annotations


def unflow(text: str, *, delete_space: bool) -> str:
    """The text with its flowed lines joined into paragraphs; `delete_space` is the parameter DelSp=yes."""
    out: list[str] = []
    held: list[str] = []
    held_depth = 0
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        if held and depth != held_depth:
            _emit(out, held, held_depth)
        held_depth = depth
        if content == "-- ":
            _emit(out, held, depth)
            held.append("-- ")
            _emit(out, held, depth)
        elif content.endswith(" "):
            held.append(content[:-1] if delete_space else content)
        else:
            held.append(content)
            _emit(out, held, depth)
    _emit(out, held, held_depth)
    return "\n".join(out)


def _emit(out: list[str], held: list[str], depth: int) -> None:
    if held:
        mark = ">" * depth + " " if depth else ""
        out.append(mark + "".join(held))
        held.clear()
