"""Which places lie on another computer: to look at one is to ask its server.

A gallery that came from elsewhere names places of photos. On Windows a look at a network share sends the
user's name and an answer made of the password; elsewhere it can mount a file system of somebody else's.
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
    r"""The share that a look at a path would ask for, as \\server\share, in lower case; of a folder that is
    mounted when it is first looked at, that folder. Empty for a place on this computer.

    Names as Windows has them count on all systems: a gallery may be opened on any.
    """
    text = str(path)
    long = _LONG_SHARE.match(text)
    found = _SHARE.match(text if long is None else f"//{text[long.end() :]}")
    if found is not None:
        return "\\\\" + "\\".join(filter(None, found.groups())).lower()
    return _automount_point(text) if os.name != "nt" else ""


def is_on_foreign_share(path: PurePath, own: Iterable[PurePath]) -> bool:
    """Whether a look would ask for a share that none of the places that are the user's own lies on."""
    share = network_share(path)
    return bool(share) and share not in map(network_share, own)


def _automount_point(path: str) -> str:
    """The mount point where a file system is mounted once somebody looks; empty where nothing would be."""
    point, kind = "", ""
    for line in _mount_lines():
        fields, _, rest = line.partition(" - ")
        at = _unescape_octal(fields.split(" ")[4])
        is_on_it = path == at or path.startswith(at.rstrip("/") + "/")
        if is_on_it and len(at) >= len(point):
            point, kind = at, rest.partition(" ")[0]
    return point if kind == "autofs" else ""


def _mount_lines() -> list[str]:
    try:
        return [line for line in _MOUNTS.read_text("utf-8", "surrogateescape").splitlines() if " - " in line]
    except OSError:  # not on Linux
        return []


def _unescape_octal(text: str) -> str:
    """Spaces and the like are three octal digits there."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
