"""The process that tries a model knows no secret, and does not outlive the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from face_match.errors import ModelRefusedError
from face_match.vision.adding import tried

PARENT = """
import subprocess, sys, time
child = "from face_match.vision import trial; trial._end_with_parent(); print('ready', flush=True); " \
    "import time; time.sleep(60)"
process = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)
process.stdout.readline()
print(process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a child with its parent")
def test_it_ends_when_the_program_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]
    ) as parent:
        assert parent.stdout is not None
        child = Path("/proc") / parent.stdout.readline().decode().strip()
        assert child.exists()
        parent.kill()
    for _ in range(100):
        if not child.exists() or "Z" in (child / "stat").read_text().rpartition(")")[2].split()[0]:
            return
        time.sleep(0.1)
    pytest.fail("it is there still")


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for Python here")
def test_it_does_not_get_the_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\nenv > '{tmp_path}/environment'\necho '{{\"refused\": \"no\"}}'\n")
    script.chmod(0o700)
    monkeypatch.setenv("FACE_MATCH_PASSPHRASE", "the secret")
    monkeypatch.setattr(sys, "executable", str(script))
    with pytest.raises(ModelRefusedError):
        tried(tmp_path / "model.onnx", "model.onnx")
    said = (tmp_path / "environment").read_text()
    assert "PATH=" in said
    assert "the secret" not in said
