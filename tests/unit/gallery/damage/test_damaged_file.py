"""JSON files with each value replaced by invalid ones, and changed rows: refused or harmless."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from face_match.gallery.gallery import Gallery
from face_match.gallery.records.history import MAX_ID
from face_match.gallery.records.paths import RECORDS
from tests.unit.gallery.damage.conftest import Galleries, TryOut
from tests.unit.gallery.damage.healthy import new_face, photo
from tests.unit.gallery.damage.variants import Variant, asked_for, of_rows, of_values, with_json

TABLES = ("people", "photos", "faces", "conflicts", "history")


def _write(folder: Path, document: object) -> None:
    (folder / RECORDS).write_text(json.dumps(document), "ascii")


def _edit(edit: Callable[[dict[str, Any]], object], folder: Path) -> None:
    with_json(folder / RECORDS, edit)


# Rows that do not fit together


def _shares_crop(document: dict[str, Any]) -> None:
    """A face of Grace has the crop of one of Ada's, which is named after that."""
    faces = {face["person"]: face for face in document["faces"]}
    faces["Grace"]["file"] = faces["Ada"]["file"]


def _shares_crop_of_unnamed(document: dict[str, Any]) -> None:
    unnamed = [face for face in document["faces"] if face["person"] is None and face["file"]]
    named = next(face for face in document["faces"] if face["person"] == "Grace")
    named["file"] = unnamed[0]["file"]
    unnamed[1]["file"] = unnamed[2]["file"]


def _forgotten_step_has_a_crop(document: dict[str, Any]) -> None:
    """A step that was undone, and will be forgotten, adds a face whose crop is another one's."""
    face = next(face for face in document["faces"] if face["person"] == "Ada")
    row = {key: value for key, value in face.items() if key not in ("vectors", "note")}
    row |= {"id": "e" * 32, "extra": {}}
    edit = {"table": "faces", "key": row["id"], "from": None, "to": row}
    document["history"].append(_step(document, [edit], undone=True))


def _step(document: dict[str, Any], edits: list[Any], *, undone: bool = False) -> dict[str, Any]:
    number = document["history"][-1]["id"] + 1
    return {"id": number, "description": "something", "at": "", "undone": undone, "edits": edits}


def _last_step(make: Callable[[dict[str, Any]], list[Any]]) -> Callable[[dict[str, Any]], None]:
    """The one that is undone first."""

    def edit(document: dict[str, Any]) -> None:
        document["history"] = [step for step in document["history"] if not step["undone"]]
        document["history"].append(_step(document, make(document)))

    return edit


def _face(document: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A row as a history has it, of a face that is not there."""
    face = {key: value for key, value in document["faces"][0].items() if key not in ("vectors", "note")}
    return {**face, "id": "e" * 32, "extra": {}, **fields}


def _gone(table: str, row: dict[str, Any]) -> list[Any]:
    """Undoing it brings a row back."""
    return [{"table": table, "key": row["id"], "from": row, "to": None}]


def _patched(table: str, row: dict[str, Any], before: dict[str, Any]) -> list[Any]:
    """Undoing it changes a row."""
    now = {name: row[name] for name in before}
    return [{"table": table, "key": row["id"], "from": before, "to": now}]


def _added(table: str, row: dict[str, Any], key: str = "id") -> list[Any]:
    """Undoing it removes a row."""
    whole = {name: value for name, value in row.items() if name not in ("vectors", "note")}
    return [{"table": table, "key": row[key], "from": None, "to": {**whole, "extra": {}}}]


HISTORIES: dict[str, Callable[[dict[str, Any]], list[Any]]] = {
    "face-of-no-photo": lambda d: _gone("faces", _face(d, photo="nothing")),
    "face-of-nobody": lambda d: _gone("faces", _face(d, person="nobody")),
    "face-with-crop-of-another": lambda d: _gone("faces", _face(d)),
    "face-with-records-as-crop": lambda d: _gone("faces", _face(d, file=RECORDS)),
    "face-there-already": lambda d: _gone("faces", _face(d, id=d["faces"][0]["id"])),
    "photo-moves-away": lambda d: _patched("faces", d["faces"][0], {"photo": "nothing"}),
    "person-moves-away": lambda d: _patched("faces", d["faces"][0], {"person": "nobody"}),
    "crop-of-another": lambda d: _patched("faces", d["faces"][0], {"file": d["faces"][1]["file"]}),
    "crop-outside-the-crops": lambda d: _patched("faces", d["faces"][0], {"file": RECORDS}),
    "crop-of-a-name": lambda d: _patched("faces", d["faces"][0], {"file": "faces_db/x/\udcff.png"}),
    "cover-of-another": lambda d: [
        {"table": "people", "key": "Grace", "from": {"cover": d["faces"][0]["id"]}, "to": {"cover": None}}
    ],
    "conflict-of-no-face": lambda d: _gone("conflicts", {**d["conflicts"][1], "id": "c", "face": "nobody"}),
    "conflict-moves-away": lambda d: _patched("conflicts", d["conflicts"][1], {"face": "nobody"}),
    "photo-in-use": lambda d: _added("photos", d["photos"][1]),
    "photo-in-use-again": lambda d: [
        *_added("photos", d["photos"][1]),
        *_gone("faces", _face(d, photo=d["photos"][1]["id"])),
    ],
    "person-in-use": lambda d: _added("people", d["people"][1], "folder"),
    "person-with-a-name-of-another": lambda d: [
        {"table": "people", "key": "Grace", "from": {"name": "Joan"}, "to": {"name": "Grace"}}
    ],
    "face-with-conflicts": lambda d: _added(
        "faces", next(face for face in d["faces"] if face["id"] == d["conflicts"][1]["face"])
    ),
    "vectors-of-a-person": lambda d: [
        {
            **{"table": "people", "key": "Grace", "from": {"born": "1906"}, "to": {"born": ""}},
            "vectors": next(iter(d["faces"]))["vectors"],
        }
    ],
    "key-changes": lambda d: _patched("faces", d["faces"][0], {"id": "another"}),
    "no-edits": lambda d: [],
    "twice": lambda d: _patched("faces", d["faces"][0], {"added": "x"}) * 2,
    "of-nothing": lambda d: [{"table": "faces", "key": "x", "from": None, "to": None}],
    "of-one-side": lambda d: [{"table": "faces", "key": "x", "from": {}, "to": {"file": ""}}],
}


def _histories() -> list[Variant]:
    others = {
        "largest-step": lambda d: d["history"][-1].update(id=MAX_ID),
        "too-large-step": lambda d: d["history"][-1].update(id=MAX_ID + 1),
        "step-twice": lambda d: d["history"].append(d["history"][-1]),
        "undone-before-done": lambda d: d["history"][0].update(undone=True),
        "forgotten-crop": _forgotten_step_has_a_crop,
    }
    made: dict[str, Callable[[dict[str, Any]], object]] = {
        **{name: _last_step(make) for name, make in HISTORIES.items()},
        **others,
    }
    return [Variant(f"file-history-{name}", partial(_edit, edit)) for name, edit in made.items()]


REFERENCES: dict[str, Callable[[dict[str, Any]], object]] = {
    "shared-crop": _shares_crop,
    "shared-crop-of-unnamed": _shares_crop_of_unnamed,
    "cover-of-another": lambda d: d["people"][1].update(cover=d["faces"][0]["id"]),
    "cover-of-unnamed": lambda d: d["people"][1].update(
        cover=next(face["id"] for face in d["faces"] if face["person"] is None)
    ),
    "apart-from-itself": lambda d: [face.update(apart=[face["id"]]) for face in d["faces"]],
    "apart-in-a-circle": lambda d: [
        face.update(apart=[other["id"] for other in d["faces"]]) for face in d["faces"]
    ],
    "all-in-one-cluster": lambda d: [face.update(cluster="c") for face in d["faces"]],
    "rejected-for-its-person": lambda d: d["faces"][0].update(
        rejections=[{"folder": d["faces"][0]["person"], "name": "Ada", "similarity": {}}] * 2
    ),
    "person-without-faces": lambda d: d["people"].append({"folder": "Zed", "name": "Zed", "added": ""}),
    "same-name-in-another-form": lambda d: d["people"].append(
        {"folder": "Zed", "name": "  GRACE ", "added": ""}
    ),
    "same-folder-in-another-case": lambda d: d["people"].append(
        {"folder": "grace", "name": "Zed", "added": ""}
    ),
    "same-digest": lambda d: [one.update(digest=d["photos"][0]["digest"]) for one in d["photos"]],
    "same-path": lambda d: [one.update(path=d["photos"][0]["path"]) for one in d["photos"]],
    "empty-ids": lambda d: (d["photos"][-1].update(id=""), d["conflicts"][-1].update(id="")),
    "ids-of-others": lambda d: d["conflicts"][-1].update(id=d["faces"][0]["id"]),
    "ids-that-are-folders": lambda d: d["conflicts"][-1].update(id="Grace"),
    "all-scanned": lambda d: [face.update(is_scanned=True) for face in d["faces"]],
    "ignored-and-named": lambda d: [face.update(is_ignored=True) for face in d["faces"]],
    "of-no-photo": lambda d: [face.update(photo=None) for face in d["faces"]],
    "without-crops": lambda d: [face.update(file="") for face in d["faces"]],
    "crop-is-a-folder": lambda d: d["faces"][0].update(file="faces_db/Grace"),
    "turned": lambda d: [one.update(orientation=6) for one in d["photos"]],
}


def _references() -> list[Variant]:
    return [Variant(f"file-references-{name}", partial(_edit, edit)) for name, edit in REFERENCES.items()]


def _told_twice(folder: Path) -> None:
    """A key is in an object twice, which JSON allows."""
    text = (folder / RECORDS).read_text("ascii")
    (folder / RECORDS).write_text(text.replace('"id": ', '"id": "../../x", "id": '), "ascii")


def _variants(galleries: Galleries) -> list[Variant]:
    document = json.loads((galleries.json / RECORDS).read_bytes())
    twice = Variant("file-keys-twice", _told_twice)
    return [
        *of_values("file", document, _write),
        *of_rows("file", TABLES),
        *_histories(),
        *_references(),
        twice,
    ]


def test_an_invalid_value_is_refused_or_harmless(galleries: Galleries, try_out: TryOut) -> None:
    variants = _variants(galleries)
    assert len(variants) > 6000
    try_out.all(galleries.json, asked_for(variants, one_in=300))
    try_out.by_chance(galleries.json, variants, 10)


def test_rows_that_do_not_fit_together_are_refused_or_harmless(galleries: Galleries, try_out: TryOut) -> None:
    variants = [*_histories(), *_references(), *of_rows("file", TABLES)]
    asked = asked_for(variants, one_in=3)
    assert 0 < try_out.all(galleries.json, asked) < len(asked), "some are refused, some are harmless"


@pytest.mark.parametrize("number", [MAX_ID, MAX_ID // 2 + 1, MAX_ID // 2])
def test_a_history_with_too_large_a_step_id_is_cleared_at_the_next_change(
    galleries: Galleries, try_out: TryOut, number: int
) -> None:
    def last(document: dict[str, Any]) -> None:
        document["history"][-1]["id"] = number

    with try_out.damaged(galleries.json, Variant("room", partial(_edit, last))) as folder:
        for face in (80, 81):
            with Gallery.open(folder, for_writing=True) as gallery:
                before = [step.id for step in gallery.history]
                gallery.add("Zoë", new_face(face), photo(face))
        steps = Gallery.open(folder, for_writing=False).history
        if number > MAX_ID // 2:
            assert before == [1]
            assert [step.id for step in steps] == [1, 2]
        else:  # there is room for one more
            assert before[-1] == number + 1
            assert [step.id for step in steps] == [1]


def test_a_crop_shared_by_two_faces_stays_while_one_uses_it(galleries: Galleries, try_out: TryOut) -> None:
    with (
        try_out.damaged(galleries.json, Variant("shared", partial(_edit, _shares_crop))) as folder,
        Gallery.open(folder, for_writing=True) as gallery,
    ):
        (grace,) = [f for f in gallery.faces_of(gallery.person("Grace")) if f.file.startswith("faces_db/Ada")]
        owner = next(f for f in gallery.faces_of(gallery.person("Ada King")) if f.file == grace.file)
        gallery.remove([owner.id])
        assert gallery.pixels_of(gallery.face(grace.id)).any()
        assert gallery.pixels_of(gallery.face(owner.id)).any()
