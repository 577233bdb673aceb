"""The program as one file, built and used where there is nothing else."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.core.gallery_place import ServerAddress
from face_match.core.version import GALLERY_FORMAT, __version__
from tests.e2e.shipped.bare_root import HOME, LIBRARIES, BareRoot, can_be_entered
from tests.made_heif import TILE_PX, made_heif
from tests.made_raw import made_dng

BUILT = "FACE_MATCH_EXECUTABLE"
"""Environment variable with an executable that was built before; else the tests build one."""
MOST_BYTES = 250_000_000
DISPLAY = ":83"

pytestmark = [
    pytest.mark.only_with_all("the program as one file, which takes minutes to build"),
    pytest.mark.skipif(not can_be_entered(), reason="this system has no roots of their own for processes"),
]


@pytest.fixture(scope="module")
def executable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if BUILT in os.environ:
        return Path(os.environ[BUILT])
    if importlib.util.find_spec("PyInstaller") is None:
        pytest.skip("PyInstaller is not installed")
    from shipping.__main__ import build

    return build(tmp_path_factory.mktemp("built"), as_folder=False)


def unpacked(root: BareRoot) -> list[Path]:
    """The programs that the one file has unpacked."""
    return [*(root.folder / HOME[1:] / ".cache" / "face-match" / "program").iterdir()]


@pytest.fixture(scope="module")
def root(
    executable: Path, astronaut_file: Path, hopper_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> BareRoot:
    """With two photos and a passphrase in a file."""
    root = BareRoot(tmp_path_factory.mktemp("root") / "root", executable)
    shutil.copy(astronaut_file, root.folder / "photos" / "eileen.png")
    shutil.copy(hopper_file, root.folder / "photos" / "grace.jpg")
    (root.folder / "passphrase").write_text("correct horse battery staple\n", "utf-8")
    return root


@pytest.fixture(scope="module")
def run(root: BareRoot) -> Callable[..., Any]:
    """Run a command that is to succeed; returns its document."""

    def run(*arguments: object) -> Any:
        result = root.run(*arguments, "--json")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return run


@pytest.fixture(scope="module")
def named(run: Callable[..., Any]) -> Path:
    """A gallery with Eileen and Grace, as its path inside."""
    for photo, name in (("eileen.png", "Eileen"), ("grace.jpg", "Grace")):
        run("add", f"/photos/{photo}", "--name", name)
    return Path(HOME, ".local/share/face-match/gallery")


def test_it_is_small_enough_and_tells_its_version(executable: Path, run: Callable[..., Any]) -> None:
    assert executable.stat().st_size <= MOST_BYTES
    assert run("--version") == {"version": __version__, "gallery_format": GALLERY_FORMAT}


def test_nothing_is_wrong_and_everything_is_below_the_users_home(
    run: Callable[..., Any], root: BareRoot
) -> None:
    report = run("doctor")
    assert report["problems"] == []
    places = {name: report["folders"][name] for name in ("gallery", "settings", "cache", "added models")}
    assert [place for place in places.values() if not place.startswith(HOME)] == []
    assert report["models"]["mtcnn"] == "ready"
    assert [*unpacked(root)[0].rglob("face_match/user-guide.md")], "Help → User guide shows it"


def test_faces_are_added_matched_and_found_again(
    named: Path, run: Callable[..., Any], root: BareRoot
) -> None:
    (photo,) = run("match", "/photos/grace.jpg")["photos"]
    (face,) = photo["faces"]
    assert face["matches"][0]["person"] == "Grace"
    assert run("import", "/photos", "--gallery", "/tmp/new")["faces"] == 2
    assert (root.folder / str(named)[1:] / "faces_db" / "Grace").is_dir()


def test_pictures_of_every_kind_are_read(run: Callable[..., Any], root: BareRoot, hopper_file: Path) -> None:
    folder = root.folder / "kinds"
    folder.mkdir()
    with Image.open(hopper_file) as photo:
        for kind in ("webp", "tiff", "bmp", "gif", "avif", "ppm"):
            photo.save(folder / f"grace.{kind}")
        preview = io.BytesIO()
        photo.save(preview, "JPEG")
    (folder / "grace.dng").write_bytes(made_dng(preview.getvalue(), size=photo.size, preview_size=photo.size))
    photos = run("match", *(f"/kinds/{path.name}" for path in folder.iterdir()))["photos"]
    assert {photo["photo"]: len(photo["faces"]) for photo in photos} == {
        f"/kinds/{path.name}": 1 for path in folder.iterdir()
    }
    (folder / "tile.heic").write_bytes(made_heif())
    (tile,) = run("match", "/kinds/tile.heic")["photos"]
    assert (tile["width"], tile["height"], tile["error"]) == (TILE_PX, TILE_PX, None)


def test_an_added_model_is_tried_and_run_in_a_process_of_its_own(
    run: Callable[..., Any], root: BareRoot, yunet_file: Path
) -> None:
    shutil.copy(yunet_file, root.folder / "photos" / "yunet.onnx")
    run("models", "add", "/photos/yunet.onnx", "--licence", "MIT", "--source", "a test")
    (photo,) = run("match", "/photos/grace.jpg", "--detector", "yunet")["photos"]
    assert len(photo["faces"]) == 1
    left = [path.name for path in (root.folder / "tmp").iterdir() if path.name.startswith(("tmp", "_MEI"))]
    assert left == [], "neither the program nor the process that was ended leaves anything"


def test_it_is_unpacked_once_and_again_where_a_file_is_missing(
    run: Callable[..., Any], root: BareRoot
) -> None:
    run("--version")
    (program,) = unpacked(root)
    at = program.stat().st_ino
    next(program.rglob("base_library.zip")).unlink()
    run("--version")
    assert [path.name for path in unpacked(root)] == [program.name]
    assert program.stat().st_ino != at
    at = program.stat().st_ino
    run("--version")
    assert program.stat().st_ino == at


def test_it_runs_where_nothing_can_be_kept(run: Callable[..., Any], root: BareRoot) -> None:
    home = root.folder / "home" / "nobody"
    home.mkdir()
    (home / ".cache").write_text("a file")
    found = root.run("--version", "--json", env={"HOME": "/home/nobody"})
    assert json.loads(found.stdout)["version"] == __version__
    assert [path for path in (root.folder / "tmp").iterdir() if path.name.startswith("face-match")] == []


def test_an_exit_status_and_an_error_come_through(root: BareRoot) -> None:
    assert root.run("match", "/nothing.jpg").returncode == 1
    assert root.run("match").returncode == 2


def test_a_gallery_is_encrypted_and_opened_with_its_passphrase(
    named: Path, run: Callable[..., Any], root: BareRoot
) -> None:
    shutil.copytree(root.folder / str(named)[1:], root.folder / "secret")
    place = ("--gallery", "/secret", "--passphrase-file", "/passphrase")
    run("encrypt", *place)
    locked = root.run("people", "--gallery", "/secret")
    assert locked.returncode == 1
    for store in ("database", "json"):
        assert {one["name"] for one in run("people", *place)["people"]} == {"Eileen", "Grace"}
        run("store", store, *place)
    assert run("match", "/photos/grace.jpg", *place)["photos"][0]["faces"][0]["person"] == "Grace"


def test_a_gallery_on_a_server_is_used(
    run: Callable[..., Any], root: BareRoot, server_address: ServerAddress
) -> None:
    root.shared = Path(server_address.host)
    place = ("--gallery", server_address)
    run("add", "/photos/eileen.png", "--name", "Eileen", *place)
    assert [one["name"] for one in run("people", *place)["people"]] == ["Eileen"]
    (photo,) = run("match", "/photos/eileen.png", *place)["photos"]
    assert photo["faces"][0]["person"] == "Eileen"


def test_an_evaluation_has_its_page_with_curves(run: Callable[..., Any], root: BareRoot) -> None:
    from tests.portraits import make_photos, portraits

    for person, name in zip(portraits(), ("Eileen", "Grace"), strict=True):
        make_photos(person, 3, root.folder / "labelled" / name)
    run("evaluate", "/labelled", "--report", "/tmp/report")
    assert [*(root.folder / "tmp" / "report").glob("*.svg"), *(root.folder / "tmp" / "report").glob("*.png")]


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """A screen of its own; the environment that shows windows on it."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("Xvfb and xdotool are not installed")
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1280x800x24"], stderr=subprocess.DEVNULL)
    socket = Path("/tmp/.X11-unix") / f"X{DISPLAY[1:]}"
    while not socket.exists():
        assert server.poll() is None
        time.sleep(0.05)
    yield {"DISPLAY": DISPLAY}
    server.terminate()
    server.wait()


def test_the_window_opens_with_a_photo(
    named: Path, root: BareRoot, screen: dict[str, str], tmp_path: Path
) -> None:
    window = root.start("/photos/grace.jpg", env=screen)
    env = {**os.environ, **screen}
    deadline = time.monotonic() + 60
    title = ""
    while "grace.jpg" not in title and time.monotonic() < deadline:
        assert window.poll() is None, window.communicate()
        time.sleep(0.2)
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "Face Match", "getwindowname"],
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        title = found.stdout
    window.terminate()
    _, err = window.communicate(timeout=30)
    assert "grace.jpg" in title
    assert [line for line in err.splitlines() if "Fontconfig" not in line] == []


def test_a_library_of_the_system_that_is_missing_is_named_and_no_other(
    root: BareRoot, screen: dict[str, str]
) -> None:
    library = root.folder / str(LIBRARIES)[1:] / "libEGL.so.1"
    away = library.rename(root.folder / "tmp" / library.name)
    try:
        result = root.run(env=screen)
    finally:
        away.rename(library)
    assert result.returncode == 1
    assert "system libraries that are missing: libegl1. Install them" in result.stderr


def test_no_test_tool_and_no_tensorflow_is_inside(run: Callable[..., Any], root: BareRoot) -> None:
    if importlib.util.find_spec("PyInstaller") is None:
        pytest.skip("PyInstaller is not installed")
    from PyInstaller.archive.readers import CArchiveReader

    run("--version")
    (program,) = unpacked(root)
    modules = CArchiveReader(str(program / "face-match")).open_embedded_archive("PYZ.pyz").toc
    files = [path.relative_to(program / "_internal") for path in (program / "_internal").rglob("*")]
    tops = {name.split(".")[0] for name in modules} | {path.parts[0] for path in files}
    assert "face_match" in tops
    assert not tops & {"tensorflow", "keras", "pytest", "hypothesis", "skimage", "dlib", "cv2", "tests"}
    assert not [path for path in files if "readline" in path.name], "it is under the GPL"
    assert sys.version_info[:2] >= (3, 10)
