"""Import the names that other photo programs gave to faces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from face_match.core.errors import (
    FaceMatchError,
    NoFaceError,
    SidecarNamesError,
)
from face_match.core.orientation import mirrored, reorient_box
from face_match.core.progress import (
    IsCancelled,
    OnProgress,
    never_cancelled,
    no_progress,
)
from face_match.core.records import FaceRecord, PhotoRecord, Source
from face_match.core.skipped_names import SkippedNames, SkipReason
from face_match.core.types import Photo, PhotoFileInfo, PhotoInfo
from face_match.gallery.gallery import Gallery, NewFace
from face_match.metadata.face_regions import NamedRegion
from face_match.metadata.name_sources import NameSource
from face_match.vision.photo_loading import reorient_photo
from face_match.vision.pipeline import FacePipeline
from face_match.workflows.batch import run_batch
from face_match.workflows.import_people import ImportResult, NameImporter
from face_match.workflows.one_photo import load_upright
from face_match.workflows.read_names import NamesOfPhoto, name_sources
from face_match.workflows.region_matching import (
    MOST_OTHER_NAMES,
    SURE_OVERLAP,
    RegionMatcher,
    has_centre_of,
)
from face_match.workflows.scan import is_scanned


class _NamedFaces(NamedTuple):
    """The regions of a photo's sidecars, with their faces.

    Attributes:
        named: each region whose face does not have its name yet, with the face; regions whose face belongs to
            another region come last.
        known: the number of regions whose face has the name already.
        names: the names of all regions that were read.
        problems: why names were left out, with the file that has them.
        hints: names of people in the photo whose place no file says.
        unnamed: the faces to record, so that hints can be suggested for them; None for a photo without hints,
            or that was scanned before.
        not_faces: names of pets and other things with a region.
    """

    photo: PhotoInfo
    named: list[tuple[NamedRegion, NewFace | None]]
    known: int
    names: list[str]
    problems: list[tuple[Path, FaceMatchError]]
    hints: tuple[str, ...]
    unnamed: list[NewFace] | None
    not_faces: Sequence[str]


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
    done, reported, not_faces = 0, set[tuple[Path, str]](), dict[Path, list[str]]()

    def read(path: Path) -> _NamedFaces | None:
        of_photo = [source for source in asked if source.may_name(path)]
        return _named_faces(path, of_photo, gallery, pipeline) if of_photo else None

    def handle(path: Path, found: _NamedFaces | FaceMatchError | None) -> None:
        nonlocal done
        if isinstance(found, FaceMatchError):
            result.failed.append((path, found))
        elif found is not None:
            _record(path, found, importer, pipeline.scan_settings)
            _name_faces(path, found, importer, result, reported)
            if found.not_faces:
                not_faces.setdefault(path.parent, []).extend(found.not_faces)
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
    result.skipped += [SkippedNames.of(one, SkipReason.NOT_A_FACE, not_faces[one]) for one in not_faces]
    for unused in (source.unused() for source in asked if result.stopped_by is None):
        result.failed += unused.problems
        result.skipped += unused.skipped
    return result


def _crop_bytes(found: _NamedFaces | None) -> int:
    """The memory that the crops take, in bytes."""
    if found is None:
        return 0
    faces = [*(face for _, face in found.named if face is not None), *(found.unnamed or ())]
    return sum(face.crop.pixels.nbytes for face in faces)


def _record(path: Path, found: _NamedFaces, importer: NameImporter, scan_settings: str) -> None:
    """Record the hints and the unnamed faces of a photo; raises GalleryError."""
    if found.hints:
        importer.hint(path, found.hints, found.photo)
    if found.unnamed is not None:
        importer.record_faces(path, found.unnamed, found.photo, scan_settings)


def _name_faces(
    path: Path,
    found: _NamedFaces,
    importer: NameImporter,
    result: ImportResult,
    reported: set[tuple[Path, str]],
) -> None:
    """Name the faces of a photo; raises GalleryError.

    Args:
        reported: the problems of files that are in the result already, because several photos share a file.
    """
    if not found.problems:
        importer.drop_stale_conflicts(path, found.names)
    result.known += found.known
    result.without_place.update(found.hints)
    for file, problem in found.problems:
        if (file, str(problem)) not in reported:
            reported.add((file, str(problem)))
            is_of_file = isinstance(problem, SidecarNamesError)  # which may be that of several photos
            result.failed.append((file if is_of_file else path, problem))
    for region, face in found.named:
        if face is None:
            result.failed.append((path, NoFaceError(path.name, region.name)))
        else:
            importer.name(path, region.name, found.photo, face)


def _named_faces(
    path: Path, sources: Sequence[NameSource], gallery: Gallery, pipeline: FacePipeline
) -> _NamedFaces:
    """The faces of the regions that sources have for a photo, without those that have the name already."""
    photo = load_upright(path, gallery)
    names = NamesOfPhoto(sources, path, photo)
    known = gallery.faces_in_file(photo)
    new = {region for region in names.regions if not _is_known(region, known, gallery)}
    record, detected = gallery.photo_of(photo), list[NewFace]()
    is_known = record is not None and is_scanned(record, pipeline)
    has_hints = bool(names.hints(gallery)) and not is_known
    if new or names.doubtful or has_hints:
        if names.turned:
            photo, is_turned_since = _in_seen_turn(photo, names.turned, record, pipeline)
            names = NamesOfPhoto(sources, path, photo, is_turned_since=is_turned_since)
            new = {region for region in names.regions if not _is_known(region, known, gallery)}
        upright, detected = _detected(photo, names.turned, record, pipeline)
        if upright.orientation != photo.orientation:  # the faces are on their side
            photo, names, known = upright, NamesOfPhoto(sources, path, upright), []
            new = {*names.regions}
    faces = RegionMatcher([face for face in known if face.place is not None and face.box is not None])
    faces.add(detected)
    turned = _add_turned(names, faces, photo)
    new |= {region for region in turned if not _is_known(region, known, gallery)}
    matched = faces.match(names.groups)
    if unsure := [region.box for region, face in matched if region in new and not _is_sure(region, face)]:
        faces.add(map(NewFace.of, pipeline.faces_in_regions(photo, unsure)))
        matched = faces.match(names.groups)
    if faces.dropped:
        reason = f"gives one face more than {MOST_OTHER_NAMES} names: {faces.dropped} were not imported"
        names.problems.append((path, SidecarNamesError(path.name, reason)))
    named = [
        (region, _as_new(face, gallery) if isinstance(face, FaceRecord) else face)
        for region, face in matched
        if region in new
    ]
    regions, hints = names.regions, names.hints(gallery)
    info = PhotoFileInfo.from_photo(photo)
    return _NamedFaces(
        info if info.taken else info._replace(taken=names.taken),
        named,
        sum(region not in new for region in regions),
        [region.name for region in regions],
        names.problems,
        hints,
        detected if has_hints else None,
        names.not_faces,
    )


def _add_turned(names: NamesOfPhoto, faces: RegionMatcher, photo: Photo) -> list[NamedRegion]:
    """Add the places of doubtful files in the turn that fits the faces; returns the regions added."""
    size, added = (photo.width, photo.height, photo.orientation), list[NamedRegion]()
    for file, found in names.doubtful:
        regions = faces.turned_regions(found.named, size, found.turns, found.orientation)
        if regions is None:
            names.leave_out(file, found)
        else:
            names.add_regions(regions)
            added += regions
    return added


def _is_sure(region: NamedRegion, face: FaceRecord | NewFace | None) -> bool:
    """Whether a region is clearly that of a face, so that no other face needs to be looked for."""
    return face is not None and face.place is not None and region.box.overlap(face.place) >= SURE_OVERLAP


def _in_seen_turn(
    photo: Photo, turns: Collection[int], record: PhotoRecord | None, pipeline: FacePipeline
) -> tuple[Photo, bool]:
    """The photo as its faces show it, where files state other orientations than the photo does; and whether
    its pixels were turned since.

    A new photo with surer faces in a stated turn is turned so. With surer faces in the photo as it is, its
    pixels were turned. Faces are as sure in a mirrored photo.
    """
    stated = [turn for turn in turns if turn != mirrored(photo.orientation)]
    if not stated:
        return photo, False
    of_turn = {turn: pipeline.upright_confidence(reorient_photo(photo, turn)) for turn in stated}
    best, own = max(of_turn, key=of_turn.__getitem__), pipeline.upright_confidence(photo)
    if own < of_turn[best] and record is None:
        return reorient_photo(photo, best), False
    return photo, own > of_turn[best]


def _detected(
    photo: Photo, turned: set[int], record: PhotoRecord | None, pipeline: FacePipeline
) -> tuple[Photo, list[NewFace]]:
    """The faces that the detector finds in a photo, unless it is scanned, and in turned copies of it.

    Returns:
        The photo, turned if it is new and has faces only on their side; and the faces.
    """
    faces = list[NewFace]()
    if record is None and not turned:
        upright, found = pipeline.faces_upright(photo)
        return upright, [*map(NewFace.of, found)]
    if record is None or not is_scanned(record, pipeline):
        faces += map(NewFace.of, pipeline.faces(photo))
    for orientation in turned:
        faces += _faces_in_turned_photo(photo, orientation, pipeline)
    return photo, sorted(faces, key=lambda face: -(face.confidence or 0)) if turned else faces


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
