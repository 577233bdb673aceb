"""Names carried between a gallery and the side-cars of photos, where other programs write and read them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from face_match.batch import in_parallel
from face_match.errors import (
    CancelledError,
    FaceMatchError,
    GalleryError,
    NoFaceError,
    SidecarUnreadableError,
)
from face_match.face_regions import NamedRegion
from face_match.gallery.gallery import Gallery
from face_match.importing import Imported, Naming
from face_match.sidecar_writing import FacePlace, write_regions
from face_match.sidecars import read_regions, sidecar_of, sidecar_to_write
from face_match.types import (
    Box,
    EmbeddedFace,
    FaceRecord,
    IsCancelled,
    OnProgress,
    Photo,
    PhotoFacts,
    SeenFile,
    Source,
    never_cancelled,
    no_progress,
)
from face_match.vision.images import load_photo
from face_match.vision.pipeline import FacePipeline


@dataclass
class Written:
    """What came of writing names.

    Attributes:
        photos: in how many photos the gallery knows a face.
        names, known: how many faces got their name beside their photo, and how many had it there already.
        removed: how many regions went, as a person has said that the face is not who they name.
        unplaced: faces of which it is not known where in the photo the face is; versions before 2 of the
            records do not have that.
        failed: photos, or side-cars, that cannot be read or written.
        left: photos that were not looked at, as it ended before.
        stopped_by: why it ended before the last photo, if it did.
    """

    photos: int = 0
    names: int = 0
    known: int = 0
    removed: int = 0
    unplaced: int = 0
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    left: int = 0
    stopped_by: FaceMatchError | None = None


def write_names(
    photos: Sequence[Path],
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Written:
    """Write the names of named faces beside their photos, which stay as they are."""
    result = Written()
    for done, path in enumerate(photos):
        if is_cancelled():
            result.stopped_by = CancelledError()
            result.left = len(photos) - done
            break
        on_progress(done, len(photos))
        try:
            photo = load_photo(path)
            places, unplaced = _places(gallery, photo)
            result.unplaced += unplaced
            if places:
                result.photos += any(place.name is not None for place in places)
                shape = photo.width, photo.height, photo.orientation
                written = write_regions(sidecar_to_write(path), places, *shape)
                result.names += written.added + written.renamed
                result.removed += written.removed
                result.known += written.kept
        except FaceMatchError as exc:
            result.failed.append((path, exc))
    on_progress(len(photos), len(photos))
    return result


def _places(gallery: Gallery, photo: Photo) -> tuple[list[FacePlace], int]:
    """Where faces of a photo have a name, or lost one; and of how many named ones it is not known where."""
    record = gallery.photo_of(photo)
    faces = gallery.faces_in(record) if record is not None else []
    places, unplaced = [], 0
    for face in faces:
        person = gallery.person_in(face.person)
        if face.place is None:
            unplaced += person is not None
        elif person is not None:
            places.append(FacePlace(face.place, person.name))
        elif face.is_unnamed:
            places.append(FacePlace(face.place, None))
        elif face.rejections:
            places.append(FacePlace(face.place, None, tuple(r.name for r in face.rejections)))
    return places, unplaced


class _NamedFaces(NamedTuple):
    photo: PhotoFacts
    named: list[tuple[NamedRegion, EmbeddedFace | None]]
    known: int


def import_named(
    photos: Sequence[Path],
    gallery: Gallery,
    pipeline: FacePipeline,
    *,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Imported:
    """Give faces the names that they have beside their photos, but where a person has said otherwise."""
    with_names = [(path, sidecar) for path in photos if (sidecar := sidecar_of(path)) is not None]
    result = Imported(len(with_names))

    def read(pair: tuple[Path, Path]) -> _NamedFaces | FaceMatchError:
        try:
            return _named_faces(*pair, gallery, pipeline)
        except FaceMatchError as exc:
            return exc

    done = 0
    try:
        naming = Naming(gallery, Source.METADATA, result)
        with closing(in_parallel(read, with_names, is_cancelled)) as pairs:
            for (path, _), found in pairs:
                on_progress(done, len(with_names))
                if isinstance(found, FaceMatchError):
                    result.failed.append((path, found))
                else:
                    _take(path, found, naming, result)
                done += 1
    except (CancelledError, GalleryError) as exc:
        result.stopped_by = exc
        result.left = len(with_names) - done
    on_progress(len(with_names), len(with_names))
    return result


def _take(path: Path, found: _NamedFaces, naming: Naming, result: Imported) -> None:
    """Name the faces of a photo; raises GalleryError."""
    result.known += found.known
    for region, face in found.named:
        if face is None:
            result.failed.append((path, NoFaceError(path.name, region.name)))
        else:
            naming.name(path, region.name, found.photo, face)


def _named_faces(path: Path, sidecar: Path, gallery: Gallery, pipeline: FacePipeline) -> _NamedFaces:
    """The faces of the regions beside a photo; it is not looked for those that have their name already."""
    photo = load_photo(path)
    found = read_regions(sidecar, photo.width, photo.height, photo.orientation)
    if not found.are_trusted:
        raise SidecarUnreadableError(sidecar.name, found.reason)
    record = gallery.photo_of(photo)
    known = [face for face in gallery.faces_in(record) if face.person] if record is not None else []
    new = [region for region in found.named if not _is_known(region, known, gallery)]
    faces = pipeline.faces(photo) if new else []
    # all regions compete, or a face could be taken for a region that another one has
    named = [pair for pair in faces_of(found.named, faces) if pair[0] in new]
    return _NamedFaces(SeenFile.of(photo), named, len(found.named) - len(new))


def _is_known(region: NamedRegion, faces: Sequence[FaceRecord], gallery: Gallery) -> bool:
    """Whether the face of a region is that person's already."""
    person = gallery.find(region.name)
    return person is not None and any(
        face.person == person.folder and (face.place is None or has_middle(region.box, face.place))
        for face in faces
    )


def faces_of(
    regions: Sequence[NamedRegion], faces: Sequence[EmbeddedFace]
) -> list[tuple[NamedRegion, EmbeddedFace | None]]:
    """The face of each region, as far as there is one; a face goes to the region that overlaps it most."""
    pairs = [
        (region.box.overlap(face.face.box), number, place)
        for number, region in enumerate(regions)
        for place, face in enumerate(faces)
        if face_in(region.box, [face])
    ]
    of_region: dict[int, int] = {}
    for _, number, place in sorted(pairs, key=lambda pair: -pair[0]):
        if number not in of_region and place not in of_region.values():
            of_region[number] = place
    return [
        (region, faces[of_region[number]] if number in of_region else None)
        for number, region in enumerate(regions)
    ]


def face_in(region: Box, faces: Sequence[EmbeddedFace]) -> EmbeddedFace | None:
    """The face whose middle is in a region, of several the one that overlaps it most.

    Programs draw their boxes around a face more or less widely, but all around its middle.
    """
    inside = [face for face in faces if has_middle(region, face.face.box)]
    return max(inside, key=lambda face: region.overlap(face.face.box), default=None)


def has_middle(region: Box, box: Box) -> bool:
    """Whether the middle of a box is in a region."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return region.x <= x <= region.x + region.width and region.y <= y <= region.y + region.height
