"""Drawn faces for the demo's employees: no person's likeness, and no file to be kept."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

SIDE = 640


@dataclass(frozen=True)
class Face:
    """The colours of a face, and how long its hair is (0: short, 1: to the shoulders)."""

    behind: str
    coat: str
    skin: str
    hair: str
    length: float


FACES = (
    Face(behind="#f3d9c4", coat="#2f5d8a", skin="#eab995", hair="#6b3f24", length=1.0),
    Face(behind="#cfe3da", coat="#3d4451", skin="#d9a47c", hair="#2a2320", length=0.0),
)


def drawn_face(face: Face) -> bytes:
    """The face as a PNG."""
    picture = Image.new("RGB", (SIDE, SIDE), face.behind)
    draw = ImageDraw.Draw(picture)
    if face.length:
        draw.rounded_rectangle((190, 150, 450, 300 + 190 * face.length), 120, fill=face.hair)
    draw.ellipse((90, 440, 550, 900), fill=face.coat)
    draw.rounded_rectangle((270, 360, 370, 500), 46, fill=face.skin)
    draw.ellipse((218, 150, 422, 410), fill=face.skin)
    draw.chord((206, 120, 434, 330), 185, 355, fill=face.hair)
    draw.ellipse((206, 128, 434, 262), fill=face.hair)
    draw.ellipse((232, 206, 408, 330), fill=face.skin)
    for left in (268, 352):
        draw.ellipse((left, 272, left + 20, 296), fill="#3a2a22")
    draw.arc((284, 300, 356, 364), 25, 155, fill="#9c5a44", width=8)
    out = io.BytesIO()
    picture.resize((SIDE // 2, SIDE // 2), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()
