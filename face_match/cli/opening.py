"""What several commands do first: open the gallery, load the model, and embed faces that lack an
embedding."""

from __future__ import annotations

import argparse
import errno
import getpass
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from face_match.cli.output import Output, complain, is_terminal, progress_bar
from face_match.core.errors import EncryptedGalleryMissingError, GalleryMissingError
from face_match.core.gallery_folder import is_gone, is_unused
from face_match.core.gallery_place import GalleryPlace, ServerAddress, place_text
from face_match.core.messages import error_message
from face_match.core.server_errors import NotOnServerError
from face_match.core.settings import PASSPHRASE, Settings

if TYPE_CHECKING:  # imported where they are used: “people” needs no networks
    from face_match.gallery.gallery import Gallery
    from face_match.vision.pipeline import FacePipeline

MAX_PASSPHRASE_BYTES = 1_000_000
"""Of a file with a passphrase: more is another file, named by mistake."""


def open_to_read(options: argparse.Namespace, output: Output, *, is_dry_run: bool = False) -> Gallery:
    """The gallery, for reading, or to try in memory what changes would come to."""
    from face_match.gallery.gallery import Gallery

    if isinstance(options.gallery, Path) and not options.gallery.exists():
        output.note(f"There is no folder {options.gallery} yet: the gallery is empty.")
    return Gallery.open(
        options.gallery, for_writing=False, passphrase=passphrase_of(options), is_dry_run=is_dry_run
    )


def open_to_write(options: argparse.Namespace) -> Gallery:
    """Open the gallery for writing."""
    from face_match.gallery.gallery import Gallery

    passphrase = passphrase_of(options)
    place = located(options.gallery)  # meanwhile the window may have moved it: a second one would begin
    if isinstance(place, Path) and is_unused(place) and os.environ.get(PASSPHRASE):
        complain(
            f"A new gallery begins in {place}. It is not encrypted, although {PASSPHRASE} is set: “encrypt” "
            "encrypts it."
        )
    return Gallery.open(place, for_writing=True, passphrase=passphrase)


def located(place: GalleryPlace, *, must_be_there: bool = True) -> GalleryPlace:
    """Where a gallery is now that the window may have moved.

    Raises:
        GalleryMissingError: its folder is gone or empty, as with a drive that is not connected. A new
            gallery there would be taken for it, and be readable where it was encrypted.
    """
    if isinstance(place, ServerAddress):
        return place
    settings = Settings.load()
    found = settings.located_gallery(place)
    is_known = found != place or place_text(found) in settings.recent
    if must_be_there and is_known and is_gone(found, was_there=True):
        raise GalleryMissingError(found, "it is gone")
    return found


def folder_of(options: argparse.Namespace, why_not: str) -> Path:
    """The gallery's folder.

    Args:
        why_not: a sentence that says what is done instead to a gallery on a server.
    Raises:
        NotOnServerError.
    """
    if isinstance(options.gallery, ServerAddress):
        raise NotOnServerError(why_not)
    return Path(options.gallery)


def passphrase_of(options: argparse.Namespace) -> str | None:
    """The passphrase of an encrypted gallery: from a file, else the environment, else a prompt.

    Raises:
        EncryptedGalleryMissingError: a file of it is given, but no gallery is there, as with a drive that is
            not connected. A new one would be readable. The variable may be meant for other galleries.
    """
    from face_match.gallery.storage.vault import needs_passphrase

    if not isinstance(options.gallery, Path):
        return None
    if not needs_passphrase(options.gallery):
        if options.passphrase_file is not None and is_unused(options.gallery) and given_passphrase(options):
            raise EncryptedGalleryMissingError(options.gallery, "it is gone")
        return None
    given = given_passphrase(options)
    if given is None and is_terminal(sys.stdin):
        given = getpass.getpass("Passphrase of the gallery: ")
    return given


def new_passphrase(options: argparse.Namespace) -> str:
    """A new passphrase: from a file, else the environment, else typed twice."""
    is_another = "new_passphrase_file" in options
    given = _read(options.new_passphrase_file, options) if is_another else given_passphrase(options)
    if given is None and is_terminal(sys.stdin):
        given = getpass.getpass("New passphrase of the gallery: ")
        if getpass.getpass("Once more: ") != given:
            options.usage_error("the two passphrases differ")
    if not given:
        how = "--new-passphrase-file" if is_another else f"--passphrase-file, or the variable {PASSPHRASE}"
        options.usage_error(f"a passphrase is needed: {how}")
    return str(given)


def given_passphrase(options: argparse.Namespace) -> str | None:
    """The passphrase in the file given, else in the environment."""
    if options.passphrase_file is None:
        return os.environ.get(PASSPHRASE)
    return _read(options.passphrase_file, options)


def _read(file: Path | None, options: argparse.Namespace) -> str | None:
    if file is None:
        return None
    try:
        return passphrase_in(file)
    except (OSError, UnicodeDecodeError) as exc:
        reason = exc.strerror if isinstance(exc, OSError) else "it is not UTF-8 text"
        options.usage_error(f"{file} cannot be read ({reason})")
        raise


def passphrase_in(path: Path) -> str:
    """The passphrase in a file or pipe, without a byte order mark and the end of the last line.

    Editors write the ends of lines in three ways, which all count as the same.

    Raises:
        OSError: also for a device, which may have no end, and for more than MAX_PASSPHRASE_BYTES.
        UnicodeDecodeError.
    """
    with path.open("rb") as file:
        kind = os.fstat(file.fileno()).st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISFIFO(kind)):
            raise OSError(errno.EINVAL, "it is neither a file nor a pipe")
        content = file.read(MAX_PASSPHRASE_BYTES + 1)
    if len(content) > MAX_PASSPHRASE_BYTES:
        raise OSError(errno.EFBIG, "it is too large for a passphrase")
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return text.rstrip("\n")


def pipeline_for(
    options: argparse.Namespace, gallery: Gallery, *, for_many_photos: bool = False
) -> FacePipeline:
    """Load the model given, else the gallery's."""
    from face_match.vision.onnx.sessions import THREADS
    from face_match.vision.pipeline import FacePipeline
    from face_match.workflows.models import model_for_gallery

    model = options.model or model_for_gallery(gallery, Settings.load().model)
    parts = pipeline_parts(options)
    return FacePipeline.load(
        model,
        options.engine,
        detector=parts.detector,
        small_faces=parts.small_faces,
        threads=1 if for_many_photos else THREADS,
    )


class PipelineParts(NamedTuple):
    """What a pipeline has besides its model."""

    detector: str
    small_faces: bool


def pipeline_parts(options: argparse.Namespace) -> PipelineParts:
    """The detector and its settings: those given, else the user's."""
    settings = Settings.load()
    return PipelineParts(
        options.detector or own_detector(settings), options.small_faces or settings.small_faces
    )


def own_detector(settings: Settings) -> str:
    """The chosen detector if it is installed, else MTCNN."""
    from face_match.vision.models.registry import MTCNN, all_detectors

    return settings.detector if settings.detector in all_detectors() else MTCNN


def threshold_of(model_id: str, gallery: Gallery | None = None) -> float:
    """The threshold of a model in a gallery, or without one."""
    from face_match.decision.threshold import threshold_range
    from face_match.workflows.calibrate import threshold_for

    settings = Settings.load()
    if gallery is not None:
        return threshold_for(gallery, model_id, settings)
    return settings.thresholds.get(model_id, threshold_range(model_id).default)


def embed_missing(gallery: Gallery, pipeline: FacePipeline, output: Output, *, named: bool = True) -> None:
    """Embed all named, or all unnamed, faces that have no embedding under the model."""
    from face_match.workflows.embed import embed_faces

    missing = len(gallery.without_embedding(pipeline.model_id, named=named))
    if not missing:
        return
    with progress_bar(f"embedding faces for {pipeline.model_id}") as on_progress:
        result = embed_faces(gallery, pipeline, on_progress, named=named)
    for face, error in result.failed:
        output.note(f"{face.file}: {error_message(error)}")
