"""What the program calls itself is what its change log is about."""

from __future__ import annotations

import re
from pathlib import Path

from face_match import __version__

ROOT = Path(__file__).parents[2]


def test_the_version_is_later_than_the_last_release() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[?([^\]\s]+)", changelog, re.MULTILINE)
    released = next(heading for heading in headings if heading != "Unreleased")
    assert [int(part) for part in __version__.split(".")[:3]] >= [int(part) for part in released.split(".")]
    assert (__version__ == released) == (headings[0] != "Unreleased")
    assert ".dev" in __version__ or headings[0] != "Unreleased"


def test_it_is_kept_in_one_place() -> None:
    assert not re.search(r"^version = [\"']", (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
