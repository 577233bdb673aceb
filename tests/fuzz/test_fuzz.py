"""Files from elsewhere, and what a fuzzer makes of them, are read or refused, within limits."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz import driving
from tests.fuzz.__main__ import at_random
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
SECONDS = 20
MOST_CORPUS_BYTES = 300_000

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the settings are elsewhere, and limits are unknown"
)


@pytest.mark.parametrize("target", TARGETS)
def test_the_corpus_is_read(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(os, "fsync", lambda _: None)
    kept = driving.seeds(target)
    assert kept
    for file in kept:
        driving.run(target, file.read_bytes(), tmp_path)


def test_the_corpus_is_small_and_every_target_has_one() -> None:
    assert {folder.name for folder in driving.CORPUS.iterdir()} == {*TARGETS}
    assert (
        sum(file.stat().st_size for file in driving.CORPUS.rglob("*") if file.is_file()) < MOST_CORPUS_BYTES
    )


def test_an_input_that_takes_too_long_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TARGETS, "slow", lambda data, folder: time.sleep(0.2))
    monkeypatch.setattr(driving, "MOST_S", 0.1)
    with pytest.raises(driving.LimitExceededError):
        driving.run("slow", b"", tmp_path)


def test_an_error_that_is_not_worded_is_found_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(data: bytes, folder: Path) -> None:
        raise ValueError("not worded")

    monkeypatch.setitem(TARGETS, "picasa", fail)
    options = argparse.Namespace(target="picasa", seconds=1, seed=0, findings=tmp_path)
    assert at_random(options, tmp_path) == 1
    (kept,) = tmp_path.iterdir()
    assert kept.name.startswith("picasa-")
    assert "ValueError" in capsys.readouterr().err


@pytest.mark.only_with_all("20 seconds of fuzzing each format")
@pytest.mark.parametrize("target", TARGETS)
def test_the_fuzzer_finds_nothing(target: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.fuzz", target, "--seconds", str(SECONDS)]
    command += ["--findings", str(tmp_path / "found"), "--seed", str(os.getpid())]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
