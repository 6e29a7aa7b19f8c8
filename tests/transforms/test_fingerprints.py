"""What a text is compared by."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.fingerprints import KEEP_ALL_BELOW, SAMPLE, fingerprint

TEXT = "The ferry ran aground off the northern harbour wall on Tuesday, the owner said."


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        TEXT.replace(" ", "\n"),
        TEXT.replace(",", " —"),
        f"“{TEXT}”",
        TEXT.replace("ff", "\ufb00"),
    ],
)
def test_dress_does_not_matter(other: str) -> None:
    """Case, spacing, punctuation and ligatures are no words."""
    assert fingerprint(other).words_hash == fingerprint(TEXT).words_hash


def test_words_and_their_order_matter() -> None:
    """Another word, or the same in another order, is another text."""
    assert (
        len(
            {
                fingerprint(text).words_hash
                for text in (TEXT, TEXT.replace("Tuesday", "Monday"), " ".join(TEXT.split()[::-1]))
            }
        )
        == 3
    )


def test_composed_and_decomposed_letters_are_the_same() -> None:
    """So are typographic and plain apostrophes."""
    assert fingerprint("Co\u0301rdoba’s port").words_hash == fingerprint("Córdoba's port").words_hash


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("—", 0), ("Rain", 1), ("Rain fell again", 1), ("Rain fell again today", 1), (TEXT, 11)],
)
def test_shingles(text: str, count: int) -> None:
    """Runs of four words; a shorter text is one."""
    found = fingerprint(text)
    assert (found.shingle_count, len(found.hashes)) == (count, count)


def test_long_texts_are_sampled() -> None:
    """A quarter of the shingles is kept, give or take; the same of any text that has them."""
    words = " ".join(f"word{number}" for number in range(4_000))
    found = fingerprint(words)
    assert found.shingle_count == 3_997
    assert abs(len(found.hashes) - found.shingle_count / SAMPLE) < 150
    assert set(found.hashes.tolist()) <= set(fingerprint(f"before {words} after").hashes.tolist())


def test_facts() -> None:
    """Names inside sentences and figures; thousands separators do not matter."""
    assert set(fingerprint("He paid Ana 1,400 euros.").facts) == set(fingerprint("To Ana he gave 1400 coins.").facts)
    assert len(fingerprint("Rain fell. It stopped.").facts) == 0


@given(st.text())
def test_any_text_has_a_fingerprint(text: str) -> None:
    """Hashes are distinct and ascending, and no more than there are shingles."""
    found = fingerprint(text)
    assert len(found.hashes) <= found.shingle_count
    assert len(found.hashes) == found.shingle_count or found.shingle_count >= KEEP_ALL_BELOW
    for hashes in (found.hashes, found.facts):
        assert np.array_equal(hashes, np.unique(hashes))
