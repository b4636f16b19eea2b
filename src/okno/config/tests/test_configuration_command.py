"""``okno config``: the file on the operator's disk, and what the command says of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from okno.config.tests.processes import COMMAND, on_test_database
from okno.workflow.models import Priority

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]


def types(*arguments: str, code: int = 0) -> str:
    done = subprocess.run(
        [*COMMAND, "config", *arguments], check=False, env=on_test_database(), capture_output=True, timeout=120
    )
    said = done.stdout.decode() + done.stderr.decode()
    assert "Traceback" not in said
    assert done.returncode == code, said
    return said


def test_it_is_written_tried_and_taken(tmp_path: Path) -> None:
    file = tmp_path / "okno.json"
    types("export", str(file))
    assert "0 rows would be new, 0 changed" in types("import", str(file), "--dry-run")
    data = json.loads(file.read_text())
    high = next(row for row in data["sections"]["priorities"] if row["code"] == "high")
    high["names"]["en"] = "Very high"
    file.write_text(json.dumps(data))
    said = types("import", str(file), "--dry-run")
    assert "names.en" in said.replace("names: en", "names.en")
    assert "High -> Very high" in said
    assert Priority.objects.get(code="high").names["en"] == "High"
    assert "0 rows are new, 1 changed" in types("import", str(file))
    assert Priority.objects.get(code="high").names["en"] == "Very high"
    high["colour"] = "brown"
    file.write_text(json.dumps(data))
    assert "(high) colour" in types("import", str(file), code=1)
    file.write_text("Hello")
    assert "JSON" in types("import", str(file), code=1)
    assert types("export", "-").startswith("{")
