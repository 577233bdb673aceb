"""Nothing is sent anywhere: every process of the program runs while its system calls are watched.

ONNX Runtime’s Linux and macOS wheels from 1.29 on contain a client that sends usage data to Microsoft. It
wakes seconds to a minute after the library was loaded, so the long runs stay open for two minutes. They run
at the same time, and the commands meanwhile.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from face_match.cli.parser import COMMANDS
from tests.e2e import sockets
from tests.e2e.conftest import ForkServer
from tests.e2e.sockets import Watch, Watched, watched
from tests.extent import is_all
from tests.made_models import arcface_like

ROOT = Path(__file__).parents[2]
RunWatched = Callable[..., Watched]

pytestmark = pytest.mark.skipif(not sockets.mechanisms(), reason=sockets.why_not())

SILENCERS = (
    *("ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS"),
    *("CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "CIRCLECI", "TRAVIS", "JENKINS_URL"),
    *("CODEBUILD_BUILD_ID", "BUILDKITE", "TEAMCITY_VERSION", "APPVEYOR", "BITBUCKET_BUILD_NUMBER"),
    "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI",
)
"""With one of these the client stays silent, whatever the program does, and the tests would show nothing."""

PATIENCE_S = 300

LOOK_UP = """
import socket
try:
    socket.getaddrinfo("face-match.invalid", 443)
except OSError:
    pass
"""
LOOK_UP_BY_A_CHILD = (
    f"import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', {LOOK_UP!r}], check=True)"
)
ASK_A_RESOLVER = """
import socket
with socket.socket(socket.AF_UNIX) as one:
    try:
        one.connect("/run/systemd/resolve/io.systemd.Resolve")
    except OSError:
        pass
"""
STAY_LOCAL = """
import os, socket, tempfile
one, other = socket.socketpair()
one.sendall(b"hello")
assert other.recv(5) == b"hello"
with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
    path = os.path.join(folder, "socket")
    server.bind(path)
    server.listen()
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
one.close(), other.close()
print("done")
"""

WINDOW_S = 120 if is_all() else 15
WINDOW = """
import json, os, sys, time, traceback
from pathlib import Path
from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication
from app_faces import main

opened_at = time.monotonic()
gallery, album, *photos = sys.argv[1:]

class Person(QObject):
    @Slot()
    def begin(self):
        try:
            self.work()
        except BaseException:
            traceback.print_exc()
            os._exit(3)

    def work(self):
        from pytestqt.qt_compat import qt_api
        from face_match.gui.main_window import MainWindow
        from tests.gui.conftest import Driver, PatientBot

        qt_api.set_qt_api("pyside6")
        (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
        driver = Driver(PatientBot(None), window)
        driver.qtbot.waitUntil(lambda: window.gallery.gallery is not None)
        driver.settle()
        driver.add(Path(photos[0]), "Eileen Collins")
        driver.open(*map(Path, photos))
        window.folder_import.scan([Path(album)])
        driver.settle()
        self.told = {
            "faces": driver.faces_of("Eileen Collins"),
            "unnamed": window.unnamed.count,
            "photo": window.photo.photo is not None,
        }
        rest_s = max(0, opened_at + SECONDS - time.monotonic())
        self.timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(window.close)
        self.timer.start(int(rest_s * 1000) + 1)

person = Person()
QMetaObject.invokeMethod(person, "begin", Qt.ConnectionType.QueuedConnection)  # once the window is up
status = main(["--gallery", gallery, *photos])
print(json.dumps(person.told | {"seconds": time.monotonic() - opened_at}))
sys.exit(status)
""".replace("SECONDS", str(WINDOW_S))

LIBRARY_S = 100
LIBRARY = """
import os, sys, time
import face_match
CONTROL
from pathlib import Path
import numpy as np
from face_match.vision.onnx.sessions import Network
from tests.extent import is_all
network = Network(Path(sys.argv[1]))
network(np.zeros((1, 3, 112, 112), np.float32))
time.sleep(SECONDS)
print("done")
""".replace("SECONDS", str(LIBRARY_S))
CONTROL = LIBRARY.replace("CONTROL", 'del os.environ["ORT_DISABLE_TELEMETRY"]')


def has_client() -> bool:
    """Whether the installed ONNX Runtime contains the client."""
    spec = importlib.util.find_spec("onnxruntime")
    assert spec is not None
    assert spec.origin is not None
    return any(b"OneCollector" in path.read_bytes() for path in Path(spec.origin).parent.rglob("*.so*"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("no sockets")


@pytest.fixture(scope="module")
def watched_env(child_env: dict[str, str], folder: Path) -> dict[str, str]:
    """The environment of a person who has set nothing that would silence the client."""
    env = {name: value for name, value in child_env.items() if name not in SILENCERS}
    own = {
        "XDG_CONFIG_HOME": str(folder / "config"),
        "FACE_MATCH_MODELS": str(folder / "models"),
        "FACE_MATCH_PASSPHRASE": "correct horse battery staple",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return env | own


@pytest.fixture(scope="module")
def people(folder: Path, astronaut_file: Path, hopper_file: Path) -> Path:
    """A folder for each of two people, with two photos each."""
    for name, file in (("Eileen Collins", astronaut_file), ("Grace Hopper", hopper_file)):
        place = folder / "people" / name
        place.mkdir(parents=True)
        shutil.copy(file, place)
        with Image.open(file) as image:
            image.convert("RGB").rotate(5).save(place / "again.png")
    return folder / "people"


@pytest.fixture(scope="module")
def model_file(folder: Path) -> Path:
    return arcface_like(folder / "mine.onnx")


@pytest.fixture(scope="module", autouse=True)
def long_runs(
    watched_env: dict[str, str], folder: Path, people: Path, model_file: Path
) -> Iterator[Mapping[str, Watch]]:
    """The processes that stay open, started together."""
    python = [sys.executable, "-c"]
    photos = sorted(people.rglob("*.*"))
    runs = {
        "window": Watch([*python, WINDOW, folder / "gallery", people, *photos], env=watched_env, cwd=folder),
    }
    if is_all():
        runs["library"] = Watch([*python, LIBRARY.replace("CONTROL", ""), model_file], env=watched_env)
    if is_all() and has_client():
        home = folder / "control"
        env = watched_env | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
        # refused: the test that nothing is sent sends nothing itself
        runs["control"] = Watch([*python, CONTROL, model_file], env=env, refuse=True)
    yield runs
    for run in runs.values():
        run.close()


@pytest.fixture(scope="module")
def run_watched(watched_env: dict[str, str], folder: Path) -> Iterator[RunWatched]:
    """Runs a command; without --all in a fork of a process that imports the program, which is watched too."""
    if is_all():
        program = [sys.executable, ROOT / "app_faces.py"]
        yield lambda command, **env: watched([*program, *command], env=watched_env | env, cwd=folder)
        return
    (folder / "forks").mkdir()
    log, read = folder / "calls", 0
    server = ForkServer(watched_env, folder / "forks", under=sockets.watching(log))

    def run(command: list[str], **env: str) -> Watched:
        nonlocal read
        result = server.run(command, folder, watched_env | env)
        new, read = log.read_bytes()[read:], log.stat().st_size
        attempts = sockets.attempts_in(new.decode("utf-8", "replace"))
        return Watched(result.returncode, result.stdout, result.stderr, attempts)

    yield run
    server.close()


@pytest.fixture(scope="module")
def commands(
    run_watched: RunWatched, folder: Path, people: Path, model_file: Path
) -> dict[str, list[Watched]]:
    """What came of each command of the command line, run on one gallery in an order that makes sense."""
    came: dict[str, list[Watched]] = {}
    photo, other = sorted((people / "Grace Hopper").iterdir())
    new = folder / "new.png"
    with Image.open(photo) as image:
        image.rotate(-5).save(new)

    def run(*arguments: str | Path, statuses: tuple[int, ...] = (0,)) -> dict[str, Any]:
        place = ["--gallery", folder / "gallery of commands", "--json"]
        result = run_watched([*map(str, (*arguments, *place))])
        assert result.returncode in statuses, (arguments, result)
        came.setdefault(str(arguments[0]), []).append(result)
        return json.loads(result.stdout)

    def ids(name: str) -> list[str]:
        return [sample["id"] for sample in run("show", name)["samples"]]

    run("import", people, "--people-from-folders")
    run("match", photo)
    run("add", new, "--name", "Somebody")
    run("people")
    run("check")
    run("calibrate", statuses=(0, 1))  # there may be too little to learn from
    saved = run("backup")["backup"]
    run("rename", "Grace Hopper", "Grace")
    run("import", people, "--people-from-folders", "--dry-run")
    run("conflicts")
    run("history")
    run("undo")
    run("redo")
    run("undo")
    run("cover", ids("Grace Hopper")[1])
    run("born", "Grace Hopper", "1906")
    run("move", ids("Grace Hopper")[1], "Admiral")
    run("merge", "Admiral", "Grace Hopper")
    run("remove", ids("Grace Hopper")[1])
    run("restore", saved)
    run("thin")
    run("export", folder / "archive.zip")
    run("import-archive", folder / "archive.zip")
    run("sort", people, folder / "sorted")
    run("photos", "Grace Hopper", "--copy-to", folder / "copies")
    run("turn", photo)
    run("write-names", photo, other)
    run("write-names", photo, "--forms", "mwg,microsoft,persons,keywords", "--into-files")
    run("evaluate", people, "--report", folder / "report")
    run("models", "list")
    run("models", "add", model_file, "--licence", "CC0", "--source", "made for a test")
    run("models", "use", "mine")
    run("models", "remove", "mine")
    run("doctor")
    run("store", "database")
    run("encrypt")
    new = folder / "new passphrase"
    new.write_text("another one")
    run("passphrase", "--new-passphrase-file", new)
    run("decrypt", "--passphrase-file", new)
    run("purge", "Grace Hopper", "--yes")
    run("clear", "--yes")
    return came


# The watcher itself


@pytest.mark.parametrize("mechanism", [sockets.STRACE, sockets.SECCOMP])
@pytest.mark.parametrize(
    "code", [LOOK_UP, LOOK_UP_BY_A_CHILD, ASK_A_RESOLVER], ids=["own", "child", "resolver"]
)
def test_a_look_up_of_a_name_is_seen(mechanism: str, code: str) -> None:
    if mechanism not in sockets.mechanisms():
        pytest.skip(f"{mechanism} does not work here")
    isolated = [sys.executable, "-I", "-c", code]  # where no hook refuses it
    result = watched(isolated, mechanism=mechanism)
    assert result.returncode == 0, result.stderr
    assert result.attempts


@pytest.mark.parametrize("mechanism", [sockets.STRACE, sockets.SECCOMP])
def test_sockets_within_the_machine_are_none_of_its_business(mechanism: str) -> None:
    if mechanism not in sockets.mechanisms():
        pytest.skip(f"{mechanism} does not work here")
    result = watched([sys.executable, "-c", STAY_LOCAL], mechanism=mechanism)
    assert result.stdout == "done\n", result.stderr
    assert result.attempts == []


def test_what_is_refused_is_seen_and_opens_nothing() -> None:
    code = "import socket\nsocket.socket()"
    result = Watch([sys.executable, "-c", code], refuse=True).finish(60)
    assert "PermissionError" in result.stderr
    assert len(result.attempts) == 1


# The program


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_opens_a_socket(commands: dict[str, list[Watched]], command: str) -> None:
    assert command in commands, "add it to the fixture"
    assert [attempt for result in commands[command] for attempt in result.attempts] == []


def test_the_first_start_builds_its_networks_without_a_socket(
    watched_env: dict[str, str], folder: Path, hopper_file: Path
) -> None:
    env = watched_env | {"XDG_CACHE_HOME": str(folder / "empty cache")}
    command = [sys.executable, ROOT / "app_faces.py", "match", hopper_file, "--gallery", folder / "none"]
    result = watched(command, env=env, cwd=folder, timeout_s=PATIENCE_S)
    assert result.returncode == 0, result.stderr
    assert len([*(folder / "empty cache" / "face-match").glob("*.onnx")]) == 4
    assert result.attempts == []


def test_the_trial_of_a_model_in_its_own_process_opens_no_socket(commands: dict[str, list[Watched]]) -> None:
    added = next(result for result in commands["models"] if "checks" in json.loads(result.stdout))
    assert len(json.loads(added.stdout)["checks"]) == 3, "it was tried"
    assert added.attempts == []


def test_the_download_that_was_asked_for_is_the_exception_and_is_seen(
    watched_env: dict[str, str], folder: Path, run_watched: RunWatched
) -> None:
    nowhere = {"https_proxy": "http://127.0.0.1:9", "no_proxy": "", "HOME": str(folder / "empty")}
    download = ["models", "download", "facenet"]
    command = [sys.executable, ROOT / "app_faces.py", *download]
    refused = Watch(command, env=watched_env | nowhere, cwd=folder, refuse=True).finish(PATIENCE_S)
    for result in (refused, run_watched(download, **nowhere)):
        assert result.returncode == 1
        assert "https://github.com/" in result.stderr
        assert result.attempts


def test_only_one_module_loads_the_library() -> None:
    """It is inside the package that sets the variable, so nobody can load the library before."""
    loads = re.compile(r"^\s*(import|from) onnxruntime\b", re.MULTILINE)
    sources = [
        path for place in ("face_match", "benchmarks", "tests") for path in (ROOT / place).rglob("*.py")
    ]
    found = [path for path in (*sources, ROOT / "app_faces.py") if loads.search(path.read_text("utf-8"))]
    assert found == [ROOT / "face_match" / "vision" / "onnx" / "sessions.py"]


def test_a_person_who_has_set_the_variable_otherwise_is_not_listened_to(watched_env: dict[str, str]) -> None:
    code = "import os, face_match, subprocess; subprocess.run(['printenv', 'ORT_DISABLE_TELEMETRY'])"
    env = watched_env | {"ORT_DISABLE_TELEMETRY": "0"}
    assert watched([sys.executable, "-c", code], env=env).stdout == "1\n"


@pytest.mark.only_with_all("minutes without a socket")
def test_the_library_opens_no_socket(long_runs: Mapping[str, Watch]) -> None:
    result = long_runs["library"].finish(PATIENCE_S)
    assert result.stdout == "done\n", result.stderr
    assert result.attempts == []


@pytest.mark.only_with_all("minutes without a socket")
def test_without_the_variable_the_client_is_seen(long_runs: Mapping[str, Watch]) -> None:
    if "control" not in long_runs:
        pytest.skip("the installed ONNX Runtime contains no client")
    result = long_runs["control"].finish(PATIENCE_S)
    assert result.stdout == "done\n", result.stderr
    assert result.attempts


def test_the_window_opens_no_socket_while_it_is_used(long_runs: Mapping[str, Watch]) -> None:
    result = long_runs["window"].finish(PATIENCE_S)
    assert result.returncode == 0, result.stderr
    told = json.loads(result.stdout.splitlines()[-1])
    assert told.pop("seconds") >= WINDOW_S
    assert told == {"faces": 1, "unnamed": 3, "photo": True}
    assert result.attempts == []


def test_nothing_of_the_client_is_left_in_the_persons_folders(
    commands: dict[str, list[Watched]], long_runs: Mapping[str, Watch], home: Path
) -> None:
    """It keeps what it has not sent yet, and a number for the machine, from the moment it is loaded."""
    assert commands
    assert long_runs
    found = [path for path in home.rglob("*") if path.name in ("deviceid", "onnxruntime.db")]
    assert found == []
