"""The program is killed at any moment; all that it reported is there when the gallery opens again."""

from __future__ import annotations

import contextlib
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from face_match.core.records import FaceRecord, Person
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.rows import Contents, Table, face_row, person_row
from face_match.gallery.storage.active_store import MAX_JSON_FACES
from face_match.gallery.storage.json_store import JsonStore
from face_match.vision.photo_loading import identify_photo
from tests.extent import is_all

KILLS = 20 if is_all() else 4
PHOTOS = 60
AFTER_LINES = (0, 2, 8, 0, 3, 13, 1, 5)
"""How many additions were reported when the program is killed, in turn."""
LONGEST_S = 90
Program = Callable[..., subprocess.CompletedProcess[str]]
PROGRAM = Path(__file__).parents[2] / "app_faces.py"


@pytest.fixture(scope="session")
def photos(
    astronaut_file: Path, hopper_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Many small photos with one face each; the digest of each by its path."""
    folder = tmp_path_factory.mktemp("many photos")
    with Image.open(astronaut_file) as first, Image.open(hopper_file) as second:
        faces = [first.convert("RGB").crop((110, 0, 350, 240)), second.convert("RGB").resize((256, 300))]
    digests = {}
    for number in range(PHOTOS):
        path = folder / f"{number}.png"
        brightness = 0.8 + 0.4 * number / PHOTOS
        ImageEnhance.Brightness(faces[number % 2]).enhance(brightness).save(path, compress_level=1)
        digests[str(path)] = identify_photo(path).digest
    return digests


def add_and_kill(
    folder: Path, name: str, photos: list[str], env: dict[str, str], *, after_lines: int, then_s: float
) -> set[str]:
    """Add photos to a person, kill the program on the way; returns the photos that it reported as added."""
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), "add", *photos, "--name", name, "--replace", "--gallery", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**env, "PYTHONUNBUFFERED": "1"},
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(after_lines)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=then_s)
        child.kill()
        rest, said = child.communicate(timeout=30)
    assert "Traceback" not in said
    assert all(lines), said
    said_of = re.compile(rf"(.*): (?:new person|added to) {name}(?: \(was .*\))?")
    found = [said_of.fullmatch(line.rstrip()) for line in [*lines, *rest.splitlines()]]
    reported = {match[1] for match in found if match is not None}
    assert len(reported) >= after_lines
    return reported


def assert_whole(gallery: Gallery, faces: list[FaceRecord]) -> None:
    for face in faces:
        assert gallery.pixels_of(face).ndim == 3
        assert face.embeddings["dlib"].shape == (128,)


def names_of(gallery: Gallery) -> dict[str, list[str]]:
    """The names of all whose faces are in a photo, by the photo's digest."""
    names: dict[str, list[str]] = {}
    for photo in gallery.photos():
        people = [gallery.person_by_folder(face.person) for face in gallery.faces_in(photo)]
        names[photo.digest] = [person.name for person in people if person is not None]
    return names


def fill(folder: Path, count: int) -> None:
    """So many faces that are there already."""
    embeddings = np.random.default_rng(0).normal(size=(count, 128)).astype(np.float32)
    embeddings /= np.linalg.norm(embeddings, axis=1, keepdims=True)
    ids = [f"{number:032x}" for number in range(count)]
    faces = [FaceRecord(id_, f"faces_db/Crowd/{id_}.png", person="Crowd") for id_ in ids]
    crowd = Contents(
        embeddings={id_: {"dlib": embedding} for id_, embedding in zip(ids, embeddings, strict=True)}
    )
    crowd.rows[Table.PEOPLE] = [person_row(Person("Crowd", "Crowd", ""))]
    crowd.rows[Table.FACES] = [face_row(face) for face in faces]
    folder.mkdir()
    JsonStore(folder).save(crowd, {})


@pytest.mark.parametrize(
    "already", [0, MAX_JSON_FACES - 2 * KILLS], ids=["in a file", "while moving to a database"]
)
def test_every_reported_addition_survives_the_program_being_killed(
    place: Path, photos: dict[str, str], child_env: dict[str, str], already: int
) -> None:
    if already:
        fill(place, already)
    rng, started = random.Random(20), time.monotonic()
    expected: dict[str, list[str]] = {}
    counts: list[int] = []
    while len(counts) < KILLS and time.monotonic() - started < LONGEST_S:
        name = f"Person {len(counts)}"
        order = rng.sample(sorted(photos), len(photos))
        after_lines = AFTER_LINES[len(counts) % len(AFTER_LINES)]
        then_s = rng.uniform(0, 0.06 if after_lines else 1.0)
        added = add_and_kill(place, name, order, child_env, after_lines=after_lines, then_s=then_s)
        counts.append(len(added))
        expected |= {photos[path]: [name] for path in added}
        if (place / "embeddings.json").exists():
            json.loads((place / "embeddings.json").read_bytes())
        with Gallery.open(place, for_writing=True) as gallery:
            found = names_of(gallery)
            underway = {digest: names for digest, names in found.items() if names != expected.get(digest)}
            assert len(underway) <= 1, "more than the one that was on its way"
            assert all(names == [name] for names in underway.values()), f"after kill {len(counts)}"
            assert expected.keys() <= found.keys()
            expected |= underway
            newest = gallery.find(name)
            assert_whole(gallery, gallery.faces_of(newest) if newest else [])
    assert len(counts) >= 4, "the machine is too slow for this test to say anything"
    assert sum(counts) > 2 * len(counts)
    assert any(0 < count < PHOTOS for count in counts)
    reading = Gallery.open(place, for_writing=False)
    added = [person for person in reading.people if person.name != "Crowd"]
    assert_whole(reading, [face for person in added for face in reading.faces_of(person)])
    assert not reading.without_embedding("dlib", named=True)
    assert reading.records.suffix == (".sqlite" if already else ".json")


def test_the_gallery_goes_on_after_the_last_kill(
    program: Program, place: Path, photos: dict[str, str], child_env: dict[str, str]
) -> None:
    paths = sorted(photos)
    for after_lines in (0, 4, 6):
        add_and_kill(place, "Ada", paths, child_env, after_lines=after_lines, then_s=0.03)
    result = program("add", *paths, "--name", "Ada", "--gallery", place, "--json")
    document = json.loads(result.stdout)
    assert {error["kind"] for error in document["errors"]} <= {"AlreadyAddedError"}
    assert len(document["errors"]) + len(document["samples"]) == len(paths)
    names = names_of(Gallery.open(place, for_writing=False))
    assert names == {digest: ["Ada"] for digest in photos.values()}
