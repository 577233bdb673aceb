"""Runs a command and reports every attempt at the network that it and its children make.

An attempt is a socket of any family but AF_UNIX, whether or not the call succeeds. A DNS look-up counts: it
opens AF_NETLINK or AF_INET sockets, or connects to a resolver’s AF_UNIX socket. An io_uring counts, too: it
can open sockets that no system call shows.

Two mechanisms, both on Linux:

- strace follows all children and writes each call to a file.
- Without strace, a seccomp filter hands these calls to a supervising process (see seccomp_unotify(2)), which
  writes the same lines and refuses the attempts: `python sockets.py FILE COMMAND …` is that process.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import platform
import re
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

STRACE, SECCOMP = "strace", "seccomp"

RESOLVERS = ("/systemd/resolve/", "/avahi-daemon/")
"""Parts of resolvers’ socket paths. nscd is none of them: glibc asks it for the names of users, too."""

_SOCKET = re.compile(r"\bsocket\((?!AF_UNIX\b|AF_LOCAL\b)[^,]+,")
_UNIX_PATH = re.compile(r'\b(?:connect|sendto|sendmsg)\(.*sun_path=@?"([^"]*)"')
_IO_URING = re.compile(r"\bio_uring_setup\(")


class Watched(NamedTuple):
    """A process that has ended. `attempts` are lines with the process and the system call."""

    returncode: int
    stdout: str
    stderr: str
    attempts: list[str]


def attempts_in(log: str) -> list[str]:
    """The lines of a log that are attempts at the network."""
    return [line for line in log.splitlines() if _is_attempt(line)]


def _is_attempt(line: str) -> bool:
    if _SOCKET.search(line) or _IO_URING.search(line):
        return True
    unix = _UNIX_PATH.search(line)
    return unix is not None and any(part in unix[1] for part in RESOLVERS)


@functools.cache
def mechanisms() -> tuple[str, ...]:
    """Those that work here, the better first."""
    if sys.platform != "linux":
        return ()
    there = {STRACE: shutil.which("strace") is not None, SECCOMP: platform.machine() in CALLS}
    # either may be there and not allowed, as in a container
    return tuple(one for one in there if there[one] and watched(["true"], mechanism=one).returncode == 0)


def why_not() -> str:
    """Why no process can be watched here."""
    if sys.platform != "linux":
        return "sockets are watched with strace or seccomp, which are Linux’s"
    return "neither strace nor seccomp’s notifications work here"


def watching(log: Path, mechanism: str = "", *, refuse: bool = False) -> list[str]:
    """What a command runs under so that its calls are written to a log; `Watch` has the arguments."""
    if (mechanism or mechanisms()[0]) == SECCOMP:
        return [sys.executable, str(Path(__file__).resolve()), str(log)]
    calls = ["-e", "trace=network,io_uring_setup", "-o", str(log)]
    # without --seccomp-bpf each system call of any kind stops the process twice
    return [
        *("strace", "-f", "--seccomp-bpf", *calls),
        *(["-e", "inject=socket:error=EACCES"] if refuse else []),
    ]


class Watch:
    """A command that runs under a mechanism, by default the best there is."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        mechanism: str = "",
        refuse: bool = False,
    ) -> None:
        """Start it.

        Args:
            refuse: let every socket() fail, so that nothing can leave the machine; seccomp always does so.
        """
        self._folder = tempfile.TemporaryDirectory(prefix="sockets-")
        self._log = Path(self._folder.name) / "calls"
        self._output = self._opened("stdout"), self._opened("stderr")
        self._process = subprocess.Popen(
            [*watching(self._log, mechanism, refuse=refuse), *map(str, command)],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=self._output[0],
            stderr=self._output[1],
            start_new_session=True,
        )

    def finish(self, timeout_s: float) -> Watched:
        """Wait for the command and its children; raises subprocess.TimeoutExpired and ends them."""
        try:
            self._process.wait(timeout_s)
            told = [self._text_of(file) for file in self._output]
            log = self._log.read_text("utf-8", "replace") if self._log.exists() else ""
            return Watched(self._process.returncode, *told, attempts_in(log))
        finally:
            self.close()

    def close(self) -> None:
        """End what still runs."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for file in self._output:
            file.close()
        self._folder.cleanup()

    def _opened(self, name: str) -> IO[str]:
        return (Path(self._folder.name) / name).open("w+", encoding="utf-8", errors="replace")

    @staticmethod
    def _text_of(file: IO[str]) -> str:
        file.seek(0)
        return file.read()


def watched(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    mechanism: str = "",
    timeout_s: float = 120,
) -> Watched:
    """Run a command to its end."""
    return Watch(command, env=env, cwd=cwd, mechanism=mechanism).finish(timeout_s)


# The supervisor. Numbers are from linux/seccomp.h, linux/bpf_common.h, linux/audit.h and asm/unistd.h.


class Calls(NamedTuple):
    """Numbers of an architecture: its name in audit records, and system calls."""

    audit_arch: int
    socket: int
    connect: int
    seccomp: int


CALLS = {
    "x86_64": Calls(0xC000003E, 41, 42, 317),
    "aarch64": Calls(0xC00000B7, 198, 203, 277),
}
IO_URING_SETUP = 425

PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38
SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER = 1, 8
RET_KILL_PROCESS, RET_USER_NOTIF, RET_ALLOW = 0x80000000, 0x7FC00000, 0x7FFF0000
LOAD, JUMP_EQUAL, JUMP_GREATER_EQUAL, RETURN = 0x20, 0x15, 0x35, 0x06
NOTIF_RECV, NOTIF_SEND = 0xC0502100, 0xC0182101
NOTIF_BYTES = 80
USER_NOTIF_FLAG_CONTINUE = 1
X32 = 0x40000000
SOCKADDR_UN_BYTES = 110


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jump_true", ctypes.c_ubyte),
        ("jump_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Instruction)))


def _filter(calls: Calls) -> ctypes.Array[_Instruction]:
    """Notify of connect(), io_uring_setup() and any socket() that is not AF_UNIX; allow the rest."""
    allow, notify, kill = 9, 10, 11
    instructions = [
        (LOAD, 0, 0, 4),  # seccomp_data.arch
        (JUMP_EQUAL, 0, kill - 2, calls.audit_arch),
        (LOAD, 0, 0, 0),  # seccomp_data.nr
        (JUMP_GREATER_EQUAL, kill - 4, 0, X32),
        (JUMP_EQUAL, 7 - 5, 0, calls.socket),
        (JUMP_EQUAL, notify - 6, 0, calls.connect),
        (JUMP_EQUAL, notify - 7, allow - 7, IO_URING_SETUP),
        (LOAD, 0, 0, 16),  # the low half of seccomp_data.args[0]
        (JUMP_EQUAL, allow - 9, notify - 9, socket.AF_UNIX),
        (RETURN, 0, 0, RET_ALLOW),
        (RETURN, 0, 0, RET_USER_NOTIF),
        (RETURN, 0, 0, RET_KILL_PROCESS),
    ]
    return (_Instruction * len(instructions))(*(_Instruction(*one) for one in instructions))


def _begin(command: Sequence[str], calls: Calls, channel: socket.socket) -> None:
    """In the child: put the filter on, hand its listener over, and become the command."""
    libc = ctypes.CDLL(None, use_errno=True)
    rules = _filter(calls)
    program = _Program(len(rules), rules)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "PR_SET_NO_NEW_PRIVS")
    flags = SECCOMP_FILTER_FLAG_NEW_LISTENER
    listener = libc.syscall(calls.seccomp, SECCOMP_SET_MODE_FILTER, flags, ctypes.byref(program))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "seccomp")
    socket.send_fds(channel, [b"."], [listener])
    os.close(listener)
    channel.close()
    os.execvp(command[0], list(command))


def _supervise(listener: int, calls: Calls, child: int, log: IO[str]) -> int:
    """Answer until the child and all its descendants have ended; returns the child’s exit status."""
    poll = select.poll()
    poll.register(listener, select.POLLIN)
    status = 0
    while True:
        if any(event & select.POLLIN for _, event in poll.poll(50)):
            _answer(listener, calls, log)
            continue
        try:
            ended, how = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return status
        if ended == child:
            status = os.waitstatus_to_exitcode(how)


def _answer(listener: int, calls: Calls, log: IO[str]) -> None:
    import fcntl  # Windows has none, and imports this module to skip its tests

    notification = bytearray(NOTIF_BYTES)
    try:
        fcntl.ioctl(listener, NOTIF_RECV, notification)
    except OSError as exc:
        if exc.errno != errno.ENOENT:  # the caller was killed meanwhile
            raise
        return
    # struct seccomp_notif: id, pid, flags, and struct seccomp_data: nr, arch, instruction pointer, arguments
    number, pid, _, call, _, _, *arguments = struct.unpack("=QIIiIQ6Q", notification)
    line = _line(pid, call, arguments, calls)
    print(line, file=log, flush=True)
    is_refused = _is_attempt(line)
    answer = (number, 0, -errno.EACCES, 0) if is_refused else (number, 0, 0, USER_NOTIF_FLAG_CONTINUE)
    try:
        fcntl.ioctl(listener, NOTIF_SEND, struct.pack("=QqiI", *answer))
    except OSError as exc:
        if exc.errno != errno.ENOENT:
            raise


def _line(pid: int, call: int, arguments: Sequence[int], calls: Calls) -> str:
    """A call as strace writes it."""
    if call == calls.socket:
        try:
            family = socket.AddressFamily(arguments[0]).name
        except ValueError:
            family = str(arguments[0])
        return f"{pid} socket({family}, {arguments[1]:#x}, {arguments[2]})"
    if call == calls.connect:
        return f"{pid} connect({arguments[0]}, {_address(pid, arguments[1])}, {arguments[2]})"
    return f"{pid} io_uring_setup({arguments[0]}, …)"


def _address(pid: int, pointer: int) -> str:
    """A socket’s address in the memory of another process."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        memory.seek(pointer)
        raw = memory.read(SOCKADDR_UN_BYTES)
    if int.from_bytes(raw[:2], sys.byteorder) != socket.AF_UNIX:
        return "{…}"
    is_abstract = raw[2:3] == b"\0"
    path = raw[2 + is_abstract :].split(b"\0")[0].decode("utf-8", "replace")
    return f'{{sa_family=AF_UNIX, sun_path={"@" * is_abstract}"{path}"}}'


def main(arguments: Sequence[str]) -> int:
    """Run `FILE COMMAND …` under the filter; returns the command’s exit status."""
    calls = CALLS[platform.machine()]
    ours, theirs = socket.socketpair()
    # children that outlive their parent are waited for, too
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    child = os.fork()
    if child == 0:
        ours.close()
        try:
            _begin(arguments[1:], calls, theirs)
        finally:
            os._exit(127)
    theirs.close()
    _, listeners, _, _ = socket.recv_fds(ours, 1, 1)
    if not listeners:
        return 127
    with Path(arguments[0]).open("w", encoding="utf-8") as log:
        status = _supervise(listeners[0], calls, child, log)
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
