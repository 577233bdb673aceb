"""The child processes: one for each hostile input, in which one command after another is run on one gallery.

This process imports the program once, and makes a child of itself for each line on standard input, a plan:

    {"gallery", "limit": <seconds for each command>, "clear": [<text that must not be written in the clear>],
     "env": {…}, "cwd", "reports": <file>, "log": <file>, "commands": [[<name>, [<argument>, …]], …]}

Standard output gets the child's process id, and its exit status when it has ended. The file of reports
gets a line of JSON for each command that has ended: its status, what it printed, what it raised, what it
changed in the gallery, and the peak of the memory so far. A command that exceeds its limit ends the child,
and the log says where it was.
"""

from __future__ import annotations

import faulthandler
import functools
import gc
import hashlib
import io
import json
import os
import stat
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.e2e.fork_server import end, import_all

Tree = dict[str, str]


def serve() -> None:
    import_all()
    # for the commands of one child a passphrase is stretched once
    hashlib.scrypt = functools.cache(hashlib.scrypt)  # type: ignore[assignment]
    for line in sys.stdin:
        plan = json.loads(line)
        child = os.fork()
        if child == 0:
            work(plan)
            return
        tell(child)
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def work(plan: dict[str, Any]) -> None:
    """The whole life of a child."""
    os.setsid()
    os.umask(0)  # that what is written is not for others to read, the program has to see to
    os.environ.update(plan["env"])
    os.chdir(plan["cwd"])
    tempfile.tempdir = None
    log = os.open(plan["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number, descriptor in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(descriptor, number)
    sys.stdout, sys.stderr = (  # for the whole life: what logs keeps the first one
        io.TextIOWrapper(os.fdopen(number, "wb", closefd=False), "utf-8", write_through=True)
        for number in (1, 2)
    )
    gallery = Path(plan["gallery"])
    before = tree_of(gallery)
    with Path(plan["reports"]).open("w", encoding="utf-8") as reports:
        for name, arguments in plan["commands"]:
            faulthandler.dump_traceback_later(plan["limit"], exit=True, file=log)
            report: dict[str, Any] = {"name": name, **run(arguments)}
            faulthandler.cancel_dump_traceback_later()
            after = tree_of(gallery)
            report["changed"] = sorted(
                path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
            )
            report["clear"] = in_the_clear(gallery, plan["clear"])
            report["memory"] = peak_bytes()
            before = after
            print(json.dumps(report), file=reports, flush=True)
    for number in (1, 2):
        os.dup2(log, number)
    end(SystemExit(0))


def run(arguments: list[str]) -> dict[str, Any]:
    """One command, with what it prints on the process's own standard output and error."""
    from face_match.cli import command_of
    from face_match.cli import main as face_match

    began = time.monotonic()
    status: object = None
    uncaught = None
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        for number, file in ((1, out), (2, err)):
            os.dup2(file.fileno(), number)
        try:
            status = face_match(command_of(arguments))
        except SystemExit as exc:
            status = exc.code
        except BaseException:  # noqa: BLE001 — whatever it is, it is what the test is about
            uncaught = traceback.format_exc()
        gc.collect()
        sys.stdout.flush()
        sys.stderr.flush()
        said = [read_all(file) for file in (out, err)]
    return {
        "status": status,
        "uncaught": uncaught,
        "stdout": said[0],
        "stderr": said[1],
        "seconds": round(time.monotonic() - began, 2),
    }


def read_all(file: Any) -> str:
    file.seek(0)
    return str(file.read().decode("utf-8", "backslashreplace"))


def tree_of(folder: Path) -> Tree:
    """Kinds and digests of all in a folder; links as they are, and nothing is opened that blocks."""
    found: Tree = {}
    for path in walk(folder):
        about = path.lstat()
        if stat.S_ISREG(about.st_mode):
            with path.open("rb") as file:
                told = hashlib.file_digest(file, "sha256").hexdigest() if DIGESTS else digest_of(file)
        elif stat.S_ISLNK(about.st_mode):
            told = f"link to {os.fsencode(path.readlink())!r}"
        else:
            told = "folder" if stat.S_ISDIR(about.st_mode) else "neither file nor folder"
        found[os.fsencode(path.relative_to(folder)).decode("utf-8", "backslashreplace")] = told
    return found


DIGESTS = hasattr(hashlib, "file_digest")
"""From Python 3.11 on."""


def digest_of(file: Any) -> str:
    digest = hashlib.sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()


def walk(folder: Path) -> list[Path]:
    """All below a folder, without following links."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            found.append(Path(entry.path))
            if entry.is_dir(follow_symlinks=False):
                found += walk(Path(entry.path))
    return found


def in_the_clear(folder: Path, texts: Sequence[str]) -> Tree:
    """The digests of the files that have one of some texts in them, or in their names."""
    found: Tree = {}
    for path in walk(folder) if texts else ():
        content = path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b""
        if any(text.encode() in os.fsencode(path.name) + b"\n" + content for text in texts):
            found[str(path.relative_to(folder))] = hashlib.sha256(content).hexdigest()
    return found


def peak_bytes() -> int:
    """The most memory that this process has had; 0 where the system does not say."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    serve()
