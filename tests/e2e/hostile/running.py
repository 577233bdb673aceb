"""Runs hostile inputs and says of each what should not have happened."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.hostile import world as worlds
from tests.e2e.hostile.world import EILEEN, PASSPHRASE, Bases

ROOT = Path(__file__).parents[3]
DRIVER = Path(__file__).with_name("driver.py")

COMMAND_SECONDS, INPUT_SECONDS = 30, 120
MEMORY_BYTES = 2_500_000_000
AT_ONCE = 1

STARTED = "FACE_MATCH_TEST_STARTED"
FAKE_PROGRAM = f"""#!/bin/sh
: > "${STARTED}/$(basename "$0")"
exec sleep 2
"""
FAKED = ("gs", "gswin32c", "gswin64c", "djpeg", "pdftoppm", "convert", "ffmpeg", "exiftool")
"""What a library may start to read an image: it says that it was, and reads nothing."""


class Servers:
    """Processes that have imported the program, and make a child for each input."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self.env = {
            **env,
            "PYTHONPATH": os.pathsep.join([str(ROOT), env["PYTHONPATH"]]),
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        self._folder = folder
        self._idle: queue.SimpleQueue[subprocess.Popen[str]] = queue.SimpleQueue()
        self._all: list[subprocess.Popen[str]] = []
        self._programs = folder / "programs"
        self._programs.mkdir()
        for name in FAKED:
            path = self._programs / name
            path.write_text(FAKE_PROGRAM, "utf-8")
            path.chmod(0o700)
        for _ in range(AT_ONCE):
            self._start()

    def _start(self) -> None:
        server = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", str(DRIVER)],
            env=self.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        self._all.append(server)
        self._idle.put(server)

    def close(self) -> None:
        for server in self._all:
            for pipe in (server.stdin, server.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            server.wait()

    def run(
        self,
        name: str,
        gallery: Path,
        commands: Sequence[tuple[str, list[str]]],
        env: dict[str, str],
        *,
        cwd: Path,
        clear: Sequence[str] = (),
    ) -> Ran:
        """Run commands on a gallery in a child of its own."""
        folder = self._folder / name
        folder.mkdir()
        env = {"PATH": f"{self._programs}{os.pathsep}{self.env.get('PATH', '')}", **env}
        plan = {
            **{"gallery": str(gallery), "limit": COMMAND_SECONDS, "clear": list(clear), "env": env},
            **{"cwd": str(cwd), "reports": str(folder / "reports"), "log": str(folder / "log")},
            "commands": commands,
        }
        server = self._idle.get()
        try:
            assert server.stdin is not None
            assert server.stdout is not None
            server.stdin.write(json.dumps(plan) + "\n")
            child = int(server.stdout.readline())
            with _watched(child) as watch:
                status = int(server.stdout.readline())
            left = _left_of(child)
        finally:
            self._idle.put(server)
        reports = (
            (folder / "reports").read_text("utf-8").splitlines() if (folder / "reports").exists() else []
        )
        log = (folder / "log").read_text("utf-8", "replace") if (folder / "log").exists() else ""
        shutil.rmtree(folder)
        return Ran(status, [json.loads(line) for line in reports], log, watch.complaint, watch.peak, left)


@dataclass
class Ran:
    """What came of a child: its exit status, a report of each command, and what it left running."""

    status: int
    reports: list[dict[str, Any]]
    log: str
    killed_for: str
    memory: int
    left: list[str]


@dataclass
class _Watch:
    complaint: str = ""
    peak: int = 0


@contextlib.contextmanager
def _watched(child: int) -> Iterator[_Watch]:
    """A child that takes too much time or memory is killed, with all that it has started."""
    watch, done = _Watch(), threading.Event()

    def look() -> None:
        ends = time.monotonic() + INPUT_SECONDS
        while not done.wait(0.25):
            for process in _session(child):
                watch.peak = max(watch.peak, process.peak)
            if watch.peak > MEMORY_BYTES:
                watch.complaint = f"more than {MEMORY_BYTES / 1e9} GB of memory"
            elif time.monotonic() > ends:
                watch.complaint = f"more than {INPUT_SECONDS} s"
            if watch.complaint:
                _kill_session(child)
                return

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield watch
    finally:
        done.set()
        thread.join()


@dataclass(frozen=True)
class _Process:
    pid: int
    command: str
    peak: int


def _session(leader: int) -> list[_Process]:
    """The processes of a session that are still alive, where the system tells."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            name, _, fields = (folder / "stat").read_text("utf-8", "replace").rpartition(")")
            state, session = fields.split()[0], int(fields.split()[3])
            if session == leader and state not in "ZX":
                lines = (folder / "status").read_text("utf-8", "replace").splitlines()
                peak = next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)
                found.append(_Process(int(folder.name), name.partition("(")[2], peak))
    return found


def _kill_session(leader: int) -> None:
    for process in _session(leader):
        with contextlib.suppress(OSError):
            os.kill(process.pid, signal.SIGKILL)


def _left_of(child: int) -> list[str]:
    """What a child has left running, a moment after it has ended; it is ended too."""
    ends = time.monotonic() + 1
    while (left := _session(child)) and time.monotonic() < ends:
        time.sleep(0.05)
    _kill_session(child)
    return [process.command for process in left]


# Healthy galleries


def make_bases(servers: Servers, folder: Path, astronaut: Path, hopper: Path) -> Bases:
    """The galleries that all worlds get copies of."""
    photos = folder / "photos"
    photos.mkdir()
    _make_photos(photos, astronaut, hopper)
    unnamed, told = folder / "unnamed", folder / "told"
    unnamed.mkdir()
    shutil.copy(photos / "both.png", unnamed)
    (told / worlds.MARY).mkdir(parents=True)  # of whom a person has said that she is Grace Hopper
    shutil.copy(photos / "brighter.png", told / worlds.MARY)

    def run(gallery: Path, *commands: Sequence[object]) -> None:
        told = [(str(c[0]), [*map(str, c), "--gallery", str(gallery), "--json"]) for c in commands]
        ran = servers.run(
            gallery.name,
            gallery,
            told,
            {"FACE_MATCH_PASSPHRASE": PASSPHRASE, "TMPDIR": str(folder)},
            cwd=folder,
        )
        for report in ran.reports:
            assert report["status"] == 0, report
        assert len(ran.reports) == len(commands), ran.log

    eileen = ("add", photos / "astronaut.png", photos / "mirrored.png", "--name", EILEEN)
    grace = (
        ("add", photos / "hopper.jpg", "--name", worlds.GRACE),
        ("import", unnamed),
        ("add", photos / "brighter.png", "--name", worlds.GRACE),
        ("import", told, "--people-from-folders"),
        ("backup",),
    )
    archive = folder / "archive.zip"
    run(folder / "json", eileen, *grace, ("export", archive))
    run(folder / "json encrypted", eileen, ("encrypt",))
    sealed: set[Path] = set()
    for command in grace:
        before = {*(folder / "json encrypted").rglob("*.sealed")}
        run(folder / "json encrypted", command)
        if worlds.GRACE in command:
            sealed |= {*(folder / "json encrypted").rglob("*.sealed")} - before
    for kind in ("json", "json encrypted"):
        database = folder / kind.replace("json", "database")
        shutil.copytree(folder / kind, database)
        there_and_back = (("rename", worlds.GRACE, "Grace"), ("rename", "Grace", worlds.GRACE))
        run(database, ("store", "database"), *there_and_back, ("backup",))  # of what no backup has yet
    with zipfile.ZipFile(archive) as exported:
        names = [name for name in exported.namelist() if name.startswith(f"faces_db/{EILEEN}/")]
        crops = frozenset(hashlib.sha256(exported.read(name)).hexdigest() for name in names)
    assert (len(crops), len(sealed)) == (2, 2)
    files = sorted(path.relative_to(folder / "json encrypted").as_posix() for path in sealed)
    return Bases(folder, tuple(files), archive, photos, crops, _waiting_file(folder / "json"))


def _waiting_file(gallery: Path) -> bytes:
    """The unnamed faces of a photo, as version 0.1 kept them; of a photo that is not known."""
    document = json.loads((gallery / worlds.RECORDS).read_bytes())
    faces, crops = [], []
    for number, face in enumerate(one for one in document["faces"] if one["person"] is None):
        crops.append((gallery / face["file"]).read_bytes())
        kept = {
            name: face[name] for name in ("place", "box", "landmarks", "confidence", "quality", "vectors")
        }
        about = {"crop_bytes": len(crops[-1]), "is_ignored": False, "bundle": None, "apart": []}
        faces.append({"id": f"{number:032x}", **kept, **about})
    assert len(faces) == 2
    head = {"version": 1, "photo": "a" * 64, "path": "/photos/old.png", "size": 1, "modified_ns": 1}
    return json.dumps({**head, "faces": faces}).encode() + b"\n" + b"".join(crops)


def _make_photos(folder: Path, astronaut: Path, hopper: Path) -> None:
    from PIL import Image, ImageEnhance, ImageOps

    shutil.copy(astronaut, folder / "astronaut.png")
    shutil.copy(hopper, folder / "hopper.jpg")
    with Image.open(astronaut) as one, Image.open(hopper) as other:
        ImageOps.mirror(one).save(folder / "mirrored.png")
        ImageEnhance.Brightness(other).enhance(1.2).save(folder / "brighter.png")
        both = Image.new("RGB", (1024, 600))
        both.paste(one, (0, 0))
        both.paste(other, (512, 0))
    both.save(folder / "both.png")
