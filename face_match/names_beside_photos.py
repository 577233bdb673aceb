"""Names carried between a gallery and the side-cars of photos, where other programs write and read them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from face_match.batch import in_parallel
from face_match.errors import (
    AlreadyAddedError,
    CancelledError,
    FaceMatchError,
    GalleryError,
    InvalidNameError,
    NoFaceError,
    SidecarUnreadableError,
)
from face_match.face_regions import NamedRegion
from face_match.gallery.gallery import Gallery
from face_match.importing import Imported
from face_match.sidecar_writing import FacePlace, write_regions
from face_match.sidecars import read_regions, sidecar_of, sidecar_to_write
from face_match.types import (
    Box,
    EmbeddedFace,
    IsCancelled,
    OnProgress,
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
        unplaced: samples of which it is not known where in the photo the face is; versions before 2 of the
            records do not have that.
        failed: photos, or side-cars, that cannot be read or written.
        left: photos that were not looked at, as it ended before.
        stopped_by: why it ended before the last photo, if it did.
    """

    photos: int = 0
    names: int = 0
    known: int = 0
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
    """Write the names of faces that are samples beside their photos, which stay as they are."""
    result = Written()
    for done, path in enumerate(photos):
        if is_cancelled():
            result.stopped_by = CancelledError()
            result.left = len(photos) - done
            break
        on_progress(done, len(photos))
        try:
            photo = load_photo(path)
            known = gallery.samples_in(photo.digest)
            regions = [FacePlace(sample.place, person.name) for person, sample in known if sample.place]
            result.unplaced += len(known) - len(regions)
            if regions:
                result.photos += 1
                shape = photo.width, photo.height, photo.orientation
                written = write_regions(sidecar_to_write(path), regions, *shape)
                result.names += written.added + written.renamed
                result.known += written.kept
        except FaceMatchError as exc:
            result.failed.append((path, exc))
    on_progress(len(photos), len(photos))
    return result


class _NamedFaces(NamedTuple):
    digest: str
    named: list[tuple[NamedRegion, EmbeddedFace | None]]


def import_named(
    photos: Sequence[Path],
    gallery: Gallery,
    pipeline: FacePipeline,
    *,
    is_only_tried: bool = False,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Imported:
    """Add the faces that have a name beside their photo to the people of those names."""
    with_names = [(path, sidecar) for path in photos if (sidecar := sidecar_of(path)) is not None]
    result = Imported(len(with_names))

    def read(pair: tuple[Path, Path]) -> _NamedFaces | FaceMatchError:
        try:
            photo = load_photo(pair[0])
            found = read_regions(pair[1], photo.width, photo.height, photo.orientation)
            if not found.are_trusted:
                return SidecarUnreadableError(pair[1].name, found.reason)
            regions = found.named
            is_new = not all(gallery.has_photo(region.name, photo.digest) for region in regions)
            faces = pipeline.faces(photo) if is_new else []
            return _NamedFaces(photo.digest, faces_of(regions, faces))
        except FaceMatchError as exc:
            return exc

    def add(path: Path, name: str, face: EmbeddedFace | None, digest: str) -> None:
        try:
            if gallery.has_photo(name, digest):
                raise AlreadyAddedError(name)
            if face is None:
                raise NoFaceError(path.name, name)
            if not is_only_tried:
                gallery.add(name, face.crop, {face.model_id: face.vector}, digest, face.face.box)
        except AlreadyAddedError:
            result.known += 1
        except (NoFaceError, InvalidNameError) as exc:
            result.failed.append((path, exc))
        else:
            result.added += 1
            result.people.add(name)

    done = 0
    try:
        with closing(in_parallel(read, with_names, is_cancelled)) as pairs:
            for (path, _), found in pairs:
                on_progress(done, len(with_names))
                if isinstance(found, FaceMatchError):
                    result.failed.append((path, found))
                else:
                    for region, face in found.named:
                        add(path, region.name, face, found.digest)
                done += 1
    except (CancelledError, GalleryError) as exc:
        result.stopped_by = exc
        result.left = len(with_names) - done
    on_progress(len(with_names), len(with_names))
    return result


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

    def has_its_middle(box: Box) -> bool:
        x, y = box.x + box.width / 2, box.y + box.height / 2
        return region.x <= x <= region.x + region.width and region.y <= y <= region.y + region.height

    inside = [face for face in faces if has_its_middle(face.face.box)]
    return max(inside, key=lambda face: region.overlap(face.face.box), default=None)
