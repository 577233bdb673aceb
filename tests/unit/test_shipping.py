"""What the program as one file contains, and the licences of it."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from face_match.core.installation import LICENCES
from face_match.gui.start import PLATFORM_LIBRARIES
from shipping.contents import MODEL_FILES, NOT_PACKED, NOT_RUN, ROOT, data_files, is_needed, model_files
from shipping.licences import all_works, of_package, packages


def test_every_data_file_that_is_kept_with_the_program_is_packed() -> None:
    kept = subprocess.run(
        ["git", "ls-files", "-z", "face_match"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = {Path(name) for name in kept.stdout.split("\0") if name}
    wanted = {file for file in files if file.suffix not in (".py", ".ts")}
    packed = {Path(place, path.name) for path, place in data_files()}
    guide = Path("face_match", "user-guide.md")  # where `user_guide()` looks for it outside a checkout
    assert wanted
    assert wanted | {guide} <= packed
    places = {path.relative_to(ROOT) for path, _ in data_files()}
    assert places - {Path("docs", guide.name)} == packed - {guide}, "each is found where it is here"
    assert not [path for path in packed if path.suffix in NOT_RUN]


def test_the_models_that_come_as_packages_are_packed() -> None:
    packed = {Path(place, path.name).as_posix() for path, place in model_files()}
    assert {f"mtcnn/assets/weights/{name}net.lz4" for name in "pro"} <= packed
    assert "face_recognition_models/models/dlib_face_recognition_resnet_model_v1.dat" in packed
    assert "keras_facenet/metadata.py" in packed
    assert {name.split("/")[0] for name in packed} == {*MODEL_FILES}


IMPORTS = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sys.modules)
"""


def test_no_module_is_left_out_that_an_import_of_the_program_needs() -> None:
    """Also of those inside functions, which are imported late. TensorFlow and Dask are left out."""
    names = set()
    for path in (ROOT / "face_match").rglob("*.py"):
        if path.name == "reference.py" or path.parent.name == "cluster":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {one.name for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(str(node.module))
    names = {name for name in names if not name.startswith("face_match.workflows.cluster")}
    found = [name for name in sorted(names) if find_spec(name.split(".")[0]) is not None]
    assert {"sklearn.linear_model", "scipy.sparse", "matplotlib.figure", "faiss", "keyring"} <= {*found}
    command = [sys.executable, "-c", IMPORTS, *found]
    imported = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert {*imported.stdout.split()} & {*NOT_PACKED} == set()


@pytest.mark.parametrize("spec", sorted((ROOT / "shipping").glob("*.spec")), ids=lambda path: path.name)
def test_what_a_description_imports_of_the_program_is_there(spec: Path) -> None:
    """PyInstaller alone runs the descriptions, and building takes minutes."""
    wanted = [
        (str(node.module), name.name)
        for node in ast.walk(ast.parse(spec.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] in ("face_match", "shipping")
        for name in node.names
    ]
    assert wanted
    assert [(module, name) for module, name in wanted if not hasattr(import_module(module), name)] == []


def test_every_package_is_listed_with_its_licence() -> None:
    """`python -m shipping.licences` brings the list up to date."""
    listed = dict(line.split(": ", 1) for line in LICENCES.read_text("utf-8").splitlines() if ": " in line)
    works = [of_package(package) for package in packages()]
    assert {"numpy", "pyside6-essentials", "pillow"} <= {work.name for work in works}
    assert [work.name for work in works if not listed.get(work.name, "").startswith(work.licence)] == []
    assert "" not in listed.values()


def test_every_text_of_a_licence_that_a_package_comes_with_is_told() -> None:
    kept = {
        (package, Path(str(package.locate_file(file))).read_text("utf-8", "replace"))
        for package in packages()
        for file in package.files or ()
        if ".dist-info/licenses/" in file.as_posix()
    }
    assert len(kept) > 5
    assert [package.name for package, text in kept if text not in of_package(package).texts] == []


def test_nothing_is_packed_that_may_only_be_given_away_under_the_gpl() -> None:
    def is_free(licence: str) -> bool:
        ways = licence.replace("LGPL", "Lesser").split(" OR ")
        return any("GPL" not in way or "exception" in way.lower() for way in ways)

    assert not is_free("GPL-3.0-only")
    assert [work.name for work in all_works() if not is_free(work.licence)] == []


def test_the_entry_in_menus_opens_photos_with_the_program() -> None:
    """As the specification of desktop entries wants it; the kinds are those that the program reads."""
    entry = configparser.RawConfigParser(delimiters="=")
    entry.optionxform = str  # type: ignore[assignment]
    entry.read(ROOT / "shipping" / "face-match.desktop", encoding="utf-8")
    told = entry["Desktop Entry"]
    assert (told["Type"], told["Exec"], told["Icon"]) == ("Application", "face-match %F", "face-match")
    kinds = told["MimeType"].removesuffix(";").split(";")
    assert {"image/jpeg", "image/png", "image/heic"} <= {*kinds}
    assert all(kind.startswith("image/") for kind in kinds)
    assert {key for key in told if key.startswith("Comment[")} == {"Comment[de]", "Comment[es]"}


def test_the_workflow_that_builds_does_so_on_every_system_as_the_page_says() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML, which requirements-dev.txt asks for, is not installed")
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ship.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    systems = [name.split("-")[0] for name in job["strategy"]["matrix"]["system"]]
    assert systems == ["ubuntu", "windows", "macos"]
    commands = "\n".join(step.get("run", "") for step in job["steps"])
    packed = {*PLATFORM_LIBRARIES.values()}
    assert packed <= {*commands.split()}
    page = (ROOT / "docs" / "shipping.md").read_text("utf-8")
    assert [line for line in ("python -m shipping", "python -m shipping --deb") if line not in commands] == []
    assert "requirements-ship.txt && python -m shipping" in page


@pytest.mark.skipif(sys.platform != "linux", reason="the hook is for Linux")
@pytest.mark.parametrize(("before", "after"), [(None, None), ("/opt/lib", "/opt/lib")])
def test_other_programs_do_not_get_the_packed_libraries(before: str | None, after: str | None) -> None:
    env = {"LD_LIBRARY_PATH": "/tmp/_MEI1"} | ({"LD_LIBRARY_PATH_ORIG": before} if before else {})
    code = (
        "import os, runpy; runpy.run_path('shipping/start_hook.py'); print(os.environ.get('LD_LIBRARY_PATH'))"
    )
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.strip() == str(after)


@pytest.mark.parametrize(
    ("place", "is_packed"),
    [
        ("libkrb5.so.3", False),
        ("libgssapi_krb5.so.2", False),
        ("libkrb5-f18b4d11.so.3.3", True),
        ("psycopg_binary.libs/libpq-e9b5c9ac.so.5.18", True),
        ("psycopg_binary.libs/libgssapi_krb5-923083ce.so.2.2", True),
    ],
)
def test_the_libraries_of_psycopg_are_packed_and_those_that_only_qts_network_wants_are_not(
    place: str, is_packed: bool
) -> None:
    assert is_needed(place) is is_packed
