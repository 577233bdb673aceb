"""The trial of an untrusted embedder: its crop size, its pixel format, and whether it tells people apart.

Few files say which pixel format they want. So all ranges and channel orders are tried, and the one that
separates people best is chosen: by the gap between the mean similarity of the same person and that of
different people. The two faces that come with the program distinguish 0..255 from the other ranges, and
hardly more. Faces of a gallery decide most of the rest (`python -m benchmarks.pixel_forms`;
docs/accuracy.md).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from face_match.core.model_families import COLOURS, RANGES, Family
from face_match.core.translation import marked
from face_match.core.types import Embeddings, Pixels
from face_match.vision.models.added import MAX_DIMENSIONS, MIN_DIMENSIONS, PixelOptions, TrialResult
from face_match.vision.models.trial_faces import EMBEDDER_PX, TrialFaces, pair_indices, shipped_faces
from face_match.vision.onnx.file_inspection import RefusedError, first_line, shape_text
from face_match.vision.onnx.input_format import EmbeddingNetwork, InputFormat, embedding_output
from face_match.vision.onnx.sessions import Network

TIE, TIE_WITH_GALLERY = 0.10, 0.05
"""Two gaps count as equal if they differ by less than this share of the larger: with only the two faces that
come with the program, and with two faces each of two people of a gallery or more."""

REPEAT_SLACK = 1e-3
"""Largest difference between two embeddings of the same face."""
MIN_NORM = 1e-12


class InputDeclaration(NamedTuple):
    """An embedder's input, as its file declares it.

    Attributes:
        sizes: sides of the aligned faces that fit it, in pixels.
        is_channels_last: (n, height, width, 3) rather than (n, 3, height, width).
        scales_pixels: the graph scales its pixels itself, and so takes 0..255.
        is_batch_free: its first axis may have any length.
    """

    sizes: tuple[int, ...]
    is_channels_last: bool
    scales_pixels: bool
    is_batch_free: bool


class _InputVariant(NamedTuple):
    """One crop size and pixel format to try."""

    family: Family
    size: int
    form: InputFormat


class _VariantGap(NamedTuple):
    """How well an input variant separates people."""

    variant: _InputVariant
    gap: float


def fitting_crop_sizes(height: int, width: int) -> tuple[int, ...]:
    """The sides of aligned faces that fit an input; 0 stands for any height or width."""
    return tuple(side for side in EMBEDDER_PX if {height, width} <= {0, side})


def embedding_dimensions(network: Network, declaration: InputDeclaration, size: int) -> int:
    """The length of its embeddings of faces of that size, in pixels; raises RefusedError if it makes none."""
    shape = (1, size, size, 3) if declaration.is_channels_last else (1, 3, size, size)
    try:
        outputs = network(np.zeros(shape, np.float32))
    except Exception as exc:
        raise RefusedError(f"it could not be run ({first_line(exc)})") from exc
    embeddings = embedding_output(outputs)
    lengths = [output.size for output in outputs if output is not embeddings]
    length = embeddings.shape[-1] if embeddings.ndim == 2 and len(embeddings) == 1 else 0
    if not MIN_DIMENSIONS <= length <= MAX_DIMENSIONS or any(size != 1 for size in lengths):
        shapes = " and ".join(shape_text(output.shape) for output in outputs)
        raise RefusedError(
            f"its output is {shapes}, where one embedding "
            f"of {MIN_DIMENSIONS} to {MAX_DIMENSIONS} numbers is expected, alone or with its norm"
        )
    return length


def try_embedder(
    network: Network,
    declaration: InputDeclaration,
    pixel_options: PixelOptions,
    family: Family | None,
    gallery_faces: TrialFaces,
) -> TrialResult:
    """Find a network's input format, and check that it tells people apart; raises RefusedError.

    Args:
        pixel_options: pixel format chosen by the user.
        family: the family, if it is known by more than the crop size.
        gallery_faces: faces of a gallery, or none.
    """
    lengths = _dimensions_by_size(network, declaration)
    variants = _input_variants(declaration, pixel_options, family, lengths)
    tied = (
        _best_variants(network, declaration, variants, lengths, gallery_faces)
        if len(variants) > 1
        else [_VariantGap(variants[0], 0.0)]
    )
    (chosen, size, form), _ = tied[0]
    takes_batches = declaration.is_batch_free and _takes_batches(network, form, size)
    embed = EmbeddingNetwork(network, form, takes_batches=takes_batches)
    checks = _check_shipped_faces(embed, tied[0].variant, lengths[size])
    return TrialResult(
        chosen.id,
        size,
        size,
        lengths[size],
        *form,
        takes_batches,
        notes=tuple(_notes(variants, tied, declaration)),
        checks=checks,
        scales_pixels=declaration.scales_pixels,
    )


def _dimensions_by_size(network: Network, declaration: InputDeclaration) -> dict[int, int]:
    """The length of its embeddings, by the size of the aligned faces; raises RefusedError if no size
    works."""
    found, refusals = {}, []
    for size in declaration.sizes:
        try:
            found[size] = embedding_dimensions(network, declaration, size)
        except RefusedError as exc:
            refusals.append(exc)
    if not found:
        raise refusals[0]
    return found


def _input_variants(
    declaration: InputDeclaration, pixel_options: PixelOptions, family: Family | None, sizes: Iterable[int]
) -> list[_InputVariant]:
    """The input variants to try, the usual ones first."""
    variants = []
    for size in sizes:
        of_size = family or EMBEDDER_PX[size]
        usual = ("raw" if declaration.scales_pixels else of_size.range, of_size.colour)
        ranges = [pixel_options.range] if pixel_options.range else [*RANGES]
        colours = [pixel_options.colour] if pixel_options.colour else [*COLOURS]
        forms = sorted(itertools.product(ranges, colours), key=lambda form: form != usual)
        variants += [
            _InputVariant(of_size, size, InputFormat(*form, declaration.is_channels_last)) for form in forms
        ]
    firsts = {variant.size: variant for variant in reversed(variants)}
    return sorted(variants, key=lambda variant: variant is not firsts[variant.size])


def _best_variants(
    network: Network,
    declaration: InputDeclaration,
    variants: Sequence[_InputVariant],
    lengths: dict[int, int],
    gallery_faces: TrialFaces,
) -> list[_VariantGap]:
    """The input variants that separate people best, or equally well.

    The usual variant comes first if it is among them, then the one with the largest gap. Without a gallery,
    variants with the usual channel order come before others, because two faces hardly distinguish the orders.
    """
    faces = shipped_faces() + gallery_faces
    found, refusals = [], []
    for variant in variants:
        embed = EmbeddingNetwork(network, variant.form, takes_batches=False)
        try:
            embeddings = _unit_embeddings(embed, faces.aligned[variant.size], lengths[variant.size])
            found.append(_VariantGap(variant, _gap(embeddings, faces)))
        except RefusedError as exc:
            refusals.append(exc)
    if not found:
        raise refusals[0]
    best = max(scored.gap for scored in found)
    has_gallery = gallery_faces.people_with_pairs > 1
    slack = abs(best) * (TIE_WITH_GALLERY if has_gallery else TIE)
    tied = [scored for scored in found if scored.gap >= best - slack]
    usual = {variant.size: variant for variant in reversed(variants)}

    def order(scored: _VariantGap) -> tuple[bool, bool, float]:
        own = usual[scored.variant.size]
        has_other_colours = scored.variant.form.colour != own.form.colour
        return scored.variant is not own, has_other_colours and not has_gallery, -scored.gap

    return sorted(tied, key=order)


def _gap(embeddings: Embeddings, faces: TrialFaces) -> float:
    """Mean similarity of the same person minus that of different people."""
    similarities = (embeddings @ embeddings.T)[pair_indices(len(embeddings))]
    return float(similarities[faces.same].mean() - similarities[~faces.same].mean())


def _takes_batches(network: Network, form: InputFormat, size: int) -> bool:
    try:
        outputs = network(form.prepare(np.zeros((2, size, size, 3), np.uint8)))
    except Exception:  # noqa: BLE001 - onnxruntime's own kinds share no public base
        return False
    return len(embedding_output(outputs)) == 2


def _unit_embeddings(embed: EmbeddingNetwork, crops: Pixels, dimensions: int) -> Embeddings:
    """Embeddings of unit norm, float32, shape (n, dimensions); raises RefusedError.

    Args:
        crops: aligned faces, uint8 RGB, shape (n, size, size, 3).
    """
    try:
        raw_embeddings = embed.raw_embeddings(crops)
    except Exception as exc:
        raise RefusedError(f"it could not be run on a face ({first_line(exc)})") from exc
    if raw_embeddings.shape != (len(crops), dimensions) or not np.isfinite(raw_embeddings).all():
        raise RefusedError(marked("its embeddings of real faces are not finite numbers"))
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(raw_embeddings, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or lengths.min() < MIN_NORM:
        raise RefusedError(marked("its embedding of a real face is zero, or not finite"))
    unit: Embeddings = raw_embeddings / lengths
    return unit


def _check_shipped_faces(embed: EmbeddingNetwork, variant: _InputVariant, dimensions: int) -> tuple[str, ...]:
    """Check the network on the two faces that come with the program; returns the checks as phrases, raises
    RefusedError."""
    crops = shipped_faces().aligned[variant.size]
    embeddings, again = (_unit_embeddings(embed, crops, dimensions) for _ in range(2))
    if np.abs(embeddings - again).max() > REPEAT_SLACK:
        raise RefusedError(marked("its embeddings of the same face differ each time"))
    one, its_mirror, other, others_mirror = embeddings
    mirrored = min(float(one @ its_mirror), float(other @ others_mirror))
    different = float(one @ other)
    assert variant.family.thresholds is not None
    threshold = variant.family.thresholds.default
    if different >= threshold:
        raise RefusedError(
            f"it does not tell two different people apart: their similarity is {different:.3f}, "
            f"and the threshold of {variant.family.title} is {threshold:.2f}"
        )
    if mirrored <= different:
        raise RefusedError(
            f"a face is less similar to its mirror image ({mirrored:.3f}) than to "
            f"another person ({different:.3f})"
        )
    return (
        "embeddings are finite, and the same each time",
        f"two different people: similarity {different:.3f}",
        f"a face and its mirror image: {mirrored:.3f}",
    )


def _notes(
    variants: Sequence[_InputVariant], tied: Sequence[_VariantGap], declaration: InputDeclaration
) -> list[str]:
    """Sentences on what the trial could not decide, and on where its result differs from the family."""
    (family, size, form), _ = tied[0]
    notes = []
    if {variant.size for variant in variants} != {size}:
        notes.append(f"It takes faces of any size. {size} × {size} pixels are used, as for {family.title}.")
        if any(scored.variant.size != size for scored in tied):
            notes.append("The other sizes worked equally well in the trial.")
    usual = next(variant.form for variant in variants if variant.size == size)
    of_what = "where the graph scales them" if declaration.scales_pixels else f"for {family.title}"
    chosen_format = f"“{form.range}” and “{form.colour}”"
    if form != usual:
        notes.append(
            f"Its pixel format is {chosen_format}, which separated the faces of the trial best. "
            f"“{usual.range}” and “{usual.colour}” are usual {of_what}."
        )
    as_good = [scored.variant.form for scored in tied if scored.variant.size == size]
    alternatives = [
        {one.range for one in as_good} - {form.range},
        {one.colour for one in as_good} - {form.colour},
    ]
    if listed := [f"“{name}”" for names in alternatives for name in sorted(names)]:
        introduction = (
            f"Its pixel format is {chosen_format}, as is usual {of_what}. " if form == usual else ""
        )
        notes.append(
            f"{introduction}These worked equally well in the trial: {', '.join(listed)}. "
            "If matches are poor, one of them may be right."
        )
    return notes
