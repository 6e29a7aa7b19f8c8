"""How sure a mention is: the agreement of what speaks for it."""

from __future__ import annotations

from functools import cache
from math import prod

from transforms.ner.document import Mention

RIGHT = {
    "model": 0.8,
    "gazetteer": 0.85,
    "lexicon": 0.95,
    "head": 0.8,
    "acronym": 0.85,
    "vote": 0.75,
    "surname": 0.85,
    "context": 0.75,
}
"""How often each source alone is right about span and label, on news that no layer was made for."""


def confidence(mention: Mention) -> float:
    """Return how likely span and label are right, sources taken as independent: all must err for it to be wrong.

    >>> confidence(Mention(0, 0, 4, "GPE", "model", frozenset({"gazetteer"})))
    0.97
    """
    return _together(mention.agreeing | {mention.source})


@cache
def _together(sources: frozenset[str]) -> float:
    return round(1 - prod(1 - RIGHT[source] for source in sources), 3)
