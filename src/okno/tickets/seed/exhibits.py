"""Files for the demo's letters, drawn and written here, so that every kind of attachment can be seen."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from okno.core import files
from okno.tickets.operations.messages import NewFile

PICTURES = {
    "terminal-screen.png": ("#1f2937", "#f87171", ["TERMINAL 2", "OFFLINE", "error 41"]),
    "ekspres.png": ("#3f2d20", "#fcd34d", ["MILK  OFF", "21 C", "SERVICE"]),
    "komunikat.png": ("#e5e7eb", "#1d4ed8", ["File in use", "Koszty 2026", "[ OK ]"]),
    "plan-lokalu.png": ("#f8fafc", "#0f766e", ["bar", "till 1   till 2", "entrance"]),
    "ochered-pechati.png": ("#ffffff", "#b91c1c", ["Queue: 14", "Printer: error", "09:42"]),
    "kholodylnyk.png": ("#0c4a6e", "#a5f3fc", ["No. 3", "12.0 C", "ALARM"]),
    "shvydkist.png": ("#111827", "#34d399", ["down 8.1 Mbit/s", "up 2.4 Mbit/s", "ping 61 ms"]),
}
TEXTS = {
    "firewall.log": (
        "text/plain",
        "".join(
            f"16:00:{second:02d} {line}\n"
            for second, line in enumerate(
                [
                    "scheduler: fetching block lists",
                    "filter: 48211 entries, reloading all rules",
                    "tunnel 10.8.0.14: closed (rules reloaded)",
                    "tunnel 10.8.0.17: closed (rules reloaded)",
                    "tunnel 10.8.0.22: closed (rules reloaded)",
                    "filter: ready",
                ]
            )
        ),
    ),
    "plan-perenosa.txt": (
        "text/plain",
        "1. 17:00 полная копия\n2. 18:00 выключение\n3. 18:30 перевозка\n4. 20:00 включение, сеть\n5. 21:00 проверка\n",
    ),
    "sotrudniki.csv": ("text/csv", "Имя,Должность\nМария,администратор\nИнна,администратор\nПавел,медбрат\n"),
    "obrashcheniya.csv": ("text/csv", "Номер,Дата,Решено\n812,02.07,03.07\n819,05.07,05.07\n844,19.07,22.07\n"),
}
DOCUMENTS = {
    "stock-list.pdf": ["Stock list", "page 1 of 9"],
    "faktura-10.pdf": ["Faktura 10/2026", "Vikno Service"],
}


def exhibit(name: str) -> NewFile:
    """The stored file of this name, ready to be attached."""
    if name in PICTURES:
        return NewFile(files.store(_picture(*PICTURES[name])), name, "image/png")
    if name in DOCUMENTS:
        return NewFile(files.store(_document(DOCUMENTS[name])), name, "application/pdf")
    kind, text = TEXTS[name]
    return NewFile(files.store(text.encode()), name, kind)


def _picture(ground: str, ink: str, lines: list[str]) -> bytes:
    picture = Image.new("RGB", (640, 400), ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 616, 376), outline=ink, width=3)
    for row, line in enumerate(lines):
        pen.text((56, 60 + row * 100), line, fill=ink, font_size=56 if row == 1 else 34)
    return _saved(picture, "PNG")


def _document(lines: list[str]) -> bytes:
    page = Image.new("RGB", (595, 842), "white")
    pen = ImageDraw.Draw(page)
    for row, line in enumerate(lines):
        pen.text((60, 60 + row * 40), line, fill="black", font_size=26)
    for row in range(14):
        pen.line((60, 200 + row * 40, 535, 200 + row * 40), fill="#cccccc")
    return _saved(page, "PDF")


def _saved(picture: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind)
    return stream.getvalue()
