"""A folder of photos is scanned by one command: every face is kept, to be named, and is in a table."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from face_match.gallery.gallery import Gallery

Program = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def photos(tmp_path: Path, astronaut_file: Path, hopper_file: Path, group_file: Path) -> Path:
    """The two alone and together, a photo of nobody, and what is no photo."""
    folder = tmp_path / "Fotos für Zoë"
    (folder / "deeper").mkdir(parents=True)
    for file in (astronaut_file, hopper_file):
        shutil.copy(file, folder / "deeper")
    shutil.copy(group_file, folder)
    Image.new("RGB", (200, 200), "grey").save(folder / "nobody.png")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8 not much")
    return folder


def decisions(document: dict[str, list[dict[str, object]]]) -> Counter[object]:
    return Counter(row["decision"] for row in document["results"])


def test_every_face_is_kept_and_a_second_scan_finds_nothing_new(
    program: Program, photos: Path, place: Path
) -> None:
    arguments = ("import", photos, "--gallery", place, "--json")
    first, second = (program(*arguments) for _ in range(2))
    assert (first.returncode, second.returncode) == (1, 1), "one photo failed"
    told, again = json.loads(first.stdout), json.loads(second.stdout)
    counts = ("photos", "faces", "seen", "moved", "empty", "dry_run")
    assert [told[key] for key in counts] == [5, 4, 0, 0, 1, False]
    assert [again[key] for key in counts] == [5, 0, 4, 0, 0, False]
    for document in (told, again):
        (error,) = document["errors"]
        assert (error["photo"], error["kind"]) == (str(photos / "broken.jpg"), "ImageUnreadableError")
        assert decisions(document) == {"group": 4}
    assert told["results"] == again["results"]
    by_photo: dict[str, set[int]] = {}
    for row in told["results"]:
        assert set(row) == {"photo", "box", "person", "similarity", "decision", "group"}
        assert len(row["box"]) == 4
        by_photo.setdefault(Path(row["photo"]).name, set()).add(row["group"])
    assert by_photo["two faces.png"] == {1, 2}
    assert by_photo["astronaut.png"] | by_photo["grace_hopper.jpg"] == {1, 2}
    with Gallery.open(place, for_writing=False) as gallery:
        assert len(gallery.unnamed()) == 4
        assert gallery.history == (), "a scan is no step"


def test_who_is_in_the_gallery_is_named_or_proposed(program: Program, photos: Path, two: Path) -> None:
    shutil.rmtree(photos / "deeper")
    shutil.copy(photos / "two faces.png", photos / "copy.png")
    result = program("import", photos, "--gallery", two, "--json")
    told = json.loads(result.stdout)
    assert (told["faces"], told["seen"]) == (2, 1)
    assert decisions(told) == {"proposed": 4}
    assert {row["person"] for row in told["results"]} == {"Eileen Collins", "Grace Hopper"}
    assert all(0.94 <= row["similarity"] <= 1 for row in told["results"])
    strict = json.loads(program("import", photos, "--gallery", two, "--json", "--threshold", "1").stdout)
    assert decisions(strict)["unnamed"] >= 2, "of one photo: a group they cannot be"
    assert all(row["similarity"] >= 0.9995 for row in strict["results"] if row["person"])
    spoken = program("import", photos, "--gallery", two)
    assert spoken.stdout.splitlines() == [
        "4 photos: 0 new faces, 3 seen before, 0 of these moved, 0 without a face, 1 failed.",
        "     2  probably Eileen Collins",
        "     2  probably Grace Hopper",
    ]


def test_faces_that_have_a_name_are_listed_with_it(
    program: Program, two: Path, photos: Path, place: Path
) -> None:
    told = json.loads(program("import", photos, "--gallery", two, "--json").stdout)
    names = {Path(row["photo"]).name: (row["person"], row["decision"]) for row in told["results"]}
    assert names["astronaut.png"] == ("Eileen Collins", "sample")
    assert names["grace_hopper.jpg"] == ("Grace Hopper", "sample")
    assert told["faces"] == 2


def test_the_table_has_the_same_rows(program: Program, photos: Path, place: Path, tmp_path: Path) -> None:
    table = tmp_path / "out.csv"
    result = program("import", photos, "--gallery", place, "--json", "--csv", table)
    told = json.loads(result.stdout)["results"]
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = [*csv.DictReader(table.read_text("utf-8-sig").splitlines())]
    assert [(row["photo"], row["decision"], row["group"]) for row in rows] == [
        (row["photo"], row["decision"], str(row["group"])) for row in told
    ]
    assert [float(row["x"]) for row in rows] == pytest.approx([row["box"][0] for row in told], abs=0.1)
    refused = program("import", photos, "--gallery", place, "--csv", tmp_path)
    assert refused.returncode == 1
    assert "could not be written" in refused.stderr


def test_what_is_only_tried_says_the_same_and_keeps_nothing(
    program: Program, photos: Path, place: Path
) -> None:
    (photos / "broken.jpg").unlink()
    tried = program("import", photos, "--gallery", place, "--dry-run", "--json")
    assert tried.returncode == 0
    assert not place.exists()
    told = json.loads(tried.stdout)
    assert (told["dry_run"], told["faces"], decisions(told)) == (True, 4, {"group": 4})
    spoken = program("import", photos, "--gallery", place, "--dry-run")
    assert spoken.stdout.splitlines() == [
        "Dry run: nothing was saved.",
        "4 photos: 4 new faces, 0 seen before, 0 of these moved, 1 without a face, 0 failed.",
        "     4  in 2 clusters of similar faces",
    ]


def test_a_photo_that_was_moved_is_known(program: Program, photos: Path, place: Path) -> None:
    program("import", photos, "--gallery", place)
    moved = photos.rename(photos.with_name("moved"))
    told = json.loads(program("import", moved, "--gallery", place, "--json").stdout)
    assert (told["faces"], told["seen"], told["moved"]) == (0, 4, 4)
    assert all(row["photo"].startswith(str(moved)) for row in told["results"])


def test_an_encrypted_gallery_keeps_nothing_readable(program: Program, photos: Path, place: Path) -> None:
    secret = {"FACE_MATCH_PASSPHRASE": "secret"}
    program("import", photos, "--gallery", place)
    assert program("encrypt", "--gallery", place, env=secret).returncode == 0
    (photos / "broken.jpg").unlink()
    with Image.open(photos / "two faces.png") as image:
        image.putpixel((0, 0), (1, 2, 3))
        image.save(photos / "more.png")
    told = json.loads(program("import", photos, "--gallery", place, "--json", env=secret).stdout)
    assert (told["faces"], told["seen"]) == (2, 4)
    kept = [path for path in place.rglob("*") if path.is_file() and path.parent != place]
    assert len([path for path in kept if path.suffix == ".sealed"]) == 6
    for file in (*kept, place / "embeddings.json"):
        assert b"photo" not in file.read_bytes()
        assert b"\x89PNG\r\n" not in file.read_bytes()
    assert program("import", photos, "--gallery", place, stdin=subprocess.DEVNULL).returncode == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_keeps_what_was_found_and_the_next_import_goes_on(
    child_env: dict[str, str], album: Callable[[int], Path], place: Path
) -> None:
    folder = album(400)
    command = [sys.executable, str(ROOT / "app_faces.py"), "import", str(folder), "--gallery", str(place)]
    with subprocess.Popen(
        [*command, "--json"], env=child_env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        while len([*place.rglob(".unnamed/*/*.png")]) < 3:
            assert child.poll() is None
        child.send_signal(signal.SIGINT)
        printed, told = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "Traceback" not in told
    document = json.loads(printed)
    assert document["error"]["kind"] == "CancelledError"
    done = document["faces"]
    assert 3 <= done < 400
    assert len(document["results"]) == done
    with Gallery.open(place, for_writing=False) as gallery:
        assert len(gallery.unnamed()) == done
        assert gallery.unfinished_scans == [folder], "the window offers to resume"
    for path in sorted(folder.iterdir())[12:]:
        if path.name not in {Path(row["photo"]).name for row in document["results"]}:
            path.unlink()
    rest = subprocess.run([*command, "--json"], env=child_env, capture_output=True, text=True, check=True)
    again = json.loads(rest.stdout)
    assert again["seen"] == done
    assert again["seen"] + again["faces"] == again["photos"]
    with Gallery.open(place, for_writing=False) as gallery:
        assert gallery.unfinished_scans == []
