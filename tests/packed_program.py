"""A script that stands in for the program as one file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def pack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let this process take itself for the packed program; returns the file with what it was started with."""
    script, said = folder / "face-match", folder / "said"
    script.write_text(f'#!/bin/sh\necho "$@" > \'{said}\'\nexec {sys.executable} {ROOT}/app_faces.py "$@"\n')
    script.chmod(0o700)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(script))
    return said
