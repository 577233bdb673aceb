"""The current folder may be anybody's, or gone: nothing in it is obeyed."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 300


class Trap:
    """Makes a folder where it is unpickled."""

    def __init__(self, at: Path) -> None:
        self._at = at

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self._at),)


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_plots_are_drawn_without_the_settings_of_matplotlib_that_lie_there(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "matplotlibrc")  # to read it is to wait for ever
    code = "import os; from face_match.report.page import _plots; _plots([]); print(os.getcwd())"
    done = run(tmp_path, "-c", code)
    assert done.stdout.strip() == str(tmp_path.resolve()), done.stderr


@pytest.mark.skipif(os.name == "nt", reason="folders of users are private there")
def test_the_folders_of_matplotlib_are_the_users_alone_whatever_the_umask(tmp_path: Path) -> None:
    """What others write into its settings would be obeyed."""
    code = "import os; os.umask(0); from face_match.report.page import _plots; _plots([]); print(os.umask(0))"
    homes = {name: str(tmp_path / name) for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    done = run(tmp_path, "-c", code, **homes)
    assert done.stdout.strip() == "0", done.stderr
    made = [*tmp_path.rglob("*")]
    assert made
    assert not [path for path in made if path.stat().st_mode & 0o077]


@pytest.mark.only_with_all("TensorFlow")
def test_the_original_mtcnn_reads_its_own_weights(tmp_path: Path, astronaut_file: Path) -> None:
    for name in ("pnet", "rnet", "onet"):
        (tmp_path / f"{name}.lz4").write_bytes(pickle.dumps(Trap(tmp_path / "caught")))
    match = ("match", str(astronaut_file), "--engine", "reference")
    done = run(tmp_path, str(ROOT / "app_faces.py"), *match, "--gallery", str(tmp_path / "gallery"))
    assert not (tmp_path / "caught").exists()
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [("import", "."), ("sort", ".", "sorted"), ("evaluate", "photos")])
def test_a_path_in_a_current_folder_that_has_gone_is_refused(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    program = [sys.executable, str(ROOT / "app_faces.py"), *command, "--gallery", str(tmp_path / "gallery")]
    start = f"import os, sys; os.rmdir(os.getcwd()); os.execv({sys.executable!r}, {program!r})"
    gone = tmp_path / "gone"
    gone.mkdir()
    done = run(gone, "-c", start)
    assert done.returncode == 2
    assert "the current folder has gone" in done.stderr
