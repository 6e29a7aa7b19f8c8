"""Boosted decision trees as arrays: what a training made, evaluated with NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_ROWS = 128
"""Rows evaluated at a time: what fits a core's cache."""


class Trees(NamedTuple):
    """Trees node by node. A leaf is its own child and carries a value (1/10,000 logit); `roots` begin the trees.

    `children` holds two entries a node: where to go when the feature is at most the threshold, and when it is more.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    children: NDArray[np.int64]
    value: NDArray[np.int64]
    roots: NDArray[np.int64]
    depth: int
    bias: int


def trees_of(stored: Mapping[str, Any]) -> Trees:
    """Read trees from their JSON form: the fields of Trees, as lists."""
    return Trees(
        np.array(stored["feature"], np.int64),
        np.array(stored["threshold"], np.float32),
        np.array(stored["children"], np.int64),
        np.array(stored["value"], np.int64),
        np.array(stored["roots"], np.int64),
        stored["depth"],
        stored["bias"],
    )


def probabilities(trees: Trees, rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the probability of each row, in thousandths. Sums are of whole numbers: they do not depend on order."""
    parts = [_sums(trees, rows[at : at + _ROWS]) for at in range(0, len(rows), _ROWS)]
    logits = np.concatenate(parts) / 10_000 if parts else np.zeros(0)
    return np.rint(1000 / (1 + np.exp(-np.clip(logits, -20, 20)))).astype(np.int64)


def _sums(trees: Trees, rows: NDArray[np.float32]) -> NDArray[np.int64]:
    flat = np.ascontiguousarray(rows).ravel()
    offset = (np.arange(len(rows)) * rows.shape[1])[:, None]
    is_more = rows[:, trees.feature[trees.roots]] > trees.threshold[trees.roots]
    node = trees.children.take(2 * trees.roots + is_more)
    for _ in range(trees.depth - 1):
        # no index is out of bounds: "wrap" only spares the check
        feature = flat.take(offset + trees.feature.take(node, mode="wrap"), mode="wrap")
        is_more = feature > trees.threshold.take(node, mode="wrap")
        node = trees.children.take(2 * node + is_more, mode="wrap")
    return np.asarray(trees.value.take(node).sum(axis=1) + trees.bias)
