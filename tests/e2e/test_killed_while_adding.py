"""The program is killed at any moment; all that it reported is there when the gallery opens again."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from face_match.gallery.gallery import Gallery
from face_match.gallery.json_store import JsonStore
from face_match.gallery.records import PersonRecord
from face_match.gallery.stores import JSON_SAMPLES
from face_match.types import Person, Sample
from face_match.vision.images import seen_photo

KILLS = 20
PHOTOS = 60
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
        digests[str(path)] = seen_photo(path).digest
    return digests


def add_and_kill(
    folder: Path, name: str, photos: list[str], env: dict[str, str], *, after_lines: int, then_s: float
) -> set[str]:
    """Add photos to a person, kill the program on the way; returns the photos that it reported as added."""
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), "add", *photos, "--name", name, "--gallery", str(folder)],
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
    reported = {line.split(": ")[0] for line in [*lines, *rest.splitlines()] if line.rstrip().endswith(name)}
    assert len(reported) >= after_lines
    return reported


def assert_whole(gallery: Gallery, samples: list[Sample]) -> None:
    for sample in samples:
        assert gallery.pixels_of(sample).ndim == 3
        assert sample.vectors["dlib"].shape == (128,)


def fill(folder: Path, count: int) -> None:
    """So many samples that are there already."""
    vectors = np.random.default_rng(0).normal(size=(count, 128)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    samples = tuple(
        Sample(f"{n:032x}", f"faces_db/Crowd/{n}.png", {"dlib": vector}, None, None, "", "")
        for n, vector in enumerate(vectors)
    )
    folder.mkdir()
    JsonStore(folder).save([PersonRecord(Person("Crowd", "Crowd", "", count), samples)])


@pytest.mark.parametrize("already", [0, JSON_SAMPLES - 20], ids=["in a file", "while moving to a database"])
def test_every_reported_addition_survives_the_program_being_killed(
    place: Path, photos: dict[str, str], child_env: dict[str, str], already: int
) -> None:
    if already:
        fill(place, already)
    rng, started = random.Random(20), time.monotonic()
    reported: dict[str, set[str]] = {}
    killed = 0
    while killed < KILLS and time.monotonic() - started < LONGEST_S:
        name = f"Person {killed}"
        order = rng.sample(sorted(photos), len(photos))
        after_lines = rng.choice([0, 0, 1, 2, 3, 5, 8, 13])
        then_s = rng.uniform(0, 0.06 if after_lines else 1.0)
        added = add_and_kill(place, name, order, child_env, after_lines=after_lines, then_s=then_s)
        reported[name] = {photos[path] for path in added}
        killed += 1
        if (place / "embeddings.json").exists():
            json.loads((place / "embeddings.json").read_bytes())
        with Gallery.open(place, for_writing=True) as gallery:
            for person, digests in reported.items():
                found = gallery.find(person)
                kept = [sample.photo_digest for sample in gallery.samples_of(found)] if found else []
                assert len(kept) == len({*kept}), person
                assert digests <= {*kept}, f"{person} after kill {killed}"
                assert len(kept) <= len(digests) + 1, "more than the one that was on its way"
            newest = gallery.find(name)
            assert_whole(gallery, gallery.samples_of(newest) if newest else [])
    assert killed >= 10, "the machine is too slow for this test to say anything"
    assert sum(map(len, reported.values())) > 2 * killed
    assert any(0 < len(digests) < PHOTOS for digests in reported.values())
    reading = Gallery.open(place, for_writing=False)
    added = [person for person in reading.people if person.name in reported]
    assert_whole(reading, [sample for person in added for sample in reading.samples_of(person)])
    assert not reading.samples_without("dlib")
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
    reading = Gallery.open(place, for_writing=False)
    kept = reading.samples_of(reading.person("Ada"))
    assert {sample.photo_digest for sample in kept} == {photos[path] for path in paths}
    assert len(kept) == len(paths)
