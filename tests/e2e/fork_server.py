"""A process that has imported the program, and makes a child of itself for each run of it.

Each line on standard input is a plan: {"arguments", "env", "cwd", "out": file, "err": file}. Standard output
gets the exit status of the child, negative where a signal ended it. A child has the state of a new process
but for the imports, which take most of the time of a command. ONNX Runtime is not among them: its threads do
not survive a fork.
"""

from __future__ import annotations

import faulthandler
import gc
import importlib
import json
import os
import runpy
import sys
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).parents[2] / "app_faces.py"
LONGEST_S = 120
IMPORTED = (
    *(
        "face_match.launch",
        "face_match.cli",
        "face_match.gallery.archive",
        "face_match.gallery.security.purge",
    ),
    *("face_match.gallery.security.encryption", "face_match.gallery.storage.sqlite.store"),
    *("face_match.metadata.xmp", "PIL.Image", "cryptography.hazmat.primitives.ciphers.aead", "tqdm"),
)


def next_plan() -> dict[str, Any] | None:
    """In a child, what it is to do; in this process None, once there is nothing more to do."""
    for module in IMPORTED:
        importlib.import_module(module)
    gc.freeze()
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
    runpy.run_path(str(PROGRAM), run_name="__main__")


if __name__ == "__main__":
    sys.path[0] = str(PROGRAM.parent)
    plan = next_plan()
    if plan is not None:
        run(plan)
