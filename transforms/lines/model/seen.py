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


class Subjects(NamedTuple):
    """The longer words of lines, each once a line: the line, and the number of the word within its document."""

    line: NDArray[np.int64]
    word: NDArray[np.int64]


class Seen(NamedTuple):
    """The lines of documents in one row, their words and shapes, and the numbers of what patterns say of them."""

    layout: Layout
    lines: list[str]
    codes: NDArray[np.int64]
    words: Words
    subjects: Subjects
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
    place = layout([len(document) for document in documents])
    return Seen(place, lines, flat, words, _subjects(place, words), shapes(lines, words))


def _subjects(place: Layout, words: Words) -> Subjects:
    is_long = (words.ids & np.uint64(1)).astype(bool)
    pairs = np.unique((words.line[is_long].astype(np.uint64) << np.uint64(32)) | words.ids[is_long])
    line = (pairs >> np.uint64(32)).astype(np.int64)
    in_document = (place.document[line].astype(np.uint64) << np.uint64(32)) | (pairs & np.uint64(0xFFFFFFFF))
    return Subjects(line, np.unique(in_document, return_inverse=True)[1])
