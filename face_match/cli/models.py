"""The commands about models and about the installation."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from face_match.cli.opening import embed_missing, given_passphrase, open_to_write
from face_match.cli.output import Document, Output, is_terminal, progress_bar
from face_match.core.errors import FaceMatchError
from face_match.core.number_text import plural
from face_match.core.settings import Settings

if TYPE_CHECKING:
    from face_match.core.types import Crop
    from face_match.vision.models.added import AddedModel
    from face_match.vision.models.downloadable import DownloadableModel
    from face_match.vision.models.installation import ModelCandidate
    from face_match.vision.models.registry import Download
    from face_match.workflows.models import BuiltInModel

log = logging.getLogger(__name__)

NON_COMMERCIAL = "not for commercial use"
UNTRIED = "address not tried by us"


def models(options: argparse.Namespace, output: Output) -> None:
    """List, download, use, add or remove models."""
    if options.action == "list":
        if options.name is not None:
            options.usage_error("models list takes no NAME")
        _list(output)
        return
    if options.name is None:
        wanted = "FILE" if options.action == "add" else "NAME of a model"
        options.usage_error(f"models {options.action} needs the {wanted}")
    {"download": _download, "use": _use, "add": _add, "remove": _remove}[options.action](options, output)


# Listing


def _list(output: Output) -> None:
    from face_match.vision.models.downloadable import DOWNLOADABLE_MODELS
    from face_match.workflows.models import list_models

    settings = Settings.load()
    table = list_models(settings.model, settings.detector)
    models = []
    for built_in in table.built_in:
        models.append(_built_in_document(built_in) | {"chosen": built_in.id in table.in_use})
        output.line(f"{_built_in_line(built_in)}{', chosen' if built_in.id in table.in_use else ''}")
    if table.added:
        output.line("Added:")
    for added in table.added:
        is_chosen = added.id in table.in_use
        models.append(_document(added) | {"installed": added.is_unchanged, "chosen": is_chosen})
        output.line(f"  {_line(added)}{', chosen' if is_chosen else ''}")
    output.line("Available to download with “models download NAME”:")
    for downloadable in table.downloadable:
        output.line(f"  {downloadable.name:14} {_offer(downloadable)}")
    installed = {model.sha256 for model in table.added}
    known = [_known_document(model, installed) for model in DOWNLOADABLE_MODELS]
    output.document = {"models": models, "known": known}


def _built_in_document(model: BuiltInModel) -> Document:
    return {
        "name": model.id,
        "title": model.title,
        "kind": model.kind,
        "dimensions": model.dimensions,
        "licence": model.licence,
        "installed": model.is_installed,
        "chosen": False,
        "file": str(model.file) if model.file is not None else None,
    }


def _built_in_line(model: BuiltInModel) -> str:
    what = f"{model.dimensions}-d" if model.dimensions else "finds faces"
    licence = model.licence.removesuffix(" (mtcnn)")
    state = "installed" if model.is_installed else f"“models download {model.id}” gets it"
    return f"{model.id:8} {model.title}, {what}, {licence}: {state}"


def _known_document(known: DownloadableModel, here: set[str]) -> Document:
    return {
        "name": known.name,
        "family": known.family,
        "licence": known.licence,
        "commercial_use": known.is_commercial,
        "by": known.by,
        "address": known.download.url,
        "address_tried": False,
        "size_bytes": known.download.size_bytes,
        "sha256": known.download.sha256 or None,
        "installed": known.download.sha256 in here,
    }


def _document(model: AddedModel) -> Document:
    verdict = model.verdict
    thresholds = model.family.thresholds
    return {
        "name": model.id,
        "title": model.title,
        "kind": model.kind,
        "family": model.family.id,
        "dimensions": verdict.dimensions or None,
        "licence": model.licence,
        "source": model.source,
        "sha256": model.sha256,
        "range": verdict.range,
        "colour": verdict.colour,
        "threshold": thresholds.default if thresholds is not None else None,
        "checks": list(verdict.checks),
        "notes": list(verdict.notes),
        "added": model.added,
        "file": str(model.file),
    }


def _line(model: AddedModel) -> str:
    what = f"{model.verdict.dimensions}-d" if model.verdict.dimensions else "finds faces"
    size = _megabytes(model.size_bytes)
    return f"{model.id}  {model.title}, {model.family.title}, {what}, {size}, licence: {model.licence}"


def _offer(known: DownloadableModel) -> str:
    from face_match.core.model_families import FAMILIES

    family = FAMILIES[known.family]
    allowed = "" if known.is_commercial else f" ({NON_COMMERCIAL})"
    size = _megabytes(known.download.size_bytes)
    return f"{family.title} ({family.kind}), {size}, {known.licence}{allowed}, {UNTRIED}"


def _megabytes(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:.1f} MB"


# Getting


def _download(options: argparse.Namespace, output: Output) -> None:
    from face_match.vision.models.added import added_models
    from face_match.vision.models.download import download_model
    from face_match.vision.models.downloadable import download_and_install, downloadable_model
    from face_match.vision.models.registry import model_info

    known = downloadable_model(options.name)
    if known is None:
        info = model_info(options.name)
        model_id = info.id
        if info.download is not None and not info.is_installed:
            _announce(model_id, info.download(), output)
        with progress_bar(f"downloading {model_id}", unit="B") as on_progress:
            file = download_model(model_id, on_progress)
        output.document = {"model": model_id, "file": str(file)}
        output.line(f"{model_id} is ready. “models use {model_id}” switches to it.")
        return
    if not known.is_commercial:
        output.note(f"{known.name}: {known.licence} ({NON_COMMERCIAL}).")
    if known.download.sha256 not in {one.sha256 for one in added_models()}:
        _announce(known.name, known.download, output)
    with progress_bar(f"downloading {known.name}", unit="B") as on_progress:
        model = download_and_install(known, on_progress)
    _print_added(model, output)


def _announce(name: str, source: Download, output: Output) -> None:
    """Say what is fetched from where; to be called before a connection is opened."""
    output.note(f"Downloading {name}: {_megabytes(source.size_bytes)} from {source.url}")


def _add(options: argparse.Namespace, output: Output) -> None:
    from face_match.vision.models.added import PixelOptions
    from face_match.vision.models.installation import examine_model

    pixel_options = PixelOptions(options.range or "", options.colour or "")
    with progress_bar("copying", unit="B") as on_progress:
        people = _people_of_gallery(options)
        candidate = examine_model(
            Path(options.name), pixel_options=pixel_options, people=people, on_progress=on_progress
        )
    try:
        for check in candidate.verdict.checks:
            output.note(f"Tried: {check}.")
        if count := len(candidate.gallery_faces.people):
            output.note(f"Tried on {plural(count, 'face', 'faces')} of the gallery too.")
        licence, source = _licence_and_source(candidate, options)
        model = candidate.keep(title=options.title or "", licence=licence, source=source)
    finally:
        candidate.discard()
    for note in model.verdict.notes:
        output.note(note)
    if model.verdict.notes:
        output.note("--range and --colour give its pixels otherwise.")
    _print_added(model, output)


def _people_of_gallery(options: argparse.Namespace) -> list[list[Crop]]:
    """Crops of the gallery to try the model on; empty if the gallery cannot be read."""
    from face_match.gallery.gallery import Gallery
    from face_match.workflows.trial_crops import trial_crops

    if isinstance(options.gallery, Path) and not options.gallery.is_dir():
        return []
    try:
        passphrase = given_passphrase(options)
        with Gallery.open(options.gallery, for_writing=False, passphrase=passphrase) as gallery:
            return trial_crops(gallery)
    except FaceMatchError as exc:
        log.info("the model is not tried on faces of the gallery: %s", exc)
        return []


def _licence_and_source(candidate: ModelCandidate, options: argparse.Namespace) -> tuple[str, str]:
    """Licence and source: from the options, known for this file, or asked for."""
    from face_match.vision.models.downloadable import licence_of

    known = licence_of(candidate.sha256) or ("", "")
    answers = [options.licence or known[0], options.source or known[1]]
    questions = ("Its licence, and whether it may be used for what you do", "Where it is from")
    for index, question in enumerate(questions):
        if not answers[index] and is_terminal(sys.stdin):
            answers[index] = input(f"{question}: ").strip()
    if not all(answers):
        options.usage_error("models add needs --licence and --source: they are kept and shown with the model")
    return answers[0], answers[1]


def _print_added(model: AddedModel, output: Output) -> None:
    output.document = {"model": model.id, **_document(model)}
    output.line(f"Added {_line(model)}.")
    output.line(f"“models use {model.title}” switches to it.")


# Switching


def _use(options: argparse.Namespace, output: Output) -> None:
    from face_match.core.model_families import DETECTOR
    from face_match.vision.models.added import added_model
    from face_match.vision.models.registry import MTCNN, load_detector, model_info

    added = added_model(options.name)
    if options.name == MTCNN or (added is not None and added.kind == DETECTOR):
        detector = MTCNN if added is None else added.id
        load_detector(detector)
        settings = Settings.load()
        settings.detector = "" if detector == MTCNN else detector
        settings.write()
        output.document = {"detector": detector}
        output.line(f"{options.name} finds the faces from now on. Faces that are known stay as they are.")
        return
    _use_embedder(model_info(options.name).id, options, output)


def _use_embedder(model_id: str, options: argparse.Namespace, output: Output) -> None:
    from face_match.vision.pipeline import FacePipeline

    with open_to_write(options) as gallery:
        pipeline = FacePipeline.load(model_id)
        embed_missing(gallery, pipeline, output)
    settings = Settings.load()
    settings.model = model_id
    settings.write()
    output.document |= {"model": model_id}
    output.line(f"{model_id} is used from now on.")


def _remove(options: argparse.Namespace, output: Output) -> None:
    from face_match.core.errors import ModelMissingError
    from face_match.vision.models.added import added_model, remove
    from face_match.vision.models.registry import MODELS, MTCNN, preferred_model

    if options.name in (*MODELS, MTCNN):
        options.usage_error(f"{options.name} belongs to the program; what was added can be removed")
    model = added_model(options.name)
    if model is None:
        raise ModelMissingError(options.name, "unknown")
    settings = Settings.load()
    fallback = None
    if settings.model == model.id:
        settings.model, fallback = "", preferred_model()
    if settings.detector == model.id:
        settings.detector, fallback = "", MTCNN
    if fallback is not None:
        settings.write()
    remove(model)
    output.document = {"removed": model.id, "instead": fallback}
    output.line(f"{model.title} is removed. Embeddings that it made stay in galleries.")
    if fallback is not None:
        output.note(f"It was in use; from now on it is {fallback}.")


def doctor(options: argparse.Namespace, output: Output) -> None:
    """Say what is installed, what is wrong and how to mend it."""
    from face_match.workflows.doctor import diagnose

    report = diagnose(options.gallery)
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
