"""The line model: how likely each line of a document belongs to its article.

Two looks, both boosted trees (Friedman 2001): the first at a line's shape, its words (hashed, linear) and what stands
around it; the second also at the first's verdict on the whole document. `python -m benchmarks.lines train` makes the
weights; only NumPy reads them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transforms.lines.model.context import context
from transforms.lines.model.passage import second_look
from transforms.lines.model.seen import Seen as Seen
from transforms.lines.model.seen import see as see
from transforms.lines.model.trees import Trees, probabilities, trees_of
from transforms.lines.model.words import score


class Weights(NamedTuple):
    """What a training made: the weights of words (hundredths of a logit) and the trees of both looks."""

    words: NDArray[np.int64]
    bias: int
    first: Trees
    second: Trees


def first_rows(seen: Seen, scores: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return what the first look looks at, one row a line."""
    return context(seen, scores)


def second_rows(seen: Seen, first: NDArray[np.float32], sure: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return what the second look looks at, one row a line."""
    return second_look(seen.layout, first, seen.length, sure, seen.subjects)


def body_probabilities(
    documents: Sequence[Sequence[str]],
    codes: Sequence[Sequence[int]],
    weights: Weights,
) -> list[list[int]]:
    """Return for each line of each document how likely it is body, in thousandths.

    Lines are cleaned and not blank; `codes` has for each what patterns say of it (`context.CODES`). A document's
    result does not depend on the others.
    """
    seen = see(documents, codes)
    first = first_rows(seen, score(seen.words, weights.words, weights.bias))
    sure = probabilities(weights.first, first)
    found = probabilities(weights.second, second_rows(seen, first, sure)).tolist()
    ends = np.cumsum([len(document) for document in documents]).tolist()
    return [found[end - len(document) : end] for document, end in zip(documents, ends, strict=True)]


@cache
def load_weights() -> Weights:
    """Read the weights shipped with the package."""
    stored = json.loads(files(__name__).joinpath("weights.json").read_text("utf-8"))
    return Weights(
        np.array(stored["words"], np.int64), stored["bias"], trees_of(stored["first"]), trees_of(stored["second"])
    )
