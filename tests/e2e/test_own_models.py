"""A person brings a model: added, used, compared on their own photos, and removed."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.made_models import arcface_like
from tests.portraits import make_photos, portraits

Program = Callable[..., subprocess.CompletedProcess[str]]
LICENCE = ("--licence", "CC0", "--source", "made for a test")


@pytest.fixture
def own(tmp_path: Path) -> dict[str, str]:
    """Settings and added models of one test alone."""
    home = tmp_path / "home"
    return {
        "XDG_CONFIG_HOME": str(home / "config"),
        "APPDATA": str(home / "config"),
        "FACE_MATCH_MODELS": str(home / "models"),
    }


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Two people with six photos each."""
    folder = tmp_path / "photos"
    for person, name in zip(portraits(), ("Eileen", "Grace"), strict=True):
        make_photos(person, 6, folder / name)
    return folder


def told(result: subprocess.CompletedProcess[str]) -> Any:
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_a_model_goes_through_its_whole_life(
    program: Program, two: Path, own: dict[str, str], photos: Path, hopper_file: Path
) -> None:
    tmp_path = photos.parent
    file = arcface_like(tmp_path / "mine.onnx")
    result = program("models", "add", file, *LICENCE, "--gallery", two, "--json", env=own)
    assert "Tried on 2 faces of the gallery too." in result.stderr
    added = told(result)
    model = added["model"]
    assert model.startswith("arcface-")
    assert (added["title"], added["licence"], added["source"]) == ("mine", "CC0", "made for a test")
    assert added["threshold"] == pytest.approx(0.40)
    assert len(added["checks"]) == 3
    assert "mine" in program("models", env=own).stdout

    used = program("models", "use", "mine", "--gallery", two, "--json", env=own)
    assert told(used)["model"] == model
    records = json.loads((two / "embeddings.json").read_bytes())
    assert str(records).count(model) >= 2, "both samples have a vector of it"
    assert str(records).count("'dlib'") >= 2, "those of the model before stay"

    found = told(program("match", hopper_file, "--gallery", two, "--json", env=own))
    assert (found["model"], found["threshold"]) == (model, pytest.approx(0.40))
    best = found["photos"][0]["faces"][0]["matches"][0]
    assert (best["person"], best["is_match"]) == ("Grace Hopper", True)
    assert best["similarity"] == pytest.approx(1, abs=1e-4)

    settings = Path(own["XDG_CONFIG_HOME"]) / "face-match" / "settings.json"
    as_set = json.loads(settings.read_bytes())
    settings.write_text(json.dumps(as_set | {"thresholds": {model: 0.32}}), "utf-8")
    found = told(program("match", hopper_file, "--gallery", two, "--json", env=own))
    assert found["threshold"] == pytest.approx(0.32), "what a person has set stays, whatever the default is"
    settings.write_text(json.dumps(as_set), "utf-8")

    report = tmp_path / "report"
    compared = told(
        program("evaluate", photos, "--compare", "dlib", "mine", "--report", report, "--json", env=own)
    )
    assert [one["model"] for one in compared["models"]] == ["dlib", model]
    for one in compared["models"]:
        assert one["faces"] == 12
        assert one["embedding_ms_per_face"] > 0
        assert 0 <= one["eer"] <= 0.5
    assert compared["models"][1]["threshold"] == pytest.approx(0.40)
    page = (report / "report.html").read_text("utf-8")
    assert "mine" in page
    assert "Embedding a face" in page

    removed = program("models", "remove", "mine", "--json", env=own)
    assert told(removed) == {"removed": model, "instead": "dlib"}
    assert "from now on it is dlib" in removed.stderr
    assert not (Path(own["FACE_MATCH_MODELS"]) / model).exists()
    again = told(program("match", hopper_file, "--gallery", two, "--json", env=own))
    assert again["model"] == "dlib"
    assert model in (two / "embeddings.json").read_text("utf-8"), "vectors stay"


def test_yunet_is_added_used_compared_and_removed(
    program: Program, own: dict[str, str], yunet_file: Path, photos: Path, shared_faces: Path
) -> None:
    place = photos.parent / "gallery"
    added = told(program("models", "add", yunet_file, "--title", "YuNet", *LICENCE, "--json", env=own))
    assert (added["kind"], added["family"], added["dimensions"]) == ("detector", "yunet", None)
    assert told(program("models", "use", "YuNet", "--json", env=own)) == {"detector": added["model"]}
    group = shared_faces / "groups" / "bbt2.jpg"
    faces = told(program("match", group, "--gallery", place, "--json", env=own))["photos"][0]["faces"]
    others = told(program("match", group, "--gallery", place, "--detector", "mtcnn", "--json", env=own))
    assert faces != others["photos"][0]["faces"]
    compared = told(program("evaluate", photos, "--compare", "dlib+mtcnn", "dlib+YuNet", "--json", env=own))
    assert [(one["model"], one["detector"]) for one in compared["models"]] == [
        ("dlib", "mtcnn"),
        ("dlib", added["model"]),
    ]
    report = told(program("doctor", "--gallery", place, "--json", env=own))
    assert report["models"][added["model"]] == "ready"
    removed = told(program("models", "remove", "YuNet", "--json", env=own))
    assert removed == {"removed": added["model"], "instead": "mtcnn"}
    after = told(program("match", group, "--gallery", place, "--json", env=own))
    assert after["photos"][0]["faces"] == others["photos"][0]["faces"]


def test_licence_and_source_are_asked_for(program: Program, own: dict[str, str], tmp_path: Path) -> None:
    file = arcface_like(tmp_path / "mine.onnx")
    result = program("models", "add", file, "--licence", "MIT", env=own, stdin=subprocess.DEVNULL)
    assert result.returncode == 2
    assert "--source" in result.stderr
    folder = Path(own["FACE_MATCH_MODELS"])
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("content", "reason"), [(b"rubbish", "it is not an ONNX file"), (None, "there is no such file")]
)
def test_a_file_that_is_no_model_is_refused_with_the_reason(
    program: Program, own: dict[str, str], tmp_path: Path, content: bytes | None, reason: str
) -> None:
    if content is not None:
        (tmp_path / "cat.onnx").write_bytes(content)
    result = program("models", "add", tmp_path / "cat.onnx", *LICENCE, "--json", env=own)
    assert result.returncode == 1
    assert json.loads(result.stdout)["error"] == {
        "kind": "ModelRefusedError",
        "message": f"cat.onnx was not added: {reason}.",
    }
    assert not list(Path(own["FACE_MATCH_MODELS"]).glob("*/about.json"))


def test_what_belongs_to_the_program_is_not_removed(program: Program, own: dict[str, str]) -> None:
    assert program("models", "remove", "dlib", env=own).returncode == 2
    assert program("models", "remove", "mtcnn", env=own).returncode == 2
    result = program("models", "remove", "nobody", env=own)
    assert result.returncode == 1
    assert "no model called nobody" in result.stderr


def test_a_detector_that_is_not_there_is_an_error_and_a_chosen_one_that_went_is_not(
    program: Program, own: dict[str, str], astronaut_file: Path, place: Path
) -> None:
    result = program("match", astronaut_file, "--gallery", place, "--detector", "eyes", env=own)
    assert result.returncode == 1
    assert "no model called eyes" in result.stderr
    settings = Path(own["XDG_CONFIG_HOME"]) / "face-match" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"detector": "yunet-0123", "model": "arcface-0123"}), "utf-8")
    found = told(program("match", astronaut_file, "--gallery", place, "--json", env=own))
    assert (found["model"], len(found["photos"][0]["faces"])) == ("dlib", 1)
