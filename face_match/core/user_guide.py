"""The user guide, where it is on this machine."""

from __future__ import annotations

from pathlib import Path

from face_match.core.installation import checkout

NAME = "user-guide.md"


def user_guide() -> Path | None:
    """The file of the user guide: that of the checkout, else the one that was installed; None without one."""
    source = checkout()
    places = [source / "docs" / NAME] if source is not None else []
    places.append(Path(__file__).resolve().parents[1] / NAME)
    return next((path for path in places if path.is_file()), None)
