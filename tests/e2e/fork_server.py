"""A process that has imported the program, and makes a child of itself for each run of it.

Each line on standard input is a plan: {"arguments", "env", "cwd", "out": file, "err": file}. Standard output
gets the exit status of the child, negative where a signal ended it. A child has the state of a new process
but for what takes most of the time of a command: imports, and keys of passphrases.
"""

from __future__ import annotations

import atexit
import faulthandler
import gc
import importlib
import json
import os
import runpy
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[2] / "app_faces.py"
LONGEST_S = 300
IMPORTED = (
    *("face_match.launch", "face_match.cli", "face_match.metadata.xmp", "face_match.metadata.photo_writer"),
    *("face_match.gallery.archive", "face_match.gallery.restore", "face_match.gallery.storage_change"),
    *("face_match.gallery.storage.sqlite.store", "face_match.gallery.security.encryption"),
    *("face_match.gallery.security.purge", "PIL.Image", "tqdm", "filelock", "multiprocessing.synchronize"),
    *("sqlalchemy.dialects.sqlite", "sqlcipher3", "secrets", "statistics", "encodings.utf_16_le"),
    *("numpy.ma", "numpy.random", "face_match.gallery.health", "face_match.core.images.png"),
    *(f"cryptography.hazmat.primitives.{name}" for name in ("ciphers.aead", "hashes", "kdf.hkdf")),
)
WORKFLOWS = (
    *("match", "import_people", "import_names", "scan", "models", "embed", "calibrate", "evaluate"),
    *("export_faces", "export_photos", "write_names", "doctor", "review", "photo_search", "one_photo"),
)
"""Of the package, what loads ONNX Runtime: it has no threads before it has loaded a network."""


def import_all() -> None:
    """Import what children need; on macOS a fork of a process that has loaded ONNX Runtime may not use it.

    To make a key of a passphrase for a new gallery takes no time from then on, as in other tests.
    """
    for module in IMPORTED:
        importlib.import_module(module)
    compile_statements()
    importlib.import_module("PIL.Image").preinit()  # as it does by itself before the first image
    importlib.import_module("face_match.gallery.storage.vault").SCRYPT_N = 2**12
    if sys.platform == "linux":
        for module in WORKFLOWS:
            importlib.import_module(f"face_match.workflows.{module}")
        assert len(os.listdir("/proc/self/task")) == 1, "no thread but this one survives a fork"  # noqa: PTH208
    gc.freeze()  # what a child collects is what it has made


def compile_statements() -> None:
    """Make a database, and purge somebody: the SQL for both is compiled then, once for all children."""
    import numpy as np

    from face_match.core.types import Box, Crop, Landmarks
    from face_match.gallery.gallery import Gallery, NewFace
    from face_match.gallery.security.purge import purge
    from face_match.gallery.storage_change import move_records

    landmarks = Landmarks.of([[3, 3], [6, 3], [5, 5], [3, 7], [6, 7]])
    crop = Crop(np.zeros((9, 9, 3), np.uint8), Box(1, 1, 7, 7), landmarks)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "gallery")
        with Gallery.open(place, for_writing=True) as gallery:
            for number, name in enumerate(("Ada", "Grace")):
                gallery.add(name, NewFace(crop, {"made-up": np.eye(4, dtype=np.float32)[number]}), None)
        move_records(place, to_database=True)
        with Gallery.open(place, for_writing=True) as gallery:
            gallery.rename(gallery.person("Ada"), "Ada Byron")
            gallery.undo()
        purge(place, "Ada")
    tempfile.tempdir = None  # a child has its own


def next_plan() -> dict[str, Any] | None:
    """In a child, what it is to do; in this process None, once there is nothing more to do."""
    import_all()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            return dict(json.loads(line))
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()
    return None


def run(plan: dict[str, Any]) -> None:
    """Become the program."""
    os.environ.clear()
    os.environ.update(plan["env"])
    os.chdir(plan["cwd"])
    for number, name in ((0, os.devnull), (1, plan["out"]), (2, plan["err"])):
        os.dup2(os.open(name, os.O_RDWR), number)
    faulthandler.dump_traceback_later(LONGEST_S, exit=True)
    sys.argv = [str(PROGRAM), *plan["arguments"]]
    try:
        runpy.run_path(str(PROGRAM), run_name="__main__")
    except SystemExit as exc:
        end(exc)


def end(status: SystemExit) -> None:
    """End a child as Python does, without taking its modules apart: that takes longer than most commands."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    if not isinstance(status.code, int):
        raise status
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status.code)


if __name__ == "__main__":
    sys.path[0] = str(PROGRAM.parent)
    plan = next_plan()
    if plan is not None:
        run(plan)
