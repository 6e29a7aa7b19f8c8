"""What a text is compared by."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.fingerprinting import arrays, kernel
from transforms.fingerprinting.arrays import Fingerprints
from transforms.fingerprinting.parameters import BOUND, FACT_PLACE_BITS, LEAST_KEPT, SAMPLE
from transforms.fingerprinting.tables import tables
from transforms.fingerprints import fingerprint_texts

TEXT = "The ferry ran aground off the northern harbour wall on Tuesday, the owner said."


class Fingerprint(NamedTuple):
    """What one text is compared by."""

    words: tuple[int, ...]
    shingle_count: int
    hashes: list[int]
    facts: set[int]


def fingerprint(text: str) -> Fingerprint:
    found = fingerprint_texts(pa.array([text]))
    facts = {fact >> FACT_PLACE_BITS for fact in found.facts.tolist()}
    return Fingerprint(tuple(found.digests[0].tolist()), int(found.shingle_counts[0]), found.hashes.tolist(), facts)


def same_words(text: str, other: str) -> bool:
    return fingerprint(text).words == fingerprint(other).words


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        TEXT.replace(" ", "\n"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace(",", " —"),
        f"“{TEXT}” 🙂",
        TEXT.replace("ff", "\ufb00"),
        TEXT.replace("ran", "r\u00adan"),
    ],
)
def test_dress_does_not_matter(other: str) -> None:
    """Case, spacing, punctuation, ligatures and soft hyphens are no words."""
    assert same_words(TEXT, other)


def test_words_and_their_order_matter() -> None:
    """Another word, or the same in another order, is another text."""
    texts = (TEXT, TEXT.replace("Tuesday", "Monday"), " ".join(TEXT.split()[::-1]))
    assert len({fingerprint(text).words for text in texts}) == 3


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Córdoba’s port", "Co\u0301rdoba's port"),
        ("Việt Nam và Łódź", unicodedata.normalize("NFD", "Việt Nam và Łódź")),
        ("Ёлка в ПАРКЕ", unicodedata.normalize("NFD", "ёлка в парке")),
        ("서울 시장", unicodedata.normalize("NFD", "서울 시장")),
        ("がぎぐげご", unicodedata.normalize("NFD", "がぎぐげご")),
        ("Straße", "STRASSE"),
        ("1,000 boats and 2.500 men", "1000 boats and 2500 men"),
        ("١٢ boats", "12 boats"),
    ],
)
def test_spellings_of_the_same(text: str, other: str) -> None:
    """Composed and decomposed letters, capitals, and figures in any dress are the same."""
    assert same_words(text, other)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("—", 0),
        ("Rain", 1),
        ("Rain fell again", 1),
        ("Rain fell again today", 1),
        (TEXT, 11),
        ("市長は水曜日", 3),
        ("x" * 640, 7),
    ],
)
def test_shingles(text: str, count: int) -> None:
    """Runs of four words; signs without spaces are words each, and endless words are cut."""
    assert fingerprint(text).shingle_count == count


def test_long_texts_are_sampled() -> None:
    """One shingle in so many is kept, give or take; the same of any text that has them, in the order of the text."""
    words = " ".join(f"word{number}" for number in range(4_000))
    found, longer = fingerprint(words), fingerprint(f"before {words} after")
    assert found.shingle_count == 3_997
    assert abs(len(found.hashes) - found.shingle_count / SAMPLE) < 100
    assert [kept for kept in longer.hashes if kept in set(found.hashes)] == found.hashes


def test_of_short_texts_a_few_are_kept() -> None:
    """The smallest, as far as there are any."""
    assert len(fingerprint(TEXT).hashes) == 11
    assert len(fingerprint(" ".join(f"word{number}" for number in range(150))).hashes) == LEAST_KEPT


def test_facts() -> None:
    """Names inside sentences and figures; thousands separators do not matter."""
    assert fingerprint("He paid Ana 1,400 euros.").facts == fingerprint("To Ana he gave 1400 coins.").facts
    assert len(fingerprint("Rain fell. It stopped.\n\nThen it fell again.").facts) == 0


@pytest.mark.parametrize("text", ["a" * 200_000, "市" * 100_000, "1" * 100_000, "rain " * 100_000, "\n" * 100_000])
def test_hostile_texts(text: str) -> None:
    """Texts without spaces, or of nothing but one word, have few distinct shingles."""
    assert len(fingerprint(text).hashes) <= 3


SIGNS = st.one_of(st.characters(codec="utf-8"), st.sampled_from("aAbB1290,.. \n\n!?’'éÉßﬁ½中文あが가각\u0301\u200d한Ǆ"))


def as_bytes(texts: list[str]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    encoded = [text.encode() for text in texts]
    return np.frombuffer(b"".join(encoded), np.uint8), np.cumsum([0, *map(len, encoded)])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(SIGNS, max_size=300), max_size=4))
def test_compiled_code_and_numpy_agree(texts: list[str]) -> None:
    """On any text there may be, whatever the texts beside it."""
    run = kernel.fingerprint_texts.compiled
    assert run is not None
    compiled = Fingerprints(*run(*as_bytes(texts), *tables()))
    plain = arrays.fingerprint_texts(*as_bytes(texts), *tables())
    for name in Fingerprints._fields:
        assert np.array_equal(getattr(compiled, name), getattr(plain, name)), name


@given(st.text(SIGNS, max_size=500))
def test_any_text_has_a_fingerprint(text: str) -> None:
    """Hashes are distinct, and no more than there are shingles."""
    found = fingerprint(text)
    assert len(set(found.hashes)) == len(found.hashes) <= found.shingle_count
    assert len(found.hashes) <= LEAST_KEPT or max(found.hashes) < BOUND
