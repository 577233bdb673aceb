"""Names carried between a gallery and the side-cars of photos, where other programs write and read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from face_match.core.box_overlap import Numbers, box_rows, overlaps
from face_match.core.errors import (
    CancelledError,
    FaceMatchError,
    GalleryError,
    NoFaceError,
    SidecarNamesError,
    SidecarUnreadableError,
)
from face_match.core.orientation import reorient_box
from face_match.core.progress import IsCancelled, OnProgress, never_cancelled, no_progress
from face_match.core.records import FaceRecord, Source
from face_match.core.types import SAME_FACE_OVERLAP, Box, Photo, PhotoFileInfo, PhotoInfo
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
from face_match.workflows.batch import in_parallel
from face_match.workflows.import_people import ImportResult, NameImporter
from face_match.workflows.scan import is_scanned

MOST_OTHER_NAMES = 10
"""For one face of a photo that conflicts are made of: a program writes two or three."""


@dataclass
class WriteResult:
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
) -> WriteResult:
    """Write the names of named faces beside their photos, which stay as they are."""
    result = WriteResult()
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
    """What comes of the regions beside a photo.

    Attributes:
        named: the regions whose face has not their name yet, and the face; those that another region has the
            face of come last.
        known: how many have their name.
        names: all that are beside the photo, as far as they are read.
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
    """Give faces the names that they have beside their photos, but where a person has said otherwise."""
    with_names = [(path, sidecars) for path in photos if (sidecars := sidecars_of(path))]
    result = ImportResult(len(with_names))
    result.failed += _unclear(photos)

    def read(pair: tuple[Path, list[Path]]) -> _NamedFaces | FaceMatchError:
        try:
            return _named_faces(*pair, gallery, pipeline)
        except FaceMatchError as exc:
            return exc

    done = 0
    try:
        naming = NameImporter(gallery, Source.METADATA, result)
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


def _unclear(photos: Iterable[Path]) -> list[tuple[Path, FaceMatchError]]:
    """Side-cars with names of which it is not clear whose they are, each once."""
    found: dict[Path, AmbiguousSidecar] = {}
    for photo in photos:
        unclear = ambiguous_sidecar(photo)
        if unclear is not None:
            found.setdefault(unclear.path, unclear)
    return [
        (path, SidecarNamesError(path.name, f"may be of {_either(unclear.photos)}: its names were not taken"))
        for path, unclear in found.items()
    ]


def _either(photos: Sequence[Path]) -> str:
    """ "a.jpg, a.png or a.tif"."""
    *others, last = (photo.name for photo in photos)
    return f"{', '.join(others)} or {last}"


def _take(path: Path, found: _NamedFaces, naming: NameImporter, result: ImportResult) -> None:
    """Name the faces of a photo; raises GalleryError."""
    if not found.problems:
        naming.forget_stale_conflicts(path, found.names)
    result.known += found.known
    result.failed += [(path, problem) for problem in found.problems]
    for region, face in found.named:
        if face is None:
            result.failed.append((path, NoFaceError(path.name, region.name)))
        else:
            naming.name(path, region.name, found.photo, face)


class _Marked:
    """The named regions of all side-cars of a photo.

    Attributes:
        groups: those of each side-car that can be trusted. Earlier groups come first to a face, and regions
            that say the same as one of an earlier group are left out.
        turned: other orientations than the photo's that side-cars state.
        problems: why others were left out.
    """

    def __init__(self, sidecars: Iterable[Path], photo: Photo) -> None:
        self.groups: list[list[NamedRegion]] = []
        self.turned: set[int] = set()
        self.problems: list[FaceMatchError] = []
        for sidecar in sidecars:
            try:
                self._read(sidecar, photo)
            except SidecarUnreadableError as exc:
                self.problems.append(exc)

    def _read(self, sidecar: Path, photo: Photo) -> None:
        found = read_regions(sidecar, photo.width, photo.height, photo.orientation)
        if found.not_read:
            names = ", ".join(found.not_read)
            reason = f"marks {names} by regions that are not read: they have to be rectangles of one person"
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
    """Whether a name stands at that place already."""
    known = rows.get(folded_name(region.name))
    return known is not None and bool(overlaps(region.box, known).max() >= SAME_FACE_OVERLAP)


def _named_faces(
    path: Path, sidecars: Sequence[Path], gallery: Gallery, pipeline: FacePipeline
) -> _NamedFaces:
    """The faces of the regions beside a photo, but for those that have their name already."""
    photo = load_photo(path)
    marked = _Marked(sidecars, photo)
    record, known = gallery.photo_of(photo), gallery.faces_in_file(photo)
    new = [region for region in marked.regions if not _is_known(region, known, gallery)]
    faces = _FacesOfPhoto([face for face in known if face.place is not None and face.box is not None])
    if new:
        is_known = record is not None and is_scanned(record, pipeline)
        detected = [] if is_known else [*map(NewFace.of, pipeline.faces(photo))]
        if marked.turned:
            detected += [face for one in marked.turned for face in _seen_as_turned(photo, one, pipeline)]
            detected.sort(key=lambda face: -(face.confidence or 0))
        faces.add(detected)
    found = faces.of(marked.groups)
    if missing := [region.box for region, face in found if face is None and region in new]:
        faces.add(map(NewFace.of, pipeline.faces_in_regions(photo, missing)))
        found = faces.of(marked.groups)
    if faces.left_out:
        reason = f"has a face with over {MOST_OTHER_NAMES} names beside it: {faces.left_out} were not taken"
        marked.problems.append(SidecarNamesError(path.name, reason))
    named = [
        (region, _as_new(face, gallery) if isinstance(face, FaceRecord) else face)
        for region, face in found
        if region in new
    ]
    names = [region.name for region in marked.regions]
    has_name = len(marked.regions) - len(new)
    return _NamedFaces(PhotoFileInfo.from_photo(photo), named, has_name, names, marked.problems)


class _FacesOfPhoto:
    """All faces of a photo that regions may be of, each once: first those that the gallery knows.

    Attributes:
        left_out: how many regions `of` left out, as their face has many other names already.
    """

    def __init__(self, known: Sequence[FaceRecord]) -> None:
        self._all: list[FaceRecord | NewFace] = [*known]
        self.left_out = 0

    def add(self, faces: Iterable[NewFace]) -> None:
        """More of them, as far as they are others."""
        for face in faces:
            places = (other.place for other in self._all)
            if not any(
                face.place and place and place.overlap(face.place) >= SAME_FACE_OVERLAP for place in places
            ):
                self._all.append(face)

    def of(
        self, groups: Iterable[Sequence[NamedRegion]]
    ) -> list[tuple[NamedRegion, FaceRecord | NewFace | None]]:
        """The face of each region. All of a group compete, or one could take the face of another.

        A region that lies where another one has a face already is of that face too. It comes last: one of the
        two names is not right, unless they are the same.
        """
        first, without = list[tuple[NamedRegion, FaceRecord | NewFace]](), list[NamedRegion]()
        for group in groups:
            free = [face for face in self._all if not any(face is taken for _, taken in first)]
            for region, face in match_regions(group, free):
                if face is None:
                    without.append(region)
                else:
                    first.append((region, face))
        return [*first, *self._without_face(without, first)]

    def _without_face(
        self, regions: Iterable[NamedRegion], pairs: Sequence[tuple[NamedRegion, FaceRecord | NewFace]]
    ) -> Iterator[tuple[NamedRegion, FaceRecord | NewFace | None]]:
        """The regions that no face is left for, with the face that another one has there."""
        self.left_out = 0
        names: dict[int, set[str]] = {}
        for region in regions:
            face = _taken(region, pairs)
            others = names.setdefault(id(face), set())
            if face is None:
                yield region, None
            elif folded_name(region.name) in others:
                continue
            elif len(others) < MOST_OTHER_NAMES:
                others.add(folded_name(region.name))
                yield region, face
            else:
                self.left_out += 1


def _taken(
    region: NamedRegion, pairs: Iterable[tuple[NamedRegion, FaceRecord | NewFace]]
) -> FaceRecord | NewFace | None:
    """The face at a region that another region has; not one that a loose region has around it."""
    for other, face in pairs:
        if face.place is not None and has_middle(region.box, face.place):
            overlap = max(region.box.overlap(face.place), region.box.overlap(other.box))
            if overlap >= SAME_FACE_OVERLAP:
                return face
    return None


def _seen_as_turned(photo: Photo, orientation: int, pipeline: FacePipeline) -> Iterator[NewFace]:
    """The faces that are detected in a photo once it is turned, with their places in it as it is."""
    upright = reorient_photo(photo, orientation)
    for face in pipeline.faces(upright):
        place = reorient_box(face.face.box, photo.width, photo.height, orientation, photo.orientation)
        yield NewFace.of(face)._replace(place=place)


def _as_new(face: FaceRecord, gallery: Gallery) -> NewFace:
    """A face that is known, as one that was detected; raises ImageUnreadableError."""
    return NewFace(
        gallery.crop_of(face), face.embeddings, face.place, face.confidence, face.quality, face.origin
    )


def _is_known(region: NamedRegion, faces: Sequence[FaceRecord], gallery: Gallery) -> bool:
    """Whether the face of a region is that person's already."""
    person = gallery.find(region.name)
    return person is not None and any(
        face.person == person.folder and (face.place is None or has_middle(region.box, face.place))
        for face in faces
    )


_AnyFace = TypeVar("_AnyFace", bound=FaceRecord | NewFace)


def match_regions(
    regions: Sequence[NamedRegion], faces: Sequence[_AnyFace]
) -> list[tuple[NamedRegion, _AnyFace | None]]:
    """The face of each region, as far as there is one; a face goes to the region that overlaps it most.

    It is one whose middle is in the region: programs draw their boxes around a face more or less widely, but
    all around its middle.
    """
    pairs = [
        (region.box.overlap(face.place), number, at)
        for number, region in enumerate(regions)
        for at, face in enumerate(faces)
        if face.place is not None and has_middle(region.box, face.place)
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


def has_middle(region: Box, box: Box) -> bool:
    """Whether the middle of a box is in a region."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return region.x <= x <= region.x + region.width and region.y <= y <= region.y + region.height
