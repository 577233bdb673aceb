"""The commands that look at photos."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from face_match.cli.folders import look_through
from face_match.cli.opening import embed_missing, open_to_read, open_to_write, pipeline_for, threshold_of
from face_match.cli.output import Document, Output, progress_bar, stoppable
from face_match.errors import FaceMatchError, NoFaceError, SeveralFacesError
from face_match.messages import chance_in_words, counted

if TYPE_CHECKING:
    from face_match.decision.calibration import ProbabilityMap
    from face_match.types import Box, Face, Match, Photo
    from face_match.vision.pipeline import FacePipeline


def match(options: argparse.Namespace, output: Output) -> None:
    """Rank the gallery's people for every face of every photo."""
    from face_match.calibrating import kept_map
    from face_match.decision.threshold import is_match
    from face_match.types import Rejection
    from face_match.vision.images import load_photo

    _refuse_box_for_several(options)
    gallery = open_to_read(options, output)
    pipeline = pipeline_for(options, gallery)
    model = pipeline.model_id
    embed_missing(gallery, pipeline, output)
    threshold = options.threshold
    if threshold is None:
        threshold = threshold_of(model)
    learned = kept_map(gallery, model)
    photos: list[Document] = []
    output.document = {
        "model": model,
        "threshold": threshold,
        "gallery": {"people": len(gallery.people), "samples": gallery.sample_count},
        "photos": photos,
    }
    if not gallery.people:
        output.note("The gallery is empty: “add PHOTO --name NAME” adds the first person.")
    for path in options.photos:
        report: Document = {
            "photo": str(path),
            "width": None,
            "height": None,
            "error": None,
            "faces": [],
        }
        photos.append(report)
        try:
            photo = load_photo(path)
            report |= {"width": photo.width, "height": photo.height}
            faces = pipeline.embed(photo, _faces_of(photo, options.box, pipeline))
        except FaceMatchError as exc:
            report["error"] = output.failure(exc)
            continue
        output.line(f"{path}: {_faces_counted(len(faces))}")
        for number, embedded in enumerate(faces, start=1):
            key = Rejection(photo.digest, embedded.face.box)
            matches = gallery.nearest(embedded.vector, model, options.top, key)
            quality = embedded.quality
            warning = f", {', '.join(quality.reasons)}" if quality.reasons else ""
            output.line(f"  face {number} ({quality.verdict.value}{warning})")
            for found in matches:
                mark = "✅" if is_match(found.similarity, threshold) else "— "
                chance = f"  {chance_in_words(_chance(found, learned))}" if learned else ""
                output.line(f"    {mark} {found.similarity:.3f}{chance}  {found.person.name}")
            report["faces"].append(
                {
                    "box": list(embedded.face.box),
                    "confidence": embedded.face.confidence,
                    "landmarks": [list(point) for point in embedded.face.landmarks],
                    "quality": {
                        "verdict": quality.verdict.value,
                        "score": quality.score,
                        "reasons": list(quality.reasons),
                    },
                    "matches": [
                        {
                            "person": found.person.name,
                            "similarity": found.similarity,
                            "is_match": is_match(found.similarity, threshold),
                            "probability": _chance(found, learned) if learned else None,
                            "sample": found.sample.file,
                        }
                        for found in matches
                    ],
                }
            )


def add(options: argparse.Namespace, output: Output) -> None:
    """Add the face of each photo to a person."""
    from face_match.gallery.names import tidy_name
    from face_match.messages import unreliable
    from face_match.types import Verdict
    from face_match.vision.images import load_photo

    _refuse_box_for_several(options)
    name = tidy_name(options.name)
    samples: list[Document] = []
    errors: list[Document] = []
    output.document = {"person": name, "created": False, "samples": samples, "errors": errors}
    with open_to_write(options) as gallery:
        pipeline = pipeline_for(options, gallery)
        for path in options.photos:
            try:
                photo = load_photo(path)
                faces = _faces_of(photo, options.box, pipeline)
                if not faces:
                    raise NoFaceError(photo.name)
                wanted = options.face or 1
                if (options.face is None and len(faces) > 1) or not 1 <= wanted <= len(faces):
                    raise SeveralFacesError(photo.name, [face.box for face in faces], options.face)
                (embedded,) = pipeline.embed(photo, [faces[wanted - 1]])
                person, sample, is_new = gallery.add(
                    name,
                    embedded.crop,
                    {pipeline.model_id: embedded.vector},
                    photo.digest,
                    embedded.face.box,
                )
            except FaceMatchError as exc:
                errors.append({"photo": str(path), **output.failure(exc, path.name)})
                continue
            output.document["person"] = person.name
            output.document["created"] |= is_new
            samples.append({"id": sample.id, "file": sample.file, "source": str(path)})
            output.line(f"{path}: {'new person' if is_new else 'added to'} {person.name}")
            if embedded.quality.verdict is Verdict.UNUSABLE:
                output.note(f"{photo.name}: {unreliable(embedded.quality)}")
                output.note(f"It was added all the same; “remove {sample.id}” takes it out.")
            elif embedded.quality.reasons:
                output.note(f"{photo.name}: the face is {', '.join(embedded.quality.reasons)}.")


def import_folder(options: argparse.Namespace, output: Output) -> None:
    """A folder of photos: each sub-folder is a person; each face that has its name beside its photo is added;
    or all faces wait for names."""
    from face_match.gallery.backups import BEFORE_IMPORT
    from face_match.importing import import_people, photos_by_person
    from face_match.names_beside_photos import import_named
    from face_match.photo_folders import Walk

    has_names = options.people_from_folders or options.people_from_sidecars
    if options.people_from_folders and options.people_from_sidecars:
        options.usage_error("names are either those of the folders, or in XMP files beside the photos")
    if has_names and options.csv is not None:
        options.usage_error("--csv goes with an import that is to find all faces, without names")
    if not options.folder.is_dir():
        options.usage_error(f"{options.folder} is not a folder")
    if not has_names:
        look_through(options, output)
        return
    opened = open_to_read(options, output) if options.dry_run else open_to_write(options)
    with opened as gallery:
        pipeline = pipeline_for(options, gallery, for_many_photos=True)
        embed_missing(gallery, pipeline, output)
        if gallery.is_writable and gallery.people:
            gallery.back_up(BEFORE_IMPORT)
        with progress_bar("importing", unit=" photos") as on_progress, stoppable() as is_cancelled:
            walk = Walk(is_cancelled)
            if options.people_from_folders:
                result = import_people(
                    photos_by_person(options.folder, walk),
                    gallery,
                    pipeline,
                    threshold_of(pipeline.model_id) if options.threshold is None else options.threshold,
                    is_only_tried=options.dry_run,
                    on_progress=on_progress,
                    is_cancelled=is_cancelled,
                )
            else:
                result = import_named(
                    walk.photos([options.folder]),
                    gallery,
                    pipeline,
                    is_only_tried=options.dry_run,
                    on_progress=on_progress,
                    is_cancelled=is_cancelled,
                )
    result.failed[:0] = walk.left_out
    errors = [{"photo": str(path), **output.failure(error, path.name)} for path, error in result.failed]
    output.document = {
        "photos": result.photos,
        "added": result.added,
        "known": result.known,
        "people": sorted(result.people),
        "dry_run": options.dry_run,
        "errors": errors,
    }
    what = "would be added" if options.dry_run else "added"
    output.line(
        f"{result.photos} photos: {result.added} {what}, of {len(result.people)} people; "
        f"{result.known} known already, {len(errors)} failed."
    )
    if result.stopped_by is not None:
        left = counted(result.left, "photo is", "photos are")
        output.note(f"{left} left; the same command goes on there.")
        output.document["error"] = output.failure(result.stopped_by)


def write_names(options: argparse.Namespace, output: Output) -> None:
    """Write the names of the gallery's faces beside their photos."""
    from face_match.names_beside_photos import write_names as write_all
    from face_match.photo_folders import Walk

    gallery = open_to_read(options, output)
    walk = Walk()
    photos = walk.photos(options.photos)
    with progress_bar("writing names", unit=" photos") as on_progress, stoppable() as is_cancelled:
        result = write_all(photos, gallery, on_progress, is_cancelled)
    result.failed[:0] = walk.left_out
    errors = [{"photo": str(path), **output.failure(error, path.name)} for path, error in result.failed]
    output.document = {"photos": result.photos, "names": result.names, "errors": errors}
    output.line(f"Names written: {result.names}. Photos with faces that are samples: {result.photos}.")
    if result.unplaced:
        output.note(f"Of {result.unplaced} samples it is not known where in their photos they are.")
    if result.stopped_by is not None:
        left = counted(result.left, "photo is", "photos are")
        output.note(f"{left} left; the same command goes on there.")
        output.document["error"] = output.failure(result.stopped_by)


def _refuse_box_for_several(options: argparse.Namespace) -> None:
    if options.box is not None and len(options.photos) > 1:
        options.usage_error("--box is for one photo: where the face is in another is not the same")


def _faces_of(photo: Photo, box: Box | None, pipeline: FacePipeline) -> list[Face]:
    """Those that are found in a photo, or that in a box that was given."""
    return pipeline.detect(photo) if box is None else [pipeline.face_in(photo, box)]


def _chance(found: Match, learned: ProbabilityMap) -> float:
    """That it is that person, as far as the gallery has taught."""
    return round(float(learned(found.similarity)), 3)


def _faces_counted(count: int) -> str:
    return {0: "no face was found", 1: "1 face"}.get(count, f"{count} faces")
