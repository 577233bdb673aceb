"""Refuses and records every connection that leaves this computer, in the tests and in processes of theirs.

Python imports this file at its start where its folder is in PYTHONPATH, which the tests put there, and asks
the audit hook before each look-up or connection of its own. Libraries that call the system themselves are not
seen here: tests/e2e/test_no_sockets.py watches their system calls.
"""

from __future__ import annotations

import os
import sys

LOG = "FACE_MATCH_TEST_SOCKETS"
"""In the environment: the file that attempts are written to, a line each."""

_ADDRESSED = {"socket.connect": 1, "socket.bind": 1, "socket.sendto": 1, "socket.sendmsg": 1}
"""At which place of the arguments of the event the address is."""
_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo"}


def is_local(host: object) -> bool:
    """Whether a host, by name or number, is this computer. Names under `.invalid` are nowhere: no server is
    asked for them (RFC 6761)."""
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii", "replace")
    return (
        not isinstance(host, str)
        or host in ("localhost", "::1")
        or (host.startswith("127.") or host.endswith(".invalid"))
    )


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook; raises PermissionError."""
    if not event.startswith("socket."):
        return
    if event in _ADDRESSED:
        address = arguments[_ADDRESSED[event]]
        host = address[0] if isinstance(address, tuple) and address else None  # else it is a path
    elif event in _LOOK_UPS:
        host = arguments[0][0] if isinstance(arguments[0], tuple) else arguments[0]
    else:
        return
    if is_local(host):
        return
    with open(os.environ[LOG], "a", encoding="utf-8") as log:  # noqa: PTH123 - pathlib would slow each start
        log.write(f"{event} {host!r} in {' '.join(map(repr, sys.argv[:3]))}\n")
    raise PermissionError(f"the tests refuse connections: {event} {host!r}")


if LOG in os.environ:
    sys.addaudithook(refuse)
