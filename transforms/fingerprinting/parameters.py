"""What a fingerprint hangs on: change any of it and raise VERSION, so that fingerprints made before are refused."""

from __future__ import annotations

import numpy as np

VERSION = 3
SHINGLE = 4
"""Words in a shingle."""
SAMPLE = 8
"""One shingle in so many is kept: those with the smallest hashes."""
LEAST_KEPT = 48
"""Shingles kept of a short text, as far as it has them."""
BOUND = 2**31
"""Hashes below it are kept of every text. Hashes have 32 bits: the smallest 1 / SAMPLE of those of 64 bits are told
apart in the lower half, the others more coarsely in the upper half, in their order."""
MOST = 2**32 - 1
"""The largest hash."""
WIDEST_GAP = 255
"""Shingles from one kept to the next that are told at most."""
KEPT_BELOW = np.uint64(2**64 // SAMPLE)
FINE_SHIFT, COARSE_SHIFT = np.uint64(30), np.uint64(33)
PIECE = 8
"""Letters of a word that are hashed at once."""
LONGEST_WORD = 8 * PIECE
"""Letters after which a word is cut, so that text without spaces has words too."""
FACT_PLACE_BITS = 15
FACT_PLACES = 2**FACT_PLACE_BITS - 1
"""The last place among the kept shingles that is told of a name or number."""
FACT_HASH_BITS = 16

PIECE_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
WORD_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)
TEXT_MULTIPLIERS = (np.uint64(0xA0761D6478BD642F), np.uint64(0xE7037ED1A0B428DB))
MIX_FIRST, MIX_SECOND, MIX_SHIFT = np.uint64(0xFF51AFD7ED558CCD), np.uint64(0xC4CEB9FE1A85EC53), np.uint64(33)
"""The finaliser of MurmurHash3."""

METHOD = f"words/{VERSION} shingle={SHINGLE} sample={SAMPLE} least={LEAST_KEPT}"
