"""The stage `fingerprints`: what an article's text is compared by.

Word 4-shingles are hashed, and those with the smallest hashes are kept (FracMinHash: Irber et al. 2022,
doi:10.1101/2022.01.11.475838), so that the kept sets of two texts estimate containment without bias; of short texts
the few smallest are kept. They stay in text order, and names and numbers are kept with their place among them, so
that two texts can be compared by where they match.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from transforms.fingerprinting import arrays, kernel
from transforms.fingerprinting.arrays import Fingerprints, Hashes
from transforms.fingerprinting.parameters import METHOD
from transforms.fingerprinting.tables import tables
from warehouse import schema

COMPILED_FROM = 4_000_000
"""Bytes of text from which it pays a process to load compiled code: NumPy takes a second for them."""
_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), np.uint16)


def fingerprints(articles: pa.Table, blocks: pa.Table) -> pa.Table:
    """Fingerprint each article's text.

    In: article_id and text of schema.ARTICLES, article_id and rule of schema.BLOCKS. Out: one row of
    schema.FINGERPRINTS each, in the same order.
    """
    as_given = pc.unique(blocks.filter(pc.equal(blocks["rule"], "given_clean"))["article_id"])
    columns = (articles[name].chunks for name in ("article_id", "text"))
    parts = [_table(ids, texts, as_given) for ids, texts in zip(*columns, strict=True)]
    return pa.concat_tables([schema.FINGERPRINTS.empty(), *parts])


def _table(article_ids: pa.Array, texts: pa.Array, as_given: pa.Array) -> pa.Table:
    found = fingerprint_texts(texts)
    return schema.FINGERPRINTS.of_columns(
        {
            "article_id": article_ids,
            "words_hash": _hex(found.digests),
            "shingle_count": found.shingle_counts,
            "hashes": _lists(found.hash_ends, found.hashes),
            "gaps": _lists(found.hash_ends, found.gaps),
            "facts": _lists(found.fact_ends, found.facts),
            "has_frame": pc.is_in(article_ids, as_given),
            "method": pa.repeat(METHOD, len(texts)),
        }
    )


def fingerprint_texts(texts: pa.Array) -> Fingerprints:
    """Fingerprint clean texts; case, accents, punctuation and spacing do not matter.

    >>> found = fingerprint_texts(pa.array(["The ferry ran aground.", "the  FERRY ran aground"]))
    >>> (found.digests[0] == found.digests[1]).all()
    np.True_
    """
    texts = texts.cast(pa.large_string())
    _, offsets, data = texts.buffers()
    ends = (
        np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1] if offsets else np.zeros(1, int)
    )
    letters = np.frombuffer(data, np.uint8) if data else np.empty(0, np.uint8)
    compiled = kernel.fingerprint_texts.compiled_for(int(ends[-1] - ends[0]), COMPILED_FROM)
    return Fingerprints(*(compiled or arrays.fingerprint_texts)(letters, ends, *tables()))


def _hex(digests: Hashes) -> pa.Array:
    """Write hashes as text."""
    signs = _HEX[digests.astype(">u8").view(np.uint8).ravel()]
    ends = np.arange(0, 32 * len(digests) + 1, 32, dtype=np.int32)
    return pa.StringArray.from_buffers(len(digests), pa.py_buffer(ends), pa.py_buffer(signs))


def _lists(ends: npt.NDArray[np.int64], values: npt.NDArray[np.generic]) -> pa.Array:
    return pa.ListArray.from_arrays(pa.array(np.r_[0, ends], pa.int32()), pa.array(values))
