"""Lines of documents as the model sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.lines.model.layout import Layout, layout
from transforms.lines.model.shape import SHAPE, shapes
from transforms.lines.model.words import Words, words_of

_LENGTH = SHAPE.index("words")


class Seen(NamedTuple):
    """The lines of documents in one row, their words and shapes, and the numbers of what patterns say of them."""

    layout: Layout
    lines: list[str]
    codes: NDArray[np.int64]
    words: Words
    shapes: NDArray[np.float32]

    @property
    def length(self) -> NDArray[np.int64]:
        """How many words each line has."""
        return self.shapes[:, _LENGTH].astype(np.int64)


def see(documents: Sequence[Sequence[str]], codes: Sequence[Sequence[int]]) -> Seen:
    """Measure the lines of documents: cleaned, blank ones left out; `codes` has a number for each (`context.CODES`)."""
    lines = [line for document in documents for line in document]
    flat = np.array([code for document in codes for code in document], np.int64)
    words = words_of(lines)
    return Seen(layout([len(document) for document in documents]), lines, flat, words, shapes(lines, words))
