"""The commands that read photos answer on a server what they answer in a folder."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from face_match.cli import main
from face_match.core.gallery_place import GalleryPlace, ServerAddress
from face_match.core.types import Embedding, Photo
from face_match.gallery.gallery import Gallery, NewFace
from tests.postgres import Postgres
from tests.unit.gallery.conftest import MakeFace

DRAWN = re.compile(r"[0-9a-f]{32}|\d{4}-\d\d-\d\dT[0-9:]+Z")
"""Ids and times, which differ from run to run."""

TIMES = ("seconds_per_photo", "finding_ms_per_photo", "embedding_ms_per_face")


def steady(document: Any) -> Any:
    """A document without what differs from run to run."""
    match document:
        case dict():
            return {key: steady(value) for key, value in document.items() if key not in TIMES}
        case list():
            return [steady(one) for one in document]
        case str():
            return DRAWN.sub("…", document)
        case float():
            return round(document, 5)
    return document


def photos_in(folder: Path, *files: Path) -> Path:
    """A folder for each of two people, with one photo."""
    for name, file in zip(("Grace", "Eileen"), files, strict=True):
        (folder / name).mkdir(parents=True)
        shutil.copy(file, folder / name)
    return folder


@pytest.fixture
def places(server_address: ServerAddress, folder: Path) -> list[GalleryPlace]:
    return [folder, server_address]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    def do(place: GalleryPlace, *words: object) -> dict[str, Any]:
        command, *rest = map(str, words)
        status = main([command, "--gallery", str(place), "--json", *rest])
        document: dict[str, Any] = json.loads(capsys.readouterr().out)
        assert (status, document.get("error")) == (0, None), (command, document)
        return document

    return do


def test_photos_are_added_matched_imported_sorted_and_named(
    places: list[GalleryPlace],
    run: Callable[..., dict[str, Any]],
    tmp_path: Path,
    hopper_file: Path,
    astronaut_file: Path,
) -> None:
    found = []
    for place in places:
        photos = photos_in(tmp_path / "photos", hopper_file, astronaut_file)
        grace = photos / "Grace" / hopper_file.name
        into, copies = tmp_path / "sorted", tmp_path / "copies"
        all_of_them = [
            ("add", grace, "--name", "Grace"),
            ("match", grace),
            ("import", photos),
            ("import", "--people-from-folders", photos),
            ("photos", "Grace"),
            ("photos", "Grace", "--copy-to", copies),
            ("sort", photos, into),
            ("write-names", photos),
            ("import", "--names-from-metadata", photos),
            ("evaluate", photos),
            ("check",),
            ("turn", grace, "--right"),
            ("turn", grace, "--reset"),
            ("history",),
            ("undo",),
            ("people",),
            ("show", "Grace"),
        ]
        answers = {" ".join(map(str, words)): steady(run(place, *words)) for words in all_of_them}
        files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
        found.append((answers, [file for file in files if not file.startswith("gallery")]))
        for used in (photos, into, copies):
            shutil.rmtree(used)
    assert found[0] == found[1]
    answers, files = found[1]
    matches = answers[f"match {grace}"]["photos"][0]["faces"][0]["matches"]
    assert [(match["person"], match["similarity"]) for match in matches] == [("Grace", 1.0)]
    assert answers[f"import --names-from-metadata {photos}"]["known"] == 2
    assert {"sorted/Grace/grace_hopper.jpg", "copies/grace_hopper.jpg"} <= {*files}
    assert "photos/Eileen/astronaut.png.xmp" in files


@pytest.fixture
def crowds(places: list[GalleryPlace], new_face: MakeFace, photo_of: Callable[..., Photo]) -> None:
    """Twelve people with four faces each, two of which are near-duplicates, in the same picture."""
    random = np.random.default_rng(1)

    def near(centre: Embedding, spread: float) -> Embedding:
        other = centre + spread * random.normal(size=128).astype(np.float32)
        return (other / np.linalg.norm(other)).astype(np.float32)

    people = [near(np.zeros(128, np.float32), 1) for _ in range(12)]
    own = [[near(centre, spread) for spread in (0.04, 0.04, 0.04)] for centre in people]
    crops = random.integers(0, 256, (12, 3, 40, 40, 3), np.uint8)
    for place in places:
        with Gallery.open(place, for_writing=True) as gallery:
            for who, some in enumerate(own):
                for one, embedding in enumerate([*some, some[0]]):
                    number = 10 * who + one
                    face: NewFace = new_face(number)
                    crop = replace(new_face(10 * who + one % 3).crop, pixels=crops[who, one % 3])
                    face = face._replace(crop=crop, embeddings={"dlib": embedding})
                    gallery.add(f"Person {who}", face, photo_of(number))


@pytest.mark.usefixtures("crowds")
def test_a_gallery_is_calibrated_and_thinned(
    places: list[GalleryPlace], run: Callable[..., dict[str, Any]]
) -> None:
    found = []
    for place in places:
        all_of_them = [
            ("check",),
            ("calibrate", "--target-fmr", "0.01"),
            ("thin",),
            ("calibrate",),
            ("calibrate", "--default"),
            ("people",),
        ]
        found.append([steady(run(place, *words)) for words in all_of_them])
    assert found[0] == found[1]
    assert len(found[0][2]["removed"]) == 12


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
def test_a_file_name_that_is_no_unicode_stops_no_import_and_no_move(
    places: list[GalleryPlace],
    postgres: Postgres,
    run: Callable[..., dict[str, Any]],
    hopper_file: Path,
    astronaut_file: Path,
) -> None:
    folder, server_address = places
    assert isinstance(folder, Path)
    tmp_path = folder.parent
    photos = photos_in(tmp_path / "photos", hopper_file, astronaut_file)
    odd = os.fsencode(photos / "Eileen") + b"/caf\xe9.png"
    (photos / "Eileen" / astronaut_file.name).rename(os.fsdecode(odd))
    imported = run(server_address, "import", photos, "--people-from-folders")
    assert imported["added"] == run(folder, "import", photos, "--people-from-folders")["added"] == 2
    run(server_address, "undo")
    run(server_address, "redo")
    with Gallery.open(server_address, for_writing=False) as gallery:
        assert sorted(os.fsencode(photo.path) for photo in gallery.photos())[0] == odd
    archive, other = tmp_path / "all.zip", postgres.address("moved_there")
    run(folder, "export", "--whole", archive)
    assert run(other, "import-archive", archive)["added"] == 2
