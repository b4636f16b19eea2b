"""Pictures for the page are written anew within bounds."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest
from PIL import Image

from okno.core import media

MEASURED = """
import resource, sys
from okno.core import media
media.rewritten_picture(open(sys.argv[2], "rb").read())
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
media.rewritten_picture(open(sys.argv[1], "rb").read())
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)
"""


def picture(size: tuple[int, int], kind: str, frames: int = 1, mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    made = [Image.new(mode, size, 5 * number % 250) for number in range(frames)]
    made[0].save(out, kind, save_all=frames > 1, append_images=made[1:])
    return out.getvalue()


def endless_gif(frames: int) -> bytes:
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    return head + b"\x2c\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02\x44\x01\x00" * frames + b";"


HEAVY = {
    "photograph": picture((8000, 7000), "JPEG"),
    "drawing": picture((6000, 5000), "PNG"),
    "animation of large pictures": picture((3000, 3000), "GIF", 12, "L"),
    "animation without end": endless_gif(200_000),
    "moving drawing": picture((2000, 2000), "WEBP", 8),
}


@pytest.mark.parametrize("name", sorted(HEAVY))
def test_a_heavy_picture_costs_little_t15(name: str) -> None:
    started = time.process_time()
    rewritten = media.rewritten_picture(HEAVY[name])
    assert time.process_time() - started < 5
    assert rewritten is not None
    with Image.open(io.BytesIO(rewritten[0])) as shown:
        assert max(shown.size) <= 2560
        assert getattr(shown, "n_frames", 1) == 1


@pytest.mark.parametrize("name", ["photograph", "drawing", "animation of large pictures"])
def test_a_heavy_picture_takes_little_memory_t15(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "heavy").write_bytes(HEAVY[name])
    (folder / "light").write_bytes(picture((10, 10), "PNG"))
    command = [sys.executable, "-c", MEASURED, str(folder / "heavy"), str(folder / "light")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 256


@pytest.mark.parametrize(
    ("size", "kind"), [((8000, 8000), "JPEG"), ((6000, 5100), "PNG"), ((6000, 5100), "GIF"), ((10, 10), "BMP")]
)
def test_what_is_larger_still_is_only_downloaded_t15(size: tuple[int, int], kind: str) -> None:
    assert media.rewritten_picture(picture(size, kind)) is None


def test_small_animations_move_on() -> None:
    for kind, mode in (("GIF", "L"), ("WEBP", "RGB")):
        rewritten = media.rewritten_picture(picture((60, 40), kind, 5, mode))
        assert rewritten is not None
        with Image.open(io.BytesIO(rewritten[0])) as shown:
            assert shown.size == (60, 40)
            assert shown.n_frames == 5


def test_a_photograph_stands_upright() -> None:
    lying = Image.new("RGB", (40, 20), "red")
    turned = Image.Exif()
    turned[0x0112] = 6
    out = io.BytesIO()
    lying.save(out, "JPEG", exif=turned)
    rewritten = media.rewritten_picture(out.getvalue())
    assert rewritten is not None
    with Image.open(io.BytesIO(rewritten[0])) as shown:
        assert shown.size == (20, 40)
        assert not shown.getexif()
