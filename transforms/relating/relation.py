"""What two texts are to each other, by how they overlap: a pure function of the two."""

from __future__ import annotations

from typing import NamedTuple

RELATIONS = ("exact", "copy", "version", "contains", "shared_passage")
EXACT, COPY, VERSION, CONTAINS, SHARED_PASSAGE = range(len(RELATIONS))
UNRELATED = -1

COPY_CONTAINMENT = 0.72
"""Share of either text found word for word in the other from which they may be copies."""
FRAMED_COPY_CONTAINMENT = 0.33
"""The same where a text was not cleaned, and an outlet may have put words around it."""
COPY_UNMATCHED = 0.1
"""Share of text of its own that one of two copies has at most."""
FRAMED_COPY_UNMATCHED = 0.2
"""The same where a text was not cleaned."""
COPY_BOTH_UNMATCHED = 0.45
"""The same of both copies added up: what one was given or lost, the other need not have."""
LEAST_SHINGLES = 42
"""Fewest shingles of a copy or version: below some 45 words texts are the same or they are not."""
COPY_FACTS_MISSING = 0.4
"""Share of the names and numbers in common passages that only one of two copies has at most: else they share a
template."""
VERSION_FACTS_MISSING = 0.6
"""The same of versions, which have new figures."""
LEAST_FACTS = 3
"""Names and numbers of a text, or in its common passages, from which they tell anything."""
VERSION_CONTAINMENT = 0.38
"""Share of either text found in the other from which they are versions of one story."""
SCATTERED_CONTAINMENT = 0.2
"""The same where a text was not cleaned and the common text stands in pieces, as old paragraphs do among new ones."""
ONE_PIECE = 0.7
"""Share of the common text in one piece from which it may be a quotation or a post that both print."""
ONE_PIECE_CONTAINMENT = 0.6
"""Share of either text from which it is the story all the same."""
SCATTERED = 0.92
"""Share of the common text in one piece up to which it is scattered; a quotation is in one piece in both."""
VERSION_INNER = 0.14
"""The same without heading and ending, which may be an outlet's rather than the story's."""
VERSION_OTHER_CONTAINMENT = 0.12
"""Share of either text of two versions found in the other: a note within a long report is no version of it."""
CONTAINS_CONTAINMENT = 0.85
"""Share of the smaller text inside a much longer one from which that contains it."""
CONTAINS_LENGTH = 2.0
"""How many times longer the other must be to contain rather than copy."""
PASSAGE_CONTAINMENT = 0.15
"""Share of either text from which a common passage is worth an edge."""
PASSAGE_SHINGLES = 24
"""Common shingles, about, from which it is: shorter ones are turns of phrase."""
LEAST_SHARED = 4
"""Fewest common sampled shingles of any edge but an exact one."""
HEAD_WORDS, TAIL_WORDS = 40, 100
"""Words before and after the common text that an outlet may put around it where texts are not cleaned."""
HEAD_SHARE, TAIL_SHARE = 0.15, 0.2
"""The same as shares of the text at most."""


class Measures(NamedTuple):
    """How two texts overlap: shares of 0 to 1, and the evidence count."""

    containment: float
    other_containment: float
    jaccard: float
    unmatched_share: float
    other_unmatched_share: float
    facts_missing_share: float
    inner_share: float
    longest_share: float
    shared_count: int


def relate(measures: Measures, shingle_count: int, other_shingle_count: int, *, has_frame: bool) -> str | None:
    """Return the relation two texts with these measures stand in, or None.

    >>> relate(Measures(0.95, 0.9, 0.86, 0.0, 0.02, 0.05, 0.9, 1.0, 80), 100, 105, has_frame=False)
    'copy'
    """
    found = relation_code(*measures, shingle_count, other_shingle_count, has_frame)
    return None if found == UNRELATED else RELATIONS[found]


def relation_code(
    containment,
    other_containment,
    jaccard,  # noqa: ARG001 - measures are handed on whole
    unmatched,
    other_unmatched,
    facts_missing,
    inner,
    longest,
    shared,
    shingles,
    other_shingles,
    has_frame,
):
    """Return the place in RELATIONS, or UNRELATED. `pairs` compiles it: numbers in, a number out."""
    larger = max(containment, other_containment)
    if shared < LEAST_SHARED or larger < PASSAGE_CONTAINMENT or inner < PASSAGE_CONTAINMENT:
        return UNRELATED
    if larger >= CONTAINS_CONTAINMENT and max(shingles, other_shingles) >= CONTAINS_LENGTH * min(
        shingles, other_shingles
    ):
        return CONTAINS
    if facts_missing <= VERSION_FACTS_MISSING and min(shingles, other_shingles) >= LEAST_SHINGLES:
        if (
            facts_missing <= COPY_FACTS_MISSING
            and larger >= (FRAMED_COPY_CONTAINMENT if has_frame else COPY_CONTAINMENT)
            and min(unmatched, other_unmatched) <= (FRAMED_COPY_UNMATCHED if has_frame else COPY_UNMATCHED)
            and unmatched + other_unmatched <= COPY_BOTH_UNMATCHED
        ):
            return COPY
        least = VERSION_CONTAINMENT
        if has_frame and longest <= SCATTERED:
            least = SCATTERED_CONTAINMENT
        elif not has_frame and longest > ONE_PIECE:
            least = ONE_PIECE_CONTAINMENT
        smaller = min(containment, other_containment)
        if larger >= least and inner >= VERSION_INNER and smaller >= VERSION_OTHER_CONTAINMENT:
            return VERSION
    if max(containment * shingles, other_containment * other_shingles) < PASSAGE_SHINGLES:
        return UNRELATED
    return SHARED_PASSAGE
