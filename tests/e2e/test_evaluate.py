"""How well people in a folder of photos are told apart, by one command."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from PIL import Image, ImageEnhance

Program = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]
LONGEST_S = 1200
"""The photos of a hundred people are read twice, and other programs may have most of the processor."""
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def photos(astronaut_file: Path, hopper_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people with three photos each, and what is no photo of a face; not to be changed."""
    folder = tmp_path_factory.mktemp("evaluated") / "Ann & Bob <2>"
    for name, file in (("Eileen", astronaut_file), ("Grace <Hopper>", hopper_file)):
        (folder / name).mkdir(parents=True)
        with Image.open(file) as image:
            face = image.convert("RGB")
        for number, brightness in enumerate((1.0, 0.8, 0.6)):
            photo = ImageEnhance.Brightness(face).enhance(brightness)
            photo.save(folder / name / f"{number}.jpg", quality=90)
    (folder / "Eileen" / "broken.jpg").write_bytes(b"\xff\xd8 not much")
    Image.new("RGB", (200, 200), "grey").save(folder / "Eileen" / "nobody.png")
    shutil.copy(folder / "Eileen" / "0.jpg", folder / "Eileen" / "zero again.jpg")
    shutil.copy(folder / "Eileen" / "0.jpg", folder / "nobody's.jpg")
    return folder


def test_the_figures_are_told_as_one_document(program: Program, photos: Path) -> None:
    result = program("evaluate", photos, "--json")
    assert result.returncode == 1, "three photos failed"
    document = json.loads(result.stdout)
    assert document["model"] == "dlib"
    assert document["partial"] is False
    assert (document["photos"], document["faces"], document["people"]) == (9, 6, 2)
    assert (document["genuine_pairs"], document["impostor_pairs"]) == (6, 9)
    assert (document["eer"], document["auc"], document["rank1"], document["rank5"]) == (0, 1, 1, 1)
    assert document["tar_at_fmr"] == {}, "nine impostor pairs cannot tell of one in ten"
    assert document["threshold_at_fmr"] == {}
    assert (document["fpir"], document["fnir"]) == (0, 0)
    assert document["confidence_95"] is None, "two people are too few"
    assert document["folds"] is None
    assert (document["by_gallery_size"], document["groups"], document["compared"]) == ([], [], None)
    assert document["hard_negatives"] is None
    assert document["seconds_per_photo"] > 0
    kinds = {Path(failed["photo"]).name: failed["kind"] for failed in document["failed"]}
    assert kinds == {
        "broken.jpg": "ImageUnreadableError",
        "nobody.png": "NoFaceError",
        "zero again.jpg": "SamePhotoError",
    }
    for name in kinds:
        assert f"Eileen/{name}" in result.stderr
    assert "Eileen/zero again.jpg is the same photo as Eileen/0.jpg" in result.stderr
    assert [failed["name"] for failed in document["failed"]] == [f"Eileen/{name}" for name in kinds]
    assert all(failed["name"] in failed["message"] for failed in document["failed"])
    assert "1 photo that lies in no person’s folder" in result.stderr


def test_the_figures_are_told_in_sentences(program: Program, photos: Path) -> None:
    lines = program("evaluate", photos, "--hard-negatives").stdout.splitlines()
    assert lines[0].startswith("built-in (dlib): 6 photos of 2 people, compared in 6 pairs of one person")
    text = "\n".join(lines)
    assert "Rank-1 identification rate" in text
    assert "0.9400  At this threshold none of the comparisons of two different people would be" in text
    assert "0 of     9 a match" in text
    assert "Eileen / Grace <Hopper>" in text
    assert "nan" not in text


def test_the_report_is_one_page_that_needs_nothing_else(
    program: Program, photos: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports" / "the first"
    result = program("evaluate", photos, "--report", folder, "--hard-negatives")
    assert "report.html" in result.stdout
    page = (folder / "report.html").read_text("utf-8")
    assert not re.search(r"https?:|<script|<link|@import|url\(|\bsrc=\"(?!data:)|srcset=\"(?!data:)", page)
    assert "prefers-color-scheme: dark" in page
    assert page.count("data:image/png;base64,") == 8, "four plots, each for white and for dark pages"
    text = unescape(page)
    assert "Ann & Bob <2>" in text
    assert "<Hopper>" not in page, "names are escaped"
    for word in (
        "broken.jpg",
        "nobody.png",
        "zero again.jpg",
        "false match rate",
        "Eileen/broken.jpg is not a readable image",
        "the largest is taken",
    ):
        assert word in text
    assert "PARTIAL" not in page
    assert "nan" not in re.sub(r"base64,[^\"]+", "", page)
    written = {path.name for path in folder.iterdir()}
    assert written == {"report.html", "roc.png", "precision-recall.png", "det.png", "similarities.png"}
    for path in folder.glob("*.png"):
        assert path.read_bytes().startswith(PNG)


@pytest.mark.parametrize(
    ("arguments", "models"),
    [
        (("--model", "facenet", "--model", "dlib"), ["facenet", "dlib"]),
        (("--compare", "facenet"), ["dlib", "facenet"]),
        pytest.param(
            *(("--model", "dlib", "--compare", "dlib", "dlib@reference"), ["dlib", "dlib"]),
            marks=pytest.mark.only_with_all("TensorFlow"),
        ),
    ],
)
def test_models_are_named_in_several_ways(
    program: Program, photos: Path, arguments: tuple[str, ...], models: list[str]
) -> None:
    result = program("evaluate", photos, "--json", *arguments)
    documents = json.loads(result.stdout)["models"]
    assert [document["model"] for document in documents] == models
    if models == ["dlib", "dlib"]:
        compared = documents[1]["compared"]
        assert compared["with"] == "dlib"
        assert compared["verdict"] == "not comparable"
        assert compared["reason"] == "both could use photos of 2 people only, and 5 are needed"
    if models[0] == models[1]:
        assert [document["engine"] for document in documents] == ["onnx", "reference"]


def test_models_are_compared_and_one_that_is_missing_is_told_of(
    program: Program, photos: Path, tmp_path: Path
) -> None:
    arguments = ("evaluate", photos, "--compare", "facenet", "dlib", "--json", "--report", tmp_path / "r")
    result = program(*arguments)
    assert result.returncode == 1
    document = json.loads(result.stdout)
    assert document["model"] == "dlib", "the first of which there is anything to tell"
    missing, built_in = document["models"]
    assert missing["error"]["kind"] == "ModelMissingError"
    assert built_in["faces"] == document["faces"] == 6
    page = (tmp_path / "r" / "report.html").read_text("utf-8")
    assert "The models side by side" in page
    assert "FaceNet’s weights are not installed" in page


def test_a_model_that_is_missing_alone_is_a_failure(program: Program, photos: Path) -> None:
    result = program("evaluate", photos, "--model", "facenet", "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["kind"] == "ModelMissingError"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--folds", "2"), "there are 2 people"),
        (("--compare", "dlib@mainframe"), "no engine mainframe"),
        (("--folds", "0"), "whole number"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(
    program: Program, photos: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = program("evaluate", photos, *arguments)
    assert result.returncode == 2
    assert says in result.stderr


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (b"name,kind\n001,x\n", "no column has the names of the folders, such as “Eileen”"),
        (b"Eileen,x\n", "no rows below its header"),
        ("name,kind\nZoë,x\n".encode("latin-1"), "it is not UTF-8"),
        (None, "the file does not exist"),
    ],
)
def test_a_table_that_says_nothing_of_these_people_is_refused_before_the_work(
    program: Program, photos: Path, tmp_path: Path, table: bytes | None, says: str
) -> None:
    file = tmp_path / "people.csv"
    if table is not None:
        file.write_bytes(table)
    result = program("evaluate", photos, "--groups", file, "--json")
    assert result.returncode == 1
    error = json.loads(result.stdout)["error"]
    assert error["kind"] == "LabelsUnreadableError"
    assert says in error["message"]
    assert "broken.jpg" not in result.stderr


def test_people_of_a_table_who_have_no_folder_are_counted(
    program: Program, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "people.csv").write_text("name,<kind>\nEileen,=1+1\nAda,x\n", "utf-8")
    report = ("--report", tmp_path / "report")
    result = program("evaluate", photos, "--groups", tmp_path / "people.csv", "--json", *report)
    document = json.loads(result.stdout)
    assert document["labels"] | {"file": ""} == {
        "file": "",
        "not_in_folder": 1,
        "not_in_table": 1,
        "contradicted": 0,
    }
    (column,) = document["groups"]
    assert column["too_small"] == [{"group": "=1+1", "people": 1}]
    assert "people.csv: 1 person in the table, without a folder." in result.stderr
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    assert "people.csv: 1 person in the table, without a folder." in page
    assert "&lt;kind&gt;" in page


@pytest.mark.only_with_all("evaluation of a hundred people")
def test_groups_and_sizes_of_galleries_are_told_of_a_hundred_people(
    program: Program, shared_faces: Path, tmp_path: Path
) -> None:
    folder = shared_faces / "london102"
    result = program(
        *("evaluate", folder, "--groups", folder / "people.csv", "--compare", "dlib", "dlib@reference"),
        *("--report", tmp_path, "--json"),
        timeout=LONGEST_S,
    )
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    sizes = document["by_gallery_size"]
    assert [at["people"] for at in sizes] == [5, 10, 25, 50]
    assert [at["strangers"] for at in sizes] == [97, 92, 77, 52]
    for at in sizes:
        low, high = at["confidence_95"]["fpir"]
        assert low <= at["fpir"] <= high < 0.1
    assert sizes[0]["fpir"] < sizes[-1]["fpir"]
    columns = {column["column"]: column for column in document["groups"]}
    assert [*columns] == ["face_age", "face_gender", "face_eth"]
    assert {group["group"]: group["people"] for group in columns["face_gender"]["groups"]} == {
        "male": 53,
        "female": 49,
    }
    assert columns["face_age"]["groups"][0]["group"] == "20–29"
    assert columns["face_eth"]["too_small"] == [{"group": "east_asian/white", "people": 1}]
    of_group = {group["group"]: group for group in columns["face_eth"]["groups"]}
    assert of_group["black"]["fpir"] > 10 * of_group["white"]["fpir"], "at one threshold for all"
    compared = document["models"][1]["compared"]
    assert (compared["photos"], compared["people"], compared["verdict"]) == (204, 102, "undecided")
    assert compared["tar_at_fmr"]["0.001"]["confidence_95"] == [0, 0]
    assert (tmp_path / "gallery-sizes-dlib.png").read_bytes().startswith(PNG)
    page = unescape((tmp_path / "report.html").read_text("utf-8"))
    for told in ("east_asian", "FPIR, gallery of 4 people", compared["sentence"].replace(" %", "\u00a0%")):
        assert told in page


def test_a_folder_without_people_is_wrong_usage(program: Program, tmp_path: Path) -> None:
    assert "no sub-folder with photos" in program("evaluate", tmp_path).stderr
    assert "not a folder" in program("evaluate", tmp_path / "nowhere").stderr


def test_a_report_that_cannot_be_written_is_said_before_the_work(
    program: Program, photos: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    result = program("evaluate", photos, "--report", tmp_path / "file" / "report", "--json")
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"]["kind"] == "ReportWriteError"
    assert "broken.jpg" not in result.stderr


@pytest.mark.skipif(
    os.name == "nt", reason="Windows has no terminals of this kind, and sends no SIGINT to one"
)
def test_ctrl_c_ends_it_with_a_report_of_what_was_done_that_says_so(
    child_env: dict[str, str], astronaut_file: Path, hopper_file: Path, tmp_path: Path
) -> None:
    import fcntl
    import pty
    import struct
    import termios

    folder = tmp_path / "many"
    (folder / "Eileen").mkdir(parents=True)
    data = astronaut_file.read_bytes()
    for number in range(400):  # a chunk after the end, so that every file is another photo
        (folder / "Eileen" / f"{number}.png").write_bytes(data + str(number).encode())
    command = [sys.executable, str(ROOT / "app_faces.py"), "evaluate", str(folder), "--json"]
    models = ["--compare", "dlib", "facenet"]
    terminal, of_child = pty.openpty()
    fcntl.ioctl(of_child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))  # a bar needs columns
    with subprocess.Popen(
        [*command, *models, "--report", str(tmp_path / "report")],
        env=child_env,
        stdout=subprocess.PIPE,
        stderr=of_child,
        text=True,
    ) as child:
        os.close(of_child)
        told = ""
        while not re.search(r"\b[1-9]\d*/800", told):  # the progress bar
            told += os.read(terminal, 1000).decode(errors="replace")
        child.send_signal(signal.SIGINT)
        assert child.stdout is not None
        printed = child.stdout.read()
    os.close(terminal)
    assert child.returncode == 1
    assert "Traceback" not in told
    document = json.loads(printed)
    assert document["partial"] is True
    assert 0 < document["faces"] <= document["photos_done"] < 400
    assert document["models"][0]["partial"] is True
    assert document["models"][1]["error"]["kind"] == "CancelledError"
    page = (tmp_path / "report" / "report.html").read_text("utf-8")
    body = page.split("<body>")[1].lstrip()
    assert body.startswith('<p class="partial">PARTIAL.')
    assert "<title>PARTIAL" in page


def test_the_built_in_model_tells_ten_people_apart(program: Program, shared_faces: Path) -> None:
    result = program("evaluate", shared_faces / "lfw10", "--folds", "5", "--hard-negatives", "--json")
    assert result.returncode == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["failed"] == []
    assert (document["genuine_pairs"], document["impostor_pairs"]) == (450, 4500)
    assert document["eer"] <= 0.012
    assert document["rank1"] == 1.0
    assert document["tar_at_fmr"]["0.001"] >= 0.967
    low, high = document["confidence_95"]["eer"]
    assert low < document["eer"] < high < 0.05
    assert document["folds"]["count"] == 5
    assert math.isclose(sum(fold["people"] for fold in document["folds"]["each"]), 10)
    assert len(document["hard_negatives"]["confused"]) == 10
    assert document["hard_negatives"]["eer"] > document["eer"]
