"""What an import found in the files of other programs and did not use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from pathlib import Path

MAX_EXAMPLES = 3
MAX_EXAMPLE_CHARS = 120


class SkipReason(Enum):
    """Why names or faces were left out; the values are in the JSON of `import`."""

    UNNAMED = "unnamed"
    UNCONFIRMED = "unconfirmed"
    UNKNOWN_PERSON = "unknown person"
    NOT_A_FACE = "not a face"
    DAMAGED = "damaged"
    PHOTO_NOT_FOUND = "photo not found"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class SkippedNames:
    """So many faces, lines or photos of a file.

    Attributes:
        examples: names of people or photos, the first few.
    """

    file: Path
    kind: SkipReason
    count: int
    examples: Sequence[str] = ()

    @classmethod
    def of(cls, file: Path, kind: SkipReason, names: Sequence[str]) -> SkippedNames:
        """One for each name; the first that are not empty are the examples, shortened."""
        known = islice(filter(None, names), MAX_EXAMPLES)
        return cls(file, kind, len(names), [name[:MAX_EXAMPLE_CHARS] for name in known])
