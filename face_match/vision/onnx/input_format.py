"""Pixel formats of added networks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from face_match.core.model_families import RANGES
from face_match.core.types import Embeddings, Pixels
from face_match.vision.onnx.sessions import RunnableNetwork


class InputFormat(NamedTuple):
    """The pixel format of a network's input.

    Attributes:
        range: one of `RANGES`.
        colour: "rgb" or "bgr".
        is_channels_last: (n, height, width, 3) rather than (n, 3, height, width).
    """

    range: str
    colour: str
    is_channels_last: bool = False

    def prepare(self, images: Pixels) -> npt.NDArray[np.float32]:
        """The network's input, float32, for uint8 RGB images of shape (n, height, width, 3)."""
        mean, divisor = RANGES[self.range]
        values = images[..., ::-1] if self.colour == "bgr" else images
        if not self.is_channels_last:
            values = values.transpose(0, 3, 1, 2)
        prepare = values.astype(np.float32, order="C")
        prepare -= np.float32(mean)
        prepare /= np.float32(divisor)
        return prepare


def embedding_output(outputs: Sequence[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    """A network's embeddings: its only output, or the larger one if it also returns their norms."""
    return max(outputs, key=lambda output: output.size)


class EmbeddingNetwork:
    """An added embedder with the interface of the built-in ones: aligned faces in, embeddings of unit norm
    out."""

    def __init__(self, network: RunnableNetwork, form: InputFormat, *, takes_batches: bool) -> None:
        """Wrap a network.

        Args:
            takes_batches: whether it embeds several faces in one run.
        """
        self._network = network
        self._form = form
        self._takes_batches = takes_batches

    def raw_embeddings(self, crops: npt.NDArray[Any]) -> npt.NDArray[np.float32]:
        """The network's own embeddings, not normalised, of aligned faces, uint8 RGB, shape (n, size, size,
        3)."""
        prepare = self._form.prepare(crops)
        parts = [prepare] if self._takes_batches else np.split(prepare, len(prepare))
        embeddings = np.concatenate([embedding_output(self._network(part)) for part in parts])
        return embeddings.astype(np.float32, copy=False)

    def __call__(self, crops: npt.NDArray[Any]) -> list[Embeddings]:
        """A list with the embeddings, unit norm, float32, shape (n, dimensions). A row that is not finite
        becomes zero."""
        embeddings = self.raw_embeddings(crops)
        embeddings = np.where(np.isfinite(embeddings).all(axis=1, keepdims=True), embeddings, np.float32(0))
        with np.errstate(over="ignore"):  # a length without end makes an embedding of zeros, too
            lengths = np.linalg.norm(embeddings, axis=1, keepdims=True)
        return [embeddings / np.maximum(lengths, np.float32(1e-12))]
