"""What a fingerprint hangs on: change any of it and raise VERSION, so that fingerprints made before are refused."""

from __future__ import annotations

import numpy as np

VERSION = 2
SHINGLE = 4
"""Words in a shingle."""
SAMPLE = 8
"""One shingle in so many is kept: those with the smallest hashes."""
LEAST_KEPT = 48
"""Shingles kept of a short text, as far as it has them."""
HASH_BITS = 63
BOUND = 2**HASH_BITS // SAMPLE
"""Hashes below it are kept of every text."""
LONGEST_WORD = 64
"""Letters after which a word is cut, so that text without spaces has words too."""
FACT_PLACE_BITS = 11
FACT_PLACES = 2**FACT_PLACE_BITS - 1
"""The last place among the kept shingles that is told of a name or number."""
FACT_HASH_BITS = 20

LETTER_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
WORD_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
TEXT_MULTIPLIERS = (np.uint64(0xA0761D6478BD642F), np.uint64(0xE7037ED1A0B428DB))
MIX_FIRST, MIX_SECOND, MIX_SHIFT = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(33)
"""The finaliser of MurmurHash3."""

METHOD = f"words/{VERSION} shingle={SHINGLE} sample={SAMPLE} least={LEAST_KEPT}"
