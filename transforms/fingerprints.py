"""The stage `fingerprints`: what an article's text is compared by.

Word 4-shingles are hashed, and those with a hash below 2**64 / SAMPLE are kept
(FracMinHash: Irber et al. 2022, doi:10.1101/2022.01.11.475838), so that the kept
sets of two texts estimate containment without bias; short texts keep all.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from warehouse import schema

SHINGLE = 4
SAMPLE = 4
KEEP_ALL_BELOW = 256
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_FACT = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'’-]+|\d[\d.,]*\d|\d", re.MULTILINE)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(33))

Hashes = npt.NDArray[np.uint64]


class Fingerprint(NamedTuple):
    """What one text is compared by; hashes ascending and distinct."""

    words_hash: str
    shingle_count: int
    hashes: Hashes
    facts: Hashes


def fingerprints(articles: pa.Table) -> pa.Table:
    """Fingerprint each article's text.

    In: rows of schema.ARTICLES. Out: one row of schema.FINGERPRINTS each, in the same order.
    """
    ids, texts = articles["article_id"].to_pylist(), articles["text"].to_pylist()
    return schema.FINGERPRINTS.rows(
        [{"article_id": article_id, **fingerprint(text)._asdict()} for article_id, text in zip(ids, texts, strict=True)]
    )


def fingerprint(text: str) -> Fingerprint:
    """Fingerprint one clean text; case, accents' form, punctuation and spacing do not matter.

    >>> fingerprint("The ferry ran aground.").words_hash == fingerprint("the  FERRY ran aground").words_hash
    True
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    words = _WORD.findall(folded)
    shingles = np.unique(_shingles(words))
    kept = shingles if len(shingles) < KEEP_ALL_BELOW else shingles[shingles < np.uint64(2**64 // SAMPLE)]
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
    return Fingerprint(digest, len(shingles), kept, _facts(text))


def _shingles(words: list[str]) -> Hashes:
    """Hash each run of SHINGLE words; a shorter text is one shingle."""
    hashes = np.array([_word_hash(word) for word in words], dtype=np.uint64)
    if not 0 < len(hashes) >= SHINGLE:
        return _mixed(hashes.sum(keepdims=True, dtype=np.uint64)) if len(hashes) else hashes
    count = len(hashes) - SHINGLE + 1
    rolled = np.zeros(count, dtype=np.uint64)
    for offset in range(SHINGLE):
        rolled = rolled * _MULTIPLIER + hashes[offset : offset + count]
    return _mixed(rolled)


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits (the finaliser of MurmurHash3)."""
    first, second, shift = _MIX
    values = (values ^ (values >> shift)) * first
    values = (values ^ (values >> shift)) * second
    return values ^ (values >> shift)


@lru_cache(maxsize=200_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "little")


def _facts(text: str) -> Hashes:
    """Hash the distinct names and numbers: capitalised words inside sentences, and figures without separators."""
    found = {fact.replace(",", "").casefold() for fact in _FACT.findall(text)}
    return np.array(sorted(_word_hash(fact) for fact in found), dtype=np.uint64)
