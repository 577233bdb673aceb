"""Network shares that the user lets the photos of a gallery be opened from."""

from __future__ import annotations

from pathlib import Path

from face_match.core.network_drives import is_on_foreign_share, network_share


class NetworkShares:
    """None at first; the gallery's own share needs no permission."""

    def __init__(self, gallery_folder: Path) -> None:
        self._gallery_folder = gallery_folder
        self._allowed: set[str] = set()

    def needs_permission(self, path: Path) -> bool:
        """Whether opening a path connects to a server that the user has not allowed."""
        return network_share(path) not in self._allowed and is_on_foreign_share(path, [self._gallery_folder])

    def allow(self, path: Path) -> None:
        """Let photos be opened from the share that a path is on."""
        self._allowed.add(network_share(path))
