"""Lines of many documents in one row, and what stands around each within its own document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]


class Layout(NamedTuple):
    """For each line: the number of its document, and where that begins and ends (half-open) in the row of lines."""

    document: NDArray[np.int64]
    first: NDArray[np.int64]
    end: NDArray[np.int64]

    @property
    def at(self) -> NDArray[np.int64]:
        """The number of each line in the row."""
        return np.arange(len(self.document))

    @property
    def position(self) -> NDArray[np.int64]:
        """The number of each line in its document."""
        return self.at - self.first

    def shifted(self, values: Column, by: int, fill: float = -1) -> Column:
        """Return for each line the value `by` lines below it (above, where negative), or `fill` outside."""
        there = self.at + by
        inside = (there >= self.first) & (there < self.end)
        return np.where(inside, values[np.clip(there, 0, max(len(values) - 1, 0))], fill)

    def around(self, values: Column, reach: int) -> Column:
        """Return the sum of whole-numbered values from `reach` lines above to `reach` lines below each line."""
        sums = np.concatenate([[0], np.cumsum(values.astype(np.int64))])
        found = sums[np.minimum(self.at + reach + 1, self.end)] - sums[np.maximum(self.at - reach, self.first)]
        return np.asarray(found)

    def size_around(self, reach: int) -> NDArray[np.int64]:
        """Return how many lines `around` adds up."""
        return np.minimum(self.at + reach + 1, self.end) - np.maximum(self.at - reach, self.first)

    def above(self, values: Column) -> Column:
        """Return the sum of whole-numbered values of all lines above each line."""
        sums = np.concatenate([[0], np.cumsum(values.astype(np.int64))])
        return np.asarray(sums[self.at] - sums[self.first])

    def total(self, values: Column) -> Column:
        """Return the sum of whole-numbered values over the whole document of each line."""
        sums = np.concatenate([[0], np.cumsum(values.astype(np.int64))])
        return np.asarray(sums[self.end] - sums[self.first])

    def since(self, flags: Column, most: int) -> NDArray[np.int64]:
        """Return how many lines above each line the nearest flagged one stands; `most` where there is none."""
        nearest = np.maximum.accumulate(np.where(flags, self.at, -1)) if len(flags) else self.at
        before = np.concatenate([[-1], nearest[:-1]])[: len(flags)]
        return np.where(before >= self.first, np.minimum(self.at - before, most), most)

    def until(self, flags: Column, most: int) -> NDArray[np.int64]:
        """Return how many lines below each line the nearest flagged one stands; `most` where there is none."""
        count = len(flags)
        nearest = np.minimum.accumulate(np.where(flags, self.at, count)[::-1])[::-1] if count else self.at
        after = np.concatenate([nearest[1:], [count]])[:count]
        return np.where(after < self.end, np.minimum(after - self.at, most), most)


def layout(counts: Sequence[int]) -> Layout:
    """Lay out documents of so many lines each."""
    sizes = np.array(counts, np.int64)
    ends = np.cumsum(sizes)
    return Layout(np.repeat(np.arange(len(sizes)), sizes), np.repeat(ends - sizes, sizes), np.repeat(ends, sizes))
