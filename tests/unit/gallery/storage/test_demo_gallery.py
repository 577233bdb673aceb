"""Galleries of the original demo are opened, matched, migrated and preserved."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from face_match.core.errors import GalleryDamagedError, ImageUnreadableError
from face_match.core.types import Crop, Embedding
from face_match.gallery.gallery import Gallery, NamingResult
from face_match.gallery.security import purge
from face_match.gallery.storage import active_store
from face_match.gallery.storage_change import move_records
from face_match.vision.photo_loading import load_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.embed import embed_faces

Add = Callable[..., NamingResult]
Entry = dict[str, Any]


def seed_embedding(number: int) -> list[float]:
    embedding = np.random.default_rng(number).normal(size=512)
    return (embedding / np.linalg.norm(embedding)).astype(np.float32).tolist()  # type: ignore[no-any-return]


def entry(name: str, number: int, image_path: str | None = None) -> Entry:
    return {
        "id": str(uuid.UUID(int=number)),
        "name": name,
        "image_path": image_path or f"faces_db/{name}/{name}_{number}.jpg",
        "embedding": seed_embedding(number),
        "model": "keras_facenet",
        "version": "1.0",
    }


ENTRIES = [
    entry("Eileen_Collins", 0),
    entry("Grace_Hopper", 1, "faces_db\\Grace_Hopper\\Grace_Hopper_1.jpg"),
    entry("Eileen_Collins", 2),
    entry("Nobody_Left", 3),
]


def write_records(folder: Path, entries: list[Entry]) -> bytes:
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(entries, indent=4).encode()
    (folder / "embeddings.json").write_bytes(data)
    return data


@pytest.fixture
def seed(folder: Path, astronaut_file: Path, hopper_file: Path) -> bytes:
    """The folder as the demo left it, whole photos and all, but for the last image, which is lost."""
    for person, number, photo in (
        ("Eileen_Collins", 0, astronaut_file),
        ("Grace_Hopper", 1, hopper_file),
        ("Eileen_Collins", 2, astronaut_file),
    ):
        path = folder / "faces_db" / person / f"{person}_{number}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(photo) as image:
            (image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if number == 2 else image).save(path)
    return write_records(folder, ENTRIES)


def test_all_faces_are_there_grouped_by_person(folder: Path, seed: bytes) -> None:
    gallery = Gallery.open(folder, for_writing=False)
    found = {person.name: [face.id for face in gallery.faces_of(person)] for person in gallery.people}
    assert found == {
        name: [e["id"] for e in ENTRIES if e["name"] == name]
        for name in ("Eileen_Collins", "Grace_Hopper", "Nobody_Left")
    }
    assert gallery.face_count == 4
    (hopper,) = gallery.faces_of(gallery.person("grace_hopper"))
    assert hopper.file == "faces_db/Grace_Hopper/Grace_Hopper_1.jpg"
    assert gallery.pixels_of(hopper).shape == (600, 512, 3)


def test_faces_are_matched_under_facenet_by_the_demos_embeddings(folder: Path, seed: bytes) -> None:
    gallery = Gallery.open(folder, for_writing=False)
    for given in ENTRIES:
        found = gallery.nearest(np.array(given["embedding"], np.float32), "facenet", 3)
        assert len(found) == 3
        assert (found[0].person.name, found[0].face.id) == (given["name"], given["id"])
        assert found[0].similarity == pytest.approx(1.0, abs=1e-5)
    assert gallery.nearest(np.array(ENTRIES[0]["embedding"], np.float32), "dlib", 3) == []


def test_opening_it_changes_nothing(folder: Path, seed: bytes) -> None:
    before = sorted(path for path in folder.rglob("*") if path.is_file())
    Gallery.open(folder, for_writing=True).close()
    assert (folder / "embeddings.json").read_bytes() == seed
    assert {path for path in folder.rglob("*") if path.is_file()} - {folder / "gallery.lock"} == {*before}


def test_faces_get_an_embedding_of_the_built_in_model_from_their_photo(
    folder: Path, seed: bytes, pipeline: FacePipeline, astronaut_file: Path
) -> None:
    steps: list[tuple[int, int]] = []
    with Gallery.open(folder, for_writing=True) as gallery:
        result = embed_faces(gallery, pipeline, lambda done, total: steps.append((done, total)))
    assert result.done == 3
    ((lost, error),) = result.failed
    assert lost.id == ENTRIES[3]["id"]
    assert isinstance(error, ImageUnreadableError)
    assert steps == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]

    reopened = Gallery.open(folder, for_writing=False)
    assert reopened.face_count == 4
    assert [face.id for face in reopened.without_embedding("dlib", named=True)] == [lost.id]
    (face,) = pipeline.faces(load_photo(astronaut_file))
    best, other = reopened.nearest(face.embedding, "dlib", 5)
    assert best.person.name == "Eileen_Collins"
    assert best.similarity == pytest.approx(1.0, abs=0.02)
    assert other.similarity < 0.92


def test_the_first_change_keeps_the_demos_file_to_the_byte_and_its_fields_in_the_new_one(
    folder: Path, seed: bytes, add: Add
) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Joan Clarke", 7)
        assert (folder / "embeddings.json.seed").read_bytes() == seed
        add(gallery, "Joan Clarke", 8)
    assert (folder / "embeddings.json.seed").read_bytes() == seed
    reopened = Gallery.open(folder, for_writing=False)
    assert [person.name for person in reopened.people][:3] == [
        "Eileen_Collins",
        "Grace_Hopper",
        "Nobody_Left",
    ]
    document = json.loads((folder / "embeddings.json").read_bytes())
    faces = {face["id"]: face for face in document["faces"]}
    for given in ENTRIES:
        assert faces[given["id"]]["seed"] == {
            "image_path": given["image_path"],
            "model": "keras_facenet",
            "version": "1.0",
        }
        found = reopened.nearest(np.array(given["embedding"], np.float32), "facenet", 1)
        assert found[0].face.id == given["id"]


def test_records_that_are_to_stay_in_json_keep_the_demos_file_and_what_is_not_known(
    folder: Path, seed: bytes, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_records(folder, to_database=False)
    assert (folder / "embeddings.json.seed").read_bytes() == seed
    document = json.loads((folder / "embeddings.json").read_bytes())
    write_records(folder, {**document, "of later": 1})
    move_records(folder, to_database=False)
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)
    with Gallery.open(folder, for_writing=True) as gallery:
        add(gallery, "Joan Clarke", 7)
        assert gallery.records.name == "embeddings.json"
    assert json.loads((folder / "embeddings.json").read_bytes())["of later"] == 1


def test_a_person_of_the_demo_can_be_purged(folder: Path, seed: bytes) -> None:
    erased = purge.purge(folder, "Eileen_Collins")
    assert (erased.faces, erased.crops, erased.traces) == (2, 2, [])
    assert [p.name for p in Gallery.open(folder, for_writing=False).people] == ["Grace_Hopper", "Nobody_Left"]


def test_a_face_goes_to_a_person_of_the_demo_and_back_again(folder: Path, seed: bytes, add: Add) -> None:
    with Gallery.open(folder, for_writing=True) as gallery:
        person, (face,), is_new, *_ = add(gallery, "grace_hopper", 7)
        assert not is_new
        assert face.file.startswith("faces_db/Grace_Hopper/")
        assert [f.id for f in gallery.faces_of(person)] == [ENTRIES[1]["id"], face.id]
        assert gallery.undo() is not None
        assert [f.id for f in gallery.faces_of(gallery.person("Grace_Hopper"))] == [ENTRIES[1]["id"]]
        assert gallery.redo() is not None
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.person("Grace_Hopper").face_count == 2
    assert (folder / "faces_db/Grace_Hopper/Grace_Hopper_1.jpg").is_file()


@pytest.mark.parametrize("gallery_name", ["faces", ".", "f"])
def test_a_gallery_named_by_a_relative_path_is_opened_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gallery_name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_records(Path(gallery_name), ENTRIES)
    gallery = Gallery.open(Path(gallery_name), for_writing=False)
    assert (
        gallery.faces_of(gallery.person("Eileen_Collins"))[0].file
        == "faces_db/Eileen_Collins/Eileen_Collins_0.jpg"
    )


def test_an_absolute_image_path_is_looked_for_in_the_gallery_wherever_that_is_now(folder: Path) -> None:
    inside = str(folder / "faces_db" / "Ada" / "Ada_0.jpg")
    beside = str(folder) + "_old/faces_db/Ada/Ada_1.jpg"
    write_records(folder, [entry("Ada", 0, inside), entry("Ada", 1, beside)])
    gallery = Gallery.open(folder, for_writing=False)
    first, second = gallery.faces_of(gallery.person("Ada"))
    assert first.file == "faces_db/Ada/Ada_0.jpg"
    assert second.file == "faces_db/Ada/Ada_1.jpg"


@pytest.mark.parametrize("path", ["/etc/passwd", "..\\..\\x.jpg", "C:\\x.jpg", "\\\\host\\share\\x.jpg", ""])
def test_an_image_path_that_leads_elsewhere_is_a_lost_crop(folder: Path, path: str) -> None:
    write_records(folder, [entry("Ada", 0, path or " ") | {"image_path": path}])
    gallery = Gallery.open(folder, for_writing=False)
    (face,) = gallery.faces_of(gallery.person("Ada"))
    assert face.file == "faces_db/lost"
    with pytest.raises(ImageUnreadableError):
        gallery.pixels_of(face)


@pytest.mark.parametrize("part", ["..", ".", "a/../..", "..\\.."])
def test_an_image_path_that_leads_out_of_the_gallery_gives_the_person_a_folder_inside(
    folder: Path, add: Add, face_crop: Callable[[int], Crop], part: str
) -> None:
    write_records(folder, [entry("Ada", 0, f"faces_db/{part}/Ada_0.jpg")])
    with Gallery.open(folder, for_writing=True) as gallery:
        (face,) = add(gallery, "Ada", 7).faces
        np.testing.assert_array_equal(gallery.pixels_of(face), face_crop(7).pixels)
    crops = (folder / "faces_db").resolve()
    assert (folder / face.file).resolve().parent.parent == crops


@pytest.mark.parametrize(
    "change",
    [
        {"embedding": None},
        {"embedding": []},
        {"embedding": [0.0] * 512},
        {"embedding": [float("nan")] + [0.1] * 511},
        {"embedding": ["a"] * 512},
        {"embedding": [[0.1] * 512]},
        {"embedding": [10**400] * 512},
        {"embedding": 5},
        {"name": None},
        {"id": str(uuid.UUID(int=1))},
        *({"without": key} for key in ("id", "name", "image_path", "embedding")),
    ],
    ids=lambda change: repr(change)[:40],
)
def test_an_invalid_entry_is_reported_as_damage_and_unchanged(folder: Path, change: Entry) -> None:
    changed = {**ENTRIES[0], **change}
    changed.pop(str(changed.pop("without", "nothing")), None)
    data = write_records(folder, [changed, *ENTRIES[1:]])
    with pytest.raises(GalleryDamagedError):
        Gallery.open(folder, for_writing=True)
    assert (folder / "embeddings.json").read_bytes() == data


def test_an_embedding_is_normalized(folder: Path) -> None:
    embedding: Embedding = np.array(seed_embedding(0), np.float32)
    write_records(folder, [{**ENTRIES[0], "embedding": (3 * embedding).tolist()}])
    (found,) = Gallery.open(folder, for_writing=False).nearest(embedding, "facenet", 1)
    assert found.similarity == pytest.approx(1.0, abs=1e-5)


def test_an_empty_list_is_an_empty_gallery(folder: Path, add: Add) -> None:
    data = write_records(folder, [])
    with Gallery.open(folder, for_writing=True) as gallery:
        assert gallery.people == ()
        add(gallery, "Ada", 1)
    assert (folder / "embeddings.json.seed").read_bytes() == data


def test_a_second_file_of_the_demo_is_kept_beside_the_first(folder: Path, add: Add) -> None:
    originals = []
    for number in range(2):
        originals.append(write_records(folder, [entry(f"Person {number}", number)]))
        with Gallery.open(folder, for_writing=True) as gallery:
            for face in range(2):
                add(gallery, "Ada", face)
    kept = [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    assert originals[0] != originals[1]
    assert {*originals} <= {*kept}
