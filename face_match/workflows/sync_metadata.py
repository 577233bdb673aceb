"""Import names from the sidecars of photos, and write names into them, for other photo programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from face_match.core.box_overlap import Numbers, box_rows, overlaps
from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    NoFaceError,
    SidecarNamesError,
    SidecarUnreadableError,
    without_frames,
)
from face_match.core.orientation import reorient_box
from face_match.core.progress import (
    IsCancelled,
    OnProgress,
    current_cancellation,
    never_cancelled,
    no_progress,
)
from face_match.core.records import FaceRecord, Source
from face_match.core.types import SAME_FACE_OVERLAP, Box, Photo, PhotoFileInfo, PhotoInfo
from face_match.core.visible_text import shortened
from face_match.gallery.gallery import Gallery, NewFace
from face_match.metadata.face_regions import NamedRegion, folded_name
from face_match.metadata.sidecar_writer import FacePlace, write_regions
from face_match.metadata.sidecars import (
    AmbiguousSidecar,
    ambiguous_sidecar,
    read_regions,
    sidecar_to_write,
    sidecars_of,
)
from face_match.vision.photo_loading import load_photo, reorient_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import run_batch
from face_match.workflows.import_people import ImportResult, NameImporter
from face_match.workflows.scan import is_scanned

MOST_OTHER_NAMES = 10
"""Further names of one face that become conflicts; photo programs write two or three at most."""

MAX_LISTED, MAX_LISTED_CHARS = 10, 60
"""The most names of a sidecar in one message, and the length to which each is shortened."""


@dataclass
class WriteResult:
    """The result of writing sidecars.

    Attributes:
        photos: the number of photos with named faces.
        names, known: the numbers of names written, and of names that the sidecars had already.
        removed: the number of regions removed because the user said that the face is someone else.
        unplaced: the number of faces without a known place in the photo (records before version 2).
        failed: unreadable photos, and sidecars that cannot be read or written, with the error.
        left: the number of photos not written because the work ended early.
        stopped_by: why it ended before the last photo; None if it did not.
    """

    photos: int = 0
    names: int = 0
    known: int = 0
    removed: int = 0
    unplaced: int = 0
    failed: list[tuple[Path, FaceMatchError]] = field(default_factory=list)
    left: int = 0
    stopped_by: FaceMatchError | None = None


class _PhotoNames(NamedTuple):
    """The names to write for one photo; `unplaced` is the number of named faces without a known place."""

    places: list[FacePlace]
    unplaced: int
    width: int
    height: int
    orientation: int


def write_names(
    photos: Sequence[Path],
    gallery: Gallery,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> WriteResult:
    """Write the names of named faces into the sidecars of their photos. The photos themselves do not
    change."""
    result = WriteResult()
    done = 0

    def collect(path: Path) -> _PhotoNames:
        photo = load_photo(path)
        return _PhotoNames(*_places(gallery, photo), photo.width, photo.height, photo.orientation)

    def handle(path: Path, names: _PhotoNames | FaceMatchError) -> None:
        nonlocal done
        done += 1
        if isinstance(names, FaceMatchError):
            result.failed.append((path, names))
            return
        result.unplaced += names.unplaced
        if not names.places:
            return
        result.photos += any(place.name is not None for place in names.places)
        try:
            written = write_regions(
                sidecar_to_write(path), names.places, names.width, names.height, names.orientation
            )
        except FaceMatchError as exc:
            result.failed.append((path, without_frames(exc)))
            return
        result.names += written.added + written.renamed
        result.removed += written.removed
        result.known += written.kept

    result.stopped_by = run_batch(
        photos, collect, handle, on_progress=on_progress, is_cancelled=is_cancelled, in_order=True
    )
    result.left = len(photos) - done
    return result


def _places(gallery: Gallery, photo: Photo) -> tuple[list[FacePlace], int]:
    """The places of faces that have, or lost, a name; and the number of named faces without a known place."""
    places, unplaced = [], 0
    for face in gallery.faces_in_file(photo):
        person = gallery.person_by_folder(face.person)
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
    """The regions of a photo's sidecars, with their faces.

    Attributes:
        named: each region whose face does not have its name yet, with the face; regions whose face belongs to
            another region come last.
        known: the number of regions whose face has the name already.
        names: the names of all regions that were read.
        problems: why regions were left out.
    """

    photo: PhotoInfo
    named: list[tuple[NamedRegion, NewFace | None]]
    known: int
    names: list[str]
    problems: list[FaceMatchError]


def import_names_from_metadata(
    photos: Sequence[Path],
    gallery: Gallery,
    pipeline: FacePipeline,
    *,
    on_progress: OnProgress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> ImportResult:
    """Give faces the names that the sidecars of their photos give. A name given by the user stays."""
    with_names = [(path, sidecars) for path in photos if (sidecars := sidecars_of(path))]
    result = ImportResult(len(with_names))
    try:
        result.failed += _ambiguous_sidecars(photos, is_cancelled)
    except CancelledError as exc:
        result.left, result.stopped_by = len(with_names), exc
        return result
    importer = NameImporter(gallery, Source.METADATA, result)
    done = 0

    def read(photo: tuple[Path, list[Path]]) -> _NamedFaces:
        return _named_faces(*photo, gallery, pipeline)

    def handle(photo: tuple[Path, list[Path]], found: _NamedFaces | FaceMatchError) -> None:
        nonlocal done
        if isinstance(found, FaceMatchError):
            result.failed.append((photo[0], found))
        else:
            _name_faces(photo[0], found, importer, result)
        done += 1

    result.stopped_by = run_batch(
        with_names,
        read,
        handle,
        on_progress=on_progress,
        is_cancelled=is_cancelled,
        in_order=True,
        bytes_of=lambda found: sum(face.crop.pixels.nbytes for _, face in found.named if face is not None),
    )
    result.left = len(with_names) - done
    return result


def _ambiguous_sidecars(
    photos: Iterable[Path], is_cancelled: IsCancelled
) -> list[tuple[Path, FaceMatchError]]:
    """Errors for sidecars with names that may belong to any of several photos, one error a sidecar. Raises
    CancelledError."""
    found: dict[Path, AmbiguousSidecar] = {}
    for photo in photos:
        if is_cancelled():
            raise CancelledError
        unclear = ambiguous_sidecar(photo)
        if unclear is not None:
            found.setdefault(unclear.path, unclear)
    return [
        (
            path,
            SidecarNamesError(
                path.name, f"may belong to {_either(unclear.photos)}: its names were not imported"
            ),
        )
        for path, unclear in found.items()
    ]


def _either(photos: Sequence[Path]) -> str:
    """ "a.jpg, a.png or a.tif"."""
    *others, last = (photo.name for photo in photos)
    return f"{', '.join(others)} or {last}"


def _some(names: Sequence[str]) -> str:
    """The first names, shortened, and how many more there are: a sidecar may have 100,000."""
    first = ", ".join(shortened(name, MAX_LISTED_CHARS) for name in names[:MAX_LISTED])
    more = len(names) - MAX_LISTED
    return f"{first} and {more:,} more" if more > 0 else first


def _name_faces(path: Path, found: _NamedFaces, importer: NameImporter, result: ImportResult) -> None:
    """Name the faces of a photo; raises GalleryError."""
    if not found.problems:
        importer.drop_stale_conflicts(path, found.names)
    result.known += found.known
    result.failed += [(path, problem) for problem in found.problems]
    for region, face in found.named:
        if face is None:
            result.failed.append((path, NoFaceError(path.name, region.name)))
        else:
            importer.name(path, region.name, found.photo, face)


class _SidecarRegions:
    """The named regions of all sidecars of a photo.

    Attributes:
        groups: the regions of each valid sidecar. Earlier groups get their faces first; a region that repeats
            one of an earlier group is left out.
        turned: orientations stated by sidecars that differ from the photo's.
        problems: why regions were left out.
    Raises:
        CancelledError.
    """

    def __init__(self, sidecars: Iterable[Path], photo: Photo) -> None:
        self.groups: list[list[NamedRegion]] = []
        self.turned: set[int] = set()
        self.problems: list[FaceMatchError] = []
        for sidecar in sidecars:
            if current_cancellation()():
                raise CancelledError
            try:
                self._read(sidecar, photo)
            except SidecarUnreadableError as exc:
                self.problems.append(without_frames(exc))

    def _read(self, sidecar: Path, photo: Photo) -> None:
        found = read_regions(sidecar, photo.width, photo.height, photo.orientation)
        if found.not_read:
            names = _some(found.not_read)
            reason = (
                f"has regions of {names} that cannot be read: a region must be a rectangle around one person"
            )
            self.problems.append(SidecarNamesError(sidecar.name, reason))
        if not found.are_trusted:
            raise SidecarUnreadableError(sidecar.name, found.reason)
        before: dict[str, list[Box]] = {}
        for region in self.regions:
            before.setdefault(folded_name(region.name), []).append(region.box)
        rows = {name: box_rows(boxes) for name, boxes in before.items()}
        self.groups.append([region for region in found.named if not _is_among(region, rows)])
        if found.orientation not in (None, photo.orientation):
            self.turned.add(found.orientation)

    @property
    def regions(self) -> list[NamedRegion]:
        return [region for group in self.groups for region in group]


def _is_among(region: NamedRegion, rows: Mapping[str, Numbers]) -> bool:
    """Whether a region with the same name overlaps it."""
    known = rows.get(folded_name(region.name))
    return known is not None and bool(overlaps(region.box, known).max() >= SAME_FACE_OVERLAP)


def _named_faces(
    path: Path, sidecars: Sequence[Path], gallery: Gallery, pipeline: FacePipeline
) -> _NamedFaces:
    """The faces of the regions in a photo's sidecars, without those that have the name already."""
    photo = load_photo(path)
    regions = _SidecarRegions(sidecars, photo)
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
        regions.problems.append(SidecarNamesError(path.name, reason))
    named = [
        (region, _as_new(face, gallery) if isinstance(face, FaceRecord) else face)
        for region, face in found
        if region in new
    ]
    names = [region.name for region in regions.regions]
    has_name = sum(region not in new for region in regions.regions)
    return _NamedFaces(PhotoFileInfo.from_photo(photo), named, has_name, names, regions.problems)


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
