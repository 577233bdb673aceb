"""Writing the folder `waiting/` of version 0.1: one file a photo, with a line of JSON and the crops of its
faces."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path

from face_match.core.types import EmbeddedFace
from face_match.gallery.records.fields import encode_embedding
from face_match.gallery.storage.crops import encode_png
from face_match.gallery.storage.vault import Vault, to_disk


def waiting_record(face_id: str, face: EmbeddedFace, *, has_crop: bool = True) -> dict[str, object]:
    """The record of a face; only its place for one that was named or ignored for good."""
    return {
        "id": face_id,
        "place": list(face.face.box),
        "box": list(face.crop.box),
        "landmarks": [list(point) for point in face.crop.landmarks],
        "confidence": face.face.confidence,
        "quality": {
            "verdict": face.quality.verdict.value,
            "score": face.quality.score,
            "reasons": list(face.quality.reasons),
        },
        "vectors": {face.model_id: encode_embedding(face.embedding)} if has_crop else {},
        "crop_bytes": len(encode_png(face.crop.pixels)) if has_crop else 0,
        "is_ignored": False,
        "bundle": None,
        "apart": [],
    }


def write_waiting(
    folder: Path,
    digest: str,
    faces: Sequence[tuple[str, EmbeddedFace]],
    *,
    path: str = "/photos/party.jpg",
    without_crop: Collection[str] = (),
    ignored: Collection[str] = (),
    bundle: Collection[str] = (),
    apart: Collection[tuple[str, str]] = (),
    vault: Vault | None = None,
) -> Path:
    """Write the file of a photo with that file digest.

    Args:
        faces: ids and faces.
        without_crop, ignored, bundle: ids of faces that have only a place, are ignored, or were grouped.
        apart: pairs of ids of faces that the user said are different people.
    """
    records = []
    for face_id, face in faces:
        record = waiting_record(face_id, face, has_crop=face_id not in without_crop)
        record["is_ignored"] = face_id in ignored
        record["bundle"] = "a bundle" if face_id in bundle else None
        record["apart"] = [other for one, other in apart if one == face_id]
        records.append(record)
    head = {
        "version": 1,
        "photo": digest,
        "path": path,
        "size": 1234,
        "modified_ns": 1_700_000_000_000_000_000,
        "faces": records,
    }
    crops = [encode_png(face.crop.pixels) for face_id, face in faces if face_id not in without_crop]
    data = b"\n".join([json.dumps(head, ensure_ascii=False).encode(), b"".join(crops)])
    name = hashlib.sha256(digest.encode()).hexdigest()[:32]
    file = folder / "waiting" / f"{name}.faces"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(to_disk(data, vault, f"waiting/{file.name}"))
    return file
