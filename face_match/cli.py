"""The program without a screen: every command does its job, prints, and says by its status how it went."""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from face_match import __version__
from face_match.errors import (
    CancelledError,
    FaceMatchError,
    NoFaceError,
    SeveralFacesError,
)
from face_match.messages import sentence
from face_match.settings import Settings, default_gallery

if TYPE_CHECKING:  # imported where they are used: “people” needs no networks
    from face_match.gallery.gallery import Gallery
    from face_match.vision.pipeline import FacePipeline

EXIT_DONE, EXIT_FAILED, EXIT_USAGE = 0, 1, 2

MATCHES_SHOWN = 10
"""The K of Top-K."""

Document = dict[str, Any]


@dataclass
class Output:
    """What a command has to say: lines for a person, or one document for a program."""

    as_json: bool
    has_failed: bool = False
    document: Document = field(default_factory=dict)

    def line(self, text: str = "") -> None:
        """For a person."""
        if not self.as_json:
            print(text)

    def note(self, text: str) -> None:
        """For a person who watches; never part of the result."""
        print(text, file=sys.stderr)

    def failure(self, error: FaceMatchError, about: str = "") -> Document:
        """Note an error, and what it is about where it does not say so; returns it as a document."""
        self.has_failed = True
        told = sentence(error)
        self.note(told if about in told else f"{about}: {told}")
        return {"kind": type(error).__name__, "message": sentence(error)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name must not fail on a terminal that lacks a letter
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    output = Output(options.json)
    try:
        _run(options, output)
        sys.stdout.flush()
    except BrokenPipeError:  # who read it has gone; nor can what is left be written on exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_FAILED
    return EXIT_FAILED if output.has_failed else EXIT_DONE


def _run(options: argparse.Namespace, output: Output) -> None:
    try:
        options.run(options, output)
    except KeyboardInterrupt:
        output.failure(CancelledError())
    except FaceMatchError as exc:
        output.document["error"] = output.failure(exc)
    if options.json:
        print(json.dumps(output.document, ensure_ascii=False, indent=1))


def command_of(arguments: Sequence[str]) -> list[str] | None:
    """The arguments with the command first, where there is one; else they are the window's."""
    if set(arguments) & {"-h", "--help", "--version"}:
        return list(arguments)
    for index, word in enumerate(arguments):
        if word in COMMANDS and (index == 0 or arguments[0].startswith("--")):
            return [word, *arguments[:index], *arguments[index + 1 :]]
    return None


def gallery_folder() -> Path:
    """$FACE_MATCH_GALLERY, else the program's folder."""
    chosen = os.environ.get("FACE_MATCH_GALLERY")
    return Path(chosen) if chosen else default_gallery()


# The commands


def _match(options: argparse.Namespace, output: Output) -> None:
    from face_match.decision.threshold import is_match, threshold_range
    from face_match.types import Rejection
    from face_match.vision.images import load_photo

    gallery = _open(options, output)
    pipeline = _pipeline(options, gallery)
    model = pipeline.model_id
    _embed(gallery, pipeline, output)
    threshold = options.threshold
    if threshold is None:
        threshold = Settings.load().thresholds.get(model, threshold_range(model).default)
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
            faces = pipeline.faces(photo)
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
                output.line(f"    {mark} {found.similarity:.3f}  {found.person.name}")
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
                            "probability": None,
                            "sample": found.sample.file,
                        }
                        for found in matches
                    ],
                }
            )


def _add(options: argparse.Namespace, output: Output) -> None:
    from face_match.gallery.gallery import Gallery
    from face_match.gallery.names import tidy_name
    from face_match.vision.images import load_photo

    name = tidy_name(options.name)
    samples: list[Document] = []
    errors: list[Document] = []
    output.document = {"person": name, "created": False, "samples": samples, "errors": errors}
    with Gallery.open(options.gallery, for_writing=True) as gallery:
        pipeline = _pipeline(options, gallery)
        for path in options.photos:
            try:
                photo = load_photo(path)
                faces = pipeline.detect(photo)
                if not faces:
                    raise NoFaceError(photo.name)
                wanted = options.face or 1
                if (options.face is None and len(faces) > 1) or not 1 <= wanted <= len(faces):
                    raise SeveralFacesError(photo.name, [face.box for face in faces], options.face)
                (embedded,) = pipeline.embed(photo, [faces[wanted - 1]])
                person, sample, is_new = gallery.add(
                    name, embedded.crop, {pipeline.model_id: embedded.vector}, photo.digest
                )
            except FaceMatchError as exc:
                errors.append({"photo": str(path), **output.failure(exc, path.name)})
                continue
            output.document["person"] = person.name
            output.document["created"] |= is_new
            samples.append({"id": sample.id, "file": sample.file, "source": str(path)})
            output.line(f"{path}: {'new person' if is_new else 'added to'} {person.name}")
            if embedded.quality.reasons:
                output.note(f"{photo.name}: the face is {', '.join(embedded.quality.reasons)}.")


def _people(options: argparse.Namespace, output: Output) -> None:
    gallery = _open(options, output)
    people = sorted(gallery.people, key=lambda person: person.name.casefold())
    output.document = {
        "people": [
            {"name": person.name, "samples": person.sample_count, "added": person.added} for person in people
        ]
    }
    for person in people:
        output.line(f"{person.sample_count:6}  {person.name}")
    output.line(f"{len(people):6}  people, {gallery.sample_count} samples")


def _show(options: argparse.Namespace, output: Output) -> None:
    gallery = _open(options, output)
    person = gallery.person(options.name)
    samples = gallery.samples_of(person)
    output.document = {
        "name": person.name,
        "added": person.added,
        "samples": [
            {
                "id": sample.id,
                "file": sample.file,
                "added": sample.added,
                "models": sorted(sample.vectors),
            }
            for sample in samples
        ],
    }
    output.line(f"{person.name}, added {person.added}")
    for sample in samples:
        output.line(f"  {sample.id}  {sample.added}  {sample.file}")


def _restore(options: argparse.Namespace, output: Output) -> None:
    from face_match.gallery.gallery import Gallery

    backup = options.file if options.file.exists() else options.gallery / options.file
    aside = Gallery.restore(options.gallery, backup)
    output.document = {"restored": str(backup), "before": str(aside) if aside else None}
    output.line(f"{backup.name} is in its place again.")
    if aside:
        output.line(f"What was there before is kept as {aside.name}.")


def _models(options: argparse.Namespace, output: Output) -> None:
    from face_match.vision.models import MODELS, model_info

    if options.action == "list":
        if options.name is not None:
            options.usage_error("models list takes no NAME")
        current = Settings.load().model
        output.document = {
            "models": [
                {
                    "name": model.id,
                    "title": model.title,
                    "dimensions": model.dimensions,
                    "licence": model.licence,
                    "installed": model.is_installed,
                    "chosen": model.id == current,
                    "file": str(model.weights_file()),
                }
                for model in MODELS.values()
            ]
        }
        for model in MODELS.values():
            state = "installed" if model.is_installed else f"“models download {model.id}” gets it"
            chosen = ", chosen" if model.id == current else ""
            output.line(f"{model.id:8} {model.title}, {model.dimensions}-d, {model.licence}: {state}{chosen}")
        return
    if options.name is None:
        options.usage_error(f"models {options.action} needs the NAME of a model")
    model = model_info(options.name)
    if options.action == "download":
        _download(model.id, output)
    else:
        _use(model.id, options, output)


def _download(model_id: str, output: Output) -> None:
    from face_match.vision.download import download_model

    with _progress_bar(f"downloading {model_id}", unit="B") as on_progress:
        file = download_model(model_id, on_progress)
    output.document = {"model": model_id, "file": str(file)}
    output.line(f"{model_id} is ready. “models use {model_id}” switches to it.")


def _use(model_id: str, options: argparse.Namespace, output: Output) -> None:
    from face_match.gallery.gallery import Gallery
    from face_match.vision.pipeline import FacePipeline

    with Gallery.open(options.gallery, for_writing=True) as gallery:
        pipeline = FacePipeline.load(model_id)
        _embed(gallery, pipeline, output)
    settings = Settings.load()
    settings.model = model_id
    settings.save()
    output.document |= {"model": model_id}
    output.line(f"{model_id} is used from now on.")


def _doctor(options: argparse.Namespace, output: Output) -> None:
    from face_match.doctor import examine

    report = examine(options.gallery)
    output.document = report
    for group in ("versions", "folders", "models"):
        output.line(group.capitalize())
        for name, value in report[group].items():
            output.line(f"  {name:26} {value}")
    for problem in report["problems"]:
        output.line(f"! {problem}")
    if report["problems"]:
        output.has_failed = True
    else:
        output.line("Nothing is wrong.")


# What they share


def _open(options: argparse.Namespace, output: Output) -> Gallery:
    """The gallery, for reading."""
    from face_match.gallery.gallery import Gallery

    if not options.gallery.exists():
        output.note(f"There is no folder {options.gallery} yet: the gallery is empty.")
    return Gallery.open(options.gallery, for_writing=False)


def _pipeline(options: argparse.Namespace, gallery: Gallery) -> FacePipeline:
    from face_match.batch import model_for
    from face_match.vision.pipeline import FacePipeline

    model = options.model or model_for(gallery, Settings.load().model)
    return FacePipeline.load(model, options.engine)


def _embed(gallery: Gallery, pipeline: FacePipeline, output: Output) -> None:
    """Bring a gallery that was made with another model up to date."""
    from face_match.batch import embed_samples

    missing = len(gallery.samples_without(pipeline.model_id))
    if not missing:
        return
    with _progress_bar(f"embedding samples for {pipeline.model_id}") as on_progress:
        result = embed_samples(gallery, pipeline, on_progress)
    for sample, error in result.failed:
        output.note(f"{sample.file}: {sentence(error)}")


@contextlib.contextmanager
def _progress_bar(title: str, unit: str = "") -> Iterator[Callable[[int, int], None]]:
    from tqdm import tqdm

    with tqdm(desc=title, unit=unit, unit_scale=unit == "B", disable=not sys.stderr.isatty()) as bar:

        def on_progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield on_progress


def _faces_counted(count: int) -> str:
    return {0: "no face was found", 1: "1 face"}.get(count, f"{count} faces")


# The words


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--gallery",
        type=Path,
        metavar="DIR",
        default=gallery_folder(),
        help="the gallery's folder (default: $FACE_MATCH_GALLERY, else the program's folder)",
    )
    common.add_argument("--model", metavar="NAME", help="the model to use; “models list” names them")
    common.add_argument(
        "--engine",
        choices=("onnx", "reference"),
        default="onnx",
        help="reference: mtcnn and keras-facenet on TensorFlow, where installed",
    )
    common.add_argument("--json", action="store_true", help="one JSON document on standard output")
    return common


def _number_from_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from 1 on")
    return int(text)


def _similarity(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -1 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a similarity, from -1 to 1")
    return value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="face_match",
        description="Who in a local gallery is the face in this photo most like? "
        "Without a command, the window opens: app_faces.py [--gallery DIR] [PHOTO …]",
    )
    parser.add_argument("--version", action="version", version=f"Face Match {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    common = _common()

    def command(
        name: str, run: Callable[[argparse.Namespace, Output], None], help_text: str
    ) -> argparse.ArgumentParser:
        entry = commands.add_parser(name, parents=[common], help=help_text, description=help_text)
        entry.set_defaults(run=run)
        return entry

    match = command("match", _match, "rank the gallery's people for every face of every photo")
    match.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
    match.add_argument("--top", type=_number_from_one, default=MATCHES_SHOWN, metavar="K")
    match.add_argument("--threshold", type=_similarity, metavar="T")

    add = command("add", _add, "add the face of each photo to a person")
    add.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
    add.add_argument("--name", required=True)
    add.add_argument("--face", type=_number_from_one, metavar="N", help="which of several faces")

    command("people", _people, "list the people with their numbers of samples")
    show = command("show", _show, "list one person's samples")
    show.add_argument("name", metavar="NAME")
    restore = command("restore", _restore, "put a backup of the records in their place")
    restore.add_argument("file", type=Path, metavar="FILE")

    models = command("models", _models, "list models, download one, or switch to one")
    models.add_argument("action", nargs="?", choices=("list", "download", "use"), default="list")
    models.add_argument("name", nargs="?", metavar="NAME")
    models.set_defaults(usage_error=models.error)

    command("doctor", _doctor, "say what is installed, what is wrong and how to mend it")
    return parser


COMMANDS = ("match", "add", "people", "show", "restore", "models", "doctor")
