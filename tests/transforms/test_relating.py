"""Kernels that relate and place texts: compiled or not, they return the same."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.printings import OTHER, SENTENCES
from transforms.fingerprinting.jit import Kernel
from transforms.fingerprints import fingerprint_texts
from transforms.relating.pairs import relate_all
from transforms.relating.placing import gather, joined
from transforms.relating.postings import count_hits

numba = pytest.importorskip("numba", reason="no numba for this Python: kernels run uncompiled")

TEXTS = st.lists(st.lists(st.sampled_from((*SENTENCES, *OTHER.split(". "))), max_size=9).map(" ".join), max_size=7)
NUMBER = 9
PAIRS = st.lists(
    st.tuples(st.integers(0, NUMBER - 1), st.integers(0, NUMBER - 1), st.booleans()).filter(lambda it: it[0] < it[1]),
    max_size=25,
    unique_by=lambda it: it[:2],
)


def both(kernel: Kernel, *arguments: object) -> tuple[object, object]:
    """Return what a kernel returns uncompiled and compiled."""
    compiled = kernel.compiled
    assert compiled is not None
    return kernel(*arguments), compiled(*arguments)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.data())
def test_relating(texts: list[str], data: st.DataObject) -> None:
    """To the last bit of each measure."""
    found = fingerprint_texts(pa.array(texts, pa.string()))
    begins, fact_begins = np.r_[0, found.hash_ends][:-1], np.r_[0, found.fact_ends][:-1]
    flags = st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))
    has_frame, is_new = (np.array(data.draw(flags), np.bool_) for _ in range(2))
    arguments = (found.hashes, begins, found.hash_ends, found.gaps, found.facts, fact_begins, found.fact_ends)
    for every in (False, True):
        plain, compiled = both(relate_all, *arguments, found.shingle_counts, has_frame, is_new, every)
        assert all(np.array_equal(*columns) for columns in zip(plain, compiled, strict=True))  # type: ignore[call-overload]
    half = len(texts) // 2
    lists = (found.hashes, begins[:half], found.hash_ends[:half]), (found.hashes, begins[half:], found.hash_ends[half:])
    plain, compiled = both(count_hits, *lists[0], *lists[1])
    assert np.array_equal(plain, compiled)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_placing(pairs: list[tuple[int, int, bool]]) -> None:
    """Any graph."""
    one, other = (np.array([pair[end] for pair in pairs], np.int64) for end in (0, 1))
    are_copies = np.array([pair[2] for pair in pairs], np.bool_)
    for plain, compiled in (both(joined, NUMBER, one, other), both(gather, NUMBER, one, other, are_copies)):
        assert np.array_equal(plain, compiled)  # type: ignore[arg-type]


def test_compiled_once_there_is_enough() -> None:
    """Work adds up over calls of a process."""
    kernel = Kernel(lambda number: number + 1)
    assert kernel.compiled_for(6, 10) is None
    assert kernel.compiled_for(6, 10)(1) == kernel(1) == 2  # type: ignore[misc]
