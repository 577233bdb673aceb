"""The trial of an untrusted network: its family is recognised, and it is run on real faces.

A hostile file may crash the process, so `installation.try_model` runs this in a sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from face_match.core.model_families import SCRFD, SFACE, SFACE_SHA256, YUNET, Family
from face_match.core.translation import marked
from face_match.core.types import Box, Landmarks, Pixels
from face_match.vision.detectors.single_stage import SIDE_PX, STEP_PX, YUNET_OUTPUTS, SingleStageDetector
from face_match.vision.models.added import (
    DEFAULT_PIXELS,
    LARGEST_SIDE_PX,
    PixelOptions,
    TrialResult,
    sha256_of,
)
from face_match.vision.models.trial_embedder import (
    InputDeclaration,
    embedding_dimensions,
    fitting_crop_sizes,
    try_embedder,
)
from face_match.vision.models.trial_faces import CHECK_FACES, NO_FACES, TrialFaces, mirror_landmarks
from face_match.vision.onnx.file_inspection import (
    GraphDeclaration,
    RefusedError,
    first_line,
    inspect_model_file,
    shape_text,
)
from face_match.vision.onnx.input_format import InputFormat
from face_match.vision.onnx.sessions import Network

DETECTOR_OUTPUTS = (6, 9, 10, 12, 15)
"""Possible numbers of a detector's outputs: scores, boxes and landmarks, for three strides or five; YuNet has
two scores."""

MIN_FOUND_OVERLAP = 0.4
"""Smallest overlap with MTCNN's box. Detectors draw boxes differently; MTCNN's and YuNet's of these faces
overlap by 0.7 and more."""

MAX_LANDMARK_ERROR = 0.35
"""Largest mean distance of the landmarks from MTCNN's, in distances between the eyes."""


def try_network(
    path: Path, pixel_options: PixelOptions = DEFAULT_PIXELS, gallery_faces: TrialFaces = NO_FACES
) -> TrialResult:
    """Recognise the network in a file and try it; raises RefusedError.

    Args:
        pixel_options: pixel format chosen by the user.
        gallery_faces: faces of a gallery, for the trial of an embedder.
    """
    declared = inspect_model_file(path)
    try:
        network = Network(path)
    except Exception as exc:
        raise RefusedError(f"ONNX Runtime cannot load it ({first_line(exc)})") from exc
    is_channels_last, height, width = _image_input(declared, network)
    sizes = fitting_crop_sizes(height, width)
    is_batch_free = not isinstance(network.input_shapes[0][0], int)
    declaration = InputDeclaration(sizes, is_channels_last, declared.scales_pixels, is_batch_free)
    if _is_embedder(declared, network, declaration):
        family = SFACE if sha256_of(path) == SFACE_SHA256 else None
        return try_embedder(network, declaration, pixel_options, family, gallery_faces)
    if is_channels_last:
        raise RefusedError(marked("detectors that take their channels last are not supported"))
    return _try_detector(declared, network, (width, height), pixel_options)


def _is_embedder(declared: GraphDeclaration, network: Network, declaration: InputDeclaration) -> bool:
    """Whether it makes one embedding, alone or with its norm."""
    if len(declared.outputs) == 1:
        if not declaration.sizes:
            raise RefusedError(
                f"it has one output, as an embedder, but takes {shape_text(network.input_shapes[0])}; faces "
                "of 112 × 112 or 160 × 160 pixels are supported"
            )
        return True
    if len(declared.outputs) != 2:
        return False
    for size in declaration.sizes:
        with suppress(RefusedError):
            return bool(embedding_dimensions(network, declaration, size))
    return False


def _image_input(declared: GraphDeclaration, network: Network) -> tuple[bool, int, int]:
    """Whether the channels come last, and the input's height and width in pixels, 0 for any."""
    if len(declared.inputs) != 1 or len(network.input_shapes) != 1:
        raise RefusedError(f"it takes {len(declared.inputs)} inputs, where a face network takes one image")
    shape = network.input_shapes[0]
    if network.input_types[0] != "tensor(float)":
        raise RefusedError(f"it takes {network.input_types[0]}, where float32 pixels are expected")
    if len(shape) != 4 or 3 not in (shape[1], shape[3]):
        raise RefusedError(f"its input is {shape_text(shape)}, which is not a colour image")
    is_channels_last = shape[1] != 3
    sides = shape[1:3] if is_channels_last else shape[2:4]
    height, width = (side if isinstance(side, int) and side > 0 else 0 for side in sides)
    if max(height, width) > LARGEST_SIDE_PX:
        raise RefusedError(f"its input has {width} × {height} pixels, more than {LARGEST_SIDE_PX} a side")
    return is_channels_last, height, width


# Detectors


def _try_detector(
    declared: GraphDeclaration, network: Network, size: tuple[int, int], pixel_options: PixelOptions
) -> TrialResult:
    width, height = size
    if len(declared.outputs) not in DETECTOR_OUTPUTS:
        raise RefusedError(
            f"its {len(declared.outputs)} outputs match no supported detector (SCRFD or RetinaFace of "
            "InsightFace, YuNet), and no embedder"
        )
    if bool(width) != bool(height) or width % STEP_PX or height % STEP_PX:
        raise RefusedError(
            f"its input has {width or 'any'} × {height or 'any'} pixels, where multiples of {STEP_PX} "
            "are expected, or both sides free"
        )
    outputs = _run(network, np.zeros((1, 3, height or SIDE_PX, width or SIDE_PX), np.float32))
    family = _detector_family(network.output_names, outputs, height or SIDE_PX, width or SIDE_PX)
    form = InputFormat(pixel_options.range or family.range, pixel_options.colour or family.colour)
    detector = SingleStageDetector(network, family, form, size if width else None)
    checks = _check_photos(detector)
    return TrialResult(family.id, width, height, 0, *form, takes_batches=False, checks=checks)


def _detector_family(
    names: Sequence[str], outputs: Sequence[npt.NDArray[np.float32]], height: int, width: int
) -> Family:
    """The family of a detector, by the names of its outputs, or by their number and shapes; raises
    RefusedError."""
    if set(names) == set(YUNET_OUTPUTS):
        return YUNET
    last = [output.shape[-1] if output.ndim else 0 for output in outputs]
    levels = len(outputs) // 3
    if len(outputs) in (9, 15) and last == [1] * levels + [4] * levels + [10] * levels:
        for level in range(levels):
            cells = (height // (8 << level)) * (width // (8 << level))
            counts = {outputs[level + k * levels].size // size for k, size in enumerate((1, 4, 10))}
            if len(counts) != 1 or not cells or counts.pop() % cells:
                break
        else:
            return SCRFD
    if len(outputs) in (6, 10) and sorted(last) == [1] * (len(outputs) // 2) + [4] * (len(outputs) // 2):
        raise RefusedError(marked("it finds no landmarks, which are needed to align a face"))
    raise RefusedError(
        f"its {len(outputs)} outputs do not have the shapes of SCRFD, InsightFace’s RetinaFace or YuNet"
    )


def _check_photos(detector: SingleStageDetector) -> tuple[str, ...]:
    for face in CHECK_FACES:
        pixels = face.pixels()
        width = pixels.shape[1]
        mirrored = face.box._replace(x=width - face.box.x - face.box.width)
        try:
            _check_face(detector, pixels, face.box, face.landmarks, "in a photo of one")
            marks = mirror_landmarks(face.landmarks, width)
            _check_face(
                detector, np.ascontiguousarray(pixels[:, ::-1]), mirrored, marks, "in its mirror image"
            )
        except RefusedError:
            raise
        except Exception as exc:
            raise RefusedError(f"it could not be run on a photo ({first_line(exc)})") from exc
    if detector.detect(np.full((256, 256, 3), 128, np.uint8)):
        raise RefusedError(marked("it finds faces in a plain grey image"))
    return (
        "found the one face in two photos, and in their mirror images, with eyes, nose and mouth",
        "found none in plain grey",
    )


def _check_face(
    detector: SingleStageDetector, pixels: Pixels, box: Box, marks: Landmarks, where: str
) -> None:
    found = [face for face in detector.detect(pixels) if face.box.overlap(box) >= MIN_FOUND_OVERLAP]
    if not found:
        raise RefusedError(f"it does not find the face {where}")
    between_eyes = float(np.hypot(*np.subtract(marks.left_eye, marks.right_eye)))
    off = np.hypot(*np.subtract(np.asarray(found[0].landmarks), np.asarray(marks)).T).mean() / between_eyes
    if off > MAX_LANDMARK_ERROR:
        raise RefusedError(f"it does not find eyes, nose and mouth where they are {where}")


def _run(network: Network, values: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    try:
        return network(values)
    except Exception as exc:
        raise RefusedError(f"it could not be run ({first_line(exc)})") from exc
