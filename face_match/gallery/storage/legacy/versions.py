"""Converting records of versions 1 to 3 and of the original demo.

Samples were part of people, and a rejection named the digest of a photo's file and a box:

{"people": [{"name", "folder", "added", "cover", "samples": [{"id", "file", "added", "photo", "box",
             "landmarks", "place", "vectors"}], "rejections": [{"photo", "box", "similarity"}]}],
 "history": [{"description", "at", "edits": [{"person": {…}, "from": …, "to": …} | {"sample": …} |
              {"rejection": …}]}]}

In the history `from` and `to` are folders of people, or names in the edit of a person; null for missing. A
removed sample that could be restored becomes an unnamed face with that person rejected.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from face_match.core.dates import modified_at, modified_ns
from face_match.core.records import Origin
from face_match.core.types import SAME_FACE_OVERLAP, Box
from face_match.gallery.records.edits import Edit
from face_match.gallery.records.fields import (
    parse_box,
    parse_float,
    parse_list,
    parse_name,
    parse_text,
    pop_field,
    reading_at,
)
from face_match.gallery.records.history import Step
from face_match.gallery.records.paths import safe_folder
from face_match.gallery.records.rows import Contents, Row, Table, read_face_record, read_row
from face_match.gallery.storage.legacy.demo import people_of_demo

RELABELLED = {"dlib": "dlib, one view"}
"""The model names of embeddings from before version 3. The built-in model used one view of a face then and
uses three now, so the two cannot be compared. The old ones are kept, because some faces have lost their
crops."""


def contents_of_demo(entries: list[Any], path: Path) -> Contents:
    """The contents of a demo file; raises one of `fields.READ_ERRORS`, OSError."""
    changed = modified_at(modified_ns(path.stat()))
    people = people_of_demo(entries, path.parent, changed.strftime("%Y-%m-%dT%H:%M:%SZ"))
    return contents_of_people({"people": people}, 3)[0]


def contents_of_people(
    content: Mapping[str, Any], version: int
) -> tuple[Contents, list[tuple[Step, list[Edit]]]]:
    """The contents and history of versions 1 to 3; raises one of `fields.READ_ERRORS`."""
    migration = _Migration(relabels=version < 3)
    named = {"history": [], **content}
    pop_field({**named}, "people", lambda people: parse_list(people, migration.take_person))
    pop_field({**named}, "history", lambda changes: parse_list(changes, migration.note_removed))
    migration.take_removed()
    pop_field({**named}, "people", lambda people: parse_list(people, migration.take_rejections))
    return migration.contents, pop_field({**named}, "history", migration.steps)


def photo_id(file_digest: str) -> str:
    """The id for a photo with that file digest; constant, so that a migration can be repeated."""
    return hashlib.sha256(f"photo {file_digest}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True)
class _LegacyRejection:
    """A rejection of an earlier version: the person and the face."""

    folder: str
    face_id: str
    similarity: Mapping[str, float]


class _Migration:
    def __init__(self, *, relabels: bool) -> None:
        self.contents = Contents()
        self._relabels = relabels
        self._faces: dict[str, dict[str, Any]] = {}
        self._at_photo: dict[str, list[str]] = {}
        self._names: dict[str, str] = {}
        self._removed: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}

    def take_person(self, record: Mapping[str, Any]) -> None:
        known = {name: value for name, value in record.items() if name not in ("samples", "rejections")}
        if not isinstance(known.get("cover"), str):
            known.pop("cover", None)
        person = read_row(Table.PEOPLE, known)
        self.contents.rows[Table.PEOPLE].append(person)
        self._names[person["folder"]] = person["name"]

        def take_samples(samples: object) -> None:
            parse_list(samples, lambda sample: self._take_sample(sample, person["folder"]))

        pop_field(dict(record), "samples", take_samples)

    def _take_sample(self, record: Mapping[str, Any], folder: str | None) -> None:
        row, embeddings = self._face(record, folder)
        self._put(row)
        self.contents.embeddings[row["id"]] = embeddings

    def _face(self, record: Mapping[str, Any], folder: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
        """The row and embeddings of a sample; the person may be None."""
        known = dict(record)
        digest = pop_field(known, "photo", parse_text)
        known |= {
            "photo": self._photo(digest),
            "person": folder,
            "is_unnamed": folder is None,
            "origin": Origin.LEGACY.value,
        }
        if self._relabels:
            known["vectors"] = {
                RELABELLED.get(model, model): entry for model, entry in known["vectors"].items()
            }
        row, embeddings = read_face_record(known)
        return dict(row), embeddings

    def _photo(self, digest: str) -> str | None:
        if not digest:
            return None
        number = photo_id(digest)
        if number not in self._at_photo:
            self._at_photo[number] = []
            photo = read_row(Table.PHOTOS, {"id": number, "file_digest": digest})
            self.contents.rows[Table.PHOTOS].append(photo)
        return number

    def _put(self, row: dict[str, Any]) -> None:
        self._faces.setdefault(row["id"], row)
        self.contents.rows[Table.FACES].append(row)  # duplicates too: they are refused later
        if row["photo"] is not None:
            self._at_photo[row["photo"]].append(row["id"])

    def note_removed(self, change: Mapping[str, Any]) -> None:
        """Collect removed samples from the history; the last mention has the embeddings."""

        def note(sample: Mapping[str, Any]) -> None:
            row, embeddings = self._face(sample, None)
            self._removed[row["id"]] = (row, embeddings)

        def note_edit(edit: Mapping[str, Any]) -> None:
            if "sample" in edit and edit["sample"]["id"] not in self._faces:
                pop_field(dict(edit), "sample", note)

        pop_field(dict(change), "edits", lambda edits: parse_list(edits, note_edit))

    def take_removed(self) -> None:
        """Add the removed samples as unnamed faces."""
        for face_id, (row, embeddings) in self._removed.items():
            self._put(row)
            self.contents.embeddings[face_id] = embeddings

    def take_rejections(self, record: Mapping[str, Any]) -> None:
        folder = safe_folder(record["folder"])

        def take_rejection(entry: Mapping[str, Any]) -> None:
            rejected = self._resolve_rejection(entry, folder, is_made=True)
            if rejected is not None:
                self._faces[rejected.face_id]["rejections"].append(self._rejection_record(rejected))

        pop_field({"rejections": [], **record}, "rejections", lambda entry: parse_list(entry, take_rejection))

    def _resolve_rejection(
        self, record: Mapping[str, Any], folder: str, *, is_made: bool
    ) -> _LegacyRejection | None:
        """Find or make the face of a rejection; None if it does not exist and is not to be made."""
        digest, box = parse_text(record["photo"]), parse_box(record["box"])
        similarity = record.get("similarity")
        entry = {
            parse_text(model): parse_float(value)
            for model, value in (similarity.items() if isinstance(similarity, dict) else ())
            if isinstance(value, float) and math.isfinite(value)
        }
        number = photo_id(digest) if digest and not is_made else self._photo(digest)
        found = [
            (overlap, face_id)
            for face_id in self._at_photo.get(number or "", ())
            if (overlap := _overlap(self._faces[face_id], box)) >= SAME_FACE_OVERLAP
        ]
        if found:
            return _LegacyRejection(folder, max(found)[1], entry)
        if not is_made:
            return None
        face_id = hashlib.sha256(f"{digest} {list(box)}".encode()).hexdigest()[:32]
        record = {"id": face_id, "photo": number, "file": "", "added": "", "place": list(box)}
        self._put(dict(read_row(Table.FACES, record)))
        return _LegacyRejection(folder, face_id, entry)

    def _rejection_record(self, rejected: _LegacyRejection) -> dict[str, object]:
        name = self._names.get(rejected.folder, rejected.folder)
        return {"folder": rejected.folder, "name": name, "similarity": dict(rejected.similarity)}

    # History

    def steps(self, changes: Sequence[Any]) -> list[tuple[Step, list[Edit]]]:
        """The history as steps, converted backwards from the final state."""
        rejections = {face_id: list(row["rejections"]) for face_id, row in self._faces.items()}
        found = []
        for number, change in reversed([*enumerate(changes, start=1)]):
            with reading_at(f"[{number - 1}]"):
                known = dict(change)
                step = Step(
                    number, pop_field(known, "description", parse_text), pop_field(known, "at", parse_text)
                )
                edits: list[Edit] = []
                for at, edit in reversed([*enumerate(change["edits"])]):
                    with reading_at(f"edits[{at}]"):
                        edits += self._edits(edit, rejections)
                found.append((step, edits[::-1]))
        return found[::-1]

    def _edits(self, record: Mapping[str, Any], rejections: dict[str, list[Any]]) -> Iterator[Edit]:
        before, after = record["from"], record["to"]
        if before is None and after is None:
            raise ValueError("has neither an old nor a new person")
        if "person" in record:
            yield _person_edit(record)
            return
        folders = [None if side is None else safe_folder(side) for side in (before, after)]
        if "sample" in record:
            yield self._sample_edit(record["sample"], *folders)
            return
        rejected = self._resolve_rejection(record["rejection"], folders[1] or folders[0] or "", is_made=False)
        if folders[1] is not None and rejected is not None:
            now = rejections[rejected.face_id]
            entry = next((one for one in reversed(now) if one["folder"] == folders[1]), None)
            if entry is None:
                return
            was = [one for one in now if one is not entry]
            if folders[0] is not None:
                was.append({**entry, "folder": folders[0], "name": self._names.get(folders[0], folders[0])})
            rejections[rejected.face_id] = was
            yield Edit(Table.FACES, rejected.face_id, {"rejections": was}, {"rejections": now})

    def _sample_edit(self, record: Mapping[str, Any], before: str | None, after: str | None) -> Edit:
        face_id = parse_text(record["id"])
        if before is None:
            row, _ = self._face(record, after)
            return Edit(Table.FACES, face_id, None, {**row, "photo": self._faces[face_id]["photo"]})
        return Edit(
            Table.FACES,
            face_id,
            {"person": before, "is_unnamed": False},
            {"person": after, "is_unnamed": after is None},
        )


def _person_edit(record: Mapping[str, Any]) -> Edit:
    known = dict(record["person"])
    cover = known.get("cover") if isinstance(known.get("cover"), str) else None
    row = read_row(Table.PEOPLE, {**known, "cover": cover})

    def called(name: object) -> Row | None:
        return None if name is None else {**row, "name": parse_name(name)}

    before, after = called(record["from"]), called(record["to"])
    if before is None or after is None:
        return Edit(Table.PEOPLE, row["folder"], before, after)
    new_cover = record["extra"].get("cover") if "extra" in record else cover
    was, becomes = {"name": before["name"]}, {"name": after["name"]}
    if new_cover != cover:
        was["cover"], becomes["cover"] = cover, parse_text(new_cover) if isinstance(new_cover, str) else None
    return Edit(Table.PEOPLE, row["folder"], was, becomes)


def _overlap(row: Mapping[str, Any], box: Box) -> float:
    return Box(*row["place"]).overlap(box) if row["place"] is not None else 0.0
