"""What all tests share: photos, the built-in model, and a home of their own."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from benchmarks.random_facenet import RandomFaceNet, random_facenet
from face_match.core.errors import EngineMissingError
from face_match.gui.feature_check import switch_off_feature_check
from face_match.vision.pipeline import FacePipeline
from face_match.vision.reference import require_packages
from tests.extent import ALL, is_all, only_with_all, skipped_line
from tests.guard import sitecustomize as sockets_guard
from tests.memory_keyring import own_keyring
from tests.portraits import HOPPER, astronaut
from tests.postgres import postgres, server_address, user_with_password

__all__ = ["own_keyring", "postgres", "server_address", "user_with_password"]  # fixtures

SHARED_FACES = Path(__file__).parents[2] / "shared" / "faces"


Seen = dict[tuple[str, str], list[object]]
"""The values of a parameter of a test."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="also what takes long: docs/contributing.md lists it")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    switch_off_feature_check()  # pytest-qt has imported PySide
    if config.getoption("all"):
        os.environ[ALL] = "1"
        os.environ.setdefault("FACE_MATCH_TEST_INPUTS", ".")
    # a deadline would be on the clock, which a busy machine has little of
    settings.register_profile("face match", max_examples=100 if is_all() else 16, deadline=None)
    settings.load_profile("face match")
    _refuse_connections(config)


def _refuse_connections(config: pytest.Config) -> None:
    """Let nothing leave this computer, from here on and in every process of Python that a test starts."""
    folder = tempfile.TemporaryDirectory(prefix="fm-sockets-")
    config.add_cleanup(folder.cleanup)
    os.environ[sockets_guard.LOG] = str(Path(folder.name, "attempts"))
    paths = [str(Path(sockets_guard.__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    sys.addaudithook(sockets_guard.refuse)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """Fail the test that opened a connection, itself or in a process of its own."""
    log = Path(os.environ[sockets_guard.LOG])
    log.unlink(missing_ok=True)
    result = yield
    if os.path.exists(log):  # noqa: PTH110 - tests put something else in the place of Path.exists()
        pytest.fail(f"It opened connections:\n{log.read_text('utf-8')}", pytrace=False)
    return result


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what is only run with --all."""
    if is_all():
        return
    seen: Seen = {}
    for item in items:
        for marker in item.iter_markers("only_with_all"):
            item.add_marker(pytest.mark.skip(reason=only_with_all(*marker.args)))
        for marker in item.iter_markers("one_in"):
            count, what = marker.args
            if sum(places_of_parameters(item, seen)) % count:
                item.add_marker(pytest.mark.skip(reason=only_with_all(what)))


def places_of_parameters(item: pytest.Item, seen: Seen) -> Iterator[int]:
    """Where the values of a test's parameters are in the lists of them: a list for those that come together.

    Of tests whose places have a sum that a number divides, each value of one parameter is with every
    so-many-th of another.
    """
    params = item.callspec.params  # type: ignore[attr-defined]
    lists = [marker.args[0] for marker in item.iter_markers("parametrize")]
    together = [names.replace(" ", "").split(",") if isinstance(names, str) else names for names in lists]
    marked = {name for names in together for name in names}
    for name in [*(names[0] for names in together), *(name for name in params if name not in marked)]:
        values = seen.setdefault((item.nodeid.partition("[")[0], name), [])
        if not any(value is params[name] for value in values):
            values.append(params[name])
        yield next(place for place, value in enumerate(values) if value is params[name])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line what was skipped."""
    reports = terminalreporter.getreports("skipped")
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)
    terminalreporter.write_line(skipped_line(reasons))


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's folders for the whole run, empty at first: no test touches the real ones."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("HOME", "USERPROFILE"):
            patch.setenv(variable, str(folder))
        for variable, below in (
            ("XDG_CACHE_HOME", ".cache"),
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_DATA_HOME", ".local/share"),
            ("LOCALAPPDATA", "AppData/Local"),
            ("APPDATA", "AppData/Roaming"),
        ):
            patch.setenv(variable, str(folder / below))
        patch.delenv("FACE_MATCH_GALLERY", raising=False)
        patch.delenv("FACE_MATCH_MODELS", raising=False)
        patch.setenv("QT_QPA_PLATFORM", "offscreen")
        yield folder


@pytest.fixture(scope="session", autouse=True)
def interruptible() -> None:
    """Whoever starts the tests in the background has Ctrl+C ignored by all that they start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_faces() -> Path:
    """The labelled photos, which lie beside the checkout and are no part of it."""
    if not SHARED_FACES.is_dir():
        pytest.skip("the labelled photos (shared/faces beside the checkout) are not here")
    return SHARED_FACES


@pytest.fixture(scope="session")
def astronaut_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PNG of Eileen Collins, alone in a folder."""
    path = tmp_path_factory.mktemp("photos") / "astronaut.png"
    astronaut().save(path)
    return path


@pytest.fixture(scope="session")
def hopper_file() -> Path:
    """A JPEG with one face: Grace Hopper (US Navy, public domain)."""
    return HOPPER


@pytest.fixture(scope="session")
def pipeline() -> FacePipeline:
    """The built-in model, loaded once."""
    return FacePipeline.load("dlib")


@pytest.fixture(scope="session")
def reference_packages() -> None:
    """Skips without --all, and where the packages of the reference engine are not installed."""
    if not is_all():
        pytest.skip(only_with_all("TensorFlow"))
    try:
        require_packages()
    except EngineMissingError as exc:
        pytest.skip(f"the reference engine needs {exc.detail}, which is not installed")


@pytest.fixture(scope="session", name="random_facenet")
def _random_facenet(tmp_path_factory: pytest.TempPathFactory) -> RandomFaceNet:
    return random_facenet(tmp_path_factory.mktemp("facenet") / "weights.h5")


@pytest.fixture(scope="session")
def yunet_file() -> Path:
    """A real YuNet, which lies beside the checkout and is no part of it."""
    path = SHARED_FACES.parent / "models" / "yunet_n_dynamic.onnx"
    if not path.is_file():
        pytest.skip("the YuNet for tests (shared/models beside the checkout) is not here")
    return path


@pytest.fixture
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this test alone keeps models that are added."""
    folder = tmp_path / "added models"
    monkeypatch.setenv("FACE_MATCH_MODELS", str(folder))
    return folder


@pytest.fixture
def any_times(tmp_path: Path) -> Iterator[Path]:
    """A folder whose files may have any modification time, where the system has such a file system."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)
