"""The commands that match and name the faces in photos."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.cli.opening import embed_missing, open_to_read, open_to_write, pipeline_for
from face_match.cli.output import Document, Output, progress_bar, stoppable
from face_match.core.errors import FaceMatchError, NoFaceError, SeveralFacesError
from face_match.core.installation import program_name
from face_match.core.messages import error_message
from face_match.core.notes import (
    across_childhood,
    gallery_threshold_note,
    newer_metadata_note,
    raised_threshold_note,
    risky_threshold_warning,
    too_close_note,
)
from face_match.core.number_text import plural, probability_text
from face_match.core.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from face_match.core.matches import Match
    from face_match.core.records import FaceRecord
    from face_match.core.types import EmbeddedFace, Face, FaceQuality, Photo
    from face_match.decision.active_threshold import ActiveThreshold
    from face_match.decision.impostor_model import ImpostorModel
    from face_match.decision.probability import Probability
    from face_match.gallery.gallery import Gallery
    from face_match.metadata.name_sources import NameSource
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.write_names import WriteResult


def match(options: argparse.Namespace, output: Output) -> None:
    """Rank the gallery's people for every face of every photo."""
    from face_match.decision.active_threshold import active_threshold
    from face_match.workflows.calibrate import impostor_model_of, probability_model_for
    from face_match.workflows.read_names import name_sources

    _refuse_box_for_several(options)
    gallery = open_to_read(options, output)
    pipeline = pipeline_for(options, gallery)
    model = pipeline.model_id
    embed_missing(gallery, pipeline, output)
    impostors, settings = impostor_model_of(gallery, model), Settings.load()
    active = active_threshold(model, impostors, settings.thresholds, settings.rates)
    threshold = active.threshold if options.threshold is None else options.threshold
    probability = probability_model_for(gallery, model, impostors)
    sources = name_sources([], options.photos)
    matching = _Matching(gallery, pipeline, options, threshold, probability, sources, output)
    photos: list[Document] = []
    output.document = {
        "model": model,
        "threshold": threshold,
        "threshold_from": "option" if options.threshold is not None else active.source.value,
        "expected_fpir": impostors.fpir(threshold) if impostors is not None else None,
        "gallery": {"people": len(gallery.people), "samples": gallery.face_count},
        "photos": photos,
    }
    if not gallery.people:
        output.note("The gallery is empty: “add PHOTO --name NAME” adds the first person.")
    elif impostors is not None and options.threshold is None:
        _print_threshold_note(active, impostors, model, output)
    for path in options.photos:
        photos.append(matching.photo(path))


def _print_threshold_note(
    active: ActiveThreshold, impostors: ImpostorModel, model: str, output: Output
) -> None:
    """Print a note on a threshold that was not given on the command line, if one is due."""
    from face_match.decision.active_threshold import DEFAULT_FPIR, RISKY_FPIR, ThresholdSource
    from face_match.decision.threshold import threshold_range

    fpir = impostors.fpir(active.threshold)
    if active.source is ThresholdSource.RAISED:
        output.note(raised_threshold_note(active.threshold, threshold_range(model).default))
    elif active.source is ThresholdSource.GALLERY:
        output.note(gallery_threshold_note(active.threshold, impostors.people))
    elif active.source is ThresholdSource.SET and fpir > RISKY_FPIR:
        safer = risky_threshold_warning(
            active.threshold, fpir, impostors.threshold_for_fpir(DEFAULT_FPIR), DEFAULT_FPIR
        )
        output.note(f"{safer} “calibrate --target-fpir {DEFAULT_FPIR}” lets it follow the gallery.")


@dataclass(frozen=True)
class _Matching:
    """Matches the faces of photos with a gallery.

    Attributes:
        options: which face is matched, and how many people are listed.
        probability: gives the probabilities of matches; None if unknown.
        sources: of names in the metadata of the photos.
    """

    gallery: Gallery
    pipeline: FacePipeline
    options: argparse.Namespace
    threshold: float
    probability: Probability | None
    sources: Sequence[NameSource]
    output: Output

    def photo(self, path: Path) -> Document:
        """Print the matches of a photo's faces, and return them as a document."""
        from face_match.workflows.hinted_names import PhotoHints
        from face_match.workflows.one_photo import load_upright

        report: Document = {"photo": str(path), "width": None, "height": None, "error": None}
        report |= {"hints": [], "faces": []}
        try:
            photo, found = _faces_of(
                load_upright(path, self.gallery), self.options, self.gallery, self.pipeline
            )
            report |= {"width": photo.width, "height": photo.height, "orientation": photo.orientation}
            first, chosen = self.options.face or 1, found
            if self.options.face is not None:
                chosen = [_numbered_face(photo, found, first)]
            faces = self.pipeline.embed(photo, chosen)
        except FaceMatchError as exc:
            report["error"] = self.output.failure(exc)
            return report
        turned = "" if photo.turned_from is None else " (in the turned photo)"
        self.output.line(f"{path}: {_faces_counted(len(found))}{turned}")
        hints = PhotoHints.of(self.gallery, photo, path, self.sources)
        report["hints"] = [*hints.names]
        if hints.names:
            self.output.line(f"  named in its metadata, but not where: {', '.join(hints.names)}")
        known = self.gallery.faces_at(photo, [one.face.box for one in faces])
        for number, (embedded, record) in enumerate(zip(faces, known, strict=True), start=first):
            report["faces"].append(self._face(number, embedded, record, photo.taken, hints.free))
        return report

    def _face(
        self,
        number: int,
        embedded: EmbeddedFace,
        record: FaceRecord | None,
        taken: str,
        hints: Sequence[str],
    ) -> Document:
        from face_match.decision.threshold import is_accepted
        from face_match.workflows.match import match_probabilities
        from face_match.workflows.match import matches as ranked

        model, quality = self.pipeline.model_id, embedded.quality
        person = self.gallery.person_by_folder(record.person) if record is not None else None
        name = person.name if person is not None else None
        about = [quality.verdict.value, *quality.reasons]
        self.output.line(f"  face {number} ({', '.join(about)})" + (f": {name}" if name is not None else ""))
        matches = []
        best = ranked(
            self.gallery, embedded.embedding, model, self.options.top, record, taken=taken, hints=hints
        )
        for found, chance in zip(best, match_probabilities(best, self.probability), strict=True):
            is_one = is_accepted(found, self.threshold)
            self._print_match(found, chance, is_one=is_one)
            matches.append(_match_document(found, chance, is_one=is_one))
        if not any(one["is_match"] for one in matches):
            self.output.line(f"    no match at {self.threshold:.3f}")
        return {
            "box": list(embedded.face.box),
            "confidence": embedded.face.confidence,
            "landmarks": [list(point) for point in embedded.face.landmarks],
            "quality": {
                "verdict": quality.verdict.value,
                "score": quality.score,
                "reasons": list(quality.reasons),
            },
            "person": name,
            "matches": matches,
        }

    def _print_match(self, found: Match, chance: float | None, *, is_one: bool) -> None:
        """Print a person: mark, similarity, score where it differs, probability, name, and a reason."""
        from face_match.decision.probability import MAYBE
        from face_match.decision.threshold import is_match

        similarity, score = f"{found.similarity:.3f}", f"{found.score:.3f}"
        figures = [similarity] if score == similarity else [similarity, f"(score {score})"]
        if chance is not None:
            figures.append(probability_text(chance))
        reason = "named in the photo's metadata" if is_one and found.is_hinted else None
        if not is_one and is_match(found.similarity, self.threshold):
            reason = _reason_for_no_match(found)
        text = "  ".join([*figures, found.person.name, *([f"({reason})"] if reason else [])])
        self.output.line(f"    {'✅' if is_one else '— '} {text}")
        is_likely = is_one or (chance is not None and chance >= MAYBE)
        if is_likely and found.across_childhood and found.years_apart is not None:
            source = across_childhood(found.person.name, found.years_apart, found.age)
            self.output.line(f"       Maybe at most. {source}")


def add(options: argparse.Namespace, output: Output) -> None:
    """Add the face of each photo to a person."""
    from face_match.core.records import Origin
    from face_match.gallery.gallery import NewFace
    from face_match.gallery.records.names import clean_name
    from face_match.workflows.one_photo import load_upright

    _refuse_box_for_several(options)
    name = clean_name(options.name)
    samples: list[Document] = []
    errors: list[Document] = []
    output.document = {"person": name, "created": False, "samples": samples, "errors": errors}
    origin = Origin.DETECTED if options.box is None else Origin.DRAWN
    with open_to_write(options) as gallery:
        pipeline = pipeline_for(options, gallery)
        for path in options.photos:
            try:
                photo, face = _chosen_face(load_upright(path, gallery), options, gallery, pipeline)
                (embedded,) = pipeline.embed(photo, [face])
                new = NewFace.of(embedded, origin)
                named = gallery.add(name, new, photo, path, replaces=options.replace)
            except FaceMatchError as exc:
                errors.append({"photo": str(path), **output.failure(exc, path.name)})
                continue
            (added,) = named.faces
            before = named.replaced.name if named.replaced is not None else None
            output.document["person"] = named.person.name
            output.document["created"] |= named.is_new
            sample = {"id": added.id, "file": added.file, "source": str(path)}
            samples.append(sample if before is None else {**sample, "replaced": before})
            did = "new person" if named.is_new else "added to"
            instead = "" if before is None else f" (was {before})"
            output.line(f"{path}: {did} {named.person.name}{instead}")
            _warn(embedded.quality, path, added.id, output)


def _chosen_face(
    photo: Photo, options: argparse.Namespace, gallery: Gallery, pipeline: FacePipeline
) -> tuple[Photo, Face]:
    """The photo, upright, and its only face or the one asked for; raises NoFaceError, SeveralFacesError."""
    upright, faces = _faces_of(photo, options, gallery, pipeline)
    if options.face is None and len(faces) > 1:
        raise SeveralFacesError(photo.name, [face.box for face in faces])
    return upright, _numbered_face(photo, faces, options.face or 1)


def _numbered_face(photo: Photo, faces: list[Face], number: int) -> Face:
    """The face with a number from 1 on; raises NoFaceError, SeveralFacesError."""
    if not faces:
        raise NoFaceError(photo.name)
    if number > len(faces):
        raise SeveralFacesError(photo.name, [face.box for face in faces], number)
    return faces[number - 1]


def _warn(quality: FaceQuality, photo: Path, face_id: str, output: Output) -> None:
    """Note what is wrong with an added face; a face that is unusable can be removed again."""
    from face_match.core.notes import unusable_face_warning
    from face_match.core.types import Verdict

    if quality.verdict is Verdict.UNUSABLE:
        output.note(f"{photo}: {unusable_face_warning(quality)}")
        output.note(f"{photo}: It was added all the same; “{program_name()} remove {face_id}” removes it.")
    elif quality.reasons:
        output.note(f"{photo}: the face is {', '.join(quality.reasons)}.")


def turn(options: argparse.Namespace, output: Output) -> None:
    """Turn photos in the gallery; their files stay as they are."""
    from face_match.core.orientation import turned_right
    from face_match.vision.photo_loading import load_photo
    from face_match.workflows.one_photo import load_upright

    photos: list[Document] = []
    errors: list[Document] = []
    output.document = {"photos": photos, "errors": errors}
    with open_to_write(options) as gallery:
        for path in options.photos:
            try:
                if options.quarters is None:
                    photo, wanted = load_photo(path), None
                else:
                    photo = load_upright(path, gallery)
                    wanted = turned_right(photo.orientation, options.quarters)
                record = gallery.turn_photo(photo, path, wanted)
            except FaceMatchError as exc:
                errors.append({"photo": str(path), **output.failure(exc, path.name)})
                continue
            photos.append(
                {
                    "photo": str(path),
                    "turned": record.turned,
                    "orientation": record.orientation,
                    "width": record.width,
                    "height": record.height,
                }
            )
            how = "as its file says" if record.turned is None else f"turned, orientation {record.turned}"
            output.line(f"{path}: {how}")


def write_names(options: argparse.Namespace, output: Output) -> None:
    """Write the names of the gallery's faces beside their photos, or into them."""
    from face_match.core.photo_folders import PhotoWalk
    from face_match.workflows.write_names import write_names as write_all

    walk = PhotoWalk()
    photos = walk.photos(options.photos)
    progress = progress_bar("writing names", unit=" photos")
    with _gallery_of_names(options, output) as gallery, progress as on_progress, stoppable() as is_cancelled:
        result = write_all(
            photos, gallery, on_progress, is_cancelled, forms=options.forms, into_files=options.into_files
        )
    result.failed[:0] = walk.unreadable
    errors = output.failures(result.failed)
    output.document = {
        "photos": result.photos,
        "names": result.names,
        "known": result.known,
        "removed": result.removed,
        "errors": errors,
    }
    output.line(
        f"Names written: {result.names}, removed: {result.removed}. "
        f"Photos with faces of people: {result.photos}."
    )
    if options.into_files:
        _show_rewritten(result, output)
    if result.unplaced:
        faces = plural(result.unplaced, "face has", "faces have")
        output.note(f"{faces} no known place in the photo.")
    output.stopped(result.stopped_by, result.left)


def _show_rewritten(result: WriteResult, output: Output) -> None:
    """Add what became of the photos themselves."""
    reasons = [(path, error_message(error)) for path, error in result.not_rewritten]
    output.document |= {
        "rewritten": [str(path) for path in result.rewritten],
        "not_rewritten": [{"photo": str(path), "reason": reason} for path, reason in reasons],
        "newer": [{"photo": str(path), "file": str(newer)} for path, newer in result.newer],
    }
    output.line(f"Photos rewritten: {len(result.rewritten)}.")
    for _, reason in reasons:
        output.note(reason)
    for path, newer in result.newer:
        output.note(newer_metadata_note(path.name, newer.name))


@contextmanager
def _gallery_of_names(options: argparse.Namespace, output: Output) -> Iterator[Gallery]:
    """The gallery, open for writing where photos are rewritten and it can be: it then knows the new files.

    Otherwise the next import reads them once more.
    """
    from face_match.core.errors import GalleryLockedError, GalleryWriteError
    from face_match.core.server_errors import ServerRightsError

    if options.into_files and (not isinstance(options.gallery, Path) or options.gallery.exists()):
        with suppress(GalleryLockedError, GalleryWriteError, ServerRightsError):
            gallery = open_to_write(options)
            with gallery:
                yield gallery
            return
    yield open_to_read(options, output)


def _refuse_box_for_several(options: argparse.Namespace) -> None:
    if options.box is not None and len(options.photos) > 1:
        options.usage_error("--box is for one photo: where the face is in another is not the same")


def _faces_of(
    photo: Photo, options: argparse.Namespace, gallery: Gallery, pipeline: FacePipeline
) -> tuple[Photo, list[Face]]:
    """The photo, upright, and the faces detected in it, or the face in a given box."""
    from face_match.workflows.one_photo import detect_upright

    if options.box is not None:
        return photo, [pipeline.face_in_box(photo, options.box)]
    return detect_upright(photo, gallery, pipeline)


def _reason_for_no_match(found: Match) -> str | None:
    """Why a person with a sufficient similarity is not a match; None if the score alone says it."""
    if found.undecided is not None:
        return too_close_note(*(person.name for person in found.undecided)).rstrip(".")
    return f"{found.rival.name} is like this face too" if found.rival is not None else None


def _faces_counted(count: int) -> str:
    return {0: "no face was found", 1: "1 face"}.get(count, f"{count} faces")


def _match_document(found: Match, chance: float | None, *, is_one: bool) -> Document:
    return {
        "person": found.person.name,
        "similarity": found.similarity,
        "score": found.score,
        "undecided": [one.name for one in found.undecided or ()] if found.is_too_close else None,
        "is_match": is_one,
        "probability": None if chance is None else round(chance, 3),
        "years_apart": None if found.years_apart is None else round(found.years_apart, 1),
        "across_childhood": found.across_childhood,
        "hinted": found.is_hinted,
        "sample": found.face.file,
    }
