"""The program opens no connection unless the user starts a download."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import importlib, json, pkgutil, socket, sys, urllib.request

tried = []

def refuse(*arguments, **_):
    tried.append(repr(arguments[-1]))
    raise OSError("no connection was asked for")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.getaddrinfo = socket.gethostbyname = refuse

import face_match
names = [m.name for m in pkgutil.walk_packages(face_match.__path__, "face_match.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)

from face_match.cli import main
gallery, astronaut, hopper = sys.argv[1:]
codes = [
    main(["add", astronaut, "--name", "Eileen Collins", "--gallery", gallery, "--model", "dlib"]),
    main(["match", astronaut, hopper, "--gallery", gallery, "--model", "dlib"]),
    main(["models", "list", "--gallery", gallery]),
    main(["doctor", "--gallery", gallery]),
]
unasked = list(tried)
asked = main(["models", "download", "facenet", "--gallery", gallery])
print(json.dumps([len(names), codes[:2], unasked, asked, len(tried)]))
"""


def test_only_a_download_that_was_asked_for_opens_a_connection(
    home: Path, tmp_path: Path, astronaut_file: Path, hopper_file: Path
) -> None:
    arguments = [str(tmp_path / "gallery"), str(astronaut_file), str(hopper_file)]
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=True, timeout=120
    )
    modules, codes, unasked, asked, tried = json.loads(result.stdout.splitlines()[-1])
    assert modules > 25
    assert codes == [0, 0]
    assert "Eileen Collins" in result.stdout
    assert unasked == []
    assert asked == 1  # the guard works: the download that was asked for was refused by it
    assert tried > 0
