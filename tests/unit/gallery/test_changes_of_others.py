"""A gallery that takes up what another one has committed knows the same as one that is opened afterwards."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from face_match.core.errors import FaceMatchError
from face_match.gallery.gallery import Gallery
from face_match.gallery.records.rows import Contents, Table
from face_match.gallery.storage import active_store
from face_match.gallery.storage.store import Changes
from tests.unit.gallery.synthetic_photos import (
    MODEL,
    PHOTOS,
    PLACES,
    GalleryFacts,
    embedding_of,
    new_face,
    photo_of,
)

NAMES = ("Ada", "Grace", "Eileen", "Mae")


@pytest.fixture
def pair(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Gallery, Gallery]]:
    """Who changes a gallery, and who looks at it."""
    monkeypatch.setattr(active_store, "MAX_JSON_FACES", 0)  # a database, which both read
    with Gallery.open(folder, for_writing=True) as writer:
        faces = [new_face((0, number), 1) for number in range(3)]
        writer.record_photo(photo_of(0, 1), Path("/photos/0.jpg"), scan="mtcnn", faces=faces)
        assert writer.records.suffix == ".sqlite"
        with Gallery.open(folder, for_writing=False) as reader:
            yield writer, reader


def act(gallery: Gallery, chance: random.Random) -> None:
    """Do something that people do, or be refused."""
    key = chance.randrange(PHOTOS), chance.randrange(len(PLACES))
    name, other = chance.sample(NAMES, 2)
    orientation = chance.choice((1, 1, 1, 6))
    photo, path = photo_of(key[0], orientation), Path("/photos") / f"{key[0]}.jpg"
    faces = [*gallery.existing_faces([row.id for row in gallery.face_files()])]
    face = chance.choice(faces).id if faces else ""
    actions = [
        lambda: gallery.record_photo(
            photo, path, scan="mtcnn", faces=[new_face((key[0], n), orientation) for n in range(3)]
        ),
        lambda: gallery.add(name, new_face(key, orientation), photo, path, replaces=True),
        lambda: gallery.name_faces([face], name),
        lambda: gallery.move([face], name),
        lambda: gallery.remove([face], is_ignored=chance.random() < 0.3),
        lambda: gallery.rename(gallery.person(name), other),
        lambda: gallery.merge([gallery.person(name)], gallery.person(other)),
        lambda: gallery.delete_people([gallery.person(name)]),
        lambda: gallery.set_cover(face),
        gallery.undo,
        gallery.undo,
        gallery.redo,
    ]
    with contextlib.suppress(FaceMatchError):
        chance.choice(actions)()


def keys_between(before: Contents, after: Contents) -> dict[Table, set[str]]:
    """The keys of the rows that differ."""
    found = {}
    for table in Table:
        old, new = ({row[table.key]: row for row in one.rows[table]} for one in (before, after))
        found[table] = {key for key in {*old, *new} if old.get(key) != new.get(key)}
    return found


def known(gallery: Gallery) -> dict[str, object]:
    """What a gallery has in memory, and answers from there."""
    asked = embedding_of((0, 0))
    nearest = gallery.nearest(asked, MODEL, 10)
    return {
        **GalleryFacts(gallery).all(),
        "steps": [
            (step.id, step.description, step.is_undone) for step in (*gallery.history, *gallery.undone)
        ],
        "unnamed": {face.id: (face.place, face.rejections) for face in gallery.unnamed()},
        "ignored": {face.id for face in gallery.ignored()},
        "nearest": [(vars(one.person), one.face.id, round(one.similarity, 5)) for one in nearest],
        "found": {name: person and vars(person) for name in NAMES for person in [gallery.find(name)]},
    }


@pytest.mark.parametrize("seed", range(4))
def test_what_others_change_is_known_as_if_the_gallery_were_opened_again(
    seed: int, pair: tuple[Gallery, Gallery], folder: Path
) -> None:
    writer, reader = pair
    chance = random.Random(seed)
    before = writer._store.contents()
    for _ in range(40):
        known(reader)  # so that it is in memory
        for _ in range(chance.choice((1, 1, 3))):
            act(writer, chance)
        after = writer._store.contents()
        changes = Changes(0, keys_between(before, after), has_embeddings=False, is_complete=True)
        revision = reader.revision
        reader.take_up(changes)
        if chance.random() < 0.3:
            reader.take_up(changes)
        assert not changes.keys[Table.FACES] or reader.revision != revision
        with Gallery.open(folder, for_writing=False) as fresh:
            assert known(reader) == known(fresh)
        before = after


def test_whoever_missed_too_much_reads_everything_anew(pair: tuple[Gallery, Gallery], folder: Path) -> None:
    writer, reader = pair
    known(reader)
    chance = random.Random(7)
    for _ in range(30):
        act(writer, chance)
    reader.take_up(Changes(0, {}, has_embeddings=False, is_complete=False))
    with Gallery.open(folder, for_writing=False) as fresh:
        assert known(reader) == known(fresh)
