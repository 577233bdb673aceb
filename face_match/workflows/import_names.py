"""Import the names that other photo programs gave to faces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from face_match.core.errors import (
    FaceMatchError,
    NoFaceError,
    SidecarNamesError,
)
from face_match.core.orientation import reorient_box
from face_match.core.progress import (
    IsCancelled,
    OnProgress,
    never_cancelled,
    no_progress,
)
from face_match.core.records import FaceRecord, Source
from face_match.core.types import SAME_FACE_OVERLAP, Box, Photo, PhotoFileInfo, PhotoInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.metadata.face_regions import NamedRegion, folded_name
from face_match.metadata.name_sources import NameSource
from face_match.vision.photo_loading import load_photo, reorient_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import run_batch
from face_match.workflows.import_people import ImportResult, NameImporter
from face_match.workflows.read_names import NamesOfPhoto, name_sources
from face_match.workflows.scan import is_scanned

MOST_OTHER_NAMES = 10
"""Further names of one face that become conflicts; photo programs write two or three at most."""


class _NamedFaces(NamedTuple):
    """The regions of a photo's sidecars, with their faces.

    Attributes:
        named: each region whose face does not have its name yet, with the face; regions whose face belongs to
            another region come last.
        known: the number of regions whose face has the name already.
        names: the names of all regions that were read.
        problems: why names were left out, with the file that has them.
    """

    photo: PhotoInfo
    named: list[tuple[NamedRegion, NewFace | None]]
    known: int
    names: list[str]
    problems: list[tuple[Path, FaceMatchError]]


def import_names_from_metadata(
    photos: Sequence[Path],
    gallery: Gallery,
    pipeline: FacePipeline,
    *,
    sources: Sequence[NameSource] | None = None,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ImportResult:
    """Give faces the names that other programs gave them. A name given by the user stays.

    Args:
        sources: those of `name_sources`; by default the ones for the photos alone.
    """
    asked = name_sources([], photos) if sources is None else sources
    result = ImportResult(0)
    importer = NameImporter(gallery, Source.METADATA, result)
    done, said = 0, set[tuple[Path, str]]()

    def read(path: Path) -> _NamedFaces | None:
        of_photo = [source for source in asked if source.may_name(path)]
        return _named_faces(path, of_photo, gallery, pipeline) if of_photo else None

    def handle(path: Path, found: _NamedFaces | FaceMatchError | None) -> None:
        nonlocal done
        if isinstance(found, FaceMatchError):
            result.failed.append((path, found))
        elif found is not None:
            _name_faces(path, found, importer, result, said)
        result.photos += found is not None
        done += 1

    result.stopped_by = run_batch(
        photos,
        read,
        handle,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
        in_order=True,
        bytes_of=_crop_bytes,
    )
    result.left = len(photos) - done
    if result.stopped_by is None:
        for source in asked:
            unused = source.unused()
            result.failed += unused.problems
            result.left_out += unused.left_out
    return result


def _crop_bytes(found: _NamedFaces | None) -> int:
    """The memory that the crops take, in bytes."""
    named = [] if found is None else found.named
    return sum(face.crop.pixels.nbytes for _, face in named if face is not None)


def _name_faces(
    path: Path,
    found: _NamedFaces,
    importer: NameImporter,
    result: ImportResult,
    said: set[tuple[Path, str]],
) -> None:
    """Name the faces of a photo; raises GalleryError.

    Args:
        said: the problems of files that are in the result already, because several photos share a file.
    """
    if not found.problems:
        importer.drop_stale_conflicts(path, found.names)
    result.known += found.known
    for file, problem in found.problems:
        if (file, str(problem)) not in said:
            said.add((file, str(problem)))
            result.failed.append((path, problem))
    for region, face in found.named:
        if face is None:
            result.failed.append((path, NoFaceError(path.name, region.name)))
        else:
            importer.name(path, region.name, found.photo, face)


def _named_faces(
    path: Path, sources: Sequence[NameSource], gallery: Gallery, pipeline: FacePipeline
) -> _NamedFaces:
    """The faces of the regions that sources have for a photo, without those that have the name already."""
    photo = load_photo(path)
    regions = NamesOfPhoto(sources, path, photo)
    record, known = gallery.photo_of(photo), gallery.faces_in_file(photo)
    new = {region for region in regions.regions if not _is_known(region, known, gallery)}
    faces = _PhotoFaces([face for face in known if face.place is not None and face.box is not None])
    if new:
        is_known = record is not None and is_scanned(record, pipeline)
        detected = [] if is_known else [*map(NewFace.of, pipeline.faces(photo))]
        if regions.turned:
            detected += [
                face for one in regions.turned for face in _faces_in_turned_photo(photo, one, pipeline)
            ]
            detected.sort(key=lambda face: -(face.confidence or 0))
        faces.add(detected)
    found = faces.match(regions.groups)
    if missing := [region.box for region, face in found if face is None and region in new]:
        faces.add(map(NewFace.of, pipeline.faces_in_regions(photo, missing)))
        found = faces.match(regions.groups)
    if faces.dropped:
        reason = f"gives one face more than {MOST_OTHER_NAMES} names: {faces.dropped} were not imported"
        regions.problems.append((path, SidecarNamesError(path.name, reason)))
    named = [
        (region, _as_new(face, gallery) if isinstance(face, FaceRecord) else face)
        for region, face in found
        if region in new
    ]
    names = [region.name for region in regions.regions]
    has_name = sum(region not in new for region in regions.regions)
    info = PhotoFileInfo.from_photo(photo)
    if not info.taken:
        info = info._replace(taken=regions.taken)
    return _NamedFaces(info, named, has_name, names, regions.problems)


class _PhotoFaces:
    """The faces of a photo that regions may belong to, each once; those of the gallery first.

    Attributes:
        dropped: the number of regions dropped by `match` because their face has too many other names.
    """

    def __init__(self, known: Sequence[FaceRecord]) -> None:
        self._all: list[FaceRecord | NewFace] = [*known]
        self.dropped = 0

    def add(self, faces: Iterable[NewFace]) -> None:
        """Add faces that are not among them yet."""
        for face in faces:
            places = (other.place for other in self._all)
            if not any(
                face.place and place and place.overlap(face.place) >= SAME_FACE_OVERLAP for place in places
            ):
                self._all.append(face)

    def match(
        self, groups: Iterable[Sequence[NamedRegion]]
    ) -> list[tuple[NamedRegion, FaceRecord | NewFace | None]]:
        """The face of each region. The regions of a group compete for faces.

        A region over a face that another region has got is of that face too, and comes last: unless both
        names are the same, one is wrong.
        """
        first, without = list[tuple[NamedRegion, FaceRecord | NewFace]](), list[NamedRegion]()
        for group in groups:
            free = [face for face in self._all if not any(face is taken for _, taken in first)]
            for region, face in match_regions(group, free):
                if face is None:
                    without.append(region)
                else:
                    first.append((region, face))
        return [*first, *self._faces_of_others(without, first)]

    def _faces_of_others(
        self, regions: Iterable[NamedRegion], pairs: Sequence[tuple[NamedRegion, FaceRecord | NewFace]]
    ) -> Iterator[tuple[NamedRegion, FaceRecord | NewFace | None]]:
        """Regions that got no face, with the face that another region got there."""
        self.dropped = 0
        names: dict[int, set[str]] = {}
        for region in regions:
            face = _face_taken_by_other(region, pairs)
            others = names.setdefault(id(face), set())
            if face is None:
                yield region, None
            elif folded_name(region.name) in others:
                continue
            elif len(others) < MOST_OTHER_NAMES:
                others.add(folded_name(region.name))
                yield region, face
            else:
                self.dropped += 1


def _face_taken_by_other(
    region: NamedRegion, pairs: Iterable[tuple[NamedRegion, FaceRecord | NewFace]]
) -> FaceRecord | NewFace | None:
    """The face at a region that another region got, unless that region is much larger."""
    for other, face in pairs:
        if face.place is not None and has_centre_of(region.box, face.place):
            overlap = max(region.box.overlap(face.place), region.box.overlap(other.box))
            if overlap >= SAME_FACE_OVERLAP:
                return face
    return None


def _faces_in_turned_photo(photo: Photo, orientation: int, pipeline: FacePipeline) -> Iterator[NewFace]:
    """The faces detected in a turned copy of a photo, with their places in the photo itself."""
    upright = reorient_photo(photo, orientation)
    for face in pipeline.faces(upright):
        place = reorient_box(face.face.box, photo.width, photo.height, orientation, photo.orientation)
        yield NewFace.of(face)._replace(place=place)


def _as_new(face: FaceRecord, gallery: Gallery) -> NewFace:
    """A face of the gallery as a new face. Raises ImageUnreadableError."""
    return NewFace(
        gallery.crop_of(face), face.embeddings, face.place, face.confidence, face.quality, face.origin
    )


def _is_known(region: NamedRegion, faces: Sequence[FaceRecord], gallery: Gallery) -> bool:
    """Whether the face of a region has its name already."""
    person = gallery.find(region.name)
    return person is not None and any(
        face.person == person.folder and (face.place is None or has_centre_of(region.box, face.place))
        for face in faces
    )


_AnyFace = TypeVar("_AnyFace", bound=FaceRecord | NewFace)


def match_regions(
    regions: Sequence[NamedRegion], faces: Sequence[_AnyFace]
) -> list[tuple[NamedRegion, _AnyFace | None]]:
    """The face of each region, or None; a face goes to the region that overlaps it most.

    The centre of the face must be in the region: programs draw wider or narrower boxes, but all around the
    centre.
    """
    pairs = [
        (region.box.overlap(face.place), number, at)
        for number, region in enumerate(regions)
        for at, face in enumerate(faces)
        if face.place is not None and has_centre_of(region.box, face.place)
    ]
    of_region: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, at in sorted(pairs, key=lambda pair: -pair[0]):
        if number not in of_region and at not in taken:
            of_region[number] = at
            taken.add(at)
    return [
        (region, faces[of_region[number]] if number in of_region else None)
        for number, region in enumerate(regions)
    ]


def has_centre_of(region: Box, box: Box) -> bool:
    """Whether the centre of a box is in a region."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return region.x <= x <= region.x + region.width and region.y <= y <= region.y + region.height
