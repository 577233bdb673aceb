"""Paths on other computers, which must not be accessed without need.

A gallery from elsewhere contains paths of photos. On Windows, access to a network share sends the user's name
and a response computed from the password to its server. Elsewhere, access can mount a file system of another
computer.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

_LONG_SHARE = re.compile(r"(?i)[\\/](?:[\\/][?.]|\?\?)[\\/]unc[\\/]")
_SHARE = re.compile(r"[\\/]{2}([^\\/]+)(?:[\\/]+([^\\/]+))?|[\\/](\?\?)[\\/]([^\\/]+)")
r"""\\server\share, //server/share, and what devices are called by Windows: \\?\name, \\.\name, \??\name."""

_MOUNTS = Path("/proc/self/mountinfo")


def network_share(path: PurePath) -> str:
    r"""The network share of a path, as \\server\share in lower case; the mount point, if access would mount a
    file system; "" for a path on this computer.

    Names in Windows' form count on all systems, because a gallery may be opened on any.
    """
    text = str(path)
    long = _LONG_SHARE.match(text)
    found = _SHARE.match(text if long is None else f"//{text[long.end() :]}")
    if found is not None:
        return "\\\\" + "\\".join(filter(None, found.groups())).lower()
    return _automount_point(os.path.normpath(text)) if os.name != "nt" else ""


def is_on_foreign_share(path: PurePath, own: Iterable[PurePath]) -> bool:
    """Whether access to a path would contact a share on which none of the user's own paths is."""
    share = network_share(path)
    return bool(share) and share not in map(network_share, own)


def _automount_point(path: str) -> str:
    """The mount point of a file system that is mounted on first access, or of /proc; "" if there is none."""
    point, kind = "", ""
    for line in _mount_lines():
        fields, _, rest = line.partition(" - ")
        at = _unescape_octal(fields.split(" ")[4])
        is_on_it = path == at or path.startswith(at.rstrip("/") + "/")
        if is_on_it and len(at) >= len(point):
            point, kind = at, rest.partition(" ")[0]
    return point if kind in ("autofs", "proc") else ""


def _mount_lines() -> list[str]:
    try:
        return [line for line in _MOUNTS.read_text("utf-8", "surrogateescape").splitlines() if " - " in line]
    except OSError:  # not on Linux
        return []


def _unescape_octal(text: str) -> str:
    """Text of mountinfo, in which spaces and some other characters are written as three octal digits."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
