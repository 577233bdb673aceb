"""`turn`: photos are turned in the gallery, and every command sees them upright."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

Program = Callable[..., subprocess.CompletedProcess[str]]
Run = Callable[..., dict[str, Any]]


@pytest.fixture
def run(program: Program, two: Path) -> Run:
    """Run a command on a gallery of Eileen Collins and Grace Hopper; gives its document."""

    def go(*arguments: object, status: int = 0) -> dict[str, Any]:
        result = program(*arguments, "--gallery", two, "--json")
        assert result.returncode == status, result.stderr
        return json.loads(result.stdout)  # type: ignore[no-any-return]

    return go


def test_a_turned_photo_is_matched_upright_until_undo(run: Run, hopper_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.png"
    with Image.open(hopper_file) as image:
        image.transpose(Image.Transpose.ROTATE_180).save(path)
        size = image.size
    before = path.read_bytes()
    (turned,) = run("turn", path, "--over")["photos"]
    assert (turned["turned"], turned["orientation"]) == (3, 3)
    assert (turned["width"], turned["height"]) == size
    (found,) = run("match", path)["photos"]
    assert (found["orientation"], found["width"], found["height"]) == (3, *size)
    (face,) = found["faces"]
    assert face["landmarks"][0][1] < face["landmarks"][3][1], "the eyes are above the mouth"
    assert face["matches"][0]["person"] == "Grace Hopper"
    assert face["matches"][0]["is_match"]
    (again,) = run("turn", path)["photos"]
    assert (again["turned"], again["width"]) == (8, size[1])
    run("undo")
    (reset,) = run("turn", path, "--reset")["photos"]
    assert (reset["turned"], reset["orientation"]) == (None, 1)
    assert path.read_bytes() == before


def test_a_photo_that_cannot_be_read_is_named_and_the_others_are_turned(
    run: Run, hopper_file: Path, tmp_path: Path
) -> None:
    missing = tmp_path / "none.png"
    document = run("turn", missing, hopper_file, "--left", status=1)
    assert [one["kind"] for one in document["errors"]] == ["ImageUnreadableError"]
    assert [one["turned"] for one in document["photos"]] == [8]


def test_names_keep_their_places_in_the_stored_image(run: Run, hopper_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.png"
    with Image.open(hopper_file) as image:
        image.transpose(Image.Transpose.ROTATE_90).save(path)  # its face is found in the other turn
    sidecar = path.with_name("b.png.xmp")
    run("add", path, "--name", "Admiral")
    run("write-names", path)
    written = sidecar.read_bytes()
    sidecar.unlink()
    run("turn", path, "--over")
    run("write-names", path)
    places = [re.findall(rb'stArea:[xywh][=>]"?([0-9.]+)', one) for one in (written, sidecar.read_bytes())]
    assert places[0] == places[1]
    assert len(places[0]) == 4
    run("remove", run("show", "Admiral")["samples"][0]["id"])
    assert "Admiral" not in {one["name"] for one in run("people")["people"]}
    imported = run("import", tmp_path, "--names-from-metadata")
    assert (imported["added"], imported["conflict_count"]) == (0, 1), "at the turned place too"
