"""A network from elsewhere is recognised and tried on two real faces.

Whatever a file makes a process do, it is that process that dies of it: `adding.tried` has this done in a
sandbox.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.model_families import (
    ARCFACE,
    FACENET_SHAPED,
    SCRFD,
    SFACE,
    YUNET,
    Family,
)
from face_match.types import Box, Crop, Face, Landmarks, Pixels
from face_match.vision.added import AS_USUAL, Verdict, Wanted
from face_match.vision.input_form import EmbeddingNetwork, InputForm
from face_match.vision.one_stage import SIDE_PX, STEP_PX, YUNET_OUTPUTS, OneStageDetector
from face_match.vision.onnx_file import Declared, RefusedError, inspect
from face_match.vision.sessions import Network

EMBEDDER_PX = {112: ARCFACE, 160: FACENET_SHAPED}
"""Side of the crops, and the family that networks of that size are taken for."""

FEWEST_DIMENSIONS, MOST_DIMENSIONS = 32, 4096
LARGEST_SIDE_PX = 2048
"""Of a detector's input."""

SFACE_DIMENSIONS = 128

DETECTOR_OUTPUTS = (6, 9, 10, 12, 15)
"""How many there are of scores, boxes and landmarks, for three strides or five; YuNet has two scores."""

ALIKE = 0.999
"""Two different people may not be more similar than that."""

FOUND_OVERLAP = 0.4
"""Detectors draw boxes differently; MTCNN's and YuNet's of these faces overlap by 0.7 and more."""

LANDMARK_SLACK = 0.35
"""How far landmarks may lie from MTCNN's in the mean, in distances between the eyes."""


class CheckFace(NamedTuple):
    """One of the two photos that come with the program, and where MTCNN finds the face in it."""

    file: str
    box: Box
    landmarks: Landmarks

    def pixels(self) -> Pixels:
        from PIL import Image

        with Image.open(Path(__file__).parent / "check_faces" / self.file) as image:
            return np.asarray(image.convert("RGB"))


CHECK_FACES = (
    CheckFace(
        "collins.jpg",
        Box(89.2, 59.6, 77.1, 98.7),
        Landmarks.of(((109.4, 92.0), (149.4, 94.5), (129.1, 117.6), (107.1, 127.7), (147.2, 129.9))),
    ),
    CheckFace(
        "hopper.jpg",
        Box(89.0, 56.9, 85.7, 108.7),
        Landmarks.of(((109.6, 95.0), (153.4, 92.9), (134.1, 118.9), (115.7, 138.4), (152.3, 135.6))),
    ),
)
"""Eileen Collins (NASA) and Grace Hopper (US Navy), both in the public domain."""


def try_out(path: Path, wanted: Wanted = AS_USUAL) -> Verdict:
    """Recognise a file and try it; raises RefusedError."""
    declared = inspect(path)
    try:
        network = Network(path)
    except Exception as exc:
        raise RefusedError(f"ONNX Runtime cannot load it ({_first_line(exc)})") from exc
    is_channels_last, height, width = _image_input(declared, network)
    if len(declared.outputs) == 1:
        return _embedder(declared, network, height, is_channels_last, wanted)
    if is_channels_last:
        raise RefusedError("a detector that takes its colours last is none of those known here")
    return _detector(declared, network, (width, height), wanted)


def _image_input(declared: Declared, network: Network) -> tuple[bool, int, int]:
    """Whether the colours come last, and height and width, 0 where they are free."""
    if len(declared.inputs) != 1 or len(network.input_shapes) != 1:
        raise RefusedError(f"it takes {len(declared.inputs)} inputs, where a face network takes one image")
    shape = network.input_shapes[0]
    if network.input_types[0] != "tensor(float)":
        raise RefusedError(f"it takes {network.input_types[0]}, where float32 pixels are expected")
    if len(shape) != 4 or 3 not in (shape[1], shape[3]):
        raise RefusedError(f"its input is {_written(shape)}, which is no colour image")
    is_channels_last = shape[1] != 3
    sides = shape[1:3] if is_channels_last else shape[2:4]
    height, width = (side if isinstance(side, int) and side > 0 else 0 for side in sides)
    if max(height, width) > LARGEST_SIDE_PX:
        raise RefusedError(f"its input has {width} × {height} pixels, more than {LARGEST_SIDE_PX} a side")
    return is_channels_last, height, width


# Embedders


def _embedder(
    declared: Declared,
    network: Network,
    size: int,
    is_channels_last: bool,
    wanted: Wanted,
) -> Verdict:
    family = EMBEDDER_PX.get(size)
    shape = network.input_shapes[0]
    sides = shape[1:3] if is_channels_last else shape[2:4]
    if family is None or sides[0] != sides[1]:
        raise RefusedError(
            f"it has one output, as an embedder, but takes {_written(shape)}; crops of 112 × 112 or "
            "160 × 160 pixels are known here"
        )
    blank = (1, size, size, 3) if is_channels_last else (1, 3, size, size)
    (output,) = _run(network, np.zeros(blank, np.float32))
    dimensions = output.shape[-1]
    if output.ndim != 2 or output.shape[0] != 1 or not FEWEST_DIMENSIONS <= dimensions <= MOST_DIMENSIONS:
        raise RefusedError(
            f"its output is {_written(output.shape)}, where one vector of {FEWEST_DIMENSIONS} to "
            f"{MOST_DIMENSIONS} numbers is expected"
        )
    if family is ARCFACE and declared.scales_pixels and dimensions == SFACE_DIMENSIONS:
        family = SFACE
    notes = []
    range_ = wanted.range or ("raw" if declared.scales_pixels else family.range)
    if not wanted.range and not declared.scales_pixels:
        notes.append(
            f"How it wants its pixels is not written in the file: “{range_}” and “{family.colour}” were "
            f"taken, as {family.title} has them. If matches are poor, another way may be right."
        )
    form = InputForm(range_, wanted.colour or family.colour, is_channels_last)
    takes_batches = _takes_batches(network, form, size)
    embed = EmbeddingNetwork(network, form, takes_batches=takes_batches)
    checks = _check_vectors(embed, family, dimensions)
    return Verdict(family.id, size, size, dimensions, *form, takes_batches, notes=tuple(notes), checks=checks)


def _takes_batches(network: Network, form: InputForm, size: int) -> bool:
    batch = network.input_shapes[0][0]
    if isinstance(batch, int):
        return False
    try:
        (output,) = network(form.prepared(np.zeros((2, size, size, 3), np.uint8)))
    except Exception:  # noqa: BLE001 - onnxruntime's own kinds share no public base
        return False
    return len(output) == 2


def _check_vectors(embed: EmbeddingNetwork, family: Family, dimensions: int) -> tuple[str, ...]:
    from face_match.vision.models import align_of

    align = align_of(family)
    crops = [align(crop) for face in CHECK_FACES for crop in (_crop(face), _mirrored(_crop(face)))]
    try:
        raw = embed.raw(np.stack(crops))
        vectors, again = (np.asarray(embed(np.stack(crops))[0]) for _ in range(2))
    except Exception as exc:
        raise RefusedError(f"it could not be run on a face ({_first_line(exc)})") from exc
    if raw.shape != (4, dimensions) or not np.isfinite(raw).all():
        raise RefusedError("its vectors of real faces are not finite numbers")
    if np.abs(np.linalg.norm(vectors, axis=1) - 1).max() > 0.01:
        raise RefusedError("its vector of a real face is zero")
    if np.abs(vectors - again).max() > 1e-3:
        raise RefusedError("it gives another vector for the same face each time")
    one, its_mirror, other, others_mirror = vectors
    mirrored = min(float(one @ its_mirror), float(other @ others_mirror))
    different = float(one @ other)
    if different > ALIKE:
        raise RefusedError(f"it gives two different people the same vector (similarity {different:.4f})")
    if mirrored <= different:
        raise RefusedError(
            f"a face and its mirror image are less alike to it ({mirrored:.3f}) than two different people "
            f"({different:.3f})"
        )
    return (
        "vectors are finite, and the same each time",
        f"two different people: similarity {different:.3f}",
        f"a face and its mirror image: {mirrored:.3f}",
    )


def _crop(face: CheckFace) -> Crop:
    from face_match.vision.alignment import cut

    return cut(face.pixels(), Face(face.box, face.landmarks, 1.0))


def _mirrored(crop: Crop) -> Crop:
    width = crop.pixels.shape[1]
    box = crop.box._replace(x=width - crop.box.x - crop.box.width)
    return Crop(np.ascontiguousarray(crop.pixels[:, ::-1]), box, _mirrored_landmarks(crop.landmarks, width))


def _mirrored_landmarks(landmarks: Landmarks, width: int) -> Landmarks:
    """Left and right change places with the pixels."""
    points = [(width - point.x, point.y) for point in landmarks]
    return Landmarks.of([points[index] for index in (1, 0, 2, 4, 3)])


# Detectors


def _detector(declared: Declared, network: Network, size: tuple[int, int], wanted: Wanted) -> Verdict:
    width, height = size
    if len(declared.outputs) not in DETECTOR_OUTPUTS:
        raise RefusedError(
            f"its {len(declared.outputs)} outputs are those of no detector known here (SCRFD or RetinaFace "
            "of InsightFace, YuNet), and of no embedder"
        )
    if bool(width) != bool(height) or width % STEP_PX or height % STEP_PX:
        raise RefusedError(
            f"its input has {width or 'any'} × {height or 'any'} pixels; both sides free, or multiples of "
            f"{STEP_PX}, are known here"
        )
    outputs = _run(network, np.zeros((1, 3, height or SIDE_PX, width or SIDE_PX), np.float32))
    family = _detector_family(network.output_names, outputs, height or SIDE_PX, width or SIDE_PX)
    form = InputForm(wanted.range or family.range, wanted.colour or family.colour)
    detector = OneStageDetector(network, family, form, size if width else None)
    checks = _check_faces(detector)
    return Verdict(family.id, width, height, 0, *form, takes_batches=False, checks=checks)


def _detector_family(
    names: Sequence[str], outputs: Sequence[npt.NDArray[np.float32]], height: int, width: int
) -> Family:
    """By the names of the outputs, or by how many there are and how large."""
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
        raise RefusedError("it finds faces without landmarks, and they are needed to align a face")
    raise RefusedError(
        f"its {len(outputs)} outputs have not the shapes of those of SCRFD, InsightFace’s RetinaFace or YuNet"
    )


def _check_faces(detector: OneStageDetector) -> tuple[str, ...]:
    for face in CHECK_FACES:
        pixels = face.pixels()
        width = pixels.shape[1]
        mirrored = face.box._replace(x=width - face.box.x - face.box.width)
        try:
            _check_face(detector, pixels, face.box, face.landmarks, "in a photo of one")
            marks = _mirrored_landmarks(face.landmarks, width)
            _check_face(
                detector, np.ascontiguousarray(pixels[:, ::-1]), mirrored, marks, "in its mirror image"
            )
        except RefusedError:
            raise
        except Exception as exc:
            raise RefusedError(f"it could not be run on a photo ({_first_line(exc)})") from exc
    if detector.detect(np.full((256, 256, 3), 128, np.uint8)):
        raise RefusedError("it finds faces where there is nothing but grey")
    return (
        "found the one face in two photos, and in their mirror images, with eyes, nose and mouth",
        "found none in plain grey",
    )


def _check_face(detector: OneStageDetector, pixels: Pixels, box: Box, marks: Landmarks, where: str) -> None:
    found = [face for face in detector.detect(pixels) if face.box.overlap(box) >= FOUND_OVERLAP]
    if not found:
        raise RefusedError(f"it does not find the face {where}")
    between_eyes = float(np.hypot(*np.subtract(marks.left_eye, marks.right_eye)))
    off = np.hypot(*np.subtract(np.asarray(found[0].landmarks), np.asarray(marks)).T).mean() / between_eyes
    if off > LANDMARK_SLACK:
        raise RefusedError(f"it does not find eyes, nose and mouth where they are {where}")


def _run(network: Network, values: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    try:
        return network(values)
    except Exception as exc:
        raise RefusedError(f"it could not be run ({_first_line(exc)})") from exc


def _written(shape: Sequence[object]) -> str:
    return " × ".join(str(side) if isinstance(side, int) else "any" for side in shape) or "one number"


def _first_line(exc: Exception) -> str:
    lines = str(exc).strip().splitlines()
    return lines[0].strip().rstrip(".")[:200] if lines else type(exc).__name__
