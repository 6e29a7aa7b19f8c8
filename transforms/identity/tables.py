"""The word lists of name matching: `data/*.csv`, each row with the source it is known from."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from transforms.names import folded


class KnownName(NamedTuple):
    """Another name of a canonical one (both folded), for mentions of a label."""

    name: str
    canonical: str
    label: str


@cache
def titles(place: str) -> frozenset[str]:
    """Return words that stand `before` or `after` a person's name and are no part of it."""
    return frozenset(row["word"] for row in _rows("titles.csv") if row["place"] == place)


@cache
def designators() -> frozenset[str]:
    """Return words for the legal form of a company."""
    return frozenset(row["word"] for row in _rows("designators.csv"))


@cache
def generic_words() -> frozenset[str]:
    """Return words that many organisations have in their names, so that they single out none."""
    return frozenset(row["word"] for row in _rows("generic_words.csv"))


@cache
def class_words() -> frozenset[str]:
    """Return words that only say what kind of organisation another word names."""
    return designators() | {row["word"] for row in _rows("class_words.csv")}


@cache
def word_forms() -> dict[str, str]:
    """Return the form in which an abbreviated or differently spelled word is compared."""
    return {row["word"]: row["form"] for row in _rows("word_forms.csv")}


@cache
def given_names() -> dict[str, str]:
    """Return the given name that another one is a transliteration, spelling or short form of."""
    parents = {row["name"]: row["variant_of"] for row in _rows("given_names.csv")}
    return {name: _root(name, parents) for name in parents}


def _root(name: str, parents: dict[str, str]) -> str:
    seen = {name}
    while parents.get(name, name) not in seen:
        name = parents[name]
        seen.add(name)
    return name


@cache
def known_names() -> tuple[KnownName, ...]:
    """Return short forms and other names of institutions, places and things."""
    return tuple(
        KnownName(folded(row["name"]), folded(row["canonical"]), row["type"]) for row in _rows("known_names.csv")
    )


@cache
def ambiguous_places() -> frozenset[str]:
    """Return folded names that mean a place and another place or something else about as often."""
    return frozenset(row["name"] for row in _rows("ambiguous_places.csv"))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("transforms.identity").joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())
